using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;

namespace InquiryRouter.Application.Coordination;

/// <summary>What somebody does on the page of an inquiry.</summary>
public enum PresenceState
{
    Reading,
    Writing,
    Left,
}

/// <summary>
/// A page says that somebody looks at an inquiry, so that colleagues see it. Never a lock: whoever acts is guarded by versions.
/// </summary>
public sealed class BePresent(Work work)
{
    /// <param name="user">Who.</param>
    /// <param name="reference">At which inquiry.</param>
    /// <param name="state">What they do there.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<Outcome> RunAsync(UserId user, string reference, PresenceState state, CancellationToken cancellation) => work.RunAsync(
        session => InquiryStore.FindIdAsync(session, reference),
        id => Task.FromResult<Decided<Outcome>>(
            id is not { } known ? Outcome.NotFound.It
            : Outcome.Done.It.By<Outcome>(new Store("presence", tx => state == PresenceState.Left
                ? PresenceStore.LeaveAsync(tx, user, known)
                : PresenceStore.SeenAsync(tx, user, known, state == PresenceState.Writing)))),
        cancellation);
}
