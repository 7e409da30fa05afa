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
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>Nobody who asks may learn it.</returns>
    public Task<Outcome> RunAsync(string address, CancellationToken cancellation)
    {
        var mailbox = SearchKeys.Mail(address);
        var token = hash.SearchTokenOf(new SearchKey(SearchKind.Mail, mailbox));
        var since = work.Now - Within;
        return work.RunAsync(
            session => LoadAsync(session, token, since),
            found => Task.FromResult(Decide(found, mailbox)),
            cancellation,
            Priority.Background);
    }

    private static async Task<Found> LoadAsync(Session session, SearchToken token, DateTimeOffset since)
    {
        var ids = await SearchTokenStore.FindAsync(session, token, MostInquiries);
        var inquiries = new List<(InquiryRecord Inquiry, SealedPatient Patient)>();
        foreach (var id in ids)
        {
            if (await InquiryStore.FindAsync(session, id) is { State: not (InquiryState.Closed or InquiryState.Erased) } inquiry
                && await InquiryStore.FindPatientAsync(session, id) is { } patient)
            {
                inquiries.Add((inquiry, patient));
            }
        }

        return new Found(inquiries, await MailStore.ListSinceAsync(session, MailKind.StatusLink, ids, since));
    }

    private Decided<Outcome> Decide(Found found, string mailbox)
    {
        // Who has waited longest for a link comes first.
        var wanted = found.Inquiries.Where(f => SearchKeys.Mail(vault.Open(f.Patient).ContactEmail) == mailbox)
            .OrderBy(f => found.SentAt(f.Inquiry.Id))
            .ThenByDescending(f => f.Inquiry.ReceivedAt).ToList();
        var request = Guid.CreateVersion7();
        return wanted.Count == 0 ? Outcome.NotFound.It
            : found.Sent.Count >= MostMails ? new Outcome.NotPossible(AskedOften)
            : Outcome.Done.It.By<Outcome>(
                [.. wanted.Take(MostMails - found.Sent.Count).Select(f => new SendMail(mails.StatusLink(f.Inquiry, f.Patient, request)))]);
    }

    private sealed record Found(IReadOnlyList<(InquiryRecord Inquiry, SealedPatient Patient)> Inquiries, IReadOnlyList<MailedAt> Sent)
    {
        /// <summary>When the link of an inquiry was last sent; null: not lately.</summary>
        public DateTimeOffset? SentAt(InquiryId inquiryId) =>
            Sent.Where(s => s.InquiryId == inquiryId).Max(s => (DateTimeOffset?)s.CreatedAt);
    }
}
