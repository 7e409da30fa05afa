using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Messages;

namespace InquiryRouter.Application.Operations;

/// <summary>Puts mails that stand still away: they are not sent, and nobody is reminded of them. They can be taken back to where they stood.</summary>
public sealed class SetAsideMails(Work work)
{
    /// <param name="ids">Which.</param>
    /// <param name="reason">Why, in a few words that name nobody.</param>
    /// <param name="actor">Who puts them away.</param>
    /// <param name="cancellation">Ends it between two parts.</param>
    public Task<StuckMailsOutcome> RunAsync(IReadOnlyCollection<Guid> ids, string reason, Actor actor, CancellationToken cancellation) =>
        work.ApplyAsync(ids, OutboxHistory.SetAside, actor, (tx, some) => MailStore.SetAsideAsync(tx, some, reason), cancellation);

    /// <summary>All of a cause.</summary>
    public async Task<StuckMailsOutcome> RunAsync(string cause, string reason, Actor actor, CancellationToken cancellation) =>
        await RunAsync(await work.OfCauseAsync(cause, m => m.State != MailState.SetAside, cancellation), reason, actor, cancellation);

    /// <summary>Takes some back.</summary>
    public Task<StuckMailsOutcome> BackAsync(IReadOnlyCollection<Guid> ids, Actor actor, CancellationToken cancellation) =>
        work.ApplyAsync(ids, OutboxHistory.TakenBack, actor, MailStore.TakeBackAsync, cancellation);

    /// <summary>Takes all of a cause back.</summary>
    public async Task<StuckMailsOutcome> BackAsync(string cause, Actor actor, CancellationToken cancellation) =>
        await BackAsync(await work.OfCauseAsync(cause, m => m.State == MailState.SetAside, cancellation), actor, cancellation);
}
