using InquiryRouter.Application.Steps;
using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Messaging;

namespace InquiryRouter.Application.FollowUp;

/// <summary>A clinic has said yes: it gets the link again, and the patient will be asked how it is going.</summary>
public sealed class FollowAcceptance(Work work, NetworkCache networks, MailWriter mails, FollowUpOptions options) : IHandle<ReferralAnswered>
{
    // More check-ins of one referral than settings allow.
    private const int NumbersOfAReferral = 100;

    private readonly IReadOnlyList<int> _days = CheckInDays.TryParse(options.CheckInDays) ?? [];

    public async Task HandleAsync(ReferralAnswered message, MessageContext context, CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
        var (inquiry, referral, patient) = await work.ReadAsync(
            async session => (
                await InquiryStore.FindAsync(session, message.InquiryId), await ReferralStore.FindAsync(session, message.ReferralId),
                await InquiryStore.FindPatientAsync(session, message.InquiryId)),
            cancellation);
        if (inquiry is null || referral is null || referral.Version < message.Version)
        {
            throw new NotYetVisibleException($"Referral {message.ReferralId} is not yet at version {message.Version}.");
        }

        if (patient is null || inquiry.State is not (InquiryState.Accepted or InquiryState.Booked) || !ReferralTransitions.IsInHand(referral.State) || referral.AcceptedAt is not { } acceptedAt)
        {
            return;
        }

        // Booked already, when this came late: the patient is asked how it is going all the same. A clinic whose quote the patient has chosen hears that from the choice.
        var token = AccessLinkStore.NewToken();
        var confirmation = referral.State == ReferralState.Accepted && network.ByCode.TryGetValue(referral.ClinicCode, out var clinic)
            ? new SendMailOnce(mails.AcceptanceConfirmed(inquiry, patient, referral, clinic, token), NewLink.ToReferral(token, referral.Id, clinic.Email))
            : null;
        await work.ApplyAsync(
            context,
            [
                confirmation,
                .. inquiry.WantsNoCheckIns ? [] : _days.Select((day, i) => new PromiseFollowUp(
                    referral, FollowUpKind.CheckIn, (referral.N * NumbersOfAReferral) + i, CheckInDays.At(acceptedAt, day, inquiry.Facts.TimeZone))),
            ],
            cancellation);
    }
}
