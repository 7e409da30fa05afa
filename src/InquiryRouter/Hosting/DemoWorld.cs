using InquiryRouter.Application;
using InquiryRouter.Application.Demo;
using InquiryRouter.Application.Network;
using InquiryRouter.Core.Demo;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Migrations;
using InquiryRouter.Infrastructure.Data.Sqlite;
using InquiryRouter.Infrastructure.Data.Sqlite.Lives;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace InquiryRouter.Hosting;

/// <summary>
/// A world of invented inquiries. They are played in a database of their own, with the keys, clinics and rules of the real one, and
/// brought over when they are what they are now: no mail of their past is ever sent, and nothing of it falls due.
/// </summary>
public sealed class DemoWorld : IAsyncDisposable
{
    private const int Seed = 1;

    // Played, for a filling: so many of a hundred, and no more than can be played in minutes.
    private const int OneOf = 100;
    private const int MostPlayed = 6_000;

    // Each is matched against all clinics, again and again.
    private const int LargeNetwork = 1_000;
    private const int MostPlayedInLarge = 1_000;
    private static readonly TimeSpan s_playedPast = TimeSpan.FromDays(182);

    private readonly AppSettings _settings;
    private readonly string _directory;
    private readonly ServiceProvider _services;

    private DemoWorld(AppSettings settings, MasterKeyRing masterKeys)
    {
        _settings = settings;
        _directory = Path.Combine(Path.GetFullPath(settings.Data.Directory), $"demo-{Guid.NewGuid():N}");
        OwnDirectory.Create(_directory);
        var clock = new DemoClock();
        var stage = settings with { Roles = Roles.Worker, Database = new DatabaseOptions { ConnectionString = $"Data Source={Played}" },
            Broker = new BrokerOptions() };
        _services = new ServiceCollection()
            .AddLogging()
            .AddPlayers(clock)
            .AddSingleton<Database>(provider => new SqliteDatabase(
                stage.ConnectionString, clock, provider.GetRequiredService<CommitSignals>(), NullLogger<SqliteDatabase>.Instance,
                    durable: false))
            .AddFoundation(stage, masterKeys)
            .AddRoles(stage)
            .AddPatients()
            .AddClinics()
            .BuildServiceProvider();
        new Migrator(DatabaseProvider.Sqlite, $"Data Source={Played}", TimeProvider.System).Apply();
        LifeFile.CopyWorld(Real, Played);
    }

    private string Played => Path.Combine(_directory, "played.db");

    private string Real => SqliteFileLock.FileOf(_settings.ConnectionString);

    /// <summary>Whether an installation is one that gets the newest invented inquiries: in Development, with the demo network and no
    /// inquiry yet.</summary>
    public static async Task<bool> IsWantedAsync(IServiceProvider services, AppSettings settings) =>
        settings is { IsDevelopment: true, Data.DemoInquiries: > 0, Database.Provider: DatabaseProvider.Sqlite,
            Broker.Transport: BrokerTransport.InMemory }
        && await services.GetRequiredService<Database>().ReadAsync(async session =>
            !await InquiryStore.AnyAsync(session) && (await ReferenceStore.HistoryAsync(session)).Any(f =>
                f is { ToVersion: null, Source: DemoRules.Source }));

    /// <summary>Plays the newest ones and brings them into a database that is in use.</summary>
    /// <returns>How many there are.</returns>
    public static async Task<int> AddNewestAsync(AppSettings settings, MasterKeyRing masterKeys, DateTimeOffset now,
        CancellationToken cancellation)
    {
        await using var world = new DemoWorld(settings, masterKeys);
        await world.PlayAsync(settings.Data.DemoInquiries, Seed, now, cancellation);
        LifeFile.CopyLives(world.Played, world.Real);
        return settings.Data.DemoInquiries;
    }

    /// <summary>Fills a database that nobody else has open.</summary>
    /// <param name="settings">Which database.</param>
    /// <param name="masterKeys">Its keys.</param>
    /// <param name="count">How many inquiries.</param>
    /// <param name="seed">The same seed makes the same inquiries of the same network.</param>
    /// <param name="now">Where their past ends.</param>
    /// <param name="progress">Is told how far it has come.</param>
    /// <param name="cancellation">Ends it in the middle.</param>
    public static async Task FillAsync(
        AppSettings settings, MasterKeyRing masterKeys, int count, int seed, DateTimeOffset now, IProgress<DemoProgress> progress,
            CancellationToken cancellation)
    {
        await using var world = new DemoWorld(settings, masterKeys);
        var most = await world.CountClinicsAsync(cancellation) > LargeNetwork ? MostPlayedInLarge : MostPlayed;
        var played = Math.Min(count, Math.Clamp(count / OneOf, DataOptions.DefaultDemoInquiries, most));
        progress.Report(new DemoProgress("played", 0, played));
        var lives = await world.PlayAsync(played, seed, now, cancellation);
        if (count > played)
        {
            await world._services.GetRequiredService<RetellLives>().RunAsync(
                world.Played, world.Real, lives, count - played, seed, now, progress, cancellation);
        }

        LifeFile.CopyLives(world.Played, world.Real);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<int> CountClinicsAsync(CancellationToken cancellation) =>
        (await _services.GetRequiredService<NetworkCache>().CurrentAsync(cancellation)).Clinics.Count;

    private async Task<DemoLives> PlayAsync(int count, int seed, DateTimeOffset now, CancellationToken cancellation)
    {
        var network = await _services.GetRequiredService<NetworkCache>().CurrentAsync(cancellation);
        var policy = await _services.GetRequiredService<PolicyCache>().CurrentAsync(cancellation);
        var lives = new DemoLives(seed, new MatchIndex(network, now), policy, now, s_playedPast);
        await _services.GetRequiredService<PlayLives>().RunAsync([.. Enumerable.Range(0, count).Select(lives.Of)], seed, now, cancellation);
        return lives;
    }
}
