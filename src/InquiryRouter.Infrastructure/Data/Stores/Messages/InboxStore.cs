using InquiryRouter.Core.Messages;

namespace InquiryRouter.Infrastructure.Data.Stores.Messages;

/// <summary>The consumer has handled this message before; its effects are in the database.</summary>
public sealed class AlreadyHandledException : Exception
{
    public AlreadyHandledException()
    {
    }

    public AlreadyHandledException(string message)
        : base(message)
    {
    }

    public AlreadyHandledException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>Messages already handled, by consumer.</summary>
public static class InboxStore
{
    /// <summary>Records the message; must be the first statement of the transaction that has its effects.</summary>
    /// <exception cref="AlreadyHandledException">It was recorded before: nothing of this transaction may be committed.</exception>
    public static async Task AddAsync(Tx tx, MessageContext message)
    {
        try
        {
            await tx.ExecuteAsync(
                "INSERT INTO Inbox (Consumer, MessageId, At) VALUES (@Consumer, @MessageId, @Now)",
                new { message.Consumer, message.MessageId, tx.Now });
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new AlreadyHandledException($"{message.Consumer} has handled message {message.MessageId} before.", exception);
        }
    }

    /// <summary>Has any of these consumers handled the message?</summary>
    public static async Task<bool> IsHandledAsync(Session session, IReadOnlyCollection<string> consumers, Guid messageId) =>
        await session.QuerySingleOrDefaultAsync<int>(
            "SELECT COUNT(*) FROM Inbox WHERE Consumer IN @consumers AND MessageId = @messageId", new { consumers, messageId }) > 0;

    public static Task<int> SweepAsync(Tx tx, DateTimeOffset before, int take) =>
        tx.ExecuteAsync(tx.Dialect.DeleteSome("Inbox", "Consumer, MessageId", "At < @before"), new { before, take });
}
