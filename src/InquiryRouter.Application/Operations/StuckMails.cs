using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Messages;

namespace InquiryRouter.Application.Operations;

/// <summary>What became of what was asked for with some mails.</summary>
/// <param name="Done">With so many it was done.</param>
/// <param name="Left">So many could not be: their text is gone, or they do not stand still.</param>
public sealed record StuckMailsOutcome(int Done, int Left);

/// <summary>Does something with stuck mails, in parts, and writes a line of history for each inquiry they are about.</summary>
internal static class StuckMails
{
    private const int InOneTransaction = 100;

    /// <summary>Those of a cause, or all, that stand where it can be done; those that come to it meanwhile are not among them.</summary>
    public static async Task<IReadOnlyList<Guid>> OfCauseAsync(this Work work, string? cause, Func<StuckMail, bool> which, CancellationToken cancellation) =>
        [.. (await work.ReadAsync(session => MailStore.ListStuckAsync(session, cause, int.MaxValue), cancellation)).Where(which).Select(m => m.Id)];

    /// <param name="work">Runs it.</param>
    /// <param name="ids">Which mails.</param>
    /// <param name="action">For the history of the mail; that of its inquiry says <c>mail-</c> before it.</param>
    /// <param name="who">Does it.</param>
    /// <param name="apply">Does it, and returns with how many it was done.</param>
    /// <param name="cancellation">Ends it between two parts.</param>
    public static async Task<StuckMailsOutcome> ApplyAsync(
        this Work work, IReadOnlyCollection<Guid> ids, string action, Actor who, Func<Tx, IReadOnlyCollection<Guid>, Task<int>> apply,
        CancellationToken cancellation)
    {
        var (asked, done) = (ids.Distinct().ToList(), 0);
        foreach (var some in asked.Chunk(InOneTransaction))
        {
            done += await work.WriteAsync(tx => ApplyAsync(tx, some, action, who, apply), cancellation);
        }

        return new StuckMailsOutcome(done, asked.Count - done);
    }

    private static async Task<int> ApplyAsync(Tx tx, Guid[] ids, string action, Actor who, Func<Tx, IReadOnlyCollection<Guid>, Task<int>> apply)
    {
        // One by one: the history names those with which it was done, and no others.
        var done = new List<EndedMail>();
        foreach (var id in ids)
        {
            if (await MailStore.FindAsync(tx, id) is { } mail && await apply(tx, [id]) == 1)
            {
                done.Add(mail);
            }
        }

        if (done.Count > 0)
        {
            await OutboxHistory.RecordAsync(tx, [.. done.Select(m => m.Id)], action, $"{who.Kind} {who.Name}");
            await OperationsLog.RecordAsync(tx, action, "mails", done.Count, who);
        }

        foreach (var mails in done.Where(m => m.InquiryId != InquiryId.None).GroupBy(m => m.InquiryId))
        {
            if (await InquiryStore.FindAsync(tx, mails.Key) is { State: not InquiryState.Erased } inquiry)
            {
                var kinds = mails.Select(m => m.Kind.ToString()).Distinct(StringComparer.Ordinal);
                await InquiryStore.RecordAsync(tx, inquiry, new HistoryEvent.MailsDecided(action, [.. kinds]), who);
            }
        }

        return done.Count;
    }
}
