using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores;

namespace InquiryRouter.Application.Matching;

/// <summary>Makes the newest decision about an inquiry again from the inputs it recorded, and compares clinic by clinic. Changes nothing.</summary>
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
                return new Replay.Made(stored, inputs, decision, Differences(stored, decision, inputs), history);
            case RecordedInputs.Missing missing:
                return new Replay.Incomplete(missing);
            default:
                throw new InvalidOperationException("The inputs of a decision are found or missing.");
        }
    }

    private static List<string> Differences(StoredMatch stored, MatchDecision decision, DecisionInputs inputs)
    {
        var differences = new List<string>();
        if (!stored.Ranked.SequenceEqual(decision.Ranked) || stored.Tied != decision.Tied)
        {
            differences.Add(
                $"Ranked then: {string.Join(' ', stored.Ranked.Select(r => r.Clinic))}; now: {string.Join(' ', decision.Ranked.Select(r => r.Clinic))}");
        }

        var then = stored.RejectedByGate.SelectMany(g => g.Value, (g, clinic) => (clinic, g.Key))
            .ToDictionary(r => r.clinic, r => r.Key, StringComparer.Ordinal);
        var gates = Matcher.CheckAll(inputs.Facts, inputs.Index, inputs.Policy, inputs.Load, inputs.At);
        foreach (var (position, gate) in gates.Index())
        {
            var code = inputs.Index.Network.Clinics[position].Code;
            var now = gate == Gate.None ? null : Gates.Code(gate);
            if (then.GetValueOrDefault(code) != now)
            {
                differences.Add($"{code}: then {then.GetValueOrDefault(code) ?? "ranked"}, now {now ?? "ranked"}");
            }
        }

        return differences;
    }
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
