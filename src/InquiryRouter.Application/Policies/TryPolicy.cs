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
    /// <param name="goesOn">Told after each page how many were made again, and of all how many per cent; false: that is enough. Null: nobody is told.</param>
    /// <returns>Null: that was enough.</returns>
    public async Task<PolicyTrial?> RunAsync(
        Policy policy, DateTimeOffset since, CancellationToken cancellation, Func<int, int, Task<bool>>? goesOn = null)
    {
        var trial = new PolicyTrial();
        var last = 0L;
        long? first = null;
        var newest = goesOn is null ? 0 : await work.ReadAsync(MatchStore.NewestSeqAsync, cancellation);
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
                first ??= seq;
                var inquiry = byId.GetValueOrDefault(stored.InquiryId);
                if (await loader.LoadAsync(stored, inquiry, cancellation) is not RecordedInputs.Found { Inputs: var inputs })
                {
                    trial.Incomplete++;
                    continue;
                }

                trial.Add(inquiry!, stored.At, First(inputs), First(inputs with { Policy = policy }), MostShown);
            }

            if (goesOn is not null
                && !await goesOn(trial.All, (int)Math.Clamp(100 * (last - (first ?? last) + 1) / Math.Max(1, newest - (first ?? last) + 1), 0, 99)))
            {
                return null;
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
            : new FirstOffer(
                string.Join(' ', decision.Ranked.Take(Math.Min(inputs.Policy.Parallel, inputs.Policy.MostOffers)).Select(r => r.Clinic)),
                string.Join(' ', inputs.ApprovalFor(decision)));
    }
}

/// <summary>Where a decision sends an inquiry first, and what it waits for.</summary>
/// <param name="Clinic">Whom it offers it to at once, as codes: as many as the policy asks at the same time; <c>held</c>: nobody.</param>
/// <param name="Approval">Rules that ask for a yes, as codes; empty: none.</param>
public readonly record struct FirstOffer(string Clinic, string Approval);

/// <summary>A decision that would have been another.</summary>
public sealed record ChangedDecision(string Reference, DateTimeOffset At, FirstOffer Then, FirstOffer Now);

/// <summary>What a changed policy would have done.</summary>
public sealed class PolicyTrial
{
    private readonly SortedDictionary<string, (int Then, int Now)> _balance = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _conditions = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _countries = new(StringComparer.Ordinal);
    private readonly List<ChangedDecision> _examples = [];

    /// <summary>Decisions that were made again.</summary>
    public int All { get; private set; }

    /// <summary>Those of them that would have been others.</summary>
    public int Changed { get; private set; }

    /// <summary>Decisions that cannot be made again: one of their inputs is gone.</summary>
    public int Incomplete { get; internal set; }

    /// <summary>The first of the changed ones.</summary>
    public IReadOnlyList<ChangedDecision> Examples => _examples;

    /// <summary>How often each clinic was offered an inquiry at once, and would have been; sorted by code. <c>held</c>: nobody was.</summary>
    public IReadOnlyDictionary<string, (int Then, int Now)> Balance => _balance;

    /// <summary>How many of each condition would have been others.</summary>
    public IReadOnlyDictionary<string, int> Conditions => _conditions;

    /// <summary>How many of each country of the patient.</summary>
    public IReadOnlyDictionary<string, int> Countries => _countries;

    internal void Add(InquiryRecord inquiry, DateTimeOffset at, FirstOffer then, FirstOffer now, int mostShown)
    {
        All++;
        foreach (var clinic in then.Clinic.Split(' '))
        {
            Count(clinic, 1, 0);
        }

        foreach (var clinic in now.Clinic.Split(' '))
        {
            Count(clinic, 0, 1);
        }

        if (then == now)
        {
            return;
        }

        _conditions[inquiry.Facts.Condition] = _conditions.GetValueOrDefault(inquiry.Facts.Condition) + 1;
        _countries[inquiry.Facts.Country] = _countries.GetValueOrDefault(inquiry.Facts.Country) + 1;
        if (++Changed <= mostShown)
        {
            _examples.Add(new ChangedDecision(inquiry.Reference, at, then, now));
        }
    }

    private void Count(string clinic, int then, int now)
    {
        var known = _balance.GetValueOrDefault(clinic);
        _balance[clinic] = (known.Then + then, known.Now + now);
    }
}
