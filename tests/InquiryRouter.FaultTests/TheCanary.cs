using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using InquiryRouter.FaultTests.Support;
using InquiryRouter.FaultTests.Support.Canary;
using InquiryRouter.FaultTests.Support.Mail;
using InquiryRouter.FaultTests.Support.Server;
using InquiryRouter.TestSupport;
using Microsoft.Data.Sqlite;
using RabbitMQ.Client;
using Xunit;

namespace InquiryRouter.FaultTests;

/// <summary>
/// Marked names, mails, phones, messages and conditions go through everything, faults included; then all that the run left behind is searched. They may be in:
/// the contents of mails and their files (that is what mails are for), pages behind the patient's and the clinic's own links, the form's page that shows its
/// sender what they typed, the copy a coordinator exports for the patient; what is asked for, by its codes, in the database until it is erased.
/// </summary>
public sealed class TheCanary(BrokerFixture fixture, ITestOutputHelper output) : IClassFixture<BrokerFixture>
{
    private static readonly string[] s_signals = ["/v1/traces", "/v1/metrics", "/v1/logs"];

    private static readonly TimeSpan s_drainLimit = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_one_process_with_mail_to_files_it_is_nowhere_it_should_not_be_and_erased_it_is_nowhere()
    {
        await using var collector = new OtlpReceiver();
        await using var installation = Watched(Loud(new Installation()), collector);
        await installation.ImportClinicsAsync(Cancellation);
        using var visitor = new CanaryVisitor(installation.Server);

        var server = await installation.ServeAsync(Cancellation);
        await SendEverythingAsync(visitor);
        await server.KillAsync();
        server = await installation.ServeAsync(Cancellation);
        await VisitClinicAsync(visitor, () => PickupFolder.Read(installation.DataDirectory), installation);
        await FloodAsync(visitor);
        await Completion.UntilNothingIsLeftAsync(installation, s_drainLimit, output, Cancellation);

        var mails = Path.Combine(installation.DataDirectory, "mail");
        Assert.NotEmpty(Directory.GetFiles(mails).SelectMany(f => CanarySearch.Find("mails", SharedFile.Read(f), CanarySearch.Person)));
        Assert.Empty(Directory.GetFiles(mails).SelectMany(f => CanarySearch.Find("names of mail files", Path.GetFileName(f), CanarySearch.All)));
        Assert.Empty(Search(installation, visitor));

        // What is exported, and each line of the log: an event, and nothing of anybody.
        await collector.UntilAllCameAsync(s_signals, s_drainLimit);
        Assert.Empty(collector.Bodies.SelectMany(b => CanarySearch.Find(b.Path, b.Text, CanarySearch.All)));
        Assert.Contains("# TYPE inquiryrouter_outbox_messages", visitor.Answers.Single(a => a.What.Contains("/metrics", StringComparison.Ordinal)).Text, StringComparison.Ordinal);
        Assert.All(server.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.NotNull(JsonNode.Parse(line)!["Message"]));

        foreach (var reference in visitor.Accepted.Concat(await FormReferencesAsync(installation, visitor)).ToList())
        {
            Assert.Equal(0, (await installation.RunAsync(["erase", reference, "--yes"], Cancellation)).Code);
        }

        await Completion.UntilNothingIsLeftAsync(installation, s_drainLimit, output, Cancellation);
        Assert.Empty(Search(installation, visitor));

        // How many came from a page stays in the reports, where five or more did.
        string[] words = [.. CanarySearch.All.Except(["lupus", "Canarycampaign", "canarypage"], StringComparer.Ordinal)];

        // Where the log of the database was being copied at the last erasure, the server's clock empties it.
        IReadOnlyList<string> found = [];
        await Waiting.UntilAsync(() => Task.FromResult((found = CanarySearch.OfDatabase(installation.DatabaseFile, words)).Count == 0), () => string.Join(", ", found));
        Assert.Empty(PickupFolder.Read(installation.DataDirectory).Where(m => !m.Text.Contains("erased", StringComparison.Ordinal))
            .SelectMany(m => CanarySearch.Find($"mail {m.MailId}", m.Bytes, CanarySearch.All)));
    }

    [Fact]
    public async Task With_a_broker_that_goes_away_and_a_mail_server_that_refuses_it_is_in_no_queue_and_no_log()
    {
        await using var sink = new SmtpSink();
        await using var installation = Loud(new Installation().SendMailTo(sink.Port).UseBroker(fixture.Broker.Uri));
        await installation.ImportClinicsAsync(Cancellation);
        using var visitor = new CanaryVisitor(installation.Server);
        await installation.ServeAsync(Cancellation, "web");
        var worker = await installation.ServeAsync(Cancellation, "worker");

        await SendEverythingAsync(visitor);
        await fixture.Broker.StopAsync();
        await visitor.PostAsync(CanaryVisitor.Inquiry("Canaryanna Peña Away", "canary.anna.away@fault.example", "Canarymessage while the broker is away"));
        await fixture.Broker.StartAsync();
        await VisitClinicAsync(visitor, () => sink.Arrived, installation);
        await worker.KillAsync();

        // Nobody takes it: it stays in the queue, to be looked into.
        await visitor.PostAsync(CanaryVisitor.Inquiry("Canaryanna Peña Queued", "canary.anna.queued@fault.example", "Canarymessage in the queue"));
        var queued = await ReadQueuesAsync();
        for (var tries = 0; queued.Count == 0 && tries < 50; tries++)
        {
            await Task.Delay(200, Cancellation);
            queued = await ReadQueuesAsync();
        }

        Assert.NotEmpty(queued);
        Assert.Empty(queued.SelectMany(m => CanarySearch.Find("a queue", m, CanarySearch.All)));
        await installation.ServeAsync(Cancellation, "worker");
        await FloodAsync(visitor);
        await Completion.UntilNothingIsLeftAsync(installation, s_drainLimit, output, Cancellation);

        Assert.NotEmpty(sink.Arrived.SelectMany(m => CanarySearch.Find("mails", m.Bytes, CanarySearch.Person)));
        Assert.Empty(Search(installation, visitor));
        Assert.Empty((await ReadQueuesAsync()).SelectMany(m => CanarySearch.Find("a queue", m, CanarySearch.All)));
        var states = await NumbersAsync(installation, "SELECT State, COUNT(*) FROM Mail WHERE State IN (3, 4) GROUP BY State");
        Assert.Equal([3L, 4L], states.Keys.Order());
    }

    [Fact]
    public async Task TheCanaryIsFound()
    {
        await using var installation = new Installation();
        await installation.ImportClinicsAsync(Cancellation);
        using var visitor = new CanaryVisitor(installation.Server);
        Assert.Empty(Search(installation, visitor));

        await LeakAsync("INSERT INTO Outbox (MessageId, Destination, Type, Body, State, NextAt, Attempts, CreatedAt) VALUES (x'00', 'bus', 'T', '{\"name\":\"Canaryanna\"}', 1, '2026', 0, '2026')");
        Assert.Contains("Canaryanna in Outbox", Search(installation, visitor), StringComparer.Ordinal);
        Assert.Contains(Search(installation, visitor), f => f.StartsWith("Canaryanna in inquiryrouter.db", StringComparison.Ordinal));
        visitor.Answers.Add(("a deliberate leak", "/status?name=" + Uri.EscapeDataString("canary.anna@fault.example")));
        Assert.Contains("canary.anna in a deliberate leak", Search(installation, visitor), StringComparer.Ordinal);
        await LeakAsync("CREATE TABLE Leak AS SELECT x'" + Convert.ToHexString(Encoding.Unicode.GetBytes("Dear CANARYPARENT")) + "' AS Bytes");
        Assert.Contains(Search(installation, visitor), f => f.StartsWith("Canaryparent in", StringComparison.Ordinal));
        Assert.NotEmpty(CanarySearch.Find("Base64", Convert.ToBase64String(Encoding.UTF8.GetBytes("x Canarymessage y")), CanarySearch.Person));

        // A log that tells: the program refuses a setting by its name and value.
        await installation.RunAsync(["serve", "--Mail:From=Canaryremark"], Cancellation);
        Assert.Contains(Search(installation, visitor), f => f.StartsWith("Canaryremark in the log", StringComparison.Ordinal));

        Task LeakAsync(string sql) => RunAsync(installation, sql);
    }

    // To a collector, and as JSON.
    private static Installation Watched(Installation installation, OtlpReceiver collector)
    {
        installation.Settings["Logging__Console__FormatterName"] = "json";
        installation.Settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url;
        installation.Settings["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        installation.Settings["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
        installation.Settings["OTEL_BSP_SCHEDULE_DELAY"] = "500";
        return installation;
    }

    // Everything it may say is said.
    private static Installation Loud(Installation installation)
    {
        installation.Settings["Logging__LogLevel__Default"] = "Trace";
        installation.Settings["Logging__LogLevel__InquiryRouter"] = "Trace";
        installation.Settings["Intake__PermitsPerMinute"] = "60";
        installation.Settings["Mail__CoordinatorAddress"] = "coordinators@operator.example";
        return installation;
    }

    private static async Task SendEverythingAsync(CanaryVisitor visitor)
    {
        string[] accepted =
        [
            CanaryVisitor.Inquiry("Canaryanna Peña", "canary.anna@fault.example", "Canarymessage: please help."),
            CanaryVisitor.Inquiry("Canaryanna Child", "canary.anna.child@fault.example", "Canarymessage of a parent", i =>
                i["inquirer"] = new JsonObject { ["relation"] = "parent", ["name"] = "Canaryparent", ["email"] = "canary.parent@fault.example" }),
            CanaryVisitor.Inquiry("Canaryanna Urgent", "canary.anna.urgent@fault.example", "Canarymessage: chest pain since today"),
            CanaryVisitor.Inquiry("Canaryspam www.canary.example", "canary.anna.spam@fault.example", "Canarymessage"),
            CanaryVisitor.Inquiry("Canaryanna Nobody", "nobody.canary@fault.example", "Canarymessage that bounces"),
            CanaryVisitor.Inquiry("Canaryanna Refused", "refused.canary@fault.example", "Canarymessage that is refused"),
        ];
        foreach (var (n, inquiry) in accepted.Index())
        {
            Assert.Equal(HttpStatusCode.Accepted, await visitor.PostAsync(inquiry, $"Canarykey-{n}"));
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await visitor.PostAsync(CanaryVisitor.Inquiry("Canarywrong", "canary.wrong@fault.example", "x"), "Canarykey-0"));
        Assert.Equal(HttpStatusCode.BadRequest, await visitor.PostAsync(CanaryVisitor.Inquiry("Canarywrong", "canary.wrong", "Canarymessage", i => i["condition"] = "Canarycondition")));
        Assert.Equal(HttpStatusCode.BadRequest, await visitor.PostAsync("{\"patient\":{\"name\":\"Canarymalformed\""));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await visitor.PostAsync(CanaryVisitor.Inquiry("Canaryoversized", "canary.anna@fault.example", string.Concat(Enumerable.Repeat("Canaryoversized ", 5000)))));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await visitor.PostAsync("Canarytext", contentType: "text/plain"));
        Assert.Equal(HttpStatusCode.BadRequest, await visitor.SendFormAsync("Canaryform", "canary.form", "Canarymessage by the form"));
        Assert.True((int)await visitor.SendFormAsync("Canaryform Person", "canary.form@fault.example", "Canarymessage by the form") is >= 200 and < 400);
        await visitor.GetAsync("/status?t=" + new string('x', 43));
        await visitor.GetAsync("/referral?t=" + new string('y', 43));
    }

    private async Task VisitClinicAsync(CanaryVisitor visitor, Func<IReadOnlyList<ArrivedMail>> arrived, Installation installation)
    {
        await Completion.UntilNothingIsLeftAsync(installation, s_drainLimit, output, Cancellation);
        var links = arrived().Where(m => m.Recipient.EndsWith("@clinics.example", StringComparison.Ordinal))
            .Select(m => Regex.Match(m.Text, @"https?://\S+/referral\?t=\S+", RegexOptions.None, TimeSpan.FromSeconds(1))).Where(m => m.Success).ToList();
        Assert.NotEmpty(links);

        // Whose patient cannot be reached by mail has no form any more, and may be the first that arrived.
        foreach (var link in links)
        {
            if (await visitor.DeclineAsync(new Uri(link.Value)))
            {
                return;
            }
        }

        Assert.Fail($"None of {links.Count} clinics' pages has a form to decline.");
    }

    private static async Task FloodAsync(CanaryVisitor visitor)
    {
        var refused = false;
        for (var n = 0; n < 200 && !refused; n++)
        {
            refused = await visitor.PostAsync("{\"Canaryflood") == HttpStatusCode.TooManyRequests;
        }

        Assert.True(refused, "No request was refused as one too many.");
        foreach (var path in new[] { "/health/live", "/health/ready", "/metrics" })
        {
            await visitor.GetAsync(path);
        }
    }

    private static List<string> Search(Installation installation, CanaryVisitor visitor) =>
    [
        // The program says at its start where the form of its example is.
        .. installation.Logs().Split('\n').Where(l => !l.Contains("Patients' form", StringComparison.Ordinal)).SelectMany(l => CanarySearch.Find("the log of a process", l, CanarySearch.All)),
        .. visitor.Answers.SelectMany(a => CanarySearch.Find(a.What, a.Text, [.. CanarySearch.All.Where(w => w != "lupus")])),
        .. CanarySearch.OfRows(installation.DatabaseFile, CanarySearch.All),
        .. CanarySearch.OfDatabase(installation.DatabaseFile, CanarySearch.Person),
    ];

    private async Task<IReadOnlyList<byte[]>> ReadQueuesAsync()
    {
        await using var connection = await new ConnectionFactory { Uri = fixture.Broker.Uri }.CreateConnectionAsync(Cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        var bodies = new List<byte[]>();
        foreach (var queue in (await fixture.Broker.QueuesAsync()).Where(q => q.MessagesReady > 0))
        {
            while (await channel.BasicGetAsync(queue.Name, autoAck: false, Cancellation) is { } message)
            {
                bodies.Add([.. message.Body.ToArray(), .. Encoding.UTF8.GetBytes(string.Join(' ', message.BasicProperties.Headers?.Select(h => $"{h.Key}={(h.Value is byte[] b ? Encoding.UTF8.GetString(b) : h.Value)}") ?? []))]);
            }
        }

        // Closing the channel gives them all back.
        return bodies;
    }

    private static async Task<IReadOnlyList<string>> FormReferencesAsync(Installation installation, CanaryVisitor visitor)
    {
        await using var connection = new SqliteConnection($"Data Source={installation.DatabaseFile};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT Reference FROM Inquiry";
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var references = new List<string>();
        while (await reader.ReadAsync(Cancellation))
        {
            references.Add(reader.GetString(0));
        }

        return [.. references.Except(visitor.Accepted, StringComparer.Ordinal)];
    }

    private static async Task<Dictionary<long, long>> NumbersAsync(Installation installation, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={installation.DatabaseFile};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var numbers = new Dictionary<long, long>();
        while (await reader.ReadAsync(Cancellation))
        {
            numbers[reader.GetInt64(0)] = reader.GetInt64(1);
        }

        return numbers;
    }

    private static async Task RunAsync(Installation installation, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={installation.DatabaseFile};Pooling=False");
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
