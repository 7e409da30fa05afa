using InquiryRouter.Application.Network;
using InquiryRouter.Application.Operations;
using InquiryRouter.Application.Privacy;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Messaging;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Infrastructure.ReferenceData;
using InquiryRouter.Infrastructure.ReferenceData.Import;
using InquiryRouter.Settings;

namespace InquiryRouter.Hosting;

/// <summary>What happens to the database between the settings and the first request.</summary>
internal static class Startup
{
    /// <summary>Migrates SQLite by itself; on SQL Server refuses an old schema and says how to migrate it.</summary>
    public static void PrepareSchema(AppSettings settings)
    {
        var migrator = Composition.CreateMigrator(settings);
        if (settings.Database.Provider == DatabaseProvider.Sqlite)
        {
            migrator.Apply();
            return;
        }

        var status = migrator.Status();
        if (!status.IsCurrent)
        {
            throw new CannotStartException(status.Problem
                ?? $"The database schema is not up to date: {string.Join(", ", status.Pending)} must be applied. Run: InquiryRouter migrate (with the same settings).");
        }
    }

    /// <summary>Checks the mails, loads the keys, frees what a killed predecessor had claimed, and in Development gives an empty database its demo network.</summary>
    /// <returns>True when the demo network was loaded now.</returns>
    public static async Task<bool> PrepareDataAsync(IServiceProvider services, AppSettings settings)
    {
        // A template that cannot be filled must stop the start, not a mail; compiling them takes as long as all the rest.
        var mails = Task.Run(services.GetRequiredService<MailSamples>().Check);
        var seeded = await PrepareDatabaseAsync(services, settings);
        await mails;
        return seeded;
    }

    private static async Task<bool> PrepareDatabaseAsync(IServiceProvider services, AppSettings settings)
    {
        // A wrong master key is noticed here.
        services.GetRequiredService<KeyedHash>();

        // The directory lock says that nobody else is there.
        var isAlone = settings is { Broker.Transport: BrokerTransport.InMemory, Database.Provider: DatabaseProvider.Sqlite };
        var shipped = await services.GetRequiredService<PrepareStart>().RunAsync(isAlone, CancellationToken.None);
        if (shipped.Problems.Count > 0)
        {
            services.GetRequiredService<ILogger<ReferenceFiles>>().LogError(
                "The reference files of this program do not agree with those that were imported; the ones before stay in force. Mend the imported one with 'export reference' and 'import reference'. First of {Count} problems: {Problem}",
                shipped.Problems.Count, shipped.Problems[0]);
        }

        // An erasure that a killed predecessor had committed is finished before anything else.
        await services.GetRequiredService<ErasureRemains>().FinishAllAsync(CancellationToken.None);
        return settings.IsDevelopment && await LoadDemoNetworkAsync(services);
    }

    private static async Task<bool> LoadDemoNetworkAsync(IServiceProvider services)
    {
        if (!await services.GetRequiredService<Database>().ReadAsync(NetworkStore.IsEmptyAsync))
        {
            return false;
        }

        using var stream = ReferenceDataFiles.OpenDemoNetwork();
        var read = ClinicImport.Read(stream, ImportFormat.Json, services.GetRequiredService<MatchRules>(), services.GetRequiredService<IFieldRules>());
        return read.Problems.Count == 0
            ? await services.GetRequiredService<LoadDemoNetwork>().RunAsync(read, CancellationToken.None)
            : throw new InvalidOperationException($"The shipped demo network has a problem in line {read.Problems[0].Line}: {read.Problems[0].Column}.");
    }
}
