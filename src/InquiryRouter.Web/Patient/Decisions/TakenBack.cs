using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Web.Patient.Decisions;

/// <summary>Referrals that end because of something the patient did: their places are freed and the clinics are told.</summary>
internal sealed record TakenBack(IReadOnlyList<ReferralRecord> Referrals, string Reason, IReadOnlyList<NewMail> Mails)
{
    /// <summary>Renders what the clinics are told, before the transaction.</summary>
    /// <param name="reason">One of <see cref="WithdrawReason"/>.</param>
    public static async Task<TakenBack> PrepareAsync(
        NetworkCache networks, MailWriter mails, PatientCase found, SealedPatient patient, IEnumerable<ReferralRecord> referrals, string reason, CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
        List<ReferralRecord> ended = [.. referrals];
        return new TakenBack(ended, reason, [.. ended.Where(r => network.ByCode.ContainsKey(r.ClinicCode))
            .Select(r => mails.OfferWithdrawn(found.Inquiry, patient, r.Id, network.ByCode[r.ClinicCode]))]);
    }

    /// <returns>The version of the last of them after it.</returns>
    public async Task<int> ApplyAsync(Tx tx)
    {
        var version = 0;
        foreach (var referral in Referrals)
        {
            version = await ReferralStore.MoveAsync(tx, referral, ReferralTrigger.Withdraw, Reason);
            await FollowUpStore.CancelAsync(tx, referral.InquiryId, FollowUpKind.OfferExpiry, referral.N);

            // One that was accepted has used its place.
            if (referral.AcceptedAt is null)
            {
                await ReferralStore.FreeAsync(tx, referral.ClinicCode, referral.CapWeek);
            }
        }

        foreach (var mail in Mails)
        {
            await MailStore.AddAsync(tx, mail);
        }

        return version;
    }
}
