using InquiryRouter.Application.Coordination;
using InquiryRouter.Application.FollowUp;
using InquiryRouter.Application.Mail;
using InquiryRouter.Application.Matching;
using InquiryRouter.Application.Network;
using InquiryRouter.Application.Operations;
using InquiryRouter.Application.Privacy;
using InquiryRouter.Application.Referral;
using InquiryRouter.Application.Reports;
using InquiryRouter.Application.Screening;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace InquiryRouter.Worker.Clock;

/// <summary>
/// What the clock does, and how often. Each asks the database what is due, so the schedule itself needs no store, and any number of workers may ask.
/// </summary>
public static class ClockTasks
{
    // Named, so that its clock is its own: that of a scheduler without a name becomes the clock of the whole program.
    private const string Scheduler = "clock";

    public static readonly IReadOnlyList<ClockTask> All =
    [
        new("due-follow-ups", TimeSpan.FromSeconds(1), Run<FireDueFollowUps>((task, stop) => task.RunAsync(stop))) { OnDates = true, MayBeHeld = true },

        // Offers of clinics that lapsed are recalled first: the places they free go to who waits.
        new("check-offers", TimeSpan.FromSeconds(15),
            Run<RecallOffers>((task, stop) => task.RunAsync(stop)),
            Run<WatchAccepted>((task, stop) => task.RunAsync(stop)),
            Run<ServeWaiting>((task, stop) => task.RunAsync(stop))) { OnDates = true, MayBeHeld = true },
        new("finish-erasures", TimeSpan.FromSeconds(15), Run<ErasureRemains>((task, stop) => task.FinishAsync(stop))),
        new("take-dead-letters", TimeSpan.FromSeconds(15), Run<TakeDeadLetters>((task, stop) => task.RunAsync(stop))),
        new("deploy-topology", TimeSpan.FromMinutes(1), Run<BrokerTopology>((task, stop) => task.DeployAsync(stop))),
        new("resend-unhandled", TimeSpan.FromMinutes(1), Run<ResendUnhandled>((task, stop) => task.RunAsync(stop))) { OnDates = true, MayBeHeld = true },
        new("watch-clock", TimeSpan.FromSeconds(15), Run<WatchClock>((task, _) => task.RunAsync())),
        new("watch-outbox", TimeSpan.FromMinutes(1), Run<WatchOutbox>((task, stop) => task.RunAsync(stop))),
        new("sweep-delivered", TimeSpan.FromMinutes(10), Run<SweepDelivered>((task, stop) => task.RunAsync(stop))) { OnDates = true },
        new("free-work", TimeSpan.FromMinutes(1),
            Run<ReckonWork>((task, stop) => task.MendClinicsAsync(stop)),
            Run<FreeWork>((task, stop) => task.RunAsync(stop))) { OnDates = true },

        new("send-digest", TimeSpan.FromMinutes(1), Run<SendDigest>((task, stop) => task.RunAsync(stop))) { OnDates = true, MayBeHeld = true },

        // Right after the start as well: a database of an earlier version has none yet.
        new("reckon-work", TimeSpan.FromHours(1), Run<ReckonWork>((task, stop) => task.MendAsync(stop))),
        new("count-figures", TimeSpan.FromMinutes(1), Run<CountFigures>((task, stop) => task.RunAsync(stop))),

        // The same: inquiries from before there was a search by name. Done once, it asks one row.
        new("fill-name-tokens", TimeSpan.FromMinutes(1), Run<FillNameTokens>((task, stop) => task.RunAsync(stop))),
        new("count-answers", TimeSpan.FromHours(1), Run<CountAnswers>((task, stop) => task.RunAsync(stop))) { OnDates = true },
        new("apply-retention", TimeSpan.FromDays(1), Run<EraseExpired>((task, stop) => task.RunAsync(stop))) { OnDates = true },
        new("watch-credentials", TimeSpan.FromDays(1), Run<WatchCredentials>((task, stop) => task.RunAsync(stop))) { OnDates = true },

        // Reads every line of every history: at night, not at each start.
        new("watch-history", TimeSpan.FromDays(1), Run<WatchHistory>((task, stop) => task.RunAsync(stop))) { At = new TimeOnly(2, 40) },
    ];

    internal static IServiceCollection AddClock(this IServiceCollection services)
    {
        // Quartz takes no registration, only the clock itself: without one it would follow the clock of the machine, which may be set.
        var clock = services.Last(s => s.ServiceType == typeof(TimeProvider)).ImplementationInstance as TimeProvider
            ?? throw new InvalidOperationException("The clock must be registered as an instance, before the schedule.");
        var steady = new SteadyClock(clock);
        services.AddSingleton(steady);
        services.AddSingleton<WatchClock>();
        services.AddSingleton<ClockComplaints>();
        services.AddQuartz(Scheduler, quartz =>
        {
            quartz.UseTimeProvider(steady);
            quartz.UseDefaultTimeZone(TimeZoneInfo.Utc);
            quartz.UseInMemoryStore();
            quartz.UseDefaultThreadPool(6);
            foreach (var task in All)
            {
                quartz.ScheduleJob<ClockJob>(
                    trigger => Schedule(trigger, task), job => job.WithIdentity(task.Name).DisallowConcurrentExecution());
            }
        });
        return services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    // A missed tick is not made up for: the next one finds all that is due.
    private static void Schedule(ITriggerConfigurator<ClockJob> trigger, ClockTask task)
    {
        trigger.WithIdentity(task.Name);
        if (task.At is { } at)
        {
            trigger.WithSchedule(CronScheduleBuilder.Create($"0 {at.Minute} {at.Hour} * * ?")
                .InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.DoNothing));
        }
        else
        {
            trigger.StartNow().WithSimpleSchedule(s => s
                .WithInterval(task.Interval).RepeatForever()
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount));
        }
    }

    private static Func<IServiceProvider, CancellationToken, Task> Run<T>(Func<T, CancellationToken, Task> run)
        where T : notnull => (services, stop) => run(services.GetRequiredService<T>(), stop);
}

/// <summary>Something the clock does.</summary>
/// <param name="Name">Of the job, in the log.</param>
/// <param name="Interval">From one tick to the next.</param>
/// <param name="Steps">One after another; one that fails does not stop the others.</param>
public sealed record ClockTask(string Name, TimeSpan Interval, params IReadOnlyList<Func<IServiceProvider, CancellationToken, Task>> Steps)
{
    /// <summary>The time of the day, UTC, that a daily one waits for; null: it begins at the start.</summary>
    public TimeOnly? At { get; init; }

    /// <summary>It sends, ends or deletes something because of a date: it waits while the clock of the machine is in doubt.</summary>
    public bool OnDates { get; init; }

    /// <summary>It sends, or leads to what is sent: it rests while sending is held after a restoring.</summary>
    public bool MayBeHeld { get; init; }
}
