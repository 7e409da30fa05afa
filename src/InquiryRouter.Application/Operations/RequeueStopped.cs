using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;

namespace InquiryRouter.Application.Operations;

/// <summary>Sends what has stopped again, under its own id: what was done of it before is not done twice.</summary>
public sealed class RequeueStopped(Database database)
{
    public Task<StoppedOutcome> RunAsync(StoppedChoice choice, Actor who, CancellationToken cancellation) =>
        StoppedSteps.ApplyAsync(database, choice, (tx, ids) => OutboxStore.RequeueAsync(tx, ids, who), cancellation);
}
