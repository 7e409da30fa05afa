using System.Diagnostics;
using System.Net;
using InquiryRouter.Infrastructure;
using InquiryRouter.Settings;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace InquiryRouter.Hosting;

/// <summary>
/// What is told to who watches: numbers under <c>/metrics</c>, and numbers, traces and logs over OTLP where the standard variables
/// (<c>OTEL_*</c>) say where to. Off, no trace is made and no column filled.
/// </summary>
internal static class Watching
{
    private const string MetricsPath = "/metrics";
    private const string HealthPath = "/health";

    // What is asked of the web server: by route, method and status.
    private const string Requests = "Microsoft.AspNetCore";

    private static readonly string[] s_endpoints =
    [
        "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
        "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT",
    ];

    // Each hop of a proxy leaves one of these.
    private static readonly string[] s_proxied =
        ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via"];

    public static bool IsExported(IConfiguration configuration) =>
        Array.Exists(s_endpoints, e => !string.IsNullOrWhiteSpace(configuration[e]))
        && !string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase);

    public static void Add(IHostApplicationBuilder builder, bool listens)
    {
        var exported = IsExported(builder.Configuration);
        if (!exported && !listens)
        {
            return;
        }

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource =>
            {
                resource.AddService(Telemetry.Name, serviceVersion: typeof(Watching).Assembly.GetName().Version?.ToString(3));

                // What the operator says of it counts.
                resource.AddEnvironmentVariableDetector();
            })
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Telemetry.Name, "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel");
                if (listens)
                {
                    metrics.AddPrometheusExporter();
                }
            });
        if (!exported)
        {
            return;
        }

        builder.Services.AddSingleton<DistributedContextPropagator>(new TracesBeginHere());
        telemetry
            .WithTracing(traces => traces.AddSource(Telemetry.Name, Requests).AddProcessor(new OnlyCodes()))
            .WithLogging(null, logs =>
            {
                logs.IncludeFormattedMessage = true;
                logs.IncludeScopes = true;
            })
            .UseOtlpExporter();
    }

    /// <summary>Where <c>/metrics</c> answers, and what a request is called in a trace.</summary>
    public static void Use(WebApplication app, TelemetryOptions options)
    {
        var port = options.MetricsUrl is { } url ? BindingAddress.Parse(url).Port : (int?)null;
        if (IsExported(app.Configuration))
        {
            app.Use(NameAsync);
        }

        if (port is not null)
        {
            // Whoever may read numbers there may see nothing else.
            app.Use((context, next) => context.Connection.LocalPort == port && !IsWatching(context.Request.Path)
                ? Results.NotFound().ExecuteAsync(context)
                : next(context));
        }

        app.UseOpenTelemetryPrometheusScrapingEndpoint(context =>
            context.Request.Path == MetricsPath && HttpMethods.IsGet(context.Request.Method)
            && (port is null ? IsOfThisMachine(context) : context.Connection.LocalPort == port));
    }

    private static bool IsWatching(PathString path) =>
        path == MetricsPath || path.StartsWithSegments(HealthPath, StringComparison.Ordinal);

    // A proxy on this machine comes from here as well, and brings the world: it leaves a header, or the name that the world asked for.
    private static bool IsOfThisMachine(HttpContext context) =>
        context.Connection is { RemoteIpAddress: { } from, LocalIpAddress: { } to }
        && IPAddress.IsLoopback(from) && IPAddress.IsLoopback(to)
        && !Array.Exists(s_proxied, context.Request.Headers.ContainsKey)
        && (context.Request.Host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(context.Request.Host.Host, out var asked) && IPAddress.IsLoopback(asked)));

    // By its route, never by its address: a link is its secret.
    private static async Task NameAsync(HttpContext context, RequestDelegate next)
    {
        var activity = Activity.Current;
        try
        {
            await next(context);
        }
        finally
        {
            if (activity is not null)
            {
                var asked = context.Request.Method;
                var method = HttpMethods.IsGet(asked) ? "GET" : HttpMethods.IsPost(asked) ? "POST" : "OTHER";
                var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
                activity.DisplayName = route is null ? method : $"{method} {route}";
                activity.SetTag("http.request.method", method).SetTag("http.route", route)
                    .SetTag("http.response.status_code", context.Response.StatusCode);
                if (IsWatching(context.Request.Path))
                {
                    // Who watches is not what is watched.
                    activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
                }
            }
        }
    }

    /// <summary>Whoever sends an inquiry does not say in which trace it is, nor adds to it: the world could write anything there.</summary>
    private sealed class TracesBeginHere : DistributedContextPropagator
    {
        public override IReadOnlyCollection<string> Fields => [];

        public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
        {
        }

        public override void ExtractTraceIdAndState(
            object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
            (traceId, traceState) = (null, null);

        public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) =>
            null;
    }

    /// <summary>Of a step only what is known to be a code or an id goes out: what the framework thinks of next is not among it.</summary>
    private sealed class OnlyCodes : BaseProcessor<Activity>
    {
        private static readonly HashSet<string> s_known = new(StringComparer.Ordinal)
        {
            "http.request.method", "http.route", "http.response.status_code", "messaging.message.id", "inquiryrouter.inquiry_id",
            "inquiryrouter.mail_id", "inquiryrouter.mail_kind", "inquiryrouter.outcome",
        };

        public override void OnEnd(Activity data)
        {
            foreach (var (name, _) in data.TagObjects.Where(t => !s_known.Contains(t.Key)).ToList())
            {
                data.SetTag(name, null);
            }
        }
    }
}
