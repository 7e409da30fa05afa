using InquiryRouter.Application.Referral;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Intake;

namespace InquiryRouter.Application.Coordination;

/// <summary>
/// A coordinator offers an inquiry to a clinic of their choice. A requirement never bends; a wish of the patient or a cap of the clinic does, with a
/// reason that stands in the history. Other offers go on beside it.
/// </summary>
public sealed class OfferToClinic(Work work, ReferralOffers offers)
{
    /// <param name="seen">Which inquiry.</param>
    /// <param name="clinic">Code of the clinic.</param>
    /// <param name="reason">A code of <see cref="OfferReason"/>: why in spite of what stands against it; null: none.</param>
    /// <param name="who">Who offers it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<ActionOutcome> RunAsync(Seen seen, string clinic, string? reason, Actor who, CancellationToken cancellation)
    {
        if (reason is not null && !OfferReason.All.Contains(reason, StringComparer.Ordinal))
        {
            return new ActionOutcome.Invalid(ActionOutcome.NoSuchReason);
        }

        OfferPlan? committed = null;
        var outcome = await work.RunOnSeenAsync(
            seen, CoordinatorAction.Offer, clinic,
            async found =>
            {
                (var standing, committed) = await offers.PlanByHandAsync(found.Inquiry, clinic, reason, who, cancellation);
                return committed is null
                    ? new ActionOutcome.StandsAgainst(standing)
                    : ActionOutcome.Done.It.By<ActionOutcome>(committed.Steps(found.Inquiry));
            },
            cancellation);
        if (seen.Later is null)
        {
            offers.Committed(committed);
        }

        return outcome;
    }

    /// <summary>What stands against offering an inquiry to a clinic, without doing it.</summary>
    /// <returns>Null: there is no such inquiry, or it is erased.</returns>
    public async Task<IReadOnlyList<Standing>?> CheckAsync(string reference, string clinic, CancellationToken cancellation)
    {
        var inquiry = await work.ReadAsync(
            async session => await InquiryStore.FindIdAsync(session, reference) is { } id && await InquiryStore.FindPatientAsync(session, id) is not null
                ? await InquiryStore.FindAsync(session, id)
                : null,
            cancellation);
        return inquiry is null ? null
            : (await offers.PlanByHandAsync(inquiry, clinic, reason: null, Actor.Stage("referral"), cancellation)).Standing;
    }
}
