using InquiryRouter.Application.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Patients;

/// <summary>Referrals that end because of something the patient did.</summary>
internal static class TakenBack
{
    /// <param name="reason">One of <see cref="WithdrawReason"/>.</param>
    public static async Task<EndedReferrals> PrepareAsync(
        NetworkCache networks, MailWriter mails, PatientCase found, SealedPatient patient, IEnumerable<ReferralRecord> referrals, string reason, CancellationToken cancellation) =>
        EndedReferrals.Of(
            referrals, reason, await networks.CurrentAsync(cancellation), (referral, clinic) => mails.OfferWithdrawn(found.Inquiry, patient, referral.Id, clinic));
}
