using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using InquiryRouter.Application;
using InquiryRouter.Web.Console.Live;
using InquiryRouter.Web.Intake;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace InquiryRouter.Web.Pages.Requests;

/// <summary>
/// Pages that are looked at: so many are rendered at once, a few wait, and whoever comes on top is told to come again. So a flood costs neither
/// the memory of the machine nor the time of those who send something.
/// </summary>
public sealed class PageLimits : IDisposable
{
    /// <summary>How many pages an address may look at for each inquiry it may send.</summary>
    public const int PagesForAnInquiry = 20;

    private const string RetryAfter = "2";
    private readonly ConcurrencyLimiter _atOnce;
    private readonly PartitionedRateLimiter<IPAddress>? _senders;

    public PageLimits(IntakeOptions options)
        : this(options, Math.Max(8, 4 * Environment.ProcessorCount))
    {
    }

    /// <param name="options">Of intake.</param>
    /// <param name="atOnce">Pages that are rendered at the same time; four times as many wait.</param>
    internal PageLimits(IntakeOptions options, int atOnce)
    {
        _atOnce = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = atOnce, QueueLimit = 4 * atOnce, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        _senders = SenderLimits.PerMinute(options.PermitsPerMinute * PagesForAnInquiry);
    }

    public void Dispose()
    {
        _atOnce.Dispose();
        _senders?.Dispose();
    }

    /// <summary>Answers when there is room.</summary>
    internal async Task RunAsync(HttpContext context, SecurityLog log, Func<Task> answer)
    {
        if (SenderLimits.SecondsToWait(_senders, context) is { } seconds)
        {
            log.LimitHit("pages-of-a-sender");
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests, seconds.ToString(CultureInfo.InvariantCulture), "status.busy");
            return;
        }

        using var lease = await _atOnce.AcquireAsync(1, context.RequestAborted);
        if (lease.IsAcquired)
        {
            await answer();
            return;
        }

        log.LimitHit("pages-at-once");
        await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, RetryAfter, "full");
    }

    /// <summary>
    /// Pages and what belongs to them; health, programs, and what is sent have limits of their own. So has the console's stream,
    /// which stays
    /// open for hours and would keep its place.
    /// </summary>
    internal static bool IsAbout(HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && !RequestTrouble.IsForPrograms(context.Request) && !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
        && !Path.HasExtension(context.Request.Path.Value) && context.Request.Path != LiveEndpoints.Path;

    // A few words and no page: it is the page that costs.
    private static Task RefuseAsync(HttpContext context, int status, string wait, string key)
    {
        context.Response.Headers.RetryAfter = wait;
        var words = context.RequestServices.GetRequiredService<PageLanguage>().Words;
        return Results.Text(
            $"{words[key + ".title"]}\n\n{words[key + ".text"]}\n", "text/plain; charset=utf-8", System.Text.Encoding.UTF8, status).ExecuteAsync(context);
    }
}
