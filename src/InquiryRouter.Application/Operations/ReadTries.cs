using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Messages;

namespace InquiryRouter.Application.Operations;

/// <summary>What a try came to.</summary>
public enum TryOutcome
{
    /// <summary>It is being tried.</summary>
    Running,

    /// <summary>It failed, and is tried again by itself.</summary>
    Later,

    /// <summary>It was handled, or handed to the receiver's server.</summary>
    Done,

    /// <summary>A mail that was not true any more: it is not sent.</summary>
    NotWanted,

    /// <summary>It stands still again.</summary>
    FailedAgain,

    SetAside,

    /// <summary>It is not kept any more: it was done some time ago, or whom it was about is erased.</summary>
    Gone,
}

/// <param name="Type">As in <see cref="StoppedItem"/>; null: it is gone.</param>
/// <param name="Why">A code of what failed; null: nothing did.</param>
/// <param name="At">When it is tried again, or was done; null: that does not apply.</param>
public sealed record StoppedTry(Guid Id, string? Type, string? Reference, TryOutcome Outcome, string? Why, DateTimeOffset? At);

/// <summary>What became of what was sent again, asked of where it stands now.</summary>
public sealed class ReadTries(Work work)
{
    /// <summary>As many are told of at once.</summary>
    public const int Most = 100;

    /// <param name="ids">Of messages and mails, in the order they are told of.</param>
    /// <param name="cancellation">Ends the question.</param>
    public Task<IReadOnlyList<StoppedTry>> RunAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation) => work.ReadAsync<IReadOnlyList<StoppedTry>>(
        async session =>
        {
            var found = new Dictionary<Guid, StoppedTry>();
            var histories = await OutboxHistory.OfAsync(session, ids);
            foreach (var message in await OutboxStore.FindNowAsync(session, ids))
            {
                found[message.MessageId] = await OfAsync(session, message, [.. histories[message.MessageId]]);
            }

            foreach (var mail in await MailStore.FindNowAsync(session, ids))
            {
                found[mail.Id] = Of(mail);
            }

            return [.. ids.Select(id => found.GetValueOrDefault(id) ?? new StoppedTry(id, null, null, TryOutcome.Gone, null, null))];
        },
        cancellation);

    private static async Task<StoppedTry> OfAsync(Session session, MessageNow message, IReadOnlyList<OutboxHistoryEntry> history)
    {
        (TryOutcome Outcome, string? Why, DateTimeOffset? At) came = message.State switch
        {
            // It is emptied when it is sent again.
            0 when message.LastError is not null => (TryOutcome.Later, message.LastError, message.NextAt),
            0 => (TryOutcome.Running, null, null),
            1 => await DeliveredAsync(session, message, history),
            2 => (TryOutcome.FailedAgain, message.LastError, null),
            _ => (TryOutcome.SetAside, null, null),
        };
        return new StoppedTry(message.MessageId, message.Type, message.Reference, came.Outcome, came.Why, came.At);
    }

    // A broker takes a message before it is handled: whoever could not handle it before has to say that they did.
    private static async Task<(TryOutcome Outcome, string? Why, DateTimeOffset? At)> DeliveredAsync(
        Session session, MessageNow message, IReadOnlyList<OutboxHistoryEntry> history)
    {
        var failed = history.Where(e => e.Action == OutboxHistory.Failed).ToList();
        foreach (var consumer in failed.Select(e => e.Who).Distinct(StringComparer.Ordinal))
        {
            if (!await InboxStore.IsHandledAsync(session, [consumer], message.MessageId))
            {
                return failed.Where(e => e.Who == consumer).MaxBy(e => e.LastAt) is { } last && last.LastAt >= message.SentAt
                    ? (TryOutcome.Later, last.Detail, null)
                    : (TryOutcome.Running, null, null);
            }
        }

        return (TryOutcome.Done, null, message.SentAt);
    }

    private static StoppedTry Of(MailNow mail)
    {
        (TryOutcome Outcome, string? Why, DateTimeOffset? At) came = mail.State switch
        {
            MailState.Queued when mail.Attempts > 0 && mail.LastError is not null => (TryOutcome.Later, mail.LastError, mail.NextAt),
            MailState.Queued or MailState.Sending => (TryOutcome.Running, null, null),
            MailState.Sent => (TryOutcome.Done, null, mail.SentAt),
            MailState.Cancelled => (TryOutcome.NotWanted, mail.LastError, null),
            MailState.SetAside => (TryOutcome.SetAside, null, null),
            _ => (TryOutcome.FailedAgain, mail.LastError, null),
        };
        return new StoppedTry(mail.Id, StoppedMails.TypeOf(mail.Kind), mail.Reference, came.Outcome, came.Why, came.At);
    }
}
