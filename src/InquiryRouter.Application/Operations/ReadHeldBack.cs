using InquiryRouter.Infrastructure.Data.Stores.Messages;

namespace InquiryRouter.Application.Operations;

/// <param name="Hold">Since when, and of which backup.</param>
/// <param name="Mails">That wait, by kind.</param>
/// <param name="Messages">Between stages that wait, by type.</param>
/// <param name="Due">Promises that have fallen due, by kind.</param>
/// <param name="OnTheirWay">References of inquiries that have no clinic yet and get one: <see cref="ReadHeldBack.MostNamed"/> at most.</param>
public sealed record WhatIsHeldBack(
    SendingHold Hold, IReadOnlyList<HeldBack> Mails, IReadOnlyList<HeldBack> Messages, IReadOnlyList<HeldBack> Due, IReadOnlyList<string> OnTheirWay);

/// <summary>What goes on once sending is resumed after a restoring.</summary>
public sealed class ReadHeldBack(Work work)
{
    public const int MostNamed = 50;

    /// <returns>Null: nothing is held.</returns>
    public Task<WhatIsHeldBack?> RunAsync(CancellationToken cancellation) => work.ReadAsync(
        async session => await SendingHoldStore.FindAsync(session) is { } hold
            ? new WhatIsHeldBack(
                hold, await SendingHoldStore.ListMailsAsync(session), await SendingHoldStore.ListMessagesAsync(session),
                await SendingHoldStore.ListDueAsync(session), await SendingHoldStore.ListOnTheirWayAsync(session, MostNamed))
            : null,
        cancellation);

    /// <summary>Whether sending is held at all.</summary>
    public async Task<bool> IsHeldAsync(CancellationToken cancellation) =>
        await work.ReadAsync(SendingHoldStore.FindAsync, cancellation) is not null;
}
