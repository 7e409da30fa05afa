using System.Text.Json;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching.Properties;

/// <summary>Everything one decision is made from, in records.</summary>
public sealed record Scene(
    IReadOnlyList<Clinic> Clinics, IReadOnlyList<CountryRule> Rules, InquiryFacts Facts, Policy Policy, IReadOnlyDictionary<string, ClinicLoad> Loads,
    IReadOnlyDictionary<string, Earlier> Earlier, DateTimeOffset Now)
{
    public MatchIndex Index() => new(new NetworkSnapshot(7, Clinics, new MatchRules(A.Bodies, Rules, A.Permissions, A.Baselines, A.Lists)), Now);

    public MatchLoad Load() => new(Loads, Earlier);

    public MatchDecision Decide() => Matcher.Match(Facts, Index(), Policy, Load(), Now);

    /// <summary>Without sharing, the ranking is that of the scores.</summary>
    public Scene ByScore() => this with { Policy = Policy with { MostTied = 1 } };

    public Scene Without(string clinic) => this with { Clinics = [.. Clinics.Where(c => c.Code != clinic)] };

    /// <summary>What a failed property prints.</summary>
    public override string ToString() => JsonSerializer.Serialize(new { Facts, Now, Policy, Loads, Earlier, Rules, Clinics });
}
