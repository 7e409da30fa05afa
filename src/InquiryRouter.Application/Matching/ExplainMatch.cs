using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;

namespace InquiryRouter.Application.Matching;

/// <summary>
/// Why an inquiry was matched as it was, then and now: the newest decision made again from what was stored, and what today's network,
/// policy and load would come to. Changes nothing.
/// </summary>
public sealed class ExplainMatch(
    Work work, DecisionLoader loader, MatchIndexCache indexes, PolicyCache policies, LoadCache loads)
{
    /// <returns>Null: there is no such inquiry.</returns>
    public async Task<ExplainedMatch?> RunAsync(string reference, CancellationToken cancellation)
    {
        var now = work.Now;
        var (inquiry, stored, earlier, found) = await work.ReadAsync(
            async session => await InquiryStore.FindIdAsync(session, reference) is { } id
                ? (await InquiryStore.FindAsync(session, id), await MatchStore.FindNewestAsync(session, id),
                    await EarlierOffers.FindAsync(session, id), await CoordinatorCase.LoadAsync(session, id))
                : default,
            cancellation);
        if (inquiry is null)
        {
            return null;
        }

        var index = await indexes.AtAsync(now, cancellation);
        var policy = await policies.CurrentAsync(cancellation);
        var view = await loads.CurrentAsync(index.Network, policy, cancellation);
        var today = new DecisionInputs(inquiry.Facts, index, policy, view.For(inquiry.Id, inquiry.ReceivedAt, earlier!), now);
        var nowSide = new ExplainedDecision(today, today.Decide());
        var facts = found?.Facts;
        return stored is null
            ? new ExplainedMatch(inquiry, null, null, null, nowSide, facts)
            : await loader.LoadAsync(stored, inquiry, cancellation, index) switch
            {
                RecordedInputs.Found { Inputs: var inputs } =>
                    new ExplainedMatch(inquiry, stored, new ExplainedDecision(inputs, inputs.Decide()), null, nowSide, facts),
                RecordedInputs.Missing missing => new ExplainedMatch(inquiry, stored, null, missing, nowSide, facts),
                _ => throw new InvalidOperationException("The inputs of a decision are found or missing."),
            };
    }
}

/// <summary>A decision with what it was made from.</summary>
public sealed record ExplainedDecision(DecisionInputs Inputs, MatchDecision Decision);

/// <summary>An inquiry's decision, then and now.</summary>
/// <param name="Inquiry">Without what identifies the patient.</param>
/// <param name="Stored">The newest decision, as it was stored; null: it has not been matched yet.</param>
/// <param name="Then">The same made again from its inputs; null: there is none, or its inputs are not there any more.</param>
/// <param name="Missing">Which of them is not.</param>
/// <param name="Now">What would come of it at this moment.</param>
/// <param name="Facts">What a coordinator can do with it rests on; null: it is erased.</param>
public sealed record ExplainedMatch(
    InquiryRecord Inquiry, StoredMatch? Stored, ExplainedDecision? Then, RecordedInputs.Missing? Missing, ExplainedDecision Now, CoordinatorFacts? Facts)
{
    /// <summary>Whether the stored inputs give the stored result, clinic by clinic.</summary>
    public bool IsSame => Stored is not null && Then is { Decision: var made }
        && (Stored.Digest, Stored.Tied) == (DecisionDigest.Of(made), made.Tied);

    /// <summary>The patient agrees that clinics see it.</summary>
    public bool Shares => Facts is { Shares: true };

    /// <summary>What a coordinator can do with it now.</summary>
    public IReadOnlySet<CoordinatorAction> Possible => Facts is null ? new HashSet<CoordinatorAction>() : CoordinatorActions.Possible(Facts);

    /// <summary>What one asks of it.</summary>
    public MatchView Look(MatchQuestion question) => MatchView.Of(this, question);
}
