using System.Threading.Channels;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Infrastructure.Mail;

/// <summary>
/// Sends what is queued. Claims under a lease; for each mail: checks that it is still wanted, commits <c>Sending</c>, hands it over,
/// commits the outcome. Woken by commits of this process; polls for those of others.
/// </summary>
public sealed partial class MailSender(
    Database database, Func<IMailTransport> transports, MimeFactory mime, MailWriter writer, KeyedHash hash,
    MailOptions options, CommitSignals signals, TimeProvider clock, ILogger<MailSender> log)
    : BackgroundService
{
    private const int BatchSize = 32;

    // Longer than a batch can take at 60 s a mail would hold mails of a dead worker for too long; the fence keeps a slow one honest.
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var queue = Channel.CreateBounded<(Guid Lease, ClaimedMail Mail)>(BatchSize);
        var lanes = Enumerable.Range(0, options.Connections).Select(_ => RunLaneAsync(queue.Reader, stoppingToken)).ToArray();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ClaimDueAsync(queue.Writer, stoppingToken);
                await signals.Mail.WaitAsync(s_poll, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                LogClaimFailed(exception);
                await Task.Delay(s_poll, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        queue.Writer.Complete();
        await Task.WhenAll(lanes);
    }

    private async Task ClaimDueAsync(ChannelWriter<(Guid, ClaimedMail)> queue, CancellationToken stopping)
    {
        while (true)
        {
            var lease = Guid.CreateVersion7();
            var batch = await database.WriteAsync(tx => MailStore.ClaimAsync(tx, lease, tx.Now + s_lease, BatchSize), cancellation: stopping);
            foreach (var mail in batch)
            {
                await queue.WriteAsync((lease, mail), stopping);
            }

            if (batch.Count < BatchSize)
            {
                return;
            }
        }
    }

    private async Task RunLaneAsync(ChannelReader<(Guid Lease, ClaimedMail Mail)> queue, CancellationToken stopping)
    {
        await using var transport = transports();
        await foreach (var (lease, mail) in queue.ReadAllAsync(CancellationToken.None))
        {
            if (stopping.IsCancellationRequested)
            {
                continue;
            }

            try
            {
                await HandleAsync(transport, lease, mail, stopping);
            }
            catch (Exception exception)
            {
                // The lease ends, and the mail is claimed again: as unknown when it was being sent.
                LogFailed(exception, mail.Kind, mail.Id);
            }
        }
    }

    private async Task HandleAsync(IMailTransport transport, Guid lease, ClaimedMail mail, CancellationToken stopping)
    {
        if (mail.Unknowns > 1)
        {
            await EndAsync(lease, mail, new MailStep(MailState.Unconfirmed), mail.Unknowns, "unknown-twice");
            return;
        }

        var (patient, wanted) = await database.ReadAsync(
            async session => (await InquiryStore.FindPatientAsync(session, mail.InquiryId), await IsWantedAsync(session, mail)), stopping);
        if (patient is null || !wanted)
        {
            await EndAsync(lease, mail, new MailStep(MailState.Cancelled), mail.Unknowns, "no-longer-relevant");
            return;
        }

        var content = writer.Open(patient, mail.Sealed);
        var addressHash = hash.OfAddress(content.ToAddress);
        if (await database.ReadAsync(session => MailStore.IsSuppressedAsync(session, addressHash), stopping))
        {
            await EndAsync(lease, mail, new MailStep(MailState.Suppressed), mail.Unknowns, "suppressed");
            return;
        }

        var message = mime.Create(mail.Id, mail.CreatedAt, content);
        if (!await database.WriteAsync(tx => MailStore.BeginAsync(tx, lease, mail.Seq, tx.Now + s_lease), cancellation: stopping))
        {
            return;
        }

        // From here on the outcome must be learnt: stopping the program does not cut a mail in two.
        var result = await transport.SendAsync(mail.Id, message, mime.Sender(mail.Id), CancellationToken.None);
        var unknowns = mail.Unknowns + (result.Outcome == SendOutcome.Unknown ? 1 : 0);
        var step = MailRetry.After(result.Outcome, mail.Attempts, unknowns, mail.CreatedAt, clock.GetUtcNow());
        if (step.State != MailState.Sent)
        {
            LogNotSent(mail.Kind, mail.Id, result.Outcome, result.Code, step.State);
        }

        await EndAsync(lease, mail, step, unknowns, result.Code, result.Outcome == SendOutcome.HardBounce ? addressHash : null);
    }

    // An offer that was answered, moved on or ended must not arrive afterwards.
    private static async Task<bool> IsWantedAsync(Session session, ClaimedMail mail) =>
        mail.Kind != MailKind.ReferralOffer
        || (await ReferralStore.FindAsync(session, mail.AboutId) is { } referral && ReferralTransitions.IsOpen(referral.State));

    private Task EndAsync(Guid lease, ClaimedMail mail, MailStep step, int unknowns, string? code, byte[]? suppress = null) =>
        database.WriteAsync(async tx =>
        {
            await MailStore.EndAsync(tx, lease, mail, step, unknowns, code);
            if (suppress is not null)
            {
                await MailStore.SuppressAsync(tx, suppress, code ?? "hard-bounce");
            }
        });

    [LoggerMessage(Level = LogLevel.Error, Message = "The mail queue could not be read; trying again.")]
    private partial void LogClaimFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} mail {MailId} could not be handled; it is tried again when its lease ends.")]
    private partial void LogFailed(Exception exception, MailKind kind, Guid mailId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} mail {MailId}: {Outcome} ({Code}), now {State}.")]
    private partial void LogNotSent(MailKind kind, Guid mailId, SendOutcome outcome, string? code, MailState state);
}
