using System.Collections.Frozen;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching.Gates;

namespace InquiryRouter.Core.Matching;

/// <summary>How a patient named a country they would travel to.</summary>
internal enum Wanted
{
    Anywhere,
    ByRegion,
    ByName,
}

/// <summary>An inquiry that asks the clinics: what is asked for, under which policy, and the load it meets.</summary>
/// <param name="facts">Of the inquiry.</param>
/// <param name="lists">What their codes mean.</param>
/// <param name="policy">In force, or to be tried.</param>
/// <param name="load">Of the clinics.</param>
/// <param name="now">The moment.</param>
/// <param name="relaxed">Wishes that are left open, to see what would follow; what is no wish of the patient's is asked all the same.</param>
internal sealed class Asking(
    InquiryFacts facts, ReferenceLists lists, Policy policy, MatchLoad load, DateTimeOffset now, IReadOnlyCollection<Gate>? relaxed = null)
{
    public InquiryFacts Facts => facts;

    public ReferenceLists Lists => lists;

    public Policy Policy => policy;

    public MatchLoad Load => load;

    /// <summary>What is asked of one thing a clinic treats, in order.</summary>
    public GateRule[] Gates { get; } = relaxed is null or { Count: 0 } ? GateList.OfInquiry
        : [.. GateList.OfInquiry.Where(g => !relaxed.Contains(g.Gate) || GateKinds.Of(g.Gate, facts) != GateKind.Wish)];

    public bool IsChild { get; } = facts.MayBeMinor(now);

    /// <summary>Null: none, or its currency has no rate.</summary>
    public double? BudgetUsd { get; } = (double?)lists.InUsd(facts.BudgetAmount, facts.BudgetCurrency);

    /// <summary>
    /// What a clinic may offer for the wish: itself, or the members of its family; of a wish that is not in the lists nothing.
    /// </summary>
    public FrozenSet<string> Treatments { get; } = lists.Treatments.TryGetValue(facts.Treatment, out var wish) ? wish.Covers : [];

    public string ConditionName { get; } = lists.ConditionName(facts.Condition);

    public string LanguageName => NameOfLanguage(facts.Language);

    /// <summary>What the patient reads: what they wish to be answered in comes first.</summary>
    public IReadOnlyList<string> Reads { get; } = [facts.Language, .. facts.AlsoReads];

    public string NameOfLanguage(string code) => lists.Languages.TryGetValue(code, out var language) ? language.Name : code;

    /// <summary>The most definite of the wishes that name a country; null: none does.</summary>
    public Wanted? HowWanted(string country)
    {
        Wanted? most = null;
        foreach (var wish in facts.Destinations)
        {
            Wanted? how = wish == ReferenceLists.Anywhere ? Wanted.Anywhere
                : lists.Regions.TryGetValue(wish, out var region) ? region.Countries.Contains(country) ? Wanted.ByRegion : null
                : wish == country ? Wanted.ByName
                : null;
            most = how > most || most is null ? how : most;
        }

        return most;
    }
}
