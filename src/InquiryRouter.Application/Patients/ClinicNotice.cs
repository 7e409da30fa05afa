using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Referral;

namespace InquiryRouter.Application.Patients;

/// <summary>A mail to a clinic about its referral, with a link of its own.</summary>
internal static class ClinicNotice
{
    /// <returns>Null for a clinic that has left the network.</returns>
    public static SendMail? To(NetworkSnapshot network, ReferralRecord referral, Func<Clinic, string, NewMail> write)
    {
        if (!network.ByCode.TryGetValue(referral.ClinicCode, out var clinic))
        {
            return null;
        }

        var token = AccessLinkStore.NewToken();
        return new SendMail(write(clinic, token), NewLink.ToReferral(token, referral.Id, clinic.Email));
    }
}
