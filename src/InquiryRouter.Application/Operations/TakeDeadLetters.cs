using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using InquiryRouter.Infrastructure.Messaging;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Application.Operations;

/// <summary>Parks what the broker gave up on, so that it is listed, sent again and set aside like everything that has stopped.</summary>
public sealed partial class TakeDeadLetters(Database database, DeadLetters letters, ILogger<TakeDeadLetters> log)
{
    /// <returns>How many there were.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        // A message that is taken and given back counts its deliveries: it is not taken while there is nobody to keep it.
        await database.ReadAsync(OutboxStore.BacklogAsync, cancellation);
        var taken = await letters.TakeAsync(
            some => database.WriteAsync(tx => ParkAsync(tx, some), cancellation: cancellation), cancellation);
        if (taken > 0)
        {
            LogTaken(taken);
        }

        return taken;
    }

    private static async Task ParkAsync(Tx tx, IReadOnlyList<DeadLetter> letters)
    {
        foreach (var letter in letters)
        {
            await OutboxStore.ParkDeadLetterAsync(tx, letter);
        }
    }

    [LoggerMessage(Level = LogLevel.Error,
        Message = "The broker gave up on {Taken} messages; they are parked. See them with: InquiryRouter operations list")]
    private partial void LogTaken(int taken);
}
