using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Messages;

namespace InquiryRouter.Application.Operations;

/// <summary>
/// Sends mails that stand still again, as if they had never been tried; whether each is still true is asked before it is sent. What has no text any
/// more cannot be sent. One to a dead address comes back at once, unless the address was taken off the list.
/// </summary>
public sealed class RequeueMails(Work work)
{
    /// <summary>Some, also such as were set aside.</summary>
    public Task<StuckMailsOutcome> RunAsync(IReadOnlyCollection<Guid> ids, Actor actor, CancellationToken cancellation) =>
        work.ApplyAsync(ids, OutboxHistory.Requeued, actor, MailStore.RequeueAsync, cancellation);

    /// <summary>All that were refused, whatever the cause. Not those that may have arrived, or whose address is dead.</summary>
    /// <returns>Those are among what is left.</returns>
    public async Task<StuckMailsOutcome> RunAllAsync(Actor actor, CancellationToken cancellation)
    {
        var refused = await work.OfCauseAsync(cause: null, m => m.State == MailState.Parked, cancellation);
        var others = await work.OfCauseAsync(cause: null, m => m.State is not (MailState.Parked or MailState.SetAside), cancellation);
        var sent = await RunAsync(refused, actor, cancellation);
        return sent with { Left = sent.Left + others.Count };
    }

    /// <summary>All of a cause, but for those that were set aside.</summary>
    public async Task<StuckMailsOutcome> RunAsync(string cause, Actor actor, CancellationToken cancellation) =>
        await RunAsync(await work.OfCauseAsync(cause, m => m.State != MailState.SetAside, cancellation), actor, cancellation);
}
