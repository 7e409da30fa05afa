using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Messages;

namespace InquiryRouter.Application.Operations;

/// <param name="Items">Oldest first.</param>
/// <param name="Next">Where the next page begins; null: there is none.</param>
public sealed record StoppedPage(IReadOnlyList<StoppedItem> Items, long? Next);

/// <summary>What has stopped, a page at a time: ids and codes only, and nothing of what a message or a mail says.</summary>
public sealed class ReadStopped(Work work)
{
    public const int PageSize = 50;

    /// <summary>What waits for a person, by cause and type.</summary>
    public Task<IReadOnlyList<StoppedGroup>> GroupsAsync(CancellationToken cancellation) => work.ReadAsync<IReadOnlyList<StoppedGroup>>(
        async session =>
        [
            .. (await OutboxStore.CountParkedAsync(session)).Select(g => new StoppedGroup(g.Cause, g.Type, g.Messages, g.Oldest, g.Newest)),
            .. await StoppedMails.GroupsAsync(session, cause: null),
        ],
        cancellation);

    /// <summary>Those of one group.</summary>
    /// <param name="cause">As the group says it.</param>
    /// <param name="type">As the group says it.</param>
    /// <param name="after">Where the page before ended; 0: from the beginning.</param>
    /// <param name="cancellation">Ends the question.</param>
    public Task<StoppedPage> GroupAsync(string cause, string type, long after, CancellationToken cancellation) => work.ReadAsync(
        async session => StoppedMails.StateOf(type) is { } state
            ? await MailsAsync(session, await MailStore.ListStuckGroupAsync(session, cause, state, after, PageSize + 1))
            : await MessagesAsync(session, await OutboxStore.ListParkedGroupAsync(session, cause, type, after, PageSize + 1)),
        cancellation);

    /// <summary>What a person has put away, the oldest of messages and of mails.</summary>
    public Task<StoppedPage> SetAsideAsync(CancellationToken cancellation) => work.ReadAsync(
        async session =>
        {
            var messages = await MessagesAsync(session, await OutboxStore.ListSetAsideAsync(session, cause: null, after: 0, PageSize + 1));
            var mails = await MailsAsync(session, await MailStore.ListStuckGroupAsync(session, cause: null, MailState.SetAside, after: 0, PageSize + 1));
            return new StoppedPage([.. messages.Items, .. mails.Items], messages.Next ?? mails.Next);
        },
        cancellation);

    private static async Task<StoppedPage> MessagesAsync(Session session, IReadOnlyList<ParkedMessage> found)
    {
        var shown = found.Take(PageSize).ToList();
        var histories = await OutboxHistory.OfAsync(session, [.. shown.Select(m => m.MessageId)]);
        return new StoppedPage([.. shown.Select(m => ListStopped.Item(m, histories[m.MessageId]))], found.Count > PageSize ? shown[^1].Seq : null);
    }

    private static async Task<StoppedPage> MailsAsync(Session session, IReadOnlyList<StuckMail> found)
    {
        var shown = found.Take(PageSize).ToList();
        return new StoppedPage(await StoppedMails.ItemsAsync(session, shown), found.Count > PageSize ? shown[^1].Seq : null);
    }
}
