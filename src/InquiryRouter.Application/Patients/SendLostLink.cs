using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Patients;

/// <summary>Sends the link of a patient's page again, to the mailbox that was named, and only where it is the one we write to.</summary>
public sealed class SendLostLink(Work work, PatientVault vault, KeyedHash hash, MailWriter mails)
{
    /// <summary>Mails to one mailbox in <see cref="Within"/>, however often somebody asks.</summary>
    public const int MostMails = 3;

    // Of a mailbox that is shared by many, the newest are looked at.
    private const int MostInquiries = 50;

    private const string AskedOften = "asked-often";

    public static readonly TimeSpan Within = TimeSpan.FromHours(1);

    /// <param name="address">A valid address, as it was typed.</param>
    /// <param name="asker">The part of a network address that is one sender; null: senders have no limit.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>Nobody who asks may learn it.</returns>
    public Task<Outcome> RunAsync(string address, string? asker, CancellationToken cancellation)
    {
        var mailbox = SearchKeys.Mail(address);
        var request = new MailRequest(
            MailKind.StatusLink, null, hash.OfMailbox(address),
            asker is null ? null : hash.OfAsker(asker), Withheld: true);
        var token = hash.SearchTokenOf(new SearchKey(SearchKind.Mail, mailbox));
        var since = work.Now - Within;
        return work.RunAsync(
            session => LoadAsync(session, token, since, request),
            found => Task.FromResult(Decide(found, mailbox, request)),
            cancellation,
            Priority.Background);
    }

    private static async Task<Found> LoadAsync(Session session, SearchToken token, DateTimeOffset since, MailRequest request)
    {
        var ids = await SearchTokenStore.FindAsync(session, token, MostInquiries);
        var inquiries = new List<(InquiryRecord Inquiry, SealedPatient Patient)>();
        foreach (var id in ids)
        {
            if (await InquiryStore.FindAsync(session, id) is { State: not InquiryState.Erased } inquiry
                && await InquiryStore.FindPatientAsync(session, id) is { } patient)
            {
                inquiries.Add((inquiry, patient));
            }
        }

        return new Found(
            inquiries, await MailStore.ListSinceAsync(session, MailKind.StatusLink, ids, since),
            await MailRequestStore.CountToAsync(session, request.Kind, request.Address, session.Now - MailAllowance.Day),
            request.Asker is null ? 0 : await MailRequestStore.CountByAsync(session, request.Kind, request.Asker, session.Now - MailAllowance.Hour));
    }

    private Decided<Outcome> Decide(Found found, string mailbox, MailRequest request)
    {
        // What is open comes before what is over, and there who has waited longest for a link.
        var wanted = found.Inquiries.Where(f => SearchKeys.Mail(vault.Open(f.Patient).ContactEmail) == mailbox)
            .OrderBy(f => f.Inquiry.State == InquiryState.Closed)
            .ThenBy(f => found.SentAt(f.Inquiry.Id))
            .ThenByDescending(f => f.Inquiry.ReceivedAt).ToList();
        var requestId = Guid.CreateVersion7();
        var left = found.ByAsker >= MailAllowance.LostLinks ? 0
            : Math.Max(0, Math.Min(MostMails - found.Sent.Count, MailAllowance.ToOneAddress(MailKind.StatusLink) - found.ToAddress));
        var sent = wanted.Take(left).ToList();

        // Whatever comes of it, that somebody asked is stored: one address costs no less work than another.
        Outcome outcome = wanted.Count == 0 ? Outcome.NotFound.It : left == 0 ? new Outcome.NotPossible(AskedOften) : Outcome.Done.It;
        return outcome.By<Outcome>(
        [
            .. sent.Select(f => new SendMail(mails.StatusLink(f.Inquiry, f.Patient, requestId))),
            .. sent.Select((f, n) => new CountMailRequest(
                request with { InquiryId = f.Inquiry.Id, Asker = n == 0 ? request.Asker : null, Withheld = false })),
            sent.Count == 0 ? new CountMailRequest(request) : null,
        ]);
    }

    /// <param name="Inquiries">Which may be meant.</param>
    /// <param name="Sent">Links that were sent again lately.</param>
    /// <param name="ToAddress">How many of them went to this address within a day.</param>
    /// <param name="ByAsker">How often who asks has asked within the hour.</param>
    private sealed record Found(
        IReadOnlyList<(InquiryRecord Inquiry, SealedPatient Patient)> Inquiries, IReadOnlyList<MailedAt> Sent, int ToAddress, int ByAsker)
    {
        /// <summary>When the link of an inquiry was last sent; null: not lately.</summary>
        public DateTimeOffset? SentAt(InquiryId inquiryId) =>
            Sent.Where(s => s.InquiryId == inquiryId).Max(s => (DateTimeOffset?)s.CreatedAt);
    }
}
