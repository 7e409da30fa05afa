using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using InquiryRouter.Infrastructure;
using InquiryRouter.Tests.Documents;
using InquiryRouter.Worker;

namespace InquiryRouter.Tests.Deploy;

/// <summary>What the program itself has of each kind of name that stands in <c>deploy</c>.</summary>
internal static partial class ProgramLists
{
    public static IReadOnlyList<string> Settings => [.. ProgramNames.Settings().Select(s => s.Name)];

    public static IReadOnlyList<string> HealthPaths =>
        [.. Route().Matches(DeployFiles.Text("src/InquiryRouter.Web/HealthEndpoints.cs")).Select(m => m.Groups["path"].Value)];

    public static IReadOnlyList<string> Queues => [.. Pipeline.Stages.Select(s => s.Queue).Distinct(StringComparer.Ordinal)];

    /// <summary>Every instrument, with its labels: each is used once and listened to.</summary>
    public static IReadOnlyList<Series> Reported()
    {
        // Other tests use the same instruments meanwhile.
        var instruments = new ConcurrentDictionary<Instrument, ConcurrentDictionary<string, bool>>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Meter.Name == Telemetry.Name)
            {
                instruments.TryAdd(instrument, new(StringComparer.Ordinal));
                to.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Add(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument, tags));
        listener.Start();
        Telemetry.Intake("accepted", "api");
        Telemetry.InquiryMoved("test");
        Telemetry.ReferralMoved("test");
        Telemetry.Offered(0);
        Telemetry.Stage("test", "done", TimeSpan.Zero);
        Telemetry.Mail("test", "test", "test");
        Telemetry.Outbox(0, 0, TimeSpan.Zero);
        Telemetry.Waiting(0);
        return
        [
            .. instruments.Select(i => new Series(
                DeployChecks.PrometheusNames(i.Key.Name, i.Key.GetType().Name.Split('`')[0], i.Key.Unit),
                i.Value.Keys.Append("le").ToHashSet(StringComparer.Ordinal))),
        ];

        void Add(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags)
            {
                instruments[instrument].TryAdd(tag.Key, true);
            }
        }
    }

    [GeneratedRegex(@"MapGet\(""(?<path>/health/[a-z]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Route();
}
