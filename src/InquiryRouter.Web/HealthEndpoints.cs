using InquiryRouter.Application.Operations;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Mail.Sending;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Web.Pages;
using InquiryRouter.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace InquiryRouter.Web;

/// <summary>Both roles: is the process alive, and can it do its work? Numbers and codes, nothing of anybody.</summary>
public static class HealthEndpoints
{
    private const string MailServer = "mail-server";
    private const string Bus = "bus";
    private const string Clock = "clock";
    private const string Sending = "sending";

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var routes = app.WithHead();
        routes.MapGet("/health/live", () => Results.Text("alive"));
        routes.MapGet("/health/ready", async (Database database, ReadReadiness reads, BrokerTopology broker, IServiceProvider services) =>
        {
            try
            {
                var waits = await reads.RunAsync();
                return database.Trouble is { } trouble ? NotReady(trouble) : Ready(waits, database.Clock.GetUtcNow(), broker, services);
            }
            catch (DatabaseUnavailableException)
            {
                return NotReady(database.Trouble ?? "The database does not answer.");
            }
        });

        static IResult NotReady(string reason) =>
            Results.Json(new { status = "unavailable", reason }, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    // A mail server that is away, a broker, a clock in doubt: inquiries are taken all the same, so that nobody must be sent elsewhere.
    private static IResult Ready(Readiness waits, DateTimeOffset now, BrokerTopology broker, IServiceProvider services)
    {
        // Only a worker sends mails, and has a schedule.
        var shut = services.GetService<MailGate>()?.Shut;
        var steady = services.GetService<SteadyClock>();
        var doubtful = steady?.IsDoubtful == true;
        (string Name, bool Is)[] troubles = [(MailServer, shut is not null), (Bus, !broker.IsUp), (Clock, doubtful), (Sending, waits.Hold is not null)];
        var degraded = troubles.Where(t => t.Is).Select(t => t.Name);
        return Results.Json(new
        {
            status = "ready",
            degraded,
            outbox = new
            {
                waiting = waits.Outbox.Number, parked = waits.Parked.Number, oldestSeconds = Seconds(waits.Outbox, now),
                since = waits.Outbox.Oldest, parkedSince = waits.Parked.Oldest,
            },
            mails = new
            {
                waiting = waits.Mails.Number, parked = waits.ParkedMails.Number, oldestSeconds = Seconds(waits.Mails, now),
                since = waits.Mails.Oldest, parkedSince = waits.ParkedMails.Oldest,
            },
            held = new { waiting = waits.Held.Number, since = waits.Held.Oldest },
            urgent = new { waiting = waits.Urgent.Number, since = waits.Urgent.Oldest },
            bus = new { transport = broker.Transport.ToString(), consumes = broker.Consumes },
            mailServer = new { usable = shut is null, since = shut?.Since, code = shut?.Code },
            sending = new { held = waits.Hold is not null, since = waits.Hold?.Since },
            clock = new { doubtful, setBySeconds = doubtful ? Math.Round(steady!.Jumped.TotalSeconds) : 0 },
        });
    }

    private static double Seconds(Backlog backlog, DateTimeOffset now) =>
        backlog.Oldest is { } since ? Math.Round(Math.Max(0, (now - since).TotalSeconds), 1) : 0;
}
