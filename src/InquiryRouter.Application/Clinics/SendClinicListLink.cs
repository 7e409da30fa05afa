using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Application.Clinics;

/// <summary>
/// Mails a clinic, at its own address, the link to the list of its referrals; once in ten minutes. Whoever holds a link that has ended may ask
/// for it, so nobody is named as the one who did.
/// </summary>
public sealed class SendClinicListLink(Work work, NetworkCache networks, MailWriter mails)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(10);

    /// <param name="referralId">A referral of the clinic.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<Outcome> RunAsync(ReferralId referralId, CancellationToken cancellation)
    {
        var network = await networks.CurrentAsync(cancellation);
        return await work.RunAsync(
            async session => (
                Referral: await ReferralStore.FindAsync(session, referralId), WasSent: await WasSentAsync(session, referralId)),
            found => Task.FromResult(Decide(found.Referral, found.WasSent)),
            cancellation);

        Decided<Outcome> Decide(ReferralRecord? referral, bool wasSent)
        {
            if (referral is null || !network.ByCode.TryGetValue(referral.ClinicCode, out var clinic) || !clinic.Active)
            {
                return Outcome.NotFound.It;
            }

            if (wasSent)
            {
                return Outcome.AlreadyDone.It;
            }

            var token = AccessLinkStore.NewToken();
            var link = new NewLink(
                AccessLinkStore.Hash(token), LinkPurpose.ClinicList, referral.Id.Value, AccessLinkStore.ClinicListLifetime,
                AccessLinkStore.PersonOf(clinic.Email));
            return Outcome.Done.It.By<Outcome>(
                new Store("once in ten minutes", async tx =>
                {
                    if (await WasSentAsync(tx, referral.Id))
                    {
                        throw new ConflictException($"The link to the list of {referral.ClinicCode} was sent at the same moment.");
                    }
                }),
                new SendMail(mails.ClinicLink(Guid.CreateVersion7(), referral.Id, clinic, token), link));
        }
    }

    private static async Task<bool> WasSentAsync(Session session, ReferralId referralId) =>
        await AccessLinkStore.CountSinceAsync(session, LinkPurpose.ClinicList, referralId.Value, session.Now - s_pause) > 0;
}
