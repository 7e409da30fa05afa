using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Application.Privacy;

/// <summary>Erases what has been over for longer than the policy keeps it: closed inquiries, and suspected spam that nobody released.</summary>
public sealed partial class EraseExpired(Work work, EraseInquiry erase, PrivacyOptions options, ILogger<EraseExpired> log)
{
    private const int BatchSize = 50;
    private static readonly Actor s_actor = Actor.Stage("retention");

    /// <summary>Erases all that is due, in small batches.</summary>
    /// <returns>How many were erased by this call.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var now = work.Now;
        var erased = 0;
        while (true)
        {
            var due = await work.ReadAsync(
                session => ErasureStore.ListEndedAsync(session, Before(now, options.RetentionDays), Before(now, options.QuarantineDays), BatchSize), cancellation);
            var before = erased;
            foreach (var ended in due)
            {
                try
                {
                    // Another worker may be at the same: each inquiry is erased once. One that was released or opened again is not over.
                    var why = $"kept-{ended.State.ToString().ToLowerInvariant()}";
                    erased += await erase.RunAsync(ended.Id, s_actor, why, ended.Version, cancellation) is Outcome.Done ? 1 : 0;
                }
                catch (ConflictException)
                {
                    // It was changed again and again: the next day finds it if it is still over.
                }
            }

            // A batch of which nothing could be erased would only be asked for again.
            if (due.Count < BatchSize || erased == before)
            {
                if (erased > 0)
                {
                    LogErased(erased);
                }

                return erased;
            }
        }
    }

    private static DateTimeOffset Before(DateTimeOffset now, int days) => days == 0 ? DateTimeOffset.MinValue : now.AddDays(-days);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{Erased} inquiries were erased: they have been over for as long as the policy keeps them.")]
    private partial void LogErased(int erased);
}
