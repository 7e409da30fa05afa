using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Application.Clinics;

/// <summary>What became of a forward.</summary>
public enum ForwardOutcome
{
    Done,

    /// <summary>Not one of the people in the clinic's record.</summary>
    NotInside,

    /// <summary>More than a referral is forwarded in good faith.</summary>
    TooMany,

    /// <summary>The clinic does not have the referral any more.</summary>
    Ended,
}

/// <summary>Links a clinic asks for: for a colleague, and to its own list. They are mailed, never shown.</summary>
public sealed class ClinicMails(Database database, NetworkCache networks, MailWriter mails)
{
    private const int MostForwards = 10;
    private const int Tries = 3;

    private static readonly TimeSpan s_listLinkPause = TimeSpan.FromMinutes(10);

    /// <summary>Mails a colleague inside the clinic a link of their own to the referral.</summary>
    /// <param name="forwardId">Of the form: sent twice it is one mail.</param>
    /// <param name="address">The address of one of the clinic's contacts.</param>
    public async Task<ForwardOutcome> ForwardAsync(ReferralRecord referral, Guid forwardId, string? address, CancellationToken cancellation)
    {
        // A referral never leaves the clinic by a link of ours, and the domain of an address proves nothing: only people in the clinic's record.
        if (!(await networks.CurrentAsync(cancellation)).ByCode.TryGetValue(referral.ClinicCode, out var clinic)
            || clinic.Contacts.FirstOrDefault(c => c.Email.Equals(address, StringComparison.OrdinalIgnoreCase)) is not { } colleague)
        {
            return ForwardOutcome.NotInside;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ForwardAsync(referral, forwardId, clinic, colleague, cancellation);
            }
            catch (ConflictException) when (attempt < Tries)
            {
                // A second click, or somebody else's step: look again.
            }
        }
    }

    private async Task<ForwardOutcome> ForwardAsync(ReferralRecord referral, Guid forwardId, Core.Matching.Clinic clinic, Core.Matching.ContactPerson colleague, CancellationToken cancellation)
    {
        var (inquiry, patient, forwards) = await database.ReadAsync(
            async session => (
                await InquiryStore.FindAsync(session, referral.InquiryId), await InquiryStore.FindPatientAsync(session, referral.InquiryId),
                await MailStore.CountForAsync(session, referral.InquiryId, MailKind.ForwardedReferral, referral.Id)),
            cancellation);
        if (inquiry is null || patient is null || !(ReferralTransitions.IsOpen(referral.State) || ReferralTransitions.IsHeld(referral.State)))
        {
            return ForwardOutcome.Ended;
        }

        if (forwards >= MostForwards)
        {
            return ForwardOutcome.TooMany;
        }

        var token = AccessLinkStore.NewToken();
        var mail = mails.ForwardedReferral(inquiry, patient, forwardId, referral.Id, clinic, colleague.Name, colleague.Email, clinic.ContactName, token);
        await database.WriteAsync(
            async tx =>
            {
                if (await MailStore.TryAddAsync(tx, mail))
                {
                    await AccessLinkStore.AddAsync(tx, AccessLinkStore.Hash(token), LinkPurpose.Referral, referral.Id, AccessLinkStore.ReferralLifetime);
                    await InquiryStore.RecordAsync(tx, inquiry, "forwarded", Actor.Clinic(referral.ClinicCode));
                }
            },
            Priority.Interactive,
            cancellation);
        return ForwardOutcome.Done;
    }

    /// <summary>Mails the clinic, at its own address, the link to its list; once in ten minutes.</summary>
    public async Task SendListLinkAsync(ReferralRecord referral, CancellationToken cancellation)
    {
        if (!(await networks.CurrentAsync(cancellation)).ByCode.TryGetValue(referral.ClinicCode, out var clinic))
        {
            return;
        }

        var token = AccessLinkStore.NewToken();
        var mail = mails.ClinicLink(Guid.CreateVersion7(), referral.Id, clinic, token);
        await database.WriteAsync(
            async tx =>
            {
                if (await AccessLinkStore.CountSinceAsync(tx, LinkPurpose.ClinicList, referral.Id, tx.Now - s_listLinkPause) == 0)
                {
                    await AccessLinkStore.AddAsync(tx, AccessLinkStore.Hash(token), LinkPurpose.ClinicList, referral.Id, AccessLinkStore.ClinicListLifetime);
                    await MailStore.AddAsync(tx, mail);
                }
            },
            Priority.Interactive,
            cancellation);
    }
}
