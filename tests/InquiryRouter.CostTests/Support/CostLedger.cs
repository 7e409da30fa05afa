using System.Globalization;

namespace InquiryRouter.CostTests.Support;

/// <summary>One line of the ledger.</summary>
/// <param name="What">Is counted.</param>
/// <param name="Number">For one inquiry.</param>
/// <param name="Within">So many per cent of it are no change; 0: it is always the same.</param>
/// <param name="Reason">Why it was last changed.</param>
internal sealed record Cost(string What, double Number, double Within, string Reason);

/// <summary>What one inquiry costs, and why, as it stands in <c>ledger.md</c>.</summary>
internal sealed class CostLedger(IReadOnlyList<Cost> costs)
{
    public static CostLedger Load() => Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ledger.md")));

    public static CostLedger Parse(string text) => new(
        [.. text.Split('\n').Where(l => l.StartsWith('|')).Skip(2).Select(l => l.Split('|', StringSplitOptions.TrimEntries))
            .Select(c => new Cost(c[1], Number(c[2]), Number(c[3].TrimEnd('%', ' ')), c[4]))]);

    /// <summary>What is not as it stands here, as sentences.</summary>
    /// <param name="measured">For one inquiry.</param>
    public IReadOnlyList<string> Compare(IReadOnlyDictionary<string, double> measured) =>
    [
        .. costs.Where(c => c.Reason.Length == 0).Select(c => $"{c.What}: a number needs a reason."),
        .. costs.Where(c => !measured.ContainsKey(c.What)).Select(c => $"{c.What}: there is no such cost any more; take its line out."),
        .. measured.Where(m => costs.All(c => c.What != m.Key))
            .Select(m => $"{m.Key}: a new cost of {Text(m.Value)}; give it a line with its reason."),
        .. costs.Where(c => measured.ContainsKey(c.What)).Select(c => Compare(c, measured[c.What])).OfType<string>(),
    ];

    /// <summary>The lines with the numbers that were measured, to be put in place of those that are there.</summary>
    public IEnumerable<string> Lines(IReadOnlyDictionary<string, double> measured) => measured.Select(m =>
    {
        var cost = costs.FirstOrDefault(c => c.What == m.Key) ?? new Cost(m.Key, 0, 0, "");
        var same = Compare(cost, m.Value) is null;
        return $"| {m.Key} | {Text(same ? cost.Number : m.Value)} | {Text(cost.Within)} % | {(same ? cost.Reason : "")} |";
    });

    private static string? Compare(Cost cost, double measured) =>
        measured > cost.Number * (1 + (cost.Within / 100))
            ? $"{cost.What}: {Text(measured)}, where the ledger has {Text(cost.Number)}. Cut it, or raise the number and say why."
            : measured < cost.Number * (1 - (cost.Within / 100))
            ? $"{cost.What}: {Text(measured)}, where the ledger has {Text(cost.Number)}. Lower it, so that it cannot grow again unseen."
            : null;

    private static double Number(string text) =>
        double.Parse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString(number < 100 ? "#,0.##" : "#,0", CultureInfo.InvariantCulture);
}
