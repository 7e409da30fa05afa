using InquiryRouter.Infrastructure.Data.Stores.Intake;

namespace InquiryRouter.Application.Coordination;

/// <summary>Somebody does not want what they have begun to write.</summary>
public sealed class DiscardDraft(Work work)
{
    /// <param name="seen">Which draft: what was written elsewhere since is left alone.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<Outcome> RunAsync(DraftSeen seen, CancellationToken cancellation) => work.RunAsync(
        session => InquiryStore.FindIdAsync(session, seen.Reference),
        id => Task.FromResult<Decided<Outcome>>(
            id is { } known ? Outcome.Done.It.By<Outcome>(new DropDraft(known, seen)) : Outcome.NotFound.It),
        cancellation);
}
