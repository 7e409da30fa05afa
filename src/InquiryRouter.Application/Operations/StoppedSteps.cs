using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Messages;

namespace InquiryRouter.Application.Operations;

/// <summary>Does the same to each of what was chosen, some at a time: nobody waits long behind one.</summary>
internal static class StoppedSteps
{
    private const int BatchSize = 200;

    /// <param name="work">Runs each; again when somebody else had some of them in hand.</param>
    /// <param name="choice">Which.</param>
    /// <param name="list">Those of a cause, after a place in the order, so many at most.</param>
    /// <param name="action">For the access log.</param>
    /// <param name="who">Whose wish it is.</param>
    /// <param name="step">What is to be done to some; it leaves alone what it does not fit.</param>
    /// <param name="cancellation">Ends it between two steps.</param>
    public static async Task<StoppedOutcome> ApplyAsync(
        Work work, StoppedChoice choice, Func<Session, string?, long, int, Task<IReadOnlyList<ParkedMessage>>> list, string action, Actor who,
        Func<Tx, IReadOnlyCollection<Guid>, Task<int>> step, CancellationToken cancellation)
    {
        var done = 0;
        async Task<int> RecordedAsync(Tx tx, Guid[] some)
        {
            var number = await step(tx, some);
            await OperationsLog.RecordAsync(tx, action, "messages", number, who);
            return number;
        }

        if (choice.Ids.Count > 0)
        {
            foreach (var some in choice.Ids.Chunk(BatchSize))
            {
                done += await work.WriteAsync(tx => RecordedAsync(tx, some), cancellation);
            }

            return new StoppedOutcome(done);
        }

        IReadOnlyList<ParkedMessage> page;
        for (long last = 0; ; last = page[^1].Seq)
        {
            page = await work.ReadAsync(session => list(session, choice.Cause, last, BatchSize), cancellation);
            if (page.Count > 0)
            {
                Guid[] some = [.. page.Select(m => m.MessageId)];
                done += await work.WriteAsync(tx => RecordedAsync(tx, some), cancellation);
            }

            if (page.Count < BatchSize)
            {
                return new StoppedOutcome(done);
            }
        }
    }
}
