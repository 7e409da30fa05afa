using System.Diagnostics;
using System.Threading.Channels;
using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace InquiryRouter.Infrastructure.Mail.Sending;

/// <summary>
/// Sends what is queued. Claims under a lease; checks that each mail is still wanted; commits <c>Sending</c>; hands it over; commits
/// the outcome. Woken by commits of this process; polls for those of others. While the server cannot be used nothing is claimed but the one
/// mail that asks it (<see cref="MailGate"/>): what waits stays as true as it was.
/// </summary>
public sealed partial class MailSender(
    Database database, MailCheck check, MailLedger ledger, MailGate gate, Func<IMailTransport> transports, MimeFactory mime,
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

    // Of one connection that is refused while others work: the server allows fewer than Mail:Connections.
    private static readonly TimeSpan s_lanePause = TimeSpan.FromSeconds(5);

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
                if (exception is not DatabaseUnavailableException)
                {
                    LogClaimFailed(exception);
                }

                await Task.Delay(s_poll, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        queue.Writer.Complete();
        await Task.WhenAll(lanes);
    }

    private async Task ClaimDueAsync(ChannelWriter<ReadyMail> queue, CancellationToken stopping)
    {
        while (gate.Admits(ClaimSize) is > 0 and var take)
        {
            var lease = Guid.CreateVersion7();
            var claimed = await database.WriteAsync(tx => MailStore.ClaimAsync(tx, lease, tx.Now + s_lease, take), cancellation: stopping);
            List<ReadyMail> ready;
            try
            {
                ready = claimed.Count == 0 ? [] : await check.CheckAsync(lease, claimed, stopping);
            }
            catch
            {
                // Those that were ended already have no lease any more.
                await ledger.GiveBackAsync(claimed.Select(m => (lease, m)), stopping);
                throw;
            }

            for (var handed = 0; handed < ready.Count; handed++)
            {
                try
                {
                    if (take < ClaimSize)
                    {
                        gate.Ask(ready[handed].Mail.Id);
                    }

                    await queue.WriteAsync(ready[handed], stopping);
                }
                catch
                {
                    // What is in the queue sees to itself.
                    await ledger.GiveBackAsync(ready.Skip(handed).Select(m => (lease, m.Mail)), stopping);
                    throw;
                }
            }

            if (claimed.Count < take)
            {
                return;
            }
        }
    }

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
                if (!await SendAllAsync(transport, begun, ends, stopping))
                {
                    await Task.Delay(s_lanePause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
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
                var waiting = stopping.IsCancellationRequested ? batch : batch.FindAll(m => !gate.Lets(m.Mail.Id));
                if (waiting.Count > 0)
                {
                    await ledger.GiveBackAsync(waiting.Select(m => (m.Lease, m.Mail)), stopping);
                    batch = [.. batch.Except(waiting)];
                }

                if (batch.Count > 0)
                {
                    var at = clock.GetTimestamp();
                    var alone = batch.FindAll(IsBegunAlone);
                    batch.RemoveAll(IsBegunAlone);
                    return new BegunMails(batch.Count == 0 ? alone : [.. await ledger.BeginAsync(batch, s_lease, stopping), .. alone], at);
                }
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

    /// <returns>False: this connection is refused while others work; the rest was given back.</returns>
    private async Task<bool> SendAllAsync(IMailTransport transport, BegunMails begun, List<Task> ends, CancellationToken stopping)
    {
        var refused = false;
        for (var i = 0; i < begun.Mails.Count; i++)
        {
            if (refused || stopping.IsCancellationRequested || clock.GetElapsedTime(begun.At) > s_longestWait || !gate.Lets(begun.Mails[i].Mail.Id))
            {
                await ledger.GiveBackAsync(begun.Mails.Skip(i).Select(m => (m.Lease, m.Mail)), stopping);
                break;
            }

            if (!IsBegunAlone(begun.Mails[i]) || (await ledger.BeginAsync([begun.Mails[i]], s_lease, stopping)).Count > 0)
            {
                var (end, lane) = await SendAsync(transport, begun.Mails[i], stopping);
                ends.Add(end);
                refused = !lane;
            }
        }

        return !refused;
    }

    // A second unknown outcome is final, so it must be one of sending, not of waiting to be sent.
    private static bool IsBegunAlone(ReadyMail ready) => ready.Mail.Unknowns > 0;

    /// <summary>Hands one mail over; the task it returns ends when the outcome is recorded.</summary>
    private async Task<(Task End, bool LaneGoesOn)> SendAsync(IMailTransport transport, ReadyMail ready, CancellationToken stopping)
    {
        var (mail, begunAt) = (ready.Mail, clock.GetUtcNow());
        using var activity = Telemetry.Continue("mail send", ActivityKind.Client, mail.Trace);
        activity?.SetTag("inquiryrouter.mail_id", mail.Id).SetTag("inquiryrouter.mail_kind", mail.Kind.ToString());
        var result = await HandOverAsync(transport, mail, ready.Content);
        activity?.SetTag("inquiryrouter.outcome", result.Outcome.ToString());
        var goesOn = TellGate(mail.Id, begunAt, result);
        if (result.Outcome == SendOutcome.Unreachable)
        {
            return (GiveBackAsync(ready, stopping), goesOn);
        }

        var unknowns = mail.Unknowns + (result.Outcome == SendOutcome.Unknown ? 1 : 0);
        var step = MailRetry.After(mail.Kind, result.Outcome, mail.Attempts, unknowns, mail.DeferredSince, clock.GetUtcNow());
        if (step.State == MailState.Queued)
        {
            LogLater(mail.Kind, mail.Id, result.Outcome, result.Code, result.Reply);
        }
        else if (step.State != MailState.Sent)
        {
            LogNotSent(mail.Kind, mail.Id, result.Outcome, result.Code, result.Reply, step.State);
        }

        var suppress = result.Outcome == SendOutcome.HardBounce ? ready.AddressHash : null;
        return (ledger.EndAsync(ready.Lease, mail, step, unknowns, result.Code, result.Reply, suppress, stopping), goesOn);
    }

    private async Task GiveBackAsync(ReadyMail ready, CancellationToken stopping)
    {
        try
        {
            await ledger.GiveBackAsync([(ready.Lease, ready.Mail)], stopping);
        }
        catch (Exception exception)
        {
            LogFailed(exception, 1);
        }
    }

    private bool TellGate(Guid mail, DateTimeOffset begunAt, SendResult result)
    {
        switch (result.Outcome)
        {
            case SendOutcome.Unreachable or SendOutcome.TurnedAway:
                return gate.Failed(mail, begunAt, result.Code ?? MailCause.NotConnected);
            case SendOutcome.TryAgain or SendOutcome.Unknown:
            case SendOutcome.Refused when result.Code == MailCause.Unreadable:
                gate.NotAnswered(mail);
                return true;
            default:
                gate.Answered(mail);
                return true;
        }
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
            LogUnwritable(exception, mail.Kind, mail.Id);
            return new SendResult(SendOutcome.Refused, MailCause.Unreadable);
        }

        using (message)
        {
            // From here on the outcome must be learnt: stopping the program does not cut a mail in two.
            return await transport.SendAsync(mail.Id, message, mime.Sender(mail.Id), CancellationToken.None);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The mail queue could not be read; trying again.")]
    private partial void LogClaimFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} mail {MailId} cannot be written as a message and is not sent.")]
    private partial void LogUnwritable(Exception exception, MailKind kind, Guid mailId);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} mails could not be handled; they are tried again when their lease ends.")]
    private partial void LogFailed(Exception exception, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Kind} mail {MailId}: {Outcome} ({Code} {Reply}); it is tried again.")]
    private partial void LogLater(MailKind kind, Guid mailId, SendOutcome outcome, string? code, string? reply);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} mail {MailId}: {Outcome} ({Code} {Reply}), now {State}.")]
    private partial void LogNotSent(MailKind kind, Guid mailId, SendOutcome outcome, string? code, string? reply, MailState state);
}
