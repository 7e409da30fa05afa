using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Messages;

namespace InquiryRouter.Application.Operations;

/// <summary>Takes back what was set aside: it waits for a person as before.</summary>
public sealed class TakeBackStopped(Work work, SetAsideMails mails)
{
    public async Task<StoppedOutcome> RunAsync(StoppedChoice choice, Actor who, CancellationToken cancellation)
    {
        choice.MustSayWhich();
        var messages = await StoppedSteps.ApplyAsync(
            work, choice, OutboxStore.ListSetAsideAsync, OutboxHistory.TakenBack, who, (tx, ids) => OutboxStore.TakeBackAsync(tx, ids, who), cancellation);
        var back = choice.Cause is null
            ? await mails.BackAsync(choice.Ids, who, cancellation)
            : await mails.BackAsync(choice.Cause, who, cancellation);
        return new StoppedOutcome(messages.Done + back.Done);
    }
}
