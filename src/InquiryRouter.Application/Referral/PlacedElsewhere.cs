using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Referral;

/// <summary>The offers that end because another clinic has the patient now; their clinics are told.</summary>
public static class PlacedElsewhere
{
    /// <summary>Those still without an answer: a quote stays for the patient to compare.</summary>
    /// <param name="others">The inquiry's referrals except the one of the clinic that has the patient.</param>
    /// <param name="inquiry">The inquiry.</param>
    /// <param name="patient">Its patient.</param>
    /// <param name="network">Who the clinics are.</param>
    /// <param name="mails">Writes what they are told.</param>
    public static IReadOnlyList<Step> EndOffers(
        IEnumerable<ReferralRecord> others, InquiryRecord inquiry, SealedPatient patient, NetworkSnapshot network, MailWriter mails) =>
        End(others.Where(r => ReferralTransitions.IsOpen(r.State)), inquiry, patient, network, mails);

    /// <summary>The same, with quotes the patient has not chosen: the inquiry has come to its end.</summary>
    /// <inheritdoc cref="EndOffers"/>
    public static IReadOnlyList<Step> EndOffersAndQuotes(
        IEnumerable<ReferralRecord> others, InquiryRecord inquiry, SealedPatient patient, NetworkSnapshot network, MailWriter mails) =>
        End(others.Where(r => ReferralTransitions.IsAwaited(r.State) && r.AcceptedAt is null), inquiry, patient, network, mails);

    private static IReadOnlyList<Step> End(
        IEnumerable<ReferralRecord> ended, InquiryRecord inquiry, SealedPatient patient, NetworkSnapshot network, MailWriter mails) =>
        ended.Withdraw(WithdrawReason.Placed, network, (referral, clinic) => mails.OfferPlaced(inquiry, patient, referral.Id, clinic));
}
