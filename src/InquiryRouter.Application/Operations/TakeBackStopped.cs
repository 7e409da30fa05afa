using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores;

namespace InquiryRouter.Application.Operations;

/// <summary>Takes back what was set aside: it waits for a person as before.</summary>
public sealed class TakeBackStopped(Work work, SetAsideMails mails)
{
    public async Task<StoppedOutcome> RunAsync(IReadOnlyCollection<Guid> ids, Actor who, CancellationToken cancellation)
    {
        var messages = await StoppedSteps.ApplyAsync(
            work, new StoppedChoice(ids, Cause: null), (tx, some) => OutboxStore.TakeBackAsync(tx, some, who), cancellation);
        return new StoppedOutcome(messages.Done + (await mails.BackAsync(ids, who, cancellation)).Done);
    }
}
