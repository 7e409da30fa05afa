using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using InquiryRouter.Core.Intake;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>Traces, numbers and logs for who watches: one trace from the form to the mail, and nothing of a person in any of them.</summary>
public sealed class WatchingTests
{
    private const string Name = "Canaryanna";
    private const string Mail = "canary.anna@fault.example";
    private const string Words = "Canarymessage";
    private static readonly string[] s_canary = [Name, Mail, "canary.anna", Words, "2133734253", "lupus"];

    [Theory]
    [InlineData("/api/inquiries")]
    [InlineData("/inquiry")]
    public async Task One_trace_leads_from_the_form_to_the_mails(string way)
    {
        using var steps = new Steps();
        await using var app = await InquiryApp.StartAsync();
        var reference = way == "/inquiry"
            ? await FormAsync(app)
            : (await app.SubmitAsync(Canary())).Reference;
        await app.ReachesAsync(reference, InquiryState.Referred);
        await app.SettlesAsync();

        var id = await app.Database.ReadAsync(s => s.QuerySingleOrDefaultAsync<Guid>("SELECT Id FROM Inquiry"));
        Activity[] all = [];
        await app.Clock.UntilAsync(
            () => Task.FromResult((all = steps.OfTraceWith(id)).Count(a => a.OperationName == "mail send") == 2), () => string.Join(", ", all.Select(a => a.OperationName)));

        var post = Assert.Single(all, a => a.Kind == ActivityKind.Server);
        Assert.Equal(default, post.ParentSpanId);
        Assert.All(all.Where(a => a != post), a => Assert.Contains(all, p => p.SpanId == a.ParentSpanId));
        Assert.All(new[] { "ScreenInquiry", "MatchInquiry", "OfferReferral" }, stage => Assert.Contains(all, a => a.OperationName == stage));
    }

    [Fact]
    public async Task Whoever_sends_an_inquiry_does_not_say_in_which_trace_it_is()
    {
        await using var receiver = new OtlpReceiver();
        using var steps = new Steps();
        await using var app = await InquiryApp.StartAsync(Exporting(receiver));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/inquiries") { Content = new StringContent(Canary().Json, Encoding.UTF8, "application/json") };
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        request.Headers.Add("tracestate", Words + "=1");
        request.Headers.Add("baggage", "name=" + Name);

        using var answer = await app.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.DoesNotContain(steps.All, a => a.TraceId.ToHexString() == "0af7651916cd43dd8448eb211c80319c");
    }

    [Fact]
    public async Task Nothing_of_a_person_is_in_what_is_exported_nor_in_the_metrics()
    {
        await using var receiver = new OtlpReceiver();
        string metrics;
        await using (var app = await InquiryApp.StartAsync(Exporting(receiver)))
        {
            var submitted = await app.SubmitAsync(Canary());
            await app.ReachesAsync(submitted.Reference, InquiryState.Referred);
            using var refused = await app.PostAsync("{\"" + Words);
            await app.Http.GetAsync("/inquiry?condition=lupus&q=" + Name);
            await app.Http.GetAsync("/" + Words + "?" + Mail);
            await app.SettlesAsync();
            metrics = await app.Http.GetStringAsync("/metrics");
        }

        // What was waiting to be exported left as the program stopped.
        Assert.All(new[] { "/v1/traces", "/v1/metrics", "/v1/logs" }, signal => Assert.Contains(receiver.Bodies, b => b.Path == signal));
        Assert.Contains(receiver.Bodies, b => b.Text.Contains("ScreenInquiry", StringComparison.Ordinal));
        Assert.Contains(receiver.Bodies, b => b.Text.Contains("POST /api/inquiries", StringComparison.Ordinal));
        Assert.Contains("inquiryrouter_intake", metrics, StringComparison.Ordinal);
        Assert.Contains("inquiryrouter_stage_duration", metrics, StringComparison.Ordinal);
        foreach (var word in s_canary)
        {
            Assert.DoesNotContain(word, metrics, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(receiver.Bodies, b => b.Text.Contains(word, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task Off_no_trace_is_made_and_none_is_stored()
    {
        await using var app = await InquiryApp.StartAsync();
        var submitted = await app.SubmitAsync(Canary());
        await app.ReachesAsync(submitted.Reference, InquiryState.Referred);

        // Other tests of this process may be watching.
        if (!Infrastructure.Telemetry.Activities.HasListeners())
        {
            Assert.Equal(0, await app.NumberAsync("SELECT COUNT(*) FROM Outbox WHERE Trace IS NOT NULL"));
        }
    }

    [Fact]
    public async Task Metrics_answer_this_machine_and_nobody_a_proxy_brings()
    {
        await using var app = await InquiryApp.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await AskAsync(app.Http, null));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(app.Http, ("X-Forwarded-For", "203.0.113.7")));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(app.Http, ("Forwarded", "for=203.0.113.7")));
        Assert.NotEqual(HttpStatusCode.OK, await AskAsync(app.Http, ("Host", "care-abroad.example")));

        static async Task<HttpStatusCode> AskAsync(HttpClient http, (string Name, string Value)? header)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
            if (header is { } sent)
            {
                request.Headers.Add(sent.Name, sent.Value);
            }

            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task An_address_of_its_own_has_metrics_and_health_and_nothing_else()
    {
        var url = $"http://127.0.0.1:{FreePort.Pick(1)[0]}";
        await using var app = await InquiryApp.StartAsync(new AppSetup().With("Telemetry:MetricsUrl", url));
        using var http = new HttpClient { BaseAddress = new Uri(url) };

        Assert.Contains("# TYPE", await http.GetStringAsync("/metrics"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/inquiry")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Http.GetAsync("/metrics")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync("/inquiry")).StatusCode);
    }

    private static InquiryBuilder Canary() => An.Inquiry().From(Name + " Peña", Mail).Saying(Words + ": please help.").With("patient.phone", "+12133734253");

    private static AppSetup Exporting(OtlpReceiver receiver) => new()
    {
        HostArguments = [$"--OTEL_EXPORTER_OTLP_ENDPOINT={receiver.Url}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"],
    };

    private static async Task<string> FormAsync(InquiryApp app)
    {
        using var visit = await FormVisit.OpenAsync(app);
        using var answer = await visit.SendAsync(Canary());
        return (await app.Database.ReadAsync(s => s.QuerySingleOrDefaultAsync<string>("SELECT Reference FROM Inquiry")))!;
    }

    /// <summary>Every step that ended while somebody looked, of all the programs of this process.</summary>
    private sealed class Steps : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _all = new();
        private readonly ActivityListener _listener;

        public Steps()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name is Infrastructure.Telemetry.Name or "Microsoft.AspNetCore",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = _all.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public IReadOnlyCollection<Activity> All => _all;

        public Activity[] OfTraceWith(Guid inquiry)
        {
            var trace = _all.FirstOrDefault(a => Equals(a.GetTagItem("inquiryrouter.inquiry_id")?.ToString(), inquiry.ToString()))?.TraceId;
            return [.. _all.Where(a => a.TraceId == trace)];
        }

        public void Dispose() => _listener.Dispose();
    }
}
