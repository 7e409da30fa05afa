using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Messages;

namespace InquiryRouter.Application.Operations;

/// <summary>
/// Sends what has stopped again, under its own id: what was done of it before is not done twice. Of all that has stopped, mails that may have arrived
/// already are left out: they are sent again when they are named, or their cause.
/// </summary>
public sealed class RequeueStopped(Work work, RequeueMails mails)
{
    public async Task<StoppedOutcome> RunAsync(StoppedChoice choice, Actor who, CancellationToken cancellation)
    {
        var messages = await StoppedSteps.ApplyAsync(
            work, choice, OutboxStore.ListParkedAsync, OutboxHistory.Requeued, who, (tx, ids) => OutboxStore.RequeueAsync(tx, ids, who), cancellation);
        var sent = choice.Ids.Count > 0 ? await mails.RunAsync(choice.Ids, who, cancellation)
            : choice.Cause is { } cause ? await mails.RunAsync(cause, who, cancellation)
            : await mails.RunAllAsync(who, cancellation);
        return new StoppedOutcome(messages.Done + sent.Done, sent.Left);
    }
}
