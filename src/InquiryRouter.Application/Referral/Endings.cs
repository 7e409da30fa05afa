using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Referral;

/// <summary>The steps by which referrals end.</summary>
public static class Endings
{
    /// <summary>Ends one.</summary>
    public static EndReferral By(this ReferralRecord referral, ReferralTrigger trigger, string? reason = null) =>
        new(referral, Ending.Of(trigger, reason, referral.AcceptedAt));

    /// <summary>Takes one back whose clinic no longer meets a requirement; the clinic and the coordinators are told.</summary>
    /// <param name="gate">The requirement.</param>
    public static IReadOnlyList<Step?> Recall(
        this ReferralRecord referral, Gate gate, InquiryRecord inquiry, SealedPatient patient, NetworkSnapshot network, MailWriter mails)
    {
        ReferralRecord[] ended = [referral];
        return
        [
            .. ended.Withdraw(GateList.Code(gate), network, (r, clinic) => mails.OfferWithdrawn(inquiry, patient, r.Id, clinic)),
            SendMail.If(mails.RecallNotice(inquiry, patient, referral.Id, referral.ClinicCode, gate)),
        ];
    }

    /// <summary>Takes some back because of something their clinics did not do; each clinic is told, one that has left the network is not.</summary>
    /// <param name="referrals">As they were loaded.</param>
    /// <param name="reason">Why, as a code that is stored with them.</param>
    /// <param name="network">Who their clinics are.</param>
    /// <param name="tell">What a clinic is told.</param>
    public static IReadOnlyList<Step> Withdraw(
        this IEnumerable<ReferralRecord> referrals, string reason, NetworkSnapshot network, Func<ReferralRecord, Clinic, NewMail> tell)
    {
        var steps = new List<Step>();
        foreach (var referral in referrals)
        {
            steps.Add(referral.By(ReferralTrigger.Withdraw, reason));
            if (network.ByCode.TryGetValue(referral.ClinicCode, out var clinic))
            {
                steps.Add(new SendMail(tell(referral, clinic)));
            }
        }

        return steps;
    }
}
