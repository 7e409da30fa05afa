using InquiryRouter.Application.Privacy;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
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
        var database = services.GetRequiredService<Database>();
        services.GetRequiredService<KeyedHash>();
        await services.GetRequiredService<PolicyCache>().StoreShippedAsync(CancellationToken.None);

        if (settings is { Broker.Transport: BrokerTransport.InMemory, Database.Provider: DatabaseProvider.Sqlite })
        {
            // The directory lock says that nobody else is there: what is claimed was claimed by the dead.
            await database.WriteAsync(async tx =>
            {
                await OutboxStore.EndLeasesAsync(tx);
                await MailStore.EndLeasesAsync(tx);
            });
        }

        // An erasure that a killed predecessor had committed is finished before anything else.
        await services.GetRequiredService<ErasureRemains>().FinishAllAsync(CancellationToken.None);
        await StoreReferenceAsync(services, database);
        return settings.IsDevelopment && await LoadDemoNetworkAsync(services, database);
    }

    /// <summary>Puts the reference files of this program on record, so that every decision can be made again with the rules it was made with.</summary>
    private static async Task StoreReferenceAsync(IServiceProvider services, Database database)
    {
        ShippedOutcome outcome;
        try
        {
            outcome = await database.WriteAsync(tx => ReferenceStore.StoreShippedAsync(tx));
        }
        catch (ConflictException)
        {
            // Another process changed the network at the same moment; most likely it stored the same.
            outcome = await database.WriteAsync(tx => ReferenceStore.StoreShippedAsync(tx));
        }

        if (outcome.Problems.Count > 0)
        {
            services.GetRequiredService<ILogger<ReferenceFiles>>().LogError(
                "The reference files of this program do not agree with those that were imported; the ones before stay in force. Mend the imported one with 'export reference' and 'import reference'. First of {Count} problems: {Problem}",
                outcome.Problems.Count, outcome.Problems[0]);
        }
    }

    private static async Task<bool> LoadDemoNetworkAsync(IServiceProvider services, Database database)
    {
        if (!await database.ReadAsync(NetworkStore.IsEmptyAsync))
        {
            return false;
        }

        using var stream = ReferenceDataFiles.OpenDemoNetwork();
        var read = ClinicImport.Read(stream, ImportFormat.Json, services.GetRequiredService<MatchRules>(), services.GetRequiredService<IFieldRules>());
        if (read.Problems.Count > 0)
        {
            throw new InvalidOperationException($"The shipped demo network has a problem in line {read.Problems[0].Line}: {read.Problems[0].Column}.");
        }

        try
        {
            await database.WriteAsync(async tx =>
            {
                if (await NetworkStore.IsEmptyAsync(tx))
                {
                    await NetworkStore.ReplaceAsync(tx, read.Clinics, read.Source);
                }
            });
            return true;
        }
        catch (ConflictException)
        {
            // Another process of the same first start was faster.
            return false;
        }
    }
}
