using System.Threading.Channels;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Application.Patients;

/// <summary>
/// Sends the link of a patient's page again. Who asks is answered before anything is looked up, so that neither the words nor the time of the answer
/// say whether the address is known. What waits here is in memory only: whoever gets no mail asks again.
/// </summary>
public sealed partial class LostLinks(Database database, PatientVault vault, KeyedHash hash, MailWriter mails, ILogger<LostLinks> log) : BackgroundService
{
    /// <summary>Mails to one mailbox in <see cref="Within"/>, however often somebody asks.</summary>
    public const int MostMails = 3;

    // Of a mailbox that is shared by many, the newest are looked at.
    private const int MostInquiries = 50;
    private const int MostWaiting = 1000;

    public static readonly TimeSpan Within = TimeSpan.FromHours(1);

    private readonly Channel<string> _asked = Channel.CreateBounded<string>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <param name="address">A valid address, as it was typed.</param>
    public void Ask(string address) => _asked.Writer.TryWrite(address);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var address in _asked.Reader.ReadAllAsync(stoppingToken))
            {
                try
                {
                    await SendAsync(SearchKeys.Mail(address), stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    LogFailed(exception);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping, perhaps before the start has come to its end: no failure to be told.
        }
    }

    private async Task SendAsync(string mailbox, CancellationToken cancellation)
    {
        var token = hash.SearchTokenOf(new SearchKey(SearchKind.Mail, mailbox));
        var since = database.Clock.GetUtcNow() - Within;
        var (found, sent) = await database.ReadAsync(
            async session =>
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

                return (inquiries, await MailStore.ListSinceAsync(session, MailKind.StatusLink, ids, since));
            },
            cancellation);

        // Only to the mailbox that was named, and only where it is the one we write to. Who has waited longest for a link comes first.
        var wanted = found.Where(f => SearchKeys.Mail(vault.Open(f.Patient).ContactEmail) == mailbox)
            .OrderBy(f => sent.Where(s => s.InquiryId == f.Inquiry.Id).Select(s => s.CreatedAt).DefaultIfEmpty(DateTimeOffset.MinValue).Max())
            .ThenByDescending(f => f.Inquiry.ReceivedAt)
            .Take(MostMails - sent.Count);
        var request = Guid.CreateVersion7();
        var links = wanted.Select(f => mails.StatusLink(f.Inquiry, f.Patient, request)).ToList();
        if (links.Count > 0)
        {
            await database.WriteAsync(
                async tx =>
                {
                    foreach (var mail in links)
                    {
                        await MailStore.AddAsync(tx, mail);
                    }
                },
                cancellation: cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A link that was asked for again could not be sent; who asked is told to ask once more when no mail comes.")]
    private partial void LogFailed(Exception exception);
}
