using System.Collections.Concurrent;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.FollowUp;

namespace InquiryRouter.Application.Operations;

/// <summary>
/// Writes down when a job of the clock ran, for whoever looks: once a minute at most, and whenever it fails in another way than before,
/// or no more. What cannot be written is not: the job is what counts.
/// </summary>
public sealed class RecordClockRun(Work work)
{
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, string? Failure)> _written = new(StringComparer.Ordinal);

    /// <param name="name">Of the job.</param>
    /// <param name="began">When.</param>
    /// <param name="next">When it runs again.</param>
    /// <param name="failure">The kind of what was thrown; null: nothing was.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task RunAsync(string name, DateTimeOffset began, DateTimeOffset? next, string? failure, CancellationToken cancellation)
    {
        var now = work.Now;

        // Either way: a clock that was set back must not silence it until it is as late as before.
        if (_written.TryGetValue(name, out var last) && last.Failure == failure && (now - last.At).Duration() < s_every)
        {
            return;
        }

        var run = new ClockRun
        {
            Name = name, BeganAt = began, EndedAt = now, NextAt = next, FailedAt = failure is null ? null : now, Failure = failure,
        };
        try
        {
            await work.WriteAsync(
                async tx =>
                {
                    await ClockRunStore.RecordAsync(tx, run);
                    return true;
                },
                cancellation,
                Priority.Background);
            _written[name] = (now, failure);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The next run says it. Thrown on, it would count against the job.
        }
    }
}

/// <summary>When the jobs of the clock ran, by name.</summary>
public sealed class ReadClockRuns(Work work)
{
    public Task<IReadOnlyList<ClockRun>> RunAsync(CancellationToken cancellation) => work.ReadAsync(ClockRunStore.ListAsync, cancellation);
}
