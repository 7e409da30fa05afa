using InquiryRouter.Application.Operations;
using InquiryRouter.Infrastructure.Data;
using Microsoft.Extensions.Logging;
using Quartz;

namespace InquiryRouter.Worker.Clock;

/// <summary>Runs the task of its name. What fails is tried again at the next tick: five exceptions would stop a trigger for good.</summary>
internal sealed partial class ClockJob(IServiceProvider services, RecordClockRun record, TimeProvider clock, ILogger<ClockJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var task = ClockTasks.All.First(t => t.Name == context.JobDetail.Key.Name);
        var began = clock.GetUtcNow();
        string? failure = null;
        foreach (var step in task.Steps)
        {
            try
            {
                await step(services, cancellationToken);
            }
            catch (DatabaseUnavailableException)
            {
                // It says so itself.
                failure = nameof(DatabaseUnavailableException);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception, task.Name);
                failure = exception.GetType().Name;
            }
        }

        await record.RunAsync(task.Name, began, context.NextFireTimeUtc, failure, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What the clock does under {Task} failed; it is tried again at its next tick.")]
    private partial void LogFailed(Exception exception, string task);
}
