using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.IntegrationTests.Smtp;
using InquiryRouter.Settings;
using InquiryRouter.Worker;
using Microsoft.Extensions.Time.Testing;
using RabbitMQ.Client;
using Xunit;

namespace InquiryRouter.IntegrationTests.Broker;

/// <summary>Processes of one role each, on one SQLite file and one broker that has never been used before.</summary>
public abstract class BrokerTests(BrokerFixture fixture) : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("inquiryrouter-broker-app-").FullName;
    private readonly FakeTimeProvider _clock = Clocks.New();
    private readonly List<InquiryApp> _apps = [];
    private ScriptedSmtpServer? _smtp;

    internal TestBroker Broker => fixture.Broker;

    internal FakeTimeProvider Clock => _clock;

    internal ScriptedSmtpServer Smtp => _smtp ??= new ScriptedSmtpServer(_clock);

    public virtual async ValueTask InitializeAsync()
    {
        var queues = await Broker.QueuesAsync();
        await using var connection = await new ConnectionFactory { Uri = Broker.Uri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var queue in queues)
        {
            await channel.QueueDeleteAsync(queue.Name);
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var app in Enumerable.Reverse(_apps))
        {
            await app.DisposeAsync();
        }

        if (_smtp is not null)
        {
            await _smtp.DisposeAsync();
        }

        AppDatabase.Of(_directory).Drop();
        Directory.Delete(_directory, recursive: true);
    }

    internal async Task<InquiryApp> StartAsync(Roles roles, Func<AppSetup, AppSetup>? change = null)
    {
        // The first process is where patients and clinics are.
        var web = _apps.Find(a => a.Settings.Roles.HasFlag(Roles.Web));
        var setup = (new AppSetup { Roles = roles, Directory = _directory, Clock = _clock })
            .With("Broker:Transport", nameof(BrokerTransport.RabbitMq)).With("Broker:Uri", Broker.Uri.AbsoluteUri);
        if (web is not null)
        {
            setup = setup.With("Mail:PublicUrl", web.Settings.PublicUrl.AbsoluteUri);
        }

        var app = await InquiryApp.StartAsync(change is null ? setup : change(setup));
        _apps.Add(app);
        return app;
    }

    /// <summary>Ends a process in order; its queues stay.</summary>
    internal async Task StopAsync(InquiryApp app)
    {
        _apps.Remove(app);
        await app.DisposeAsync();
    }

    /// <summary>Waits until a worker has met the broker: it has started before.</summary>
    internal async Task<IReadOnlyList<QueueInfo>> QueuesExistAsync()
    {
        IReadOnlyList<QueueInfo> queues = [];
        var expected = Pipeline.Stages.Select(s => s.Queue).Distinct(StringComparer.Ordinal).Count() + 1;
        await Clock.UntilAsync(async () => (queues = await Broker.QueuesAsync()).Count >= expected, () => $"{expected} queues are there, not {queues.Count}");
        return queues;
    }

    internal async Task<QueueInfo?> QueueAsync(string name) => (await Broker.QueuesAsync()).SingleOrDefault(q => q.Name == name);
}
