using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching.Stored;

/// <summary>
/// Decisions of before, made again from what was recorded with them, are the same: who is asked in which order and why, what
/// stops each other clinic
/// and the sentence that says so, whose turn it was, what the inquiry waited for. Whoever changes a rule on purpose says so by
/// removing the decisions
/// it changes from the file, never by writing them anew.
/// </summary>
public sealed class StoredDecisionsTests
{
    public static TheoryData<string> Names => [.. StoredDecisions.All.Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_decision_made_again_is_the_same(string name)
    {
        var (stored, index, policy, load) = Inputs(name);

        var decision = Matcher.Match(stored.Inquiry, index, policy, load, stored.At);

        Assert.Equal(
            stored.Outcome.Ranked.Select(r => (r.Clinic, r.Score, string.Join(' ', r.Parts), r.Offering)),
            decision.Ranked.Select(
                r => (r.Clinic, r.Score, string.Join(' ', ScoreParts.Names.Select((_, part) => r.Parts[part])), r.Offering)));
        Assert.Equal(
            (stored.Network, stored.Policy, stored.Outcome.Tied), (decision.NetworkVersion, decision.PolicyVersion, decision.Tied));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_other_clinic_is_stopped_by_the_same_gate_with_the_same_sentence(string name)
    {
        var (stored, index, policy, load) = Inputs(name);

        var rejected = A.Rejected(stored.Inquiry, index, policy, load, stored.At);

        Assert.Equal(
            stored.Outcome.Rejected
                .SelectMany(
                    g => g.Value, (g, clinic) => (Clinic: clinic.Key, Gate: g.Key, Sentence: StoredDecisions.Sentence(clinic.Value)))
                .OrderBy(r => r.Clinic, StringComparer.Ordinal),
            rejected.Select(r => (r.Clinic, GateCode(r.Gate), r.Sentence)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_follows_from_it_is_the_same(string name)
    {
        var (stored, index, policy, load) = Inputs(name);

        var decision = Matcher.Match(stored.Inquiry, index, policy, load, stored.At);

        Assert.Equal(
            stored.Outcome.Shares.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value)),
            Matcher.Shares(decision, index.Network, policy).Select(s => (s.Clinic.Code, s.Owed)));
        Assert.Equal(stored.Outcome.Approval, ApprovalRules.Reasons(decision, stored.Inquiry, index, policy, stored.At));
        if (decision.IsHeld)
        {
            var nothing = NothingFits.Find(stored.Inquiry, index, policy, load, stored.At);
            Assert.Equal(stored.Outcome.WaitFor, nothing.WaitFor);
            Assert.Equal(
                stored.Outcome.Relaxations.Select(r => (r.Key, r.Value)).OrderBy(r => r.Key, StringComparer.Ordinal),
                nothing.Relaxations.Select(r => (r.Kind, r.Clinics)).OrderBy(r => r.Kind, StringComparer.Ordinal));
            Assert.Equal(
                stored.Outcome.Rejected.Select(g => (g.Key, g.Value.Count)).OrderBy(g => g.Key, StringComparer.Ordinal),
                nothing.Gates.Select(g => (GateCode(g.Gate), g.Clinics)).OrderBy(g => g.Item1, StringComparer.Ordinal));
        }
    }

    /// <summary>A file that shrinks proves less and less.</summary>
    [Fact]
    public void They_are_of_many_kinds()
    {
        var outcomes = StoredDecisions.All.Select(d => d.Outcome).ToList();

        Assert.InRange(outcomes.Count, 100, int.MaxValue);
        Assert.Equal(20, outcomes.SelectMany(o => o.Rejected.Keys).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(6, StoredDecisions.All.SelectMany(d => d.Earlier.Values).Distinct().Count());
        Assert.Equal(
            ["budget", "destination", "language"],
            outcomes.SelectMany(o => o.Relaxations.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.InRange(outcomes.Count(o => o.Tied > 1), 20, int.MaxValue);
        Assert.InRange(outcomes.Count(o => o.Tied > 8), 1, int.MaxValue);
        Assert.InRange(outcomes.Count(o => o.Ranked.Count == 0), 20, int.MaxValue);
        Assert.InRange(outcomes.Count(o => o.WaitFor.Count > 0), 5, int.MaxValue);
        Assert.Superset(
            new HashSet<string>(["always", "condition", "country", "score-gap", "flag"], StringComparer.Ordinal),
            outcomes.SelectMany(o => o.Approval).Select(a => a.Split(':')[0]).ToHashSet(StringComparer.Ordinal));
        Assert.InRange(outcomes.SelectMany(o => o.Ranked).Count(r => r.Offering > 0), 5, int.MaxValue);
    }

    private static string GateCode(Gate gate) => A.Code(gate);

    private static (StoredDecision Stored, MatchIndex Index, Policy Policy, MatchLoad Load) Inputs(string name)
    {
        var stored = StoredDecisions.All.Single(d => d.Name == name);
        return (
            stored, new MatchIndex(StoredDecisions.Network(stored.Network), stored.At), StoredDecisions.Policy(stored.Policy),
            new MatchLoad(stored.Load, stored.Earlier));
    }
}
