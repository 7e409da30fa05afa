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
            .Select(g => new StoppedGroup(g.Cause, TypeOf(g.State), g.Count, g.Oldest))];

    public static async Task<IReadOnlyList<StoppedItem>> ItemsAsync(Session session, string? cause, int most)
    {
        var parked = await ListParkedMails.LoadAsync(session, cause, most);
        var histories = await OutboxHistory.OfAsync(session, [.. parked.Select(p => p.Mail.Id)]);
        return [.. parked.Select(p => Item(p.Mail, p.Tries, histories[p.Mail.Id]))];
    }

    // The same codes again and again are one entry.
    private static StoppedItem Item(StuckMail mail, IReadOnlyList<MailTry> tries, IEnumerable<OutboxHistoryEntry> history) => new(
        mail.Id, mail.Cause, $"{StoppedGroup.Mail} {mail.Kind}", mail.Reference, mail.CreatedAt, mail.SetAsideBecause, mail.HasText,
        [
            .. tries.GroupBy(t => t.Outcome, StringComparer.Ordinal)
                .Select(t => new StoppedEntry(Tried, Server, t.Key, t.Count(), t.First().At, t.Last().At))
                .Concat(history.Select(StoppedEntry.Of)).OrderBy(e => e.FirstAt).ThenBy(e => e.LastAt),
        ]);

    private static string TypeOf(MailState state) => $"{StoppedGroup.Mail} {state}";
}
