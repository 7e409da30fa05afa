using System.Net;
using InquiryRouter.Hosting;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.ReferenceData;
using InquiryRouter.Settings;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace InquiryRouter.TestSupport;

/// <summary>
/// The program itself on a free port, with a data directory of its own: the host of <see cref="Server.Build"/>, and the steps that
/// <see cref="Server.RunAsync"/> takes before it. Its clock stands still unless a test moves it or waits.
/// </summary>
internal sealed partial class InquiryApp : IAsyncDisposable
{
    private readonly ServerHost _host;
    private readonly AppDatabase _stored;
    private readonly bool _ownsDirectory;
    private bool _ended;

    private InquiryApp(
        ServerHost host, AppDatabase stored, AppSettings settings, FakeTimeProvider clock, CollectedLogs logs, bool ownsDirectory)
    {
        _host = host;
        _stored = stored;
        _ownsDirectory = ownsDirectory;
        Settings = settings;
        Clock = clock;
        Logs = logs;
        Http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(settings.Urls) };
    }

    public AppSettings Settings { get; }

    public FakeTimeProvider Clock { get; }

    public CollectedLogs Logs { get; }

    /// <summary>A client that keeps no cookies and follows no redirect.</summary>
    public HttpClient Http { get; }

    public IServiceProvider Services => _host.Services;

    public Database Database => Services.GetRequiredService<Database>();

    public DateTimeOffset Now => Clock.GetUtcNow();

    public static async Task<InquiryApp> StartAsync(AppSetup? setup = null)
    {
        setup ??= new AppSetup();
        var directory = setup.Directory ?? Directory.CreateTempSubdirectory("inquiryrouter-app-").FullName;
        for (var attempt = 1; ; attempt++)
        {
            var app = Build(setup, directory);
            try
            {
                await app.PrepareAsync(setup.Clinics);
                await app._host.StartAsync(CancellationToken.None);
                return app;
            }
            catch (IOException exception) when (exception.InnerException is AddressInUseException && attempt < 5)
            {
                // Somebody was quicker to take the port.
                await app._host.DisposeAsync();
            }
        }
    }

    /// <summary>A browser of its own: keeps cookies, follows redirects.</summary>
    public HttpClient NewBrowser() => new(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(Settings.PublicUrl.AbsoluteUri) };

    /// <summary>
    /// Ends it as a crash would, as far as a part of a process can: nothing is stopped in order. Not with a broker: its connections would go on
    /// taking messages, which those of a dead process do not. The clock runs: handlers may be waiting on it.
    /// </summary>
    public async Task KillAsync()
    {
        _ended = true;
        await Clock.RunningAsync(_host.DisposeAsync().AsTask());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_ended)
        {
            _ended = true;
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await Clock.RunningAsync(_host.StopAsync(limit.Token));
            await Clock.RunningAsync(_host.DisposeAsync().AsTask());
        }

        if (_ownsDirectory)
        {
            _stored.Drop();
            Directory.Delete(Settings.Data.Directory, recursive: true);
        }
    }

    private static InquiryApp Build(AppSetup setup, string directory)
    {
        var stored = AppDatabase.Of(directory, setup.OnSqlite);
        stored.Prepare();
        var url = $"http://127.0.0.1:{FreePort.Pick(1)[0]}";
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Urls"] = url,
            ["Data:Directory"] = directory,
            ["Mail:PublicUrl"] = url,
            ["Mail:CoordinatorAddress"] = "coordinators@operator.example",
            ["Intake:PermitsPerMinute"] = "0",
        };
        foreach (var (name, value) in stored.Settings.Concat(setup.Settings))
        {
            values[name] = value;
        }

        var settings = SettingsLoader.Load(
            new ConfigurationBuilder().AddInMemoryCollection(values).Build(), setup.Environment, setup.Roles);
        Composition.CreateMigrator(settings).Apply();
        var clock = setup.Clock ?? Clocks.New();
        var logs = new CollectedLogs();
        var host = Server.Build(settings, Composition.LoadMasterKeys(settings), setup.HostArguments, services =>
        {
            setup.Services?.Invoke(services);
            services.AddSingleton<TimeProvider>(clock);
            services.AddLogging(logging => logging.ClearProviders().AddProvider(logs).AddFilter<CollectedLogs>("InquiryRouter", LogLevel.Trace));
        });
        return new InquiryApp(host, stored, settings, clock, logs, ownsDirectory: setup.Directory is null);
    }

    private async Task PrepareAsync(IReadOnlyList<Core.Matching.Clinic> clinics)
    {
        if (clinics.Count > 0 && await Database.ReadAsync(NetworkStore.VersionAsync) == 0)
        {
            await Database.WriteAsync(async tx =>
            {
                // Under rules that somebody has reviewed: under the shipped ones every inquiry waits for a coordinator.
                await ReferenceStore.ImportAsync(tx, ReferenceDataFiles.DemoCountryRules(), "test");
                await NetworkStore.ReplaceAsync(tx, clinics, "test");
            });
        }
    }
}
