using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;

namespace InquiryRouter.Application.Patients;

/// <summary>A mail to a clinic about its referral, with a link of its own.</summary>
internal sealed record ClinicNotice(Guid ReferralId, byte[] TokenHash, NewMail Mail)
{
    /// <summary>Rendered before the transaction; null for a clinic that has left the network.</summary>
    public static ClinicNotice? Prepare(Core.Matching.NetworkSnapshot network, ReferralRecord referral, Func<Core.Matching.Clinic, string, NewMail> write)
    {
        if (!network.ByCode.TryGetValue(referral.ClinicCode, out var clinic))
        {
            return null;
        }

        var token = AccessLinkStore.NewToken();
        return new ClinicNotice(referral.Id, AccessLinkStore.Hash(token), write(clinic, token));
    }

    public async Task ApplyAsync(Tx tx)
    {
        await AccessLinkStore.AddAsync(tx, TokenHash, LinkPurpose.Referral, ReferralId, AccessLinkStore.ReferralLifetime);
        await MailStore.AddAsync(tx, Mail);
    }
}
