using System.Globalization;

namespace InquiryRouter.Web.Console.Reports;

/// <summary>A cell of a report's table.</summary>
/// <param name="Text">What a person reads.</param>
/// <param name="Number">Of a number: itself, for a file.</param>
/// <param name="Url">The list behind it; null: it has none.</param>
public sealed record ReportCell(string Text, double? Number = null, string? Url = null)
{
    /// <summary>A count, with the list behind it where there is anything to list.</summary>
    public static ReportCell Of(int n, string? url = null) =>
        new(n.ToString("#,0", CultureInfo.InvariantCulture), n, n == 0 ? null : url);

    /// <summary>So many of a hundred.</summary>
    public static ReportCell Share(int part, int whole) => Percent(whole == 0 ? null : (int)Math.Round(100.0 * part / whole));

    public static ReportCell Percent(int? percent) =>
        percent is { } p ? new(string.Create(CultureInfo.InvariantCulture, $"{p} %"), p) : new("-");

    /// <summary>A length of time; in a file: seconds.</summary>
    public static ReportCell Length(TimeSpan? length) =>
        length is { } l ? new(Words(l), Math.Round(l.TotalSeconds)) : new("-");

    /// <summary>To the second where it is short.</summary>
    public static string Words(TimeSpan length) => length.TotalMinutes < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, Math.Round(length.TotalSeconds))} s") : ConsoleWords.Length(length);
}

/// <summary>A table, and the chart that shows the same numbers.</summary>
/// <param name="Id">Its anchor, and its name in a file.</param>
/// <param name="Title">Its headline.</param>
/// <param name="Says">What is counted.</param>
/// <param name="Columns">Heads; the first is that of the rows.</param>
/// <param name="Rows">As many cells as there are heads.</param>
public sealed record ReportTable(
    string Id, string Title, string Says, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<ReportCell>> Rows)
{
    public BarsModel? Bars { get; init; }

    public BandModel? Band { get; init; }

    public StackModel? Stack { get; init; }
}

/// <summary>A report as it is shown and as it is written to a file.</summary>
/// <param name="Address">What was asked for.</param>
/// <param name="Tables">Its parts.</param>
/// <param name="CountedAt">When the newest numbers were counted; null: not yet.</param>
/// <param name="Only">What all is of, in words; null: of everything.</param>
/// <param name="MayExport">There is a button for the file.</param>
public sealed record ReportModel(
    ReportAddress Address, IReadOnlyList<ReportTable> Tables, DateTimeOffset? CountedAt, string? Only, bool MayExport);

/// <param name="Label">Below it.</param>
/// <param name="N">How high.</param>
/// <param name="Url">The list behind it.</param>
public sealed record Bar(string Label, double N, string? Url);

/// <summary>Bars side by side.</summary>
public sealed record BarsModel(IReadOnlyList<Bar> Bars);

/// <param name="Label">Below it.</param>
/// <param name="Low">The lower edge of the band, in seconds; null: nothing happened.</param>
/// <param name="Middle">The line.</param>
/// <param name="High">The upper edge.</param>
/// <param name="Url">The list behind it.</param>
public sealed record BandPoint(string Label, double? Low, double? Middle, double? High, string? Url);

/// <summary>A line of medians in a band of percentiles, over lengths of time.</summary>
public sealed record BandModel(IReadOnlyList<BandPoint> Points);

/// <param name="Name">What it is.</param>
/// <param name="Look">A class of the stylesheet: good, soft, bad, or s1 to s5.</param>
public sealed record StackPart(string Name, string Look);

/// <param name="Label">Before it.</param>
/// <param name="Values">Of each part.</param>
/// <param name="Url">The list behind it.</param>
public sealed record StackRow(string Label, IReadOnlyList<double> Values, string? Url);

/// <summary>Rows of parts, one below the other: a funnel when each has one part.</summary>
/// <param name="Parts">From the beginning of a row to its end.</param>
/// <param name="Rows">From top to bottom.</param>
/// <param name="IsShare">Each row is as long as the others.</param>
public sealed record StackModel(IReadOnlyList<StackPart> Parts, IReadOnlyList<StackRow> Rows, bool IsShare);
