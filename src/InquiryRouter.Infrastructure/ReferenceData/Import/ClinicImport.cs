using System.Text.Unicode;
using System.Text;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Reading;
using InquiryRouter.Infrastructure.ReferenceData.Import.Rules;

namespace InquiryRouter.Infrastructure.ReferenceData.Import;

public enum ImportFormat
{
    Csv,
    Json,
}

/// <summary>Why a file cannot be imported, at one place of it.</summary>
/// <param name="Line">The line, from 1: of the value in JSON, of the beginning of the row in CSV.</param>
/// <param name="Column">The field as a person finds it, entries counted from 1 (<c>treatments[2].priceCurrency</c>); <c>row</c> or <c>file</c> where it is about one as a whole.</param>
/// <param name="Value">What stood there, at most <see cref="RawValue.LongestShown"/> characters and none of them a control character; empty: nothing.</param>
/// <param name="Allowed">A sentence that says what may stand there.</param>
/// <param name="Clinic">Code of the clinic whose row it is: in a file of one line, all that tells them apart. Null: the row has none, or it is about the file.</param>
public sealed record ImportProblem(long Line, string Column, string Value, string Allowed, string? Clinic = null)
{
    /// <summary>As a person reads it, behind the name of the file.</summary>
    public override string ToString() => Clinic is null ? $"{Line}: {Column} is '{Value}'; {Allowed}" : $"{Line}: {Column} of {Clinic} is '{Value}'; {Allowed}";
}

/// <summary>The clinics of a file, or what is wrong with it: one of the lists is empty, the other is not.</summary>
/// <param name="Source">Where the file says its clinics come from; empty when it does not say.</param>
public sealed record ImportResult(string Source, IReadOnlyList<Clinic> Clinics, IReadOnlyList<ImportProblem> Problems)
{
    /// <summary>What may be wrong, as sentences; nothing of it keeps the clinics out.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Where each of the clinics begins in the file.</summary>
    public IReadOnlyList<long> Lines { get; init; } = [];
}

/// <summary>Reads a file of clinics whole and checks every field of it. Bad content makes problems, never an exception.</summary>
public static class ClinicImport
{
    /// <summary>In bytes; 10,000 clinics with two physicians and three credentials each take about 37 MB.</summary>
    public const int LargestFile = 128 * 1024 * 1024;

    private const int ClinicsBetweenProgress = 1000;
    private const string CsvSource = "CSV import";

    /// <summary>The format a file name promises.</summary>
    /// <exception cref="ArgumentException">The name ends in neither .csv nor .json; the message says so to the user.</exception>
    public static ImportFormat Of(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        return Path.GetExtension(fileName).ToUpperInvariant() switch
        {
            ".CSV" => ImportFormat.Csv,
            ".JSON" => ImportFormat.Json,
#pragma warning disable MA0015 // The message is shown to a user, whom the name of a parameter tells nothing.
            _ => throw new ArgumentException("Clinics are imported from a file whose name ends in .csv or .json."),
#pragma warning restore MA0015
        };
    }

    /// <summary>Reads all clinics, or finds all problems (the first 1,000 listed, the rest counted).</summary>
    /// <param name="stream">Read from where it stands to its end, and left open.</param>
    /// <param name="progress">Called with the number of clinics read so far, every 1,000.</param>
    public static ImportResult Read(Stream stream, ImportFormat format, MatchRules rules, IFieldRules fieldRules, Action<int>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var problems = new ProblemList();
        var check = new ClinicRules(rules, fieldRules, problems);
        var clinics = new List<Clinic>();
        var lines = new List<long>();
        var read = 0;
        var source = string.Empty;
        if (ReadText(stream, problems) is { } utf8)
        {
            source = format switch
            {
                ImportFormat.Csv => ReadCsv(utf8),
                ImportFormat.Json => JsonClinicFile.Read(utf8.Span, problems, Take),
                _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not a format of clinic files."),
            };
            if (read == 0 && problems.Count == 0)
            {
                problems.Add(1, ProblemList.File, string.Empty, "At least one clinic.");
            }
        }

        return new ImportResult(source, problems.Count == 0 ? clinics : [], problems.ToList())
        {
            Lines = problems.Count == 0 ? lines : [],
            Warnings = problems.Count == 0 ? [.. clinics.SelectMany(c => ClinicWarnings.Of(c, rules))] : [],
        };

        string ReadCsv(ReadOnlyMemory<byte> text)
        {
            new CsvClinicFile(problems, Take).Read(text);
            return CsvSource;
        }

        void Take(RawValue raw)
        {
            if (check.Check(raw) is { } clinic)
            {
                clinics.Add(clinic);
                lines.Add(raw.Line);
            }

            read++;
            if (read % ClinicsBetweenProgress == 0)
            {
                progress?.Invoke(read);
            }
        }
    }

    /// <summary>The file as UTF-8 without its byte order mark, or null and a problem.</summary>
    private static ReadOnlyMemory<byte>? ReadText(Stream stream, ProblemList problems)
    {
        // As long as the file from the start: a buffer that grows is there twice each time.
        using var buffer = new MemoryStream(stream.CanSeek ? (int)Math.Clamp(stream.Length - stream.Position, 0, LargestFile) : 0);
        var part = new byte[81920];
        for (int length; (length = stream.Read(part)) > 0;)
        {
            if (buffer.Length + length > LargestFile)
            {
                problems.Add(1, ProblemList.File, string.Empty, $"A file of at most {LargestFile / (1024 * 1024)} MB; split this one.");
                return null;
            }

            buffer.Write(part, 0, length);
        }

        ReadOnlyMemory<byte> bytes = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        var text = bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        if (Utf8.IsValid(text.Span))
        {
            return text;
        }

        // Replaced letters would end up in names and mails; spreadsheets like to save in another encoding.
        var good = 0;
        while (Rune.DecodeFromUtf8(text.Span[good..], out _, out var taken) == System.Buffers.OperationStatus.Done)
        {
            good += taken;
        }

        problems.Add(
            1 + text.Span[..good].Count((byte)'\n'), ProblemList.File, $"a byte {text.Span[good]:X2}",
            "Text in UTF-8; save the file with that encoding (in a spreadsheet: CSV UTF-8).");
        return null;
    }
}
