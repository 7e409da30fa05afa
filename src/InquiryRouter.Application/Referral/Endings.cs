using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Referral;

namespace InquiryRouter.Application.Referral;

/// <summary>The steps by which referrals end.</summary>
public static class Endings
{
    /// <summary>Ends one.</summary>
    public static EndReferral By(this ReferralRecord referral, ReferralTrigger trigger, string? reason = null) =>
        new(referral, Ending.Of(trigger, reason, referral.AcceptedAt));

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
