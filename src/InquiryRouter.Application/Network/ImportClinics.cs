using System.Globalization;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.ReferenceData.Import;

namespace InquiryRouter.Application.Network;

/// <summary>What an import of clinics came to.</summary>
public abstract record ClinicImportOutcome
{
    private ClinicImportOutcome()
    {
    }

    /// <summary>They are in the network.</summary>
    public sealed record Stored(NetworkChange Change) : ClinicImportOutcome;

    /// <summary>Nothing is changed: these are no clinics of the demo, and the country rules in force are the demo's.</summary>
    /// <param name="Codes">The clinics.</param>
    public sealed record UnderDemoRules(IReadOnlyList<string> Codes) : ClinicImportOutcome;

    /// <summary>Nothing is changed: the network is another one than what was looked at.</summary>
    public sealed record NetworkMoved : ClinicImportOutcome
    {
        public static readonly NetworkMoved It = new();
    }
}

/// <summary>
/// Adds clinics, or replaces those with the same code, as a new version of the network; what has not changed makes none. All or nothing.
/// </summary>
public sealed class ImportClinics(Work work, ReckonWork reckon)
{
    /// <param name="read">A file without a problem.</param>
    /// <param name="who">Stands in the access log.</param>
    /// <param name="progress">Told how many clinics are stored.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <param name="seen">Only while this version of the network is in force; null: whichever is.</param>
    public async Task<ClinicImportOutcome> RunAsync(
        ImportResult read, Actor who, Action<int> progress, CancellationToken cancellation,
        long? seen = null)
    {
        var outcome = await work.WriteAsync<ClinicImportOutcome>(
            async tx =>
            {
                if (seen is { } looked && await NetworkStore.VersionAsync(tx) != looked)
                {
                    return ClinicImportOutcome.NetworkMoved.It;
                }

                if (await DemoRules.RealClinicsAsync(tx, read.Clinics) is { Count: > 0 } real)
                {
                    return new ClinicImportOutcome.UnderDemoRules(real);
                }

                // The rules of the new version must be on record as well.
                await ReferenceStore.StoreShippedAsync(tx);
                var change = await NetworkStore.ReplaceAsync(tx, read.Clinics, read.Source, progress);
                if (change.MadeVersion)
                {
                    var clinics = (change.Added + change.Changed).ToString(CultureInfo.InvariantCulture);
                    await new RecordSystem(SystemEvent.ClinicsChanged("imported", clinics), who).ApplyAsync(tx, new Applied());
                }

                return new ClinicImportOutcome.Stored(change);
            },
            cancellation,
            Infrastructure.Data.Priority.Background);
        if (outcome is ClinicImportOutcome.Stored)
        {
            // What a clinic was to be asked for may be there now, and other things may be missing.
            await reckon.MendClinicsAsync(cancellation);
        }

        return outcome;
    }
}
