using InquiryRouter.Application;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Web.Console.Inbox;
using InquiryRouter.Web.Console.Inquiries;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace InquiryRouter.Web.Console.Live;

/// <summary>What pages that are open ask for by themselves: none of it counts as somebody being there.</summary>
internal static class LiveEndpoints
{
    public const string Path = ConsoleGate.Path + "/live";
    private const int MostNamed = 5;

    /// <summary>Streams of one process: each is a connection, and a browser has one.</summary>
    private const int MostSeats = 2000;

    public static void MapConsoleLive(this IEndpointRouteBuilder routes)
    {
        routes.MapConsoleGet(Path, Access.SeeInquiry, StreamAsync, isDeed: false);
        routes.MapConsoleGet(Path + "/new", Access.SeeInbox, CountNewAsync, isDeed: false);
        routes.MapConsoleGet(
            $"{InquiryEndpoints.PathOf("{reference}")}/changes", Access.SeeInquiry, ChangesAsync, isDeed: false);
        routes.MapConsolePost(
            $"{InquiryEndpoints.PathOf("{reference}")}/presence", Access.SeeInquiry, BePresentAsync, isDeed: false);
    }

    // Server-sent events, written as they are: ends with the session, with the program, and when the browser goes.
    private static async Task StreamAsync(HttpContext context, ConsoleUser user, LiveHub hub, IHostApplicationLifetime program)
    {
        if (hub.Seats >= MostSeats)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, program.ApplicationStopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var seat = hub.Join(user.Session.KeyHash);
        try
        {
            await context.Response.Body.FlushAsync(ends.Token);
            await foreach (var message in seat.ReadAsync(ends.Token))
            {
                await context.Response.WriteAsync(message, ends.Token);
                await context.Response.Body.FlushAsync(ends.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The browser has left, or the program stops.
        }
    }

    private static async Task<IResult> CountNewAsync(HttpContext context, ConsoleUser user, WatchConsole watch, [FromQuery] long after) =>
        Results.Json(new
        {
            count = await watch.CountNewAsync(InboxView.Of(context.Request).FilterFor(user.Id), after, context.RequestAborted),
        });

    private static async Task<IResult> ChangesAsync(
        HttpContext context, ConsoleUser user, WatchConsole watch, string reference, [FromQuery] int since)
    {
        if (!Reference.TryParse(reference, out var normal))
        {
            return ConsolePages.NotFound();
        }

        var lines = await watch.ListSinceAsync(normal, since, MostNamed, context.RequestAborted);
        return Results.Json(new { text = LiveWords.Changed(lines, user) });
    }

    private static async Task<IResult> BePresentAsync(
        HttpContext context, ConsoleUser user, BePresent present, WatchConsole watch, ConsolePeople people, string reference,
        [FromForm] string? state)
    {
        var known = state switch
        {
            "writing" => PresenceState.Writing, "left" => PresenceState.Left, _ => PresenceState.Reading,
        };
        if (!Reference.TryParse(reference, out var normal)
            || await present.RunAsync(user.Id, normal, known, context.RequestAborted) is Outcome.NotFound)
        {
            return ConsolePages.NotFound();
        }

        return known == PresenceState.Left
            ? Results.NoContent()
            : Results.Json(new
            {
                text = (await OthersAsync(user, watch, people, context.RequestAborted)).GetValueOrDefault(normal) ?? string.Empty,
            });
    }

    /// <summary>Who else looks at which inquiry, in words, by its reference.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> OthersAsync(
        ConsoleUser user, WatchConsole watch, ConsolePeople people, CancellationToken cancellation)
    {
        var viewers = (await watch.ListViewersAsync(cancellation)).Where(v => v.UserId != user.Id).ToList();
        if (viewers.Count == 0)
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }

        var names = await people.NamesAsync(cancellation);
        return viewers.GroupBy(v => v.Reference, StringComparer.Ordinal).ToDictionary(
            g => g.Key,
            g => string.Join(", ", g.OrderByDescending(v => v.Writing).Select(
                v => $"{names.GetValueOrDefault(v.UserId.Value, "somebody")} {(v.Writing ? "is writing" : "is reading")}")),
            StringComparer.Ordinal);
    }
}

/// <summary>What has happened since a page was opened, in words.</summary>
internal static class LiveWords
{
    /// <summary>Empty: nothing.</summary>
    public static string Changed(IReadOnlyList<LineSince> newestFirst, ConsoleUser me) => newestFirst.Count == 0 ? string.Empty
        : $"This inquiry was changed by {string.Join(", ", newestFirst.Select(l => Who(l, me)).Distinct(StringComparer.Ordinal))} ({string.Join(
            ", ", newestFirst.Reverse().Select(l => l.Action.Replace('-', ' ')).Distinct(StringComparer.Ordinal))}).";

    private static string Who(LineSince line, ConsoleUser me) => line.ActorKind switch
    {
        "coordinator" => line.ActorName == me.Actor.Name ? "you" : line.ActorName,
        "patient" => "the patient",
        "clinic" => "a clinic",
        _ => "the program",
    };
}
