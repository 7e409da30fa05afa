using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Messages;

namespace InquiryRouter.Application.Operations;

/// <summary>Puts away what has stopped, for a reason: nobody is told of it any more. It can be taken back.</summary>
public sealed class SetAsideStopped(Work work, SetAsideMails mails)
{
    /// <param name="choice">Which.</param>
    /// <param name="reason">For whoever looks later; names of people do not belong here.</param>
    /// <param name="who">Who decides so.</param>
    /// <param name="cancellation">Ends it between two steps.</param>
    public async Task<StoppedOutcome> RunAsync(StoppedChoice choice, string reason, Actor who, CancellationToken cancellation)
    {
        choice.MustSayWhich();
        var messages = await StoppedSteps.ApplyAsync(
            work, choice, OutboxStore.ListParkedAsync, OutboxHistory.SetAside, who, (tx, ids) => OutboxStore.SetAsideAsync(tx, ids, reason, who), cancellation);
        var aside = choice.Cause is null
            ? await mails.RunAsync(choice.Ids, reason, who, cancellation)
            : await mails.RunAsync(choice.Cause, reason, who, cancellation);
        return new StoppedOutcome(messages.Done + aside.Done);
    }
}
