using InquiryRouter.Application.Referral;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Clinics;

/// <summary>The offers that end because another clinic has the patient now.</summary>
internal static class OtherOffers
{
    private const string Placed = "placed";

    /// <summary>Those still without an answer: a quote stays for the patient to compare.</summary>
    public static EndedReferrals Of(IEnumerable<ReferralRecord> others, InquiryRecord inquiry, SealedPatient patient, NetworkSnapshot network, MailWriter mails) =>
        Prepare(others.Where(r => ReferralTransitions.IsOpen(r.State)), inquiry, patient, network, mails);

    /// <summary>The same, with quotes the patient has not chosen: the inquiry has come to its end.</summary>
    public static EndedReferrals AndQuotes(IEnumerable<ReferralRecord> others, InquiryRecord inquiry, SealedPatient patient, NetworkSnapshot network, MailWriter mails) =>
        Prepare(others.Where(r => ReferralTransitions.IsAwaited(r.State) && r.AcceptedAt is null), inquiry, patient, network, mails);

    private static EndedReferrals Prepare(IEnumerable<ReferralRecord> ended, InquiryRecord inquiry, SealedPatient patient, NetworkSnapshot network, MailWriter mails) =>
        EndedReferrals.Of(ended, Placed, network, (referral, clinic) => mails.OfferPlaced(inquiry, patient, referral.Id, clinic));
}
