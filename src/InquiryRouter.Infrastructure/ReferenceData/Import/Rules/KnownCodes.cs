using System.Buffers;
using System.Collections.Frozen;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Infrastructure.ReferenceData.Import.Rules;

/// <summary>Codes of the reference lists as far as a clinic may name them, and the sentences that list them.</summary>
internal sealed class KnownCodes
{
    /// <summary>What <see cref="IsWord"/> allows: codes of lower-case letters, digits and hyphens, such as what a price includes.</summary>
    public const string WordAllowed = "a code of 2 to 40 of a to z, 0 to 9 and -.";

    /// <summary>What <see cref="IsCode"/> allows.</summary>
    public const string CodeAllowed = "A code of 2 to 40 of A to Z, 0 to 9 and -.";

    private static readonly SearchValues<char> s_codeCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
    private static readonly SearchValues<char> s_wordCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private readonly ReferenceLists _lists;
    private readonly FrozenSet<string> _currencies;

    public KnownCodes(ReferenceLists lists)
    {
        _lists = lists;
        _currencies = lists.Currencies.Keys.ToFrozenSet(StringComparer.Ordinal);
        ConditionsAllowed = OneOf(lists.Conditions.Keys.Where(IsCondition));
        TreatmentsAllowed = OneOf(lists.Treatments.Keys.Where(IsTreatment));
        AllCellSources = [.. lists.Treatments.Values.SelectMany(t => t.CellSources).Distinct(StringComparer.Ordinal)];
    }

    public string ConditionsAllowed { get; }

    public string TreatmentsAllowed { get; }

    public string[] AllCellSources { get; }

    public static bool IsWord(string text) => text.Length is >= 2 and <= 40 && !text.AsSpan().ContainsAnyExcept(s_wordCharacters);

    public static bool IsCode(string text) => text.Length is >= 2 and <= 40 && !text.AsSpan().ContainsAnyExcept(s_codeCharacters);

    // "Another condition" is what a patient may say, not what a clinic can offer.
    public bool IsCondition(string code) => code != ReferenceLists.OtherCondition && _lists.Conditions.ContainsKey(code);

    /// <summary>A family (what patients ask for) covers other treatments; a clinic names the treatment itself.</summary>
    public bool IsTreatment(string code) =>
        _lists.Treatments.TryGetValue(code, out var treatment) && treatment.Covers.Count == 1 && treatment.Covers.Contains(code);

    public bool IsCurrency(string code) => _currencies.Contains(code);

    public Condition? Condition(string code) => _lists.Conditions.GetValueOrDefault(code);

    public Treatment? Treatment(string code) => _lists.Treatments.GetValueOrDefault(code);

    private static string OneOf(IEnumerable<string> codes) => $"One of: {string.Join(", ", codes.Order(StringComparer.Ordinal))}.";
}
