using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Messages;

namespace InquiryRouter.Application.Operations;

/// <summary>Mails among what has stopped.</summary>
internal static class StoppedMails
{
    private const string Tried = "tried";
    private const string Server = "mail-server";

    public static async Task<IReadOnlyList<StoppedGroup>> GroupsAsync(Session session, string? cause) =>
        [.. (await MailStore.CountStuckByCauseAsync(session))
            .Where(g => g.State != MailState.SetAside && (cause is null || g.Cause == cause))
            .Select(g => new StoppedGroup(g.Cause, TypeOf(g.State), g.Count, g.Oldest, g.Newest))];

    public static async Task<IReadOnlyList<StoppedItem>> ItemsAsync(Session session, string? cause, int most)
    {
        var parked = await ListParkedMails.LoadAsync(session, cause, most);
        return await ItemsAsync(session, parked);
    }

    public static async Task<IReadOnlyList<StoppedItem>> ItemsAsync(Session session, IReadOnlyList<StuckMail> mails)
    {
        var tries = await MailStore.ListTriesAsync(session, [.. mails.Select(m => m.Id)]);
        return await ItemsAsync(session, [.. mails.Select(m => new ParkedMail(m, [.. tries[m.Id]]))]);
    }

    /// <summary>The state of a group of mails; null: it is one of messages.</summary>
    public static MailState? StateOf(string type) =>
        type.StartsWith(StoppedGroup.Mail + " ", StringComparison.Ordinal) && Enum.TryParse<MailState>(type[(StoppedGroup.Mail.Length + 1)..], out var state)
            ? state
            : null;

    public static string TypeOf(MailKind kind) => $"{StoppedGroup.Mail} {kind}";

    private static async Task<IReadOnlyList<StoppedItem>> ItemsAsync(Session session, IReadOnlyList<ParkedMail> parked)
    {
        var histories = await OutboxHistory.OfAsync(session, [.. parked.Select(p => p.Mail.Id)]);
        return [.. parked.Select(p => Item(p.Mail, p.Tries, histories[p.Mail.Id]))];
    }

    // The same codes again and again are one entry.
    private static StoppedItem Item(StuckMail mail, IReadOnlyList<MailTry> tries, IEnumerable<OutboxHistoryEntry> history) => new(
        mail.Id, mail.Cause, TypeOf(mail.Kind), mail.Reference, mail.CreatedAt, mail.SetAsideBecause, mail.HasText,
        [
            .. tries.GroupBy(t => t.Outcome, StringComparer.Ordinal)
                .Select(t => new StoppedEntry(Tried, Server, t.Key, t.Count(), t.First().At, t.Last().At))
                .Concat(history.Select(StoppedEntry.Of)).OrderBy(e => e.FirstAt).ThenBy(e => e.LastAt),
        ]);

    private static string TypeOf(MailState state) => $"{StoppedGroup.Mail} {state}";
}
