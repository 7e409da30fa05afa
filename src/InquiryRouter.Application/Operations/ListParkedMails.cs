using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Mail;

namespace InquiryRouter.Application.Operations;

/// <summary>A mail that stands still, with the tries that came to nothing.</summary>
/// <param name="Tries">Oldest first.</param>
public sealed record ParkedMail(StuckMail Mail, IReadOnlyList<MailTry> Tries);

/// <summary>Mails that stand still until a person looks: by cause, or one by one with the history of tries.</summary>
public sealed class ListParkedMails(Work work)
{
    /// <summary>How many of each cause, most first.</summary>
    public Task<IReadOnlyList<StuckCause>> CausesAsync(CancellationToken cancellation) => work.ReadAsync(MailStore.CountStuckByCauseAsync, cancellation);

    /// <param name="cause">Only those of this cause; null: all.</param>
    /// <param name="most">How many at most, oldest first; no more than a thousand.</param>
    /// <param name="cancellation">Ends the question.</param>
    public Task<IReadOnlyList<ParkedMail>> RunAsync(string? cause, int most, CancellationToken cancellation) =>
        work.ReadAsync(session => LoadAsync(session, cause, most), cancellation);

    internal static async Task<IReadOnlyList<ParkedMail>> LoadAsync(Session session, string? cause, int most)
    {
        var mails = await MailStore.ListStuckAsync(session, cause, most);
        var tries = await MailStore.ListTriesAsync(session, [.. mails.Select(m => m.Id)]);
        return [.. mails.Select(m => new ParkedMail(m, [.. tries[m.Id]]))];
    }
}
