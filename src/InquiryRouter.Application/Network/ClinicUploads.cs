using System.Globalization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Matching.Networks;
using InquiryRouter.Infrastructure.ReferenceData.Import;

namespace InquiryRouter.Application.Network;

/// <summary>What the import of an uploaded file would do.</summary>
/// <param name="Id">Of the upload.</param>
/// <param name="Name">Of the file.</param>
/// <param name="Version">Of the network it was compared with: what a confirmation is about.</param>
/// <param name="Read">The file's clinics, or what is wrong with it, line by line.</param>
/// <param name="Clinics">What would become of each, in the order of the file; empty when something is wrong.</param>
public sealed record ClinicImportPreview(
    Guid Id, string Name, long Version, ImportResult Read, IReadOnlyList<PreviewedClinic> Clinics)
{
    public IReadOnlyList<PreviewedClinic> Added { get; } = [.. Clinics.Where(c => c.Was is null)];

    public IReadOnlyList<PreviewedClinic> Changed { get; } = [.. Clinics.Where(c => c.Was is not null && !c.IsUnchanged)];

    public int Unchanged => Clinics.Count - Added.Count - Changed.Count;
}

/// <summary>What became of a confirmed import.</summary>
public abstract record ClinicUploadOutcome
{
    private ClinicUploadOutcome()
    {
    }

    public sealed record Imported(ClinicImportOutcome Outcome) : ClinicUploadOutcome;

    /// <summary>It was imported, is older than a day, or is somebody else's.</summary>
    public sealed record Gone : ClinicUploadOutcome
    {
        public static readonly Gone It = new();
    }

    /// <summary>The network is another one than the preview was made with; nothing was changed. Here is the preview as it is now.</summary>
    public sealed record Stale(ClinicImportPreview Preview) : ClinicUploadOutcome;

    /// <summary>The file has problems; nothing was changed.</summary>
    public sealed record Invalid(ClinicImportPreview Preview) : ClinicUploadOutcome;
}

/// <summary>
/// A file of clinics that somebody uploads: kept for a day, shown as what its import would add, change and refuse, and imported when it is confirmed.
/// What is valid and what an import does are those of <see cref="ImportClinics"/>.
/// </summary>
public sealed class ClinicUploads(Work work, NetworkCache networks, IFieldRules fieldRules, ImportClinics import)
{
    private const int LongestName = 100;

    /// <returns>What its page is found by; null: the name ends in neither .csv nor .json.</returns>
    public async Task<Guid?> AddAsync(string fileName, byte[] body, UserId by, CancellationToken cancellation)
    {
        var name = Typed.Line(Path.GetFileName(fileName)) ?? string.Empty;
        name = name.Length <= LongestName ? name : name[^LongestName..];
        if (FormatOf(name) is null)
        {
            return null;
        }

        var upload = new ClinicUpload(Guid.CreateVersion7(), by, name, ClinicUploadStore.Pack(body));
        return await work.WriteAsync(
            async tx =>
            {
                await ClinicUploadStore.AddAsync(tx, upload);
                return upload.Id;
            },
            cancellation);
    }

    /// <returns>Null: it was imported, is older than a day, or is somebody else's.</returns>
    public async Task<ClinicImportPreview?> PreviewAsync(Guid id, UserId by, CancellationToken cancellation)
    {
        if (await work.ReadAsync(session => ClinicUploadStore.FindAsync(session, id, by), cancellation) is not { } upload
            || FormatOf(upload.Name) is not { } format)
        {
            return null;
        }

        var network = await networks.CurrentAsync(cancellation);
        await using var body = ClinicUploadStore.Unpack(upload.Body);
        var read = ClinicImport.Read(body, format, network.Rules, fieldRules);
        return new ClinicImportPreview(id, upload.Name, network.Version, read, ImportPreview.Of(network, read));
    }

    /// <param name="id">The upload.</param>
    /// <param name="seen">The version of the network that its preview was made with.</param>
    /// <param name="by">Who uploaded it.</param>
    /// <param name="who">The same, as the access log says it.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<ClinicUploadOutcome> ConfirmAsync(Guid id, long seen, UserId by, Actor who, CancellationToken cancellation)
    {
        if (await PreviewAsync(id, by, cancellation) is not { } preview)
        {
            return ClinicUploadOutcome.Gone.It;
        }

        if (preview.Read.Problems.Count > 0)
        {
            return new ClinicUploadOutcome.Invalid(preview);
        }

        var outcome = await import.RunAsync(preview.Read, who, _ => { }, cancellation, seen);
        if (outcome is ClinicImportOutcome.NetworkMoved)
        {
            return await PreviewAsync(id, by, cancellation) is { } again ? new ClinicUploadOutcome.Stale(again) : ClinicUploadOutcome.Gone.It;
        }

        if (outcome is ClinicImportOutcome.Stored)
        {
            await work.WriteAsync(tx => ClinicUploadStore.RemoveAsync(tx, id), cancellation);
        }

        return new ClinicUploadOutcome.Imported(outcome);
    }

    private static ImportFormat? FormatOf(string name) => Path.GetExtension(name).ToLower(CultureInfo.InvariantCulture) switch
    {
        ".csv" => ImportFormat.Csv,
        ".json" => ImportFormat.Json,
        _ => null,
    };
}
