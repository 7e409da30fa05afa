using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;

namespace InquiryRouter.Application.Referral;

/// <summary>Referrals that end because of something their clinics did not do: their places are freed, nothing more falls due, and the clinics are told.</summary>
/// <param name="Referrals">As they were loaded.</param>
/// <param name="Reason">Why, as a code that is stored with them.</param>
/// <param name="Mails">What their clinics are told; a clinic that has left the network is not.</param>
public sealed record EndedReferrals(IReadOnlyList<ReferralRecord> Referrals, string Reason, IReadOnlyList<NewMail> Mails)
{
    public static readonly EndedReferrals None = new([], string.Empty, []);

    /// <summary>Renders what the clinics are told, before the transaction.</summary>
    public static EndedReferrals Of(IEnumerable<ReferralRecord> referrals, string reason, NetworkSnapshot network, Func<ReferralRecord, Clinic, NewMail> tell)
    {
        List<ReferralRecord> ended = [.. referrals];
        return new EndedReferrals(ended, reason, [.. ended.Where(r => network.ByCode.ContainsKey(r.ClinicCode)).Select(r => tell(r, network.ByCode[r.ClinicCode]))]);
    }

    /// <returns>The version of the last of them after it; 0 when there are none.</returns>
    /// <exception cref="ConflictException">One has moved on since it was loaded.</exception>
    public async Task<int> ApplyAsync(Tx tx)
    {
        var version = 0;
        foreach (var referral in Referrals)
        {
            version = await ReferralStore.MoveAsync(tx, referral, ReferralTrigger.Withdraw, Reason);
            await FollowUpStore.CancelAsync(tx, referral.InquiryId, FollowUpKind.OfferExpiry, referral.N);
            await FollowUpStore.CancelAsync(tx, referral.InquiryId, FollowUpKind.QuoteExpiry, referral.N);

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
