using System.Globalization;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;

namespace InquiryRouter.Application.Matching;

/// <summary>
/// Makes the newest decision about an inquiry again from the inputs it recorded, and compares clinic by clinic. Changes nothing.
/// </summary>
public sealed class ReplayDecision(Work work, DecisionLoader loader)
{
    public async Task<Replay> RunAsync(string reference, CancellationToken cancellation)
    {
        var (inquiry, stored, history) = await work.ReadAsync(
            async session => await InquiryStore.FindIdAsync(session, reference) is { } id
                ? (await InquiryStore.FindAsync(session, id), await MatchStore.FindNewestAsync(session, id), await InquiryStore.AuditAsync(session, id))
                : default,
            cancellation);
        if (inquiry is null)
        {
            return new Replay.NotFound();
        }

        if (stored is null)
        {
            return new Replay.NoDecision();
        }

        switch (await loader.LoadAsync(stored, inquiry, cancellation))
        {
            case RecordedInputs.Found { Inputs: var inputs }:
                var decision = inputs.Decide();
                return new Replay.Made(stored, inputs, decision, Differences(stored, decision), history);
            case RecordedInputs.Missing missing:
                return new Replay.Incomplete(missing);
            default:
                throw new InvalidOperationException("The inputs of a decision are found or missing.");
        }
    }

    private static List<string> Differences(StoredMatch stored, MatchDecision decision)
    {
        if ((stored.Digest, stored.Tied) == (DecisionDigest.Of(decision), decision.Tied))
        {
            return [];
        }

        var differences = new List<string>();
        var then = Ranking(stored.Ranked);
        var now = Ranking(decision.Ranked.Take(stored.Ranked.Count).Select(r => new ScoredClinic(r.Clinic, r.Score)));
        if (then != now || stored.Tied != decision.Tied)
        {
            differences.Add($"Ranked then: {then}, {stored.Tied} of them sharing; now: {now}, {decision.Tied} sharing");
        }

        var stopped = decision.Stopped().ToDictionary(g => GateList.Code(g.Gate), g => g.Clinics, StringComparer.Ordinal);
        differences.AddRange(stored.Stopped.Keys.Union(stopped.Keys, StringComparer.Ordinal)
            .Select(gate => (Gate: gate, Then: stored.Stopped.GetValueOrDefault(gate), Now: stopped.GetValueOrDefault(gate)))
            .Where(g => g.Then != g.Now)
            .Select(g => $"Stopped by {g.Gate} then: {g.Then}; now: {g.Now}"));
        return differences.Count > 0 ? differences
            : ["As many clinics as then are ranked and stopped by each gate, but not the same ones."];
    }

    private static string Ranking(IEnumerable<ScoredClinic> ranked) =>
        string.Join(' ', ranked.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Clinic} {r.Score:0.000000}")));
}

/// <summary>What making a decision again came to.</summary>
public abstract record Replay
{
    private Replay()
    {
    }

    /// <param name="Differences">Empty: it is the same decision. Anything else is a defect of the program.</param>
    /// <param name="History">What followed from it.</param>
    public sealed record Made(
        StoredMatch Stored, DecisionInputs Inputs, MatchDecision Decision, IReadOnlyList<string> Differences, IReadOnlyList<AuditEntry> History) : Replay;

    /// <summary>There is no such inquiry.</summary>
    public sealed record NotFound : Replay;

    /// <summary>It has not been matched yet.</summary>
    public sealed record NoDecision : Replay;

    /// <summary>What it was decided from is not in this database any more.</summary>
    public sealed record Incomplete(RecordedInputs.Missing Missing) : Replay;
}
