using InquiryRouter.Application.Matching;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;

namespace InquiryRouter.Application.Policies;

/// <summary>Makes past decisions again under a changed policy, and says which would have been others. Changes nothing.</summary>
public sealed class TryPolicy(Work work, DecisionLoader loader)
{
    private const int PageSize = 200;
    private const int MostShown = 50;

    /// <param name="policy">Checked.</param>
    /// <param name="since">Decisions from this moment on.</param>
    /// <param name="cancellation">Ends the questions.</param>
    public async Task<PolicyTrial> RunAsync(Policy policy, DateTimeOffset since, CancellationToken cancellation)
    {
        var trial = new PolicyTrial();
        var last = 0L;
        while (true)
        {
            var (page, inquiries) = await work.ReadAsync(
                async session =>
                {
                    var decisions = await MatchStore.ListSinceAsync(session, since, last, PageSize);
                    return (decisions, await InquiryStore.ListAsync(session, [.. decisions.Select(d => d.Match.InquiryId).Distinct()]));
                },
                cancellation);
            var byId = inquiries.ToDictionary(i => i.Id);
            foreach (var (seq, stored) in page)
            {
                last = seq;
                var inquiry = byId.GetValueOrDefault(stored.InquiryId);
                if (await loader.LoadAsync(stored, inquiry, cancellation) is not RecordedInputs.Found { Inputs: var inputs })
                {
                    trial.Incomplete++;
                    continue;
                }

                trial.Add(inquiry!.Reference, stored.At, First(inputs), First(inputs with { Policy = policy }), MostShown);
            }

            if (page.Count < PageSize)
            {
                return trial;
            }
        }
    }

    private static FirstOffer First(DecisionInputs inputs)
    {
        var decision = inputs.Decide();
        return decision.IsHeld
            ? new FirstOffer("held", string.Empty)
            : new FirstOffer(decision.Ranked[0].Clinic, string.Join(' ', inputs.ApprovalFor(decision)));
    }
}

/// <summary>Where a decision sends an inquiry first, and what it waits for.</summary>
/// <param name="Clinic">Its code; <c>held</c>: to nobody.</param>
/// <param name="Approval">Rules that ask for a yes, as codes; empty: none.</param>
public readonly record struct FirstOffer(string Clinic, string Approval);

/// <summary>A decision that would have been another.</summary>
public sealed record ChangedDecision(string Reference, DateTimeOffset At, FirstOffer Then, FirstOffer Now);

/// <summary>What a changed policy would have done.</summary>
public sealed class PolicyTrial
{
    private readonly SortedDictionary<string, (int Then, int Now)> _balance = new(StringComparer.Ordinal);
    private readonly List<ChangedDecision> _examples = [];

    /// <summary>Decisions that were made again.</summary>
    public int All { get; private set; }

    /// <summary>Those of them that would have been others.</summary>
    public int Changed { get; private set; }

    /// <summary>Decisions that cannot be made again: one of their inputs is gone.</summary>
    public int Incomplete { get; internal set; }

    /// <summary>The first of the changed ones.</summary>
    public IReadOnlyList<ChangedDecision> Examples => _examples;

    /// <summary>How often each clinic came first, and would have; sorted by code.</summary>
    public IReadOnlyDictionary<string, (int Then, int Now)> Balance => _balance;

    internal void Add(string reference, DateTimeOffset at, FirstOffer then, FirstOffer now, int mostShown)
    {
        All++;
        Count(then.Clinic, 1, 0);
        Count(now.Clinic, 0, 1);
        if (then != now && ++Changed <= mostShown)
        {
            _examples.Add(new ChangedDecision(reference, at, then, now));
        }
    }

    private void Count(string clinic, int then, int now)
    {
        var known = _balance.GetValueOrDefault(clinic);
        _balance[clinic] = (known.Then + then, known.Now + now);
    }
}
