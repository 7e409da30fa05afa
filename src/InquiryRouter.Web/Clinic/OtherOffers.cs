using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Web.Clinic;

/// <summary>The offers that end because another clinic has the patient now: those still without an answer. A quote stays for the patient to compare.</summary>
internal sealed record OtherOffers(IReadOnlyList<ReferralRecord> Open, IReadOnlyList<NewMail> Mails)
{
    /// <summary>Renders what their clinics are told, before the transaction.</summary>
    public static OtherOffers Of(
        IReadOnlyList<ReferralRecord> others, InquiryRecord inquiry, SealedPatient patient, NetworkSnapshot network, MailWriter mails)
    {
        var open = others.Where(r => ReferralTransitions.IsOpen(r.State)).ToList();
        return new(open, [.. open.Where(r => network.ByCode.ContainsKey(r.ClinicCode)).Select(r => mails.OfferPlaced(inquiry, patient, r.Id, network.ByCode[r.ClinicCode]))]);
    }

    /// <summary>Takes them back and frees their places.</summary>
    public static async Task WithdrawAsync(Tx tx, OtherOffers others)
    {
        foreach (var other in others.Open)
        {
            await ReferralStore.MoveAsync(tx, other, ReferralTrigger.Withdraw, "placed");
            await FollowUpStore.CancelAsync(tx, other.InquiryId, FollowUpKind.OfferExpiry, other.N);
            await ReferralStore.FreeAsync(tx, other.ClinicCode, other.CapWeek);
        }

        foreach (var mail in others.Mails)
        {
            await MailStore.AddAsync(tx, mail);
        }
    }
}
