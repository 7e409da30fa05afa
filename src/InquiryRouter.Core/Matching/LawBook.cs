using System.Collections.Concurrent;

namespace InquiryRouter.Core.Matching;

/// <summary>What the law says of a case, looked up once: thousands of clinics of a country do the same treatment on the same day.</summary>
internal sealed class LawBook(MatchRules rules)
{
    private readonly ConcurrentDictionary<Case, IReadOnlyList<CountryRule?>> _known = new();

    public MatchRules Rules => rules;

    /// <inheritdoc cref="MatchRules.RulesFor"/>
    public IReadOnlyList<CountryRule?> RulesFor(Case asked) => _known.GetOrAdd(
        asked,
        static (c, rules) => [.. rules.RulesFor(c.Country, c.Treatment, c.Condition, c.Day, c.ConditionType, c.CellSource)],
        rules);

    public readonly record struct Case(
        string Country, string Treatment, string Condition, DateOnly Day, string? ConditionType, string? CellSource);
}
