using System.Net.Sockets;
using InquiryRouter.Application.Network;
using InquiryRouter.Application.Referral;
using InquiryRouter.Application.Users;
using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Sqlite;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Settings;
using InquiryRouter.Web;
using InquiryRouter.Web.Intake;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace InquiryRouter.Hosting;

/// <summary><c>serve</c>: both roles, or one of them.</summary>
public static class Server
{
    /// <summary>How long those in the middle of something may take to finish it when the program is told to stop.</summary>
    public static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(20);

    /// <summary>Prepares the data, starts the host and runs it until it is told to stop.</summary>
    public static async Task RunAsync(AppSettings settings, string[] hostArguments, TextWriter output, TimeProvider clock, CancellationToken cancellation)
    {
        var isFile = settings.Database.Provider == DatabaseProvider.Sqlite;
        var alone = settings.Broker.Transport == BrokerTransport.InMemory;
        using var held = isFile ? SqliteFileLock.Take(settings.ConnectionString, alone) : null;
        Startup.PrepareSchema(settings);
        using var heldFile = isFile ? SqliteFileLock.TakeFile(settings.ConnectionString, alone) : null;
        var masterKeys = Composition.LoadMasterKeys(settings);
        if (settings.Privacy.MasterKeyFile is null)
        {
            OwnFile.Protect(settings.Data.MasterKeyFile);
        }

        await using var host = Build(settings, masterKeys, hostArguments, services => services.AddSingleton(clock));
        var seeded = await Startup.PrepareDataAsync(host.Services, settings);
        await StartAsync(host, settings, cancellation);
        await WarnAsync(host.Services, settings);
        var invents = await DemoWorld.IsWantedAsync(host.Services, settings);
        var isAttended = await host.Services.GetRequiredService<AttendanceCache>().LookAsync(cancellation);
        if (LogFormats.IsJson(host.Services.GetRequiredService<IConfiguration>()))
        {
            // Whoever reads the output takes each line for an event.
            Banner.Log(host.Services.GetRequiredService<ILogger<AppSettings>>(), settings, isAttended);
        }
        else
        {
            Banner.Write(output, settings, seeded, invents, await DemoLinkAsync(host.Services, settings), isAttended);
        }

        WarmUp(host.Services, settings);
        using var stopping = new CancellationTokenSource();
        var inventing = invents
            ? Task.Run(() => AddDemoInquiriesAsync(host.Services, settings, masterKeys, clock, stopping.Token), CancellationToken.None)
            : Task.CompletedTask;
        await host.WaitForShutdownAsync(cancellation);
        await stopping.CancelAsync();
        await inventing;
    }

    /// <summary>What works, and is no way to run it.</summary>
    private static async Task WarnAsync(IServiceProvider services, AppSettings settings)
    {
        var log = services.GetRequiredService<ILogger<AppSettings>>();
        if (settings.Roles.HasFlag(Roles.Web) && settings.ProxyProblem is { } problem)
        {
            log.LogWarning("{Problem}", problem);
        }

        foreach (var (subject, text) in Oversights.Of(settings))
        {
            log.LogWarning("Before patients come, {Subject}: {Text}", subject, text);
        }

        if (!settings.IsDevelopment && await services.GetRequiredService<Database>().ReadAsync(NetworkStore.IsEmptyAsync))
        {
            log.LogWarning("Before patients come, {Subject}: {Text}", "clinics", "there are none, and every inquiry is held. Run: InquiryRouter import clinics FILE");
        }
    }

    /// <summary>Beside the first visitors: the inbox fills while they look.</summary>
    internal static async Task AddDemoInquiriesAsync(
        IServiceProvider services, AppSettings settings, MasterKeyRing masterKeys, TimeProvider clock, CancellationToken stopping)
    {
        var log = services.GetRequiredService<ILogger<AppSettings>>();
        try
        {
            var count = await DemoWorld.AddNewestAsync(settings, masterKeys, clock.GetUtcNow(), stopping);
            await services.GetRequiredService<VerifyDemoNetwork>().RunAsync(stopping);
            await services.GetRequiredService<CountAnswers>().RunAsync(stopping);
            log.LogInformation("{Count} invented inquiries were added.", count);
        }
        catch (Exception exception) when (stopping.IsCancellationRequested || exception is not OperationCanceledException)
        {
            // A demonstration without inquiries is better than none; the next start tries again.
            if (!stopping.IsCancellationRequested)
            {
                log.LogWarning(exception, "The invented inquiries could not be added; the next start tries again.");
            }
        }
    }

    /// <summary>The host of these settings, not yet started; tests build the same one.</summary>
    public static ServerHost Build(AppSettings settings, MasterKeyRing masterKeys, string[] hostArguments, Action<IServiceCollection>? overrides = null)
    {
        // A worker beside others on one machine listens nowhere unless it is told to.
        var metrics = settings.Telemetry.MetricsUrl;
        if (!settings.Roles.HasFlag(Roles.Web) && !settings.UrlsAreSet && metrics is null)
        {
            var worker = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
            {
                Args = hostArguments, EnvironmentName = settings.Environment, DisableDefaults = true,
            });
            worker.Configuration.AddEnvironmentVariables().AddCommandLine(hostArguments);
            Configure(worker, settings, masterKeys, overrides);
            Watching.Add(worker, listens: false);
            return new ServerHost(worker.Build());
        }

        // Settings are read once: a watcher on the working directory would only cost.
        string[] arguments = [.. hostArguments, "--hostBuilder:reloadConfigOnChange=false"];
        var web = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = arguments, EnvironmentName = settings.Environment });
        Configure(web, settings, masterKeys, overrides);
        Watching.Add(web, listens: true);
        web.WebHost.UseKestrelHttpsConfiguration();
        if (settings.UrlsSetting == nameof(AppSettings.Urls))
        {
            var listens = settings.Roles.HasFlag(Roles.Web) || settings.UrlsAreSet ? settings.Urls.Split(';') : [];
            web.WebHost.UseUrls(metrics is null ? listens : [.. listens, metrics]);
        }
        else if (metrics is not null)
        {
            web.Configuration["Kestrel:Endpoints:Metrics:Url"] = metrics;
        }

        web.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = ApiEndpoint.BodyLimit;
        });
        var app = web.Build();
        Watching.Use(app, settings.Telemetry);
        app.MapHealth();
        if (settings.Roles.HasFlag(Roles.Web))
        {
            app.UseWebRole(settings.Intake);
        }

        return new ServerHost(app);
    }

    private static void Configure(IHostApplicationBuilder builder, AppSettings settings, MasterKeyRing masterKeys, Action<IServiceCollection>? overrides)
    {
        builder.Logging.ClearProviders();
        LogFormats.Add(builder.Logging);
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        foreach (var quiet in new[] { "Microsoft", "System", "Quartz" })
        {
            builder.Logging.AddFilter(quiet, LogLevel.Warning);
        }

        // Both report at length what the relay and the command line say in a line.
        builder.Logging.AddFilter("MassTransit", LogLevel.Critical);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);

        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Services.PostConfigure<LoggerFilterOptions>(LogFilters.KeepSecrets);
        overrides?.Invoke(builder.Services);
        builder.Services.AddFoundation(settings, masterKeys);
        builder.Services.AddRoles(settings);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestStop);
    }

    private static async Task StartAsync(ServerHost host, AppSettings settings, CancellationToken cancellation)
    {
        try
        {
            await host.StartAsync(cancellation);
        }
        catch (Exception exception) when (exception is SocketException or IOException { InnerException: AddressInUseException })
        {
            throw new CannotStartException($"Nothing can listen on '{settings.Urls}': {exception.Message} Choose another address with --{settings.UrlsSetting}, or stop what listens there.", exception);
        }
        catch (FormatException exception)
        {
            throw new CannotStartException($"A setting under Kestrel or Urls cannot be used: {exception.Message}", exception);
        }
        catch (InvalidOperationException exception) when (settings.Urls.Contains("https://", StringComparison.OrdinalIgnoreCase))
        {
            throw new CannotStartException(
                $"{settings.UrlsSetting} is '{settings.Urls}', and https cannot be offered: {exception.Message} Set Kestrel:Certificates:Default:Path and Kestrel:Certificates:Default:Password, or listen on http behind a proxy that has the certificate.",
                exception);
        }
    }

    // On localhost, since passkeys want a name.
    private static async Task<string?> DemoLinkAsync(IServiceProvider services, AppSettings settings)
    {
        if (!settings.IsDevelopment || !settings.Roles.HasFlag(Roles.Web))
        {
            return null;
        }

        var token = await services.GetRequiredService<DemoSignIn>().NewLinkAsync(CancellationToken.None);
        var listens = BindingAddress.Parse(settings.Urls.Split(';')[0]);
        return $"{listens.Scheme}://localhost:{listens.Port}/console/demo?t={token}";
    }

    // What the first patient would otherwise wait for: phone metadata, lists.
    private static void WarmUp(IServiceProvider services, AppSettings settings) => _ = Task.Run(() =>
    {
        services.GetRequiredService<IFieldRules>().TryPhone("+1 213 373 4253", null, out _);
        if (settings.Roles.HasFlag(Roles.Web))
        {
            services.GetRequiredService<InquiryValidator>();
            services.GetRequiredService<FormPage>();
        }
    });
}

/// <summary>A web application or a plain host: started, stopped and disposed the same way.</summary>
public sealed class ServerHost(IHost host) : IAsyncDisposable
{
    public IServiceProvider Services => host.Services;

    public Task StartAsync(CancellationToken cancellation) => host.StartAsync(cancellation);

    public Task StopAsync(CancellationToken cancellation) => host.StopAsync(cancellation);

    public Task WaitForShutdownAsync(CancellationToken cancellation) => host.WaitForShutdownAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
        else
        {
            host.Dispose();
        }
    }
}
