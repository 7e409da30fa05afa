using InquiryRouter.Core;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Infrastructure.Mail.Sending;

/// <summary>What the database is told about mails under a lease: begun, ended with an outcome, or given back.</summary>
public sealed partial class MailLedger(Database database, RefusalAlarm alarm, TimeProvider clock, ILogger<MailLedger> log)
{
    private const int MostConflicts = 6;

    // Less than the lease under which it was begun.
    private static readonly TimeSpan s_worthTrying = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_delayAtStop = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_worthWaitingAtStop = TimeSpan.FromSeconds(2);

    /// <summary>Commits to sending; returns those whose lease still held.</summary>
    public Task<List<ReadyMail>> BeginAsync(IReadOnlyList<ReadyMail> batch, TimeSpan lease, CancellationToken stopping) =>
        AgainAsync(() => database.WriteAsync(async tx =>
        {
            var begun = new List<ReadyMail>(batch.Count);
            foreach (var mail in batch)
            {
                if (await MailStore.BeginAsync(tx, mail.Lease, mail.Mail.Seq, tx.Now + lease))
                {
                    begun.Add(mail);
                }
            }

            return begun;
        }), stopping);

    /// <summary>Records an outcome, and what follows from it. A known one is worth several tries: a mail whose outcome was not recorded is sent a second time.</summary>
    /// <param name="lease">The claim.</param>
    /// <param name="mail">As it was claimed.</param>
    /// <param name="step">What becomes of it.</param>
    /// <param name="unknowns">How often the outcome has been unknown.</param>
    /// <param name="code">Why.</param>
    /// <param name="reply">The codes of the server's answer.</param>
    /// <param name="suppress">The address, hashed, when nothing may be sent to it any more.</param>
    /// <param name="stopping">The process ends: a database that is away is not waited for much longer.</param>
    public async Task EndAsync(Guid lease, ClaimedMail mail, MailStep step, int unknowns, string? code, string? reply = null,
        byte[]? suppress = null,
        CancellationToken stopping = default)
    {
        var refused = step.State == MailState.Parked ? code ?? MailCause.UnknownTwice : null;
        var alert = refused is null ? null : alarm.Of(refused);
        var dead = step.State is MailState.Failed or MailState.Suppressed;
        try
        {
            await AgainAsync(() => database.WriteAsync(async tx =>
            {
                if (await MailStore.EndAsync(tx, lease, mail, step, unknowns, code, reply) == 1)
                {
                    if (dead && (MailKinds.Audience(mail.Kind) != MailAudience.Coordinators || mail.Kind == MailKind.CoordinatorAlert))
                    {
                        await OutboxStore.AddAsync(tx, new MailFailed { InquiryId = mail.InquiryId, MailId = mail.Id });
                    }

                    if (alert?.Mail is { } told)
                    {
                        await MailStore.TryAddAsync(tx, told);
                    }
                }

                if (suppress is not null)
                {
                    await MailStore.SuppressAsync(tx, suppress, code ?? "hard-bounce");
                }

                return true;
            }), stopping);
        }
        catch (Exception exception)
        {
            LogNotRecorded(exception, mail.Kind, mail.Id, step.State);
            return;
        }

        Telemetry.Mail(mail.Kind.ToString(), code ?? "delivered", step.State.ToString());
        if (alert is not null)
        {
            alarm.Told(alert);
        }

        if (dead && MailKinds.Audience(mail.Kind) == MailAudience.Coordinators)
        {
            LogNobodyReads(code, mail.Id);
        }
    }

    /// <summary>For mails known not to have been handed over: whoever comes next may take them at once.</summary>
    public Task GiveBackAsync(IEnumerable<(Guid Lease, ClaimedMail Mail)> mails, CancellationToken stopping)
    {
        var all = mails.ToList();
        return AgainAsync(() => database.WriteAsync(async tx =>
        {
            foreach (var (lease, mail) in all)
            {
                await MailStore.GiveBackAsync(tx, lease, mail);
            }

            return true;
        }), stopping);
    }

    // While the lease may hold: a mail that waits for its end waits longer than the database was away, and counts as unknown.
    // When the process ends it waits a moment only: a stop is not to hang on a database.
    private async Task<T> AgainAsync<T>(Func<Task<T>> write, CancellationToken stopping)
    {
        var began = clock.GetTimestamp();
        long? stopped = null;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await write();
            }
            catch (Exception exception) when ((exception is ConflictException && attempt < MostConflicts)
                || (exception is DatabaseUnavailableException && clock.GetElapsedTime(began) < s_worthTrying && IsWorthWaiting()))
            {
                // Once the process ends, the next tries follow soon on each other.
                var longest = stopping.IsCancellationRequested ? s_delayAtStop : s_longestDelay;
                await Task.Delay(Backoff.Delay(attempt, s_firstDelay, longest), clock, stopping.IsCancellationRequested
                    ? CancellationToken.None : stopping)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        bool IsWorthWaiting()
        {
            if (!stopping.IsCancellationRequested)
            {
                return true;
            }

            stopped ??= clock.GetTimestamp();
            return clock.GetElapsedTime(stopped.Value) < s_worthWaitingAtStop;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} mail {MailId} is {State}, which could not be recorded: when its lease ends its outcome counts as unknown.")]
    private partial void LogNotRecorded(Exception exception, MailKind kind, Guid mailId, MailState state);

    [LoggerMessage(Level = LogLevel.Error, Message = "The address of a coordinator takes no mail ({Code}): they do not hear of what waits for them. "
        + "Check Mail:CoordinatorAddress and the addresses of the users. Mail {MailId}.")]
    private partial void LogNobodyReads(string? code, Guid mailId);
}
