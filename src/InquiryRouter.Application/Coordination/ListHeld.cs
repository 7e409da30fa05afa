using InquiryRouter.Application.Matching;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Screening.Spam;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Screening;

namespace InquiryRouter.Application.Coordination;

/// <summary>What waits for a person, and everything that is known about why. Asked in one reading, however many wait.</summary>
public sealed class ListHeld(Work work, DecisionLoader loader)
{
    private const int MostListed = 500;

    /// <summary>Reasons to which the newest decision says more.</summary>
    private static readonly HoldReason[] s_aboutMatch = [HoldReason.NoClinicFits, HoldReason.WaitsForCapacity, HoldReason.ApprovalNeeded];

    public async Task<HeldList> RunAsync(CancellationToken cancellation)
    {
        var found = await work.ReadAsync(LoadAsync, cancellation);
        var items = new List<HeldItem>(found.Held.Count);
        foreach (var held in found.Held)
        {
            var match = found.Matches.GetValueOrDefault(held.Id);
            items.Add(new HeldItem(
                held,
                [.. found.Pairs.Where(p => p.InquiryId == held.Id || p.OtherId == held.Id)],
                found.Spam.GetValueOrDefault(held.Id) ?? SpamVerdict.None,
                match,
                match is not null && held.Reasons.Contains(HoldReason.ApprovalNeeded)
                    ? await ApprovalAsync(match, found.Inquiries.GetValueOrDefault(held.Id), cancellation)
                    : null));
        }

        return new HeldList(items, found.Waiting);
    }

    private static async Task<Found> LoadAsync(Session session)
    {
        var held = await InquiryStore.ListHeldAsync(session, MostListed);
        return new Found(
            held,
            await InquiryStore.CountHeldAsync(session),
            await InquiryPairStore.ListSuggestedOfAsync(session, Ids(HoldReason.PossibleDuplicate)),
            await SpamScoreStore.ListAsync(session, Ids(HoldReason.SuspectedSpam)),
            (await MatchStore.ListNewestAsync(session, Ids(s_aboutMatch))).ToDictionary(m => m.InquiryId),
            (await InquiryStore.ListAsync(session, Ids(HoldReason.ApprovalNeeded))).ToDictionary(i => i.Id));

        IReadOnlyCollection<InquiryId> Ids(params HoldReason[] reasons) =>
            [.. held.Where(h => h.Reasons.Any(reasons.Contains)).Select(h => h.Id)];
    }

    // Made again from the decision's inputs, since what the patient has is stored in one place only.
    private async Task<ApprovalAsked> ApprovalAsync(StoredMatch match, InquiryRecord? inquiry, CancellationToken cancellation)
    {
        var recorded = await loader.LoadAsync(match, inquiry, cancellation);
        if (recorded is not RecordedInputs.Found { Inputs: var inputs })
        {
            return new ApprovalAsked.Unknown((RecordedInputs.Missing)recorded);
        }

        var decision = inputs.Decide();
        return new ApprovalAsked.By(
            inputs.ApprovalFor(decision), decision, inputs.Policy,
            ApprovalRules.UnreviewedRules(decision, inputs.Facts, inputs.Index, inputs.Policy));
    }

    private sealed record Found(
        IReadOnlyList<HeldInquiry> Held, long Waiting, IReadOnlyList<InquiryPair> Pairs, IReadOnlyDictionary<InquiryId, SpamVerdict> Spam,
        Dictionary<InquiryId, StoredMatch> Matches, Dictionary<InquiryId, InquiryRecord> Inquiries);
}

/// <param name="Items">Urgent ones and oldest first.</param>
/// <param name="Waiting">How many there are; more than are listed when they are very many.</param>
public sealed record HeldList(IReadOnlyList<HeldItem> Items, long Waiting);

/// <summary>An inquiry that waits, with what stands behind its reasons.</summary>
/// <param name="Pairs">Inquiries that may be of the same patient, undecided.</param>
/// <param name="Spam">Why it looked like a program's.</param>
/// <param name="Match">The newest decision about it, where that says why it waits.</param>
/// <param name="Approval">Which rule of the policy asks for a yes, where one does.</param>
public sealed record HeldItem(HeldInquiry Inquiry, IReadOnlyList<InquiryPair> Pairs, SpamVerdict Spam, StoredMatch? Match, ApprovalAsked? Approval);

/// <summary>Who asks for a coordinator's yes.</summary>
public abstract record ApprovalAsked
{
    private ApprovalAsked()
    {
    }

    /// <param name="Rules">Codes of <see cref="ApprovalRules"/>.</param>
    /// <param name="Unreviewed">The rules of countries that let it ask its clinics, and that nobody has reviewed.</param>
    public sealed record By(
        IReadOnlyList<string> Rules, MatchDecision Decision, Policy Policy, IReadOnlyList<CountryRule> Unreviewed) : ApprovalAsked;

    /// <summary>What it was decided from is not in this database any more.</summary>
    public sealed record Unknown(RecordedInputs.Missing Missing) : ApprovalAsked;
}
