using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Channels;
using InquiryRouter.Core;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace InquiryRouter.Infrastructure.Mail;

/// <summary>
/// Sends what is queued. Claims under a lease; checks that each mail is still wanted; commits <c>Sending</c>; hands it over; commits
/// the outcome. Woken by commits of this process; polls for those of others.
/// </summary>
public sealed partial class MailSender(
    Database database, Func<IMailTransport> transports, MimeFactory mime, MailWriter writer, KeyedHash hash,
    MailOptions options, CommitSignals signals, TimeProvider clock, ILogger<MailSender> log)
    : BackgroundService
{
    private const int ClaimSize = 32;

    // Begun in one commit. A process that dies has twice as many mails a lane, at most, whose outcome nobody knows: those being sent, and
    // those that are next.
    private const int BegunTogether = 4;

    // Handing over one mail takes two minutes at most, on a kept connection and then on a new one. A mail that was begun longer ago than
    // this is given back instead, so that the lease of what is being sent never ends.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);

    private const int MostTries = 6;
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromSeconds(5);

    // A file written again replaces the same bytes: nothing about it stays unknown.
    private bool Repeatable => options.Transport == MailTransportKind.Pickup;

    /// <summary>A claimed mail that is still wanted.</summary>
    private sealed record ReadyMail(Guid Lease, ClaimedMail Mail, MailContent Content, byte[] AddressHash);

    /// <param name="At">When, as the clock's timestamp: their lease runs from then.</param>
    private sealed record BegunMails(IReadOnlyList<ReadyMail> Mails, long At);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var queue = Channel.CreateBounded<ReadyMail>(ClaimSize);
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

    private async Task ClaimDueAsync(ChannelWriter<ReadyMail> queue, CancellationToken stopping)
    {
        while (true)
        {
            var lease = Guid.CreateVersion7();
            var claimed = await database.WriteAsync(tx => MailStore.ClaimAsync(tx, lease, tx.Now + s_lease, ClaimSize), cancellation: stopping);
            var handed = 0;
            try
            {
                var ready = claimed.Count == 0 ? [] : await CheckAsync(lease, claimed, stopping);
                for (; handed < ready.Count; handed++)
                {
                    await queue.WriteAsync(ready[handed], stopping);
                }
            }
            catch
            {
                // What is in the queue already sees to itself.
                await GiveBackAsync(claimed.Skip(handed).Select(m => (lease, m)));
                throw;
            }

            if (claimed.Count < ClaimSize)
            {
                return;
            }
        }
    }

    /// <summary>Ends the mails that must not be sent, and opens the others.</summary>
    private async Task<List<ReadyMail>> CheckAsync(Guid lease, IReadOnlyList<ClaimedMail> claimed, CancellationToken stopping)
    {
        var ready = new List<ReadyMail>(claimed.Count);
        var ended = new List<(ClaimedMail Mail, MailState State, string Reason)>();
        await database.ReadAsync<bool>(
            async session =>
            {
                foreach (var mail in claimed)
                {
                    if (mail.Unknowns > 1 && !Repeatable)
                    {
                        ended.Add((mail, MailState.Unconfirmed, "unknown-twice"));
                    }
                    else if (await MailStore.FindBodyAsync(session, mail) is not { } body || !await IsWantedAsync(session, mail))
                    {
                        ended.Add((mail, MailState.Cancelled, "no-longer-relevant"));
                    }
                    else
                    {
                        if (TryOpen(mail, body) is not { } content)
                        {
                            ended.Add((mail, MailState.Parked, "unreadable"));
                            continue;
                        }

                        var addressHash = hash.OfAddress(content.ToAddress);
                        if (await MailStore.IsSuppressedAsync(session, addressHash))
                        {
                            ended.Add((mail, MailState.Suppressed, "suppressed"));
                        }
                        else
                        {
                            ready.Add(new ReadyMail(lease, mail, content, addressHash));
                        }
                    }
                }

                return true;
            },
            stopping);

        foreach (var (mail, state, reason) in ended)
        {
            await EndAsync(lease, mail, new MailStep(state), mail.Unknowns, reason);
        }

        return ready;
    }

    private MailContent? TryOpen(ClaimedMail mail, SealedMail body)
    {
        try
        {
            return writer.Open(body);
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException)
        {
            LogUnreadable(exception, mail.Kind, mail.Id);
            return null;
        }
    }

    // An offer that was answered, moved on or ended must not arrive afterwards.
    private static async Task<bool> IsWantedAsync(Session session, ClaimedMail mail) =>
        mail.Kind != MailKind.ReferralOffer
        || (await ReferralStore.FindAsync(session, mail.AboutId) is { } referral && ReferralTransitions.IsOpen(referral.State));

    // The next mails are begun while these are being sent: a connection never waits for the disk.
    private async Task RunLaneAsync(ChannelReader<ReadyMail> queue, CancellationToken stopping)
    {
        await using var transport = transports();
        var ends = new List<Task>();
        var next = BeginNextAsync(queue, stopping);
        while (await next is { } begun)
        {
            next = BeginNextAsync(queue, stopping);
            var earlier = Task.WhenAll(ends);
            ends = new List<Task>(begun.Mails.Count);
            try
            {
                await SendAllAsync(transport, begun, ends, stopping);
            }
            catch (Exception exception)
            {
                // The leases end, and the mails are claimed again as unknown.
                LogFailed(exception, begun.Mails.Count);
            }

            // The outcomes of these are recorded while the next are sent; no further behind.
            await earlier;
        }

        await Task.WhenAll(ends);
    }

    /// <summary>Waits for mails and commits to sending them; null when there will be no more.</summary>
    private async Task<BegunMails?> BeginNextAsync(ChannelReader<ReadyMail> queue, CancellationToken stopping)
    {
        var batch = new List<ReadyMail>(BegunTogether);
        while (await queue.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < BegunTogether && queue.TryRead(out var mail))
            {
                batch.Add(mail);
            }

            try
            {
                if (!stopping.IsCancellationRequested)
                {
                    var at = clock.GetTimestamp();
                    var alone = batch.FindAll(IsBegunAlone);
                    batch.RemoveAll(IsBegunAlone);
                    return new BegunMails(batch.Count == 0 ? alone : [.. await BeginAsync(batch), .. alone], at);
                }

                await GiveBackAsync(batch.Select(m => (m.Lease, m.Mail)));
            }
            catch (Exception exception)
            {
                // The leases end, and the mails are claimed again.
                LogFailed(exception, batch.Count);
            }

            batch.Clear();
        }

        return null;
    }

    private async Task SendAllAsync(IMailTransport transport, BegunMails begun, List<Task> ends, CancellationToken stopping)
    {
        for (var i = 0; i < begun.Mails.Count; i++)
        {
            if (stopping.IsCancellationRequested || clock.GetElapsedTime(begun.At) > s_longestWait)
            {
                await GiveBackAsync(begun.Mails.Skip(i).Select(m => (m.Lease, m.Mail)));
                return;
            }

            if (!IsBegunAlone(begun.Mails[i]) || (await BeginAsync([begun.Mails[i]])).Count > 0)
            {
                ends.Add(await SendAsync(transport, begun.Mails[i]));
            }
        }
    }

    // A second unknown outcome is final, so it must be one of sending, not of waiting to be sent.
    private static bool IsBegunAlone(ReadyMail ready) => ready.Mail.Unknowns > 0;

    private Task<List<ReadyMail>> BeginAsync(List<ReadyMail> batch) =>
        database.WriteAsync(async tx =>
        {
            var begun = new List<ReadyMail>(batch.Count);
            foreach (var mail in batch)
            {
                if (await MailStore.BeginAsync(tx, mail.Lease, mail.Mail.Seq, tx.Now + s_lease))
                {
                    begun.Add(mail);
                }
            }

            return begun;
        });

    /// <summary>Hands one mail over; the task it returns ends when the outcome is recorded.</summary>
    private async Task<Task> SendAsync(IMailTransport transport, ReadyMail ready)
    {
        var mail = ready.Mail;
        var result = await HandOverAsync(transport, mail, ready.Content);
        var unknowns = mail.Unknowns + (result.Outcome == SendOutcome.Unknown ? 1 : 0);
        var step = MailRetry.After(result.Outcome, mail.Attempts, unknowns, mail.CreatedAt, clock.GetUtcNow());
        if (step.State != MailState.Sent)
        {
            LogNotSent(mail.Kind, mail.Id, result.Outcome, result.Code, step.State);
        }

        return EndAsync(ready.Lease, mail, step, unknowns, result.Code, result.Outcome == SendOutcome.HardBounce ? ready.AddressHash : null);
    }

    private async Task<SendResult> HandOverAsync(IMailTransport transport, ClaimedMail mail, MailContent content)
    {
        MimeMessage message;
        try
        {
            message = mime.Create(mail.Id, mail.CreatedAt, content);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            LogUnreadable(exception, mail.Kind, mail.Id);
            return new SendResult(SendOutcome.Refused, "unreadable");
        }

        using (message)
        {
            // From here on the outcome must be learnt: stopping the program does not cut a mail in two.
            return await transport.SendAsync(mail.Id, message, mime.Sender(mail.Id), CancellationToken.None);
        }
    }

    // A known outcome is worth several tries: a mail whose outcome was not recorded is sent a second time.
    private async Task EndAsync(Guid lease, ClaimedMail mail, MailStep step, int unknowns, string? code, byte[]? suppress = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await database.WriteAsync(async tx =>
                {
                    await MailStore.EndAsync(tx, lease, mail, step, unknowns, code);
                    if (suppress is not null)
                    {
                        await MailStore.SuppressAsync(tx, suppress, code ?? "hard-bounce");
                    }
                });
                return;
            }
            catch (Exception exception) when (attempt < MostTries && exception is DatabaseUnavailableException or ConflictException)
            {
                await Task.Delay(Backoff.Delay(attempt, s_firstDelay, s_longestDelay), clock);
            }
            catch (Exception exception)
            {
                LogNotRecorded(exception, mail.Kind, mail.Id, step.State);
                return;
            }
        }
    }

    // Known not to have been sent: whoever comes next may take them at once.
    private Task GiveBackAsync(IEnumerable<(Guid Lease, ClaimedMail Mail)> mails) =>
        database.WriteAsync(async tx =>
        {
            foreach (var (lease, mail) in mails)
            {
                await MailStore.GiveBackAsync(tx, lease, mail);
            }
        });

    [LoggerMessage(Level = LogLevel.Error, Message = "The mail queue could not be read; trying again.")]
    private partial void LogClaimFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} mail {MailId} cannot be read and is parked. Is the master key the one it was sealed under?")]
    private partial void LogUnreadable(Exception exception, MailKind kind, Guid mailId);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} mails could not be handled; they are tried again when their lease ends.")]
    private partial void LogFailed(Exception exception, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} mail {MailId} is {State}, which could not be recorded: when its lease ends its outcome counts as unknown.")]
    private partial void LogNotRecorded(Exception exception, MailKind kind, Guid mailId, MailState state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} mail {MailId}: {Outcome} ({Code}), now {State}.")]
    private partial void LogNotSent(MailKind kind, Guid mailId, SendOutcome outcome, string? code, MailState state);
}
