using InquiryRouter.Core;
using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Infrastructure.Mail.Sending;

/// <summary>What the database is told about mails under a lease: begun, ended with an outcome, or given back.</summary>
public sealed partial class MailLedger(Database database, TimeProvider clock, ILogger<MailLedger> log)
{
    private const int MostTries = 6;
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromSeconds(5);

    /// <summary>Commits to sending; returns those whose lease still held.</summary>
    public Task<List<ReadyMail>> BeginAsync(IReadOnlyList<ReadyMail> batch, TimeSpan lease) =>
        database.WriteAsync(async tx =>
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
        });

    /// <summary>Records an outcome. A known one is worth several tries: a mail whose outcome was not recorded is sent a second time.</summary>
    /// <param name="suppress">The address, hashed, when nothing may be sent to it any more.</param>
    public async Task EndAsync(Guid lease, ClaimedMail mail, MailStep step, int unknowns, string? code, byte[]? suppress = null)
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

    /// <summary>For mails known not to have been handed over: whoever comes next may take them at once.</summary>
    public Task GiveBackAsync(IEnumerable<(Guid Lease, ClaimedMail Mail)> mails) =>
        database.WriteAsync(async tx =>
        {
            foreach (var (lease, mail) in mails)
            {
                await MailStore.GiveBackAsync(tx, lease, mail);
            }
        });

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} mail {MailId} is {State}, which could not be recorded: when its lease ends its outcome counts as unknown.")]
    private partial void LogNotRecorded(Exception exception, MailKind kind, Guid mailId, MailState state);
}
