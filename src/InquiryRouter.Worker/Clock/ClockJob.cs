using System.Collections.Concurrent;
using InquiryRouter.Application.Operations;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using Microsoft.Extensions.Logging;
using Quartz;

namespace InquiryRouter.Worker.Clock;

/// <summary>Runs the task of its name. What fails is tried again at the next tick: five exceptions would stop a trigger for good.</summary>
internal sealed partial class ClockJob(
    IServiceProvider services, ReadHeldBack held, RecordClockRun record, ClockComplaints complaints, SteadyClock steady, TimeProvider clock,
    ILogger<ClockJob> log)
    : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var task = ClockTasks.All.First(t => t.Name == context.JobDetail.Key.Name);
        var began = clock.GetUtcNow();
        var failure = task.OnDates && steady.IsDoubtful ? WatchClock.Doubtful : await RunAsync(task, cancellationToken);
        DateTimeOffset? next = context.NextFireTimeUtc is { } planned ? steady.ToWall(planned) : null;
        await record.RunAsync(task.Name, began, next, failure, cancellationToken);
    }

    /// <returns>The kind of what was thrown; null: nothing was.</returns>
    private async Task<string?> RunAsync(ClockTask task, CancellationToken cancellation)
    {
        string? failure = null;
        foreach (var step in task.Steps)
        {
            try
            {
                if (task.MayBeHeld && await held.IsHeldAsync(cancellation))
                {
                    break;
                }

                await step(services, cancellation);
            }
            catch (DatabaseUnavailableException)
            {
                // It says so itself.
                failure = nameof(DatabaseUnavailableException);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                failure = exception.GetType().Name;
                if (complaints.IsDue(task.Name, failure))
                {
                    LogFailed(exception, task.Name);
                }
            }
        }

        return failure;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What the clock does under {Task} failed; it is tried again at its next tick.")]
    private partial void LogFailed(Exception exception, string task);
}

/// <summary>What fails every second is said once a minute, each job and each cause by itself.</summary>
internal sealed class ClockComplaints(TimeProvider clock)
{
    private readonly ConcurrentDictionary<(string Task, string Failure), EveryMinute> _said = new();

    public bool IsDue(string task, string failure) => _said.GetOrAdd((task, failure), _ => new EveryMinute(clock)).IsDue();
}
