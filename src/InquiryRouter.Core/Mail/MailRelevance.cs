using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;

namespace InquiryRouter.Core.Mail;

/// <summary>Whether a mail is still true when its turn comes: minutes or, with a mail server that was down, days after it was decided on.</summary>
public static class MailRelevance
{
    /// <param name="kind">Which mail.</param>
    /// <param name="inquiry">Where its inquiry stands now; null: there is none.</param>
    /// <param name="referral">Where the referral it is about stands now; null: it is about none.</param>
    /// <param name="answered">What it asks for has happened: the question is answered, no more check-ins are wanted, or the clinic may see again who the patient is.</param>
    public static bool IsWanted(MailKind kind, InquiryState? inquiry, ReferralState? referral, bool answered) => kind switch
    {
        // About no inquiry.
        MailKind.ClinicLink or MailKind.OperationsAlert or MailKind.WorkDigest or MailKind.AccountChanged => true,

        // Its own confirmation, and what lets go of a clinic, are all that leaves an inquiry that is over.
        MailKind.Erased or MailKind.OfferWithdrawn => true,
        MailKind.DeleteRequest => inquiry is null or InquiryState.Erased || !answered,
        _ when inquiry is null or InquiryState.Erased => false,
        MailKind.Withdrawn or MailKind.StatusLink or MailKind.AddressChanged or MailKind.AddressConfirmed or MailKind.OfferPlaced => true,
        MailKind.RecallNotice or MailKind.AcceptedLapse => true,
        MailKind.InquiryClosed => inquiry == InquiryState.Closed,
        _ when inquiry == InquiryState.Closed => false,

        // An offer that was answered, moved on or ended must not arrive afterwards.
        MailKind.ReferralOffer => referral is { } offered && ReferralTransitions.IsOpen(offered),

        // While the inquiry is held the clinic cannot answer; when it goes on, it is told anew.
        MailKind.OfferReminder or MailKind.OfferResumed => referral is { } waits && inquiry is { } at && ReferralTransitions.IsOpen(waits)
            && !ReferralTransitions.IsPaused(waits, at),
        MailKind.OfferExpired => referral == ReferralState.Expired,
        MailKind.CoordinatorQuestion => !answered,
        MailKind.TakenBack => referral == ReferralState.Withdrawn,
        MailKind.InformationAdded or MailKind.ForwardedReferral or MailKind.CoordinatorMessage => referral is { } asked && (ReferralTransitions.IsOpen(asked) || Has(asked)),

        // A yes that was taken back meanwhile is none.
        MailKind.ClinicAccepted or MailKind.AcceptanceConfirmed or MailKind.IdentityShown => referral is { } held && Has(held),
        MailKind.AcceptanceUndone => referral is { } back && !Has(back),
        MailKind.QuoteReceived => referral is { } quoted && Has(quoted),
        MailKind.PatientQuestion => !answered && referral is { } addressed && (ReferralTransitions.IsOpen(addressed) || Has(addressed)),
        MailKind.NeedsInformation => !answered && referral is { } asks && (ReferralTransitions.IsOpen(asks) || Has(asks)),
        MailKind.MovedOn => inquiry is InquiryState.Matched or InquiryState.Referred,
        MailKind.GivenBack => referral == ReferralState.Returned,
        MailKind.NoClinicFits => inquiry is InquiryState.Held,
        MailKind.AskPatient => inquiry == InquiryState.AwaitingPatient,
        MailKind.CheckIn => !answered && inquiry is InquiryState.Accepted or InquiryState.Booked && referral is { } going && Has(going),
        _ => true,
    };

    private static bool Has(ReferralState state) => ReferralTransitions.IsInHand(state) || state == ReferralState.Completed;
}
