using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Matching.Networks;

namespace InquiryRouter.Infrastructure.Data.Stores.Matching;

/// <summary>What an import came to.</summary>
/// <param name="Version">The version in force afterwards.</param>
/// <param name="Unchanged">Clinics that were already what the import says they are.</param>
public sealed record NetworkChange(long Version, int Added, int Changed, int Unchanged)
{
    /// <summary>Whether it made a version of its own.</summary>
    public bool MadeVersion => Added + Changed > 0;
}

/// <summary>One version of the network: an import that changed something.</summary>
/// <param name="Source">Where the file said its clinics come from.</param>
public sealed record NetworkVersion(long Version, DateTimeOffset ImportedAt, string Source);

/// <summary>A clinic, and since which version of the network it has been exactly so.</summary>
public sealed record ClinicSince(Clinic Clinic, long Version);

/// <summary>
/// The clinics at every version. A change ends rows at the version it makes and writes new ones, so what a decision was made from can be read for ever.
/// </summary>
public static class NetworkStore
{
    // SQL Server takes at most 2,100 parameters a statement.
    private const int ClinicsAtOnce = 100;

    /// <summary>The version in force; 0 before anything was imported.</summary>
    public static Task<long> VersionAsync(Session session) =>
        session.QuerySingleOrDefaultAsync<long>("SELECT COALESCE(MAX(Version), 0) FROM Network");

    /// <summary>True before any clinic was imported, whatever the version: reference data makes versions too.</summary>
    public static async Task<bool> IsEmptyAsync(Session session) =>
        await session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM Clinic") == 0;

    /// <summary>The versions there have been, newest first.</summary>
    public static async Task<IReadOnlyList<NetworkVersion>> HistoryAsync(Session session) =>
        [.. (await session.QueryAsync<VersionRow>("SELECT Version, ImportedAt, Source FROM Network ORDER BY Version DESC"))
            .Select(v => new NetworkVersion(v.Version, v.ImportedAt, v.Source))];

    /// <summary>One clinic.</summary>
    /// <param name="session">Asks.</param>
    /// <param name="code">Whose.</param>
    /// <param name="version">As it was at this version of the network; null: as it is.</param>
    /// <returns>Null: there is, or was, none.</returns>
    public static Task<ClinicSince?> FindAsync(Session session, string code, long? version = null) =>
        ClinicReading.FindAsync(session, code, version);

    /// <summary>The newest network.</summary>
    public static async Task<NetworkSnapshot> LoadAsync(Session session, MatchRules rules)
    {
        // What is in force at a version never changes again: an import between the questions makes another version.
        var version = await VersionAsync(session);
        return new NetworkSnapshot(version, await ClinicReading.AtAsync(session, version), rules);
    }

    /// <summary>
    /// The network as it was at a version, or null: there is no such version, or it is older than the keeping of versions. At version 0 there is no clinic.
    /// </summary>
    public static async Task<NetworkSnapshot?> LoadAsync(Session session, long version, MatchRules rules)
    {
        if (version < 0 || version > await VersionAsync(session))
        {
            return null;
        }

        // Without a clinic it is one that reference data made, or nobody knows any more.
        var clinics = await ClinicReading.AtAsync(session, version);
        return clinics.Count > 0 || version == 0 || await ReferenceStore.IsOnRecordAsync(session, version) ? new NetworkSnapshot(version, clinics, rules) : null;
    }

    /// <summary>
    /// Writes the clinics that are new or other than those with the same code, and makes a version of them; clinics that are not given stay as they are.
    /// With nothing to write, nothing is written.
    /// </summary>
    /// <param name="progress">Called with the clinics dealt with so far; from the beginning again when the unit of work is run again.</param>
    /// <exception cref="ConflictException">Another import made the version at the same moment: run the unit of work again.</exception>
    public static async Task<NetworkChange> ReplaceAsync(Tx tx, IReadOnlyList<Clinic> clinics, string source, Action<int>? progress = null)
    {
        var version = await VersionAsync(tx);
        var (toWrite, added) = (new List<Clinic>(), 0);
        foreach (var part in clinics.Chunk(ClinicsAtOnce))
        {
            var now = await ClinicReading.NowAsync(tx, [.. part.Select(c => c.Code)]);
            toWrite.AddRange(part.Select(c => now.TryGetValue(c.Code, out var known) ? ImportPreview.Kept(c, known) : c)
                .Where(c => !now.TryGetValue(c.Code, out var known) || !ClinicContent.Same(c, known)));
            added += part.Count(c => !now.ContainsKey(c.Code));
        }

        var unchanged = clinics.Count - toWrite.Count;
        if (unchanged > 0)
        {
            progress?.Invoke(unchanged);
        }

        if (toWrite.Count == 0)
        {
            return new NetworkChange(version, Added: 0, Changed: 0, unchanged);
        }

        // The first write: whoever else began from this version fails here, or waits here and then fails. From here on nothing is asked and compared.
        await AddVersionAsync(tx, version + 1, source);
        var done = unchanged;
        foreach (var part in toWrite.Chunk(ClinicsAtOnce))
        {
            await ClinicWriting.WriteAsync(tx, version + 1, part);
            done += part.Length;
            progress?.Invoke(done);
        }

        return new NetworkChange(version + 1, added, toWrite.Count - added, unchanged);
    }

    /// <summary>Sets or ends a clinic's own pause, as a version of the network: the decisions after it see it.</summary>
    /// <param name="until">The last day; null: it takes referrals again.</param>
    /// <param name="who">Stands with the version.</param>
    /// <returns>False when there is no such clinic, or nothing changed.</returns>
    /// <exception cref="ConflictException">Another change of the network came at the same moment: run the unit of work again.</exception>
    public static async Task<bool> PauseAsync(Tx tx, string clinicCode, DateOnly? until, Actor who)
    {
        if (!(await ClinicReading.NowAsync(tx, [clinicCode])).TryGetValue(clinicCode, out var clinic) || clinic.PausedUntil == until)
        {
            return false;
        }

        var version = await VersionAsync(tx) + 1;
        var by = who == Actor.Clinic(clinicCode) ? string.Empty : $", by {who.Name}";
        await AddVersionAsync(tx, version, (until is null ? $"{clinicCode} takes referrals again" : $"{clinicCode} pauses") + by);
        await ClinicWriting.WriteAsync(tx, version, [clinic with { PausedUntil = until }]);
        return true;
    }

    /// <summary>Notes that mail to the clinic fails for good, or that it arrives again, as a version of the network: the decisions after it see it.</summary>
    /// <param name="since">The moment it was found; null: it arrives.</param>
    /// <param name="by">Who found it, for the list of versions.</param>
    /// <returns>False when there is no such clinic, or nothing changed.</returns>
    /// <exception cref="ConflictException">Another change of the network came at the same moment: run the unit of work again.</exception>
    public static async Task<bool> SetMailFailsAsync(Tx tx, string clinicCode, DateTimeOffset? since, string by)
    {
        if (!(await ClinicReading.NowAsync(tx, [clinicCode])).TryGetValue(clinicCode, out var clinic) || clinic.MailFailsSince is null == since is null)
        {
            return false;
        }

        var version = await VersionAsync(tx) + 1;
        await AddVersionAsync(tx, version, since is null ? $"mail to {clinicCode} works again: {by}" : $"mail to {clinicCode} fails: {by}");
        await ClinicWriting.WriteAsync(tx, version, [clinic with { MailFailsSince = since }]);
        await WorkLedger.ClinicMailAsync(tx, clinicCode, since is not null && clinic.Active);
        return true;
    }

    private static async Task AddVersionAsync(Tx tx, long version, string source)
    {
        try
        {
            await tx.ExecuteAsync("INSERT INTO Network (Version, ImportedAt, Source) VALUES (@version, @Now, @source)", new { version, tx.Now, source });
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException($"Another import made version {version} of the network at the same moment.", exception);
        }
    }

    private sealed class VersionRow
    {
        public long Version { get; init; }

        public DateTimeOffset ImportedAt { get; init; }

        public string Source { get; init; } = string.Empty;
    }
}
