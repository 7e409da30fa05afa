using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Messages;

namespace InquiryRouter.Application.Operations;

/// <summary>What waits, in numbers; nothing of anybody.</summary>
/// <param name="Outbox">Messages on their way.</param>
/// <param name="Parked">Messages that nobody could handle: a person has to look.</param>
/// <param name="Mails">Mails on their way.</param>
/// <param name="ParkedMails">Mails that were refused: a person has to look.</param>
/// <param name="Held">Inquiries that are held, quarantined, or wait for their patient.</param>
/// <param name="Urgent">What needs a person now.</param>
/// <param name="Hold">Sending is held since a restore; null: it is not.</param>
public sealed record Readiness(
    Backlog Outbox, Backlog Parked, Backlog Mails, Backlog ParkedMails, Backlog Held, Backlog Urgent, SendingHold? Hold);

/// <summary>
/// What waits, and since when, for programs that ask often and for whoever else asks: the database is asked once a second at most,
/// whoever asks in between has the same answer.
/// </summary>
public sealed class ReadReadiness(Database database)
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Task<Readiness>? _answer;
    private long _askedAt;

    /// <exception cref="DatabaseUnavailableException">It does not answer.</exception>
    public Task<Readiness> RunAsync()
    {
        lock (_lock)
        {
            if (_answer is null
                || (_answer.IsCompleted && (!_answer.IsCompletedSuccessfully || database.Clock.GetElapsedTime(_askedAt) >= s_fresh)))
            {
                _askedAt = database.Clock.GetTimestamp();

                // SQLite answers on the thread that asks: whoever else comes must not wait for the lock. Nobody's going away ends it.
                _answer = Task.Run(() => database.ReadAsync(AskAsync));
            }

            return _answer;
        }
    }

    private static async Task<Readiness> AskAsync(Session session) => new(
        await OutboxStore.WaitingAsync(session), await OutboxStore.ParkedAsync(session),
        await MailStore.BacklogAsync(session), await MailStore.ParkedAsync(session),
        await InquiryStore.HeldAsync(session), await WorkStore.UrgentAsync(session),
        await SendingHoldStore.FindAsync(session));
}
