using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;

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
        var items = new List<StoppedItem>();
        foreach (var mail in await MailStore.ListStuckAsync(session, cause, most))
        {
            // The same codes again and again are one entry.
            var tries = (await MailStore.ListTriesAsync(session, mail.Id)).GroupBy(t => t.Outcome, StringComparer.Ordinal)
                .Select(t => new StoppedEntry(Tried, Server, t.Key, t.Count(), t.First().At, t.Last().At));
            items.Add(new StoppedItem(
                mail.Id, mail.Cause, $"{StoppedGroup.Mail} {mail.Kind}", mail.Reference, mail.CreatedAt, mail.SetAsideBecause, [.. tries]));
        }

        return items;
    }

    private static string TypeOf(MailState state) => $"{StoppedGroup.Mail} {state}";
}
