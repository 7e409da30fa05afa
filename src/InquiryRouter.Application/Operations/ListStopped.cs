using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Messages;

namespace InquiryRouter.Application.Operations;

/// <summary>What has stopped, and why.</summary>
public sealed class ListStopped(Database database)
{
    /// <param name="cause">Singly, only of this cause; null: of every.</param>
    /// <param name="most">How many singly, at most 1,000.</param>
    /// <param name="cancellation">Ends the questions.</param>
    public Task<Stopped> RunAsync(string? cause, int most, CancellationToken cancellation) => database.ReadAsync(
        async session =>
        {
            var groups = (await OutboxStore.CountParkedAsync(session)).Where(g => cause is null || g.Cause == cause);
            var waiting = await OutboxStore.ListParkedAsync(session, cause, after: 0, most);
            var setAside = await OutboxStore.ListSetAsideAsync(session, cause, after: 0, most);
            var mails = await StoppedMails.ItemsAsync(session, cause, most);
            var histories = await OutboxHistory.OfAsync(session, [.. waiting.Concat(setAside).Select(m => m.MessageId)]);
            return new Stopped(
                [
                    .. groups.Select(g => new StoppedGroup(g.Cause, g.Type, g.Messages, g.Oldest, g.Newest)),
                    .. await StoppedMails.GroupsAsync(session, cause),
                ],
                [.. waiting.Select(m => Item(m, histories[m.MessageId])), .. mails.Where(m => m.SetAsideReason is null)],
                [.. setAside.Select(m => Item(m, histories[m.MessageId])), .. mails.Where(m => m.SetAsideReason is not null)]);
        },
        cancellation);

    internal static StoppedItem Item(ParkedMessage message, IEnumerable<OutboxHistoryEntry> history) => new(
        message.MessageId, message.Cause, message.Type, message.Reference, message.CreatedAt, message.SetAsideReason, CanBeSent: true,
        [.. history.Select(StoppedEntry.Of)]);
}
