using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace InquiryRouter.Worker.FollowUp;

/// <summary>
/// Quartz is the clock: recurring jobs that ask what is due. What is due is in the database, so the schedule itself needs no store, and
/// any number of workers may ask.
/// </summary>
internal static class FollowUpClock
{
    public static IServiceCollection AddFollowUpClock(this IServiceCollection services)
    {
        services.AddQuartz(quartz =>
        {
            quartz.UseDefaultTimeZone(TimeZoneInfo.Utc);
            quartz.UseInMemoryStore();
            quartz.UseDefaultThreadPool(6);
            Every<DueFollowUps>(quartz, "due-follow-ups", TimeSpan.FromSeconds(1));
            Every<SweepDelivered>(quartz, "sweep-delivered", TimeSpan.FromMinutes(10));
            Every<WatchOutbox>(quartz, "watch-outbox", TimeSpan.FromMinutes(1));
            Every<CheckOffers>(quartz, "check-offers", TimeSpan.FromSeconds(15));
            Every<FinishErasures>(quartz, "finish-erasures", TimeSpan.FromSeconds(15));
            Every<ApplyRetention>(quartz, "apply-retention", TimeSpan.FromDays(1));
            Every<CountAnswers>(quartz, "count-answers", TimeSpan.FromHours(1));
            Every<WatchCredentials>(quartz, "watch-credentials", TimeSpan.FromDays(1));
        });
        return services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    // A missed tick is not made up for: the next one finds all that is due.
    private static void Every<TJob>(IQuartzBuilder quartz, string name, TimeSpan interval)
        where TJob : IJob =>
        quartz.ScheduleJob<TJob>(
            trigger => trigger.WithIdentity(name).StartNow().WithSimpleSchedule(s => s
                .WithInterval(interval).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount)),
            job => job.WithIdentity(name).DisallowConcurrentExecution());
}
