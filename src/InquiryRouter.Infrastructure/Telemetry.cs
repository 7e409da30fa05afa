using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace InquiryRouter.Infrastructure;

/// <summary>
/// Everything the program says of itself to who watches it, by the names in <c>src/docs/operating.md</c>. Tags of numbers are codes,
/// those of traces also the ids of an inquiry, a message or a mail; nothing of a person is among them.
/// </summary>
public static class Telemetry
{
    /// <summary>Of the activity source and of the meter.</summary>
    public const string Name = "InquiryRouter";

    public static readonly ActivitySource Activities = new(Name);

    private static readonly Meter s_meter = new(Name);

    private static readonly Counter<long> s_intake = s_meter.CreateCounter<long>(
        "inquiryrouter.intake", "{inquiry}", "Inquiries that were sent, by what became of them.");

    private static readonly Counter<long> s_moves = s_meter.CreateCounter<long>(
        "inquiryrouter.inquiry.moves", "{step}", "Steps of inquiries, by what moved them.");

    private static readonly Counter<long> s_offers = s_meter.CreateCounter<long>("inquiryrouter.offers", "{offer}", "Offers made to clinics.");

    private static readonly Counter<long> s_answers = s_meter.CreateCounter<long>(
        "inquiryrouter.referral.moves", "{step}", "Steps of referrals, by what moved them.");

    private static readonly Histogram<double> s_stages = s_meter.CreateHistogram<double>(
        "inquiryrouter.stage.duration", "s", "How long a stage took with a message, by consumer and outcome.");

    private static readonly Counter<long> s_mails = s_meter.CreateCounter<long>(
        "inquiryrouter.mails", "{mail}", "Mails handed over, or not, by kind, outcome and state.");

    private static readonly Gauge<double> s_outboxAge = s_meter.CreateGauge<double>(
        "inquiryrouter.outbox.oldest_age", "s", "How long the oldest message has waited in the outbox.");

    private static readonly Gauge<long> s_outbox = s_meter.CreateGauge<long>("inquiryrouter.outbox.messages", "{message}", "Messages in the outbox, by state.");

    private static readonly Gauge<long> s_held = s_meter.CreateGauge<long>("inquiryrouter.inquiries.waiting", "{inquiry}", "Inquiries that wait for a person.");

    /// <summary>In which trace this is done, as the W3C writes a traceparent; null: nobody watches.</summary>
    public static string? Trace => Activities.HasListeners() ? Activity.Current?.Id : null;

    /// <summary>Goes on in the trace in which something was written down.</summary>
    /// <param name="name">What is done; a code.</param>
    /// <param name="kind">Of the step.</param>
    /// <param name="trace">From where it comes; null: a trace begins, or the one goes on in which this is done.</param>
    public static Activity? Continue(string name, ActivityKind kind, string? trace) =>
        ActivityContext.TryParse(trace, null, isRemote: true, out var parent)
            ? Activities.StartActivity(name, kind, parent)
            : Activities.StartActivity(name, kind);

    /// <param name="outcome">accepted, repeated, invalid, key-reused or unavailable.</param>
    /// <param name="source">api or form.</param>
    public static void Intake(string outcome, string source) => s_intake.Add(1, new("outcome", outcome), new("source", source));

    public static void InquiryMoved(string trigger) => s_moves.Add(1, new KeyValuePair<string, object?>("trigger", trigger));

    public static void ReferralMoved(string trigger) => s_answers.Add(1, new KeyValuePair<string, object?>("trigger", trigger));

    public static void Offered(int clinics) => s_offers.Add(clinics);

    /// <param name="outcome">done, repeated or failed.</param>
    public static void Stage(string consumer, string outcome, TimeSpan took) =>
        s_stages.Record(took.TotalSeconds, new("consumer", consumer), new("outcome", outcome));

    public static void Mail(string kind, string outcome, string state) => s_mails.Add(1, new("kind", kind), new("outcome", outcome), new("state", state));

    /// <param name="oldest">Of what waits; zero: nothing does.</param>
    public static void Outbox(long waiting, long parked, TimeSpan oldest)
    {
        s_outbox.Record(waiting, new KeyValuePair<string, object?>("state", "waiting"));
        s_outbox.Record(parked, new KeyValuePair<string, object?>("state", "parked"));
        s_outboxAge.Record(oldest.TotalSeconds);
    }

    public static void Waiting(long inquiries) => s_held.Record(inquiries);
}
