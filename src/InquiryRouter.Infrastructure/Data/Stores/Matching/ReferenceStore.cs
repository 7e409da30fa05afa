using System.Text;
using InquiryRouter.Infrastructure.ReferenceData;
using InquiryRouter.Infrastructure.ReferenceData.Checks;

namespace InquiryRouter.Infrastructure.Data.Stores.Matching;

/// <summary>
/// The reference files in force at each version of the network. A text is never changed: another one begins at a new version, where the one before
/// ends. What was never stored, on a database older than this table, is what is shipped.
/// </summary>
public static class ReferenceStore
{
    private const string Shipped = "shipped";
    private const string Imported = "imported";
    private const int SourceLength = 200;

    /// <summary>All files in force at a version, for making a decision again.</summary>
    public static async Task<ReferenceFiles> LoadAsync(Session session, long version)
    {
        var rows = (await session.QueryAsync<BodyRow>(
            "SELECT Name, Body FROM ReferenceFile WHERE FromVersion <= @version AND (ToVersion IS NULL OR ToVersion > @version)", new { version }))
            .ToDictionary(r => r.Name, r => r.Body, StringComparer.Ordinal);
        return new ReferenceFiles(ReferenceFiles.Names.Select(
            name => rows.TryGetValue(name, out var body) ? new ReferenceFile(name, Encoding.UTF8.GetBytes(body)) : ReferenceFiles.Shipped[name]));
    }

    /// <summary>Whether the rules of a version were kept with it.</summary>
    public static async Task<bool> IsOnRecordAsync(Session session, long version) =>
        await session.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM ReferenceFile WHERE FromVersion <= @version", new { version }) > 0;

    /// <summary>The hash of the set in force at a version, without reading the texts.</summary>
    public static async Task<string> HashAsync(Session session, long version)
    {
        var rows = (await session.QueryAsync<HashRow>(
            "SELECT Name, Hash FROM ReferenceFile WHERE FromVersion <= @version AND (ToVersion IS NULL OR ToVersion > @version)", new { version }))
            .ToDictionary(r => r.Name, r => r.Hash, StringComparer.Ordinal);
        return ReferenceFiles.HashOf(ReferenceFiles.Names.Select(name => rows.TryGetValue(name, out var hash) ? hash : ReferenceFiles.Shipped[name].Hash));
    }

    /// <summary>Every file that ever was in force, the newest first.</summary>
    public static async Task<IReadOnlyList<StoredReferenceFile>> HistoryAsync(Session session) =>
        [.. (await session.QueryAsync<FileRow>(
            "SELECT Name, FromVersion, ToVersion, Origin, Hash, Source, ImportedAt FROM ReferenceFile ORDER BY FromVersion DESC, Name")).Select(r => r.ToFile())];

    /// <summary>
    /// Puts the files of this program in force where they differ from those stored as shipped; those that an operator has imported stay.
    /// </summary>
    /// <param name="shipped">Null: those of this program.</param>
    public static async Task<ShippedOutcome> StoreShippedAsync(Tx tx, ReferenceFiles? shipped = null)
    {
        shipped ??= ReferenceFiles.Shipped;
        var version = await NetworkStore.VersionAsync(tx);
        var changed = Newer(shipped, await InForceAsync(tx));
        if (changed.Count == 0)
        {
            return new ShippedOutcome(version, []);
        }

        // Rare, and it must be about what is in force in this transaction: so it is checked here.
        var problems = ReferenceCheck.Problems(With(await LoadAsync(tx, version), changed));
        return problems.Count > 0
            ? new ShippedOutcome(version, problems)
            : new ShippedOutcome(await AddAsync(tx, version, changed, file: null, string.Empty), []);
    }

    /// <summary>Puts a file in force, unless it or another file has a problem with it then.</summary>
    /// <param name="source">Where it comes from, for people.</param>
    /// <param name="shipped">Null: those of this program.</param>
    public static async Task<ReferenceImportOutcome> ImportAsync(Tx tx, ReferenceFile file, string source, ReferenceFiles? shipped = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        shipped ??= ReferenceFiles.Shipped;
        var version = await NetworkStore.VersionAsync(tx);
        var inForce = await InForceAsync(tx);
        if (inForce.TryGetValue(file.Name, out var current) && current.Hash == file.Hash && current.IsShipped == (shipped[file.Name].Hash == file.Hash))
        {
            return new ReferenceImportOutcome.Unchanged(version);
        }

        // Shipped files may wait for just this one: an imported file they did not agree with.
        var files = (await LoadAsync(tx, version)).With(file);
        var waiting = Newer(shipped, inForce).Where(f => f.Name != file.Name).ToList();
        if (waiting.Count > 0 && ReferenceCheck.Problems(With(files, waiting)).Count > 0)
        {
            waiting.Clear();
        }

        var problems = waiting.Count > 0 ? [] : ReferenceCheck.Problems(files);
        return problems.Count > 0
            ? new ReferenceImportOutcome.Refused(problems)
            : new ReferenceImportOutcome.Stored(await AddAsync(tx, version, waiting, file, source, shipped[file.Name].Hash == file.Hash ? Shipped : Imported));
    }

    /// <summary>What is shipped and not yet in force, without what an operator has imported.</summary>
    private static List<ReferenceFile> Newer(ReferenceFiles shipped, Dictionary<string, StoredReferenceFile> inForce) =>
        [.. ReferenceFiles.Names.Where(n => !inForce.TryGetValue(n, out var file) || (file.IsShipped && file.Hash != shipped[n].Hash)).Select(n => shipped[n])];

    private static ReferenceFiles With(ReferenceFiles files, List<ReferenceFile> others) => others.Aggregate(files, (all, other) => all.With(other));

    private static async Task<Dictionary<string, StoredReferenceFile>> InForceAsync(Session session) =>
        (await session.QueryAsync<FileRow>(
            "SELECT Name, FromVersion, ToVersion, Origin, Hash, Source, ImportedAt FROM ReferenceFile WHERE ToVersion IS NULL"))
        .ToDictionary(r => r.Name, r => r.ToFile(), StringComparer.Ordinal);

    /// <param name="file">Imported beside what is shipped; null: nothing.</param>
    /// <param name="origin">Of the imported file. Who imports what is shipped has done with an own one: the next program may replace it again.</param>
    private static async Task<long> AddAsync(
        Tx tx, long before, IReadOnlyList<ReferenceFile> shipped, ReferenceFile? file, string source, string origin = Imported)
    {
        var version = before + 1;
        var program = $"InquiryRouter {typeof(ReferenceStore).Assembly.GetName().Version?.ToString(3)}";
        source = source.Length == 0 ? program : source[..Math.Min(source.Length, SourceLength)];

        // Two that change the network at once want the same version: its key lets one of them in.
        try
        {
            await tx.ExecuteAsync("INSERT INTO Network (Version, ImportedAt, Source) VALUES (@version, @Now, @source)", new { version, tx.Now, source });
        }
        catch (Exception exception) when (tx.Dialect.IsDuplicateKey(exception))
        {
            throw new ConflictException($"Version {version} of the network was made at the same moment.", exception);
        }

        foreach (var one in shipped)
        {
            await AddAsync(tx, version, one, Shipped, program);
        }

        if (file is not null)
        {
            await AddAsync(tx, version, file, origin, source);
        }

        return version;
    }

    private static async Task AddAsync(Tx tx, long version, ReferenceFile file, string origin, string source)
    {
        await tx.ExecuteAsync("UPDATE ReferenceFile SET ToVersion = @version WHERE Name = @Name AND ToVersion IS NULL", new { version, file.Name });
        await tx.ExecuteAsync(
            """
            INSERT INTO ReferenceFile (Name, FromVersion, ToVersion, Origin, Hash, Source, ImportedAt, Body)
            VALUES (@Name, @version, NULL, @origin, @Hash, @source, @Now, @body)
            """,
            new { file.Name, version, origin, file.Hash, source, tx.Now, body = Encoding.UTF8.GetString(file.Body) });
    }

    private sealed class BodyRow
    {
        public string Name { get; init; } = string.Empty;

        public string Body { get; init; } = string.Empty;
    }

    private sealed class HashRow
    {
        public string Name { get; init; } = string.Empty;

        public string Hash { get; init; } = string.Empty;
    }

    private sealed class FileRow
    {
        public string Name { get; init; } = string.Empty;

        public long FromVersion { get; init; }

        public long? ToVersion { get; init; }

        public string Origin { get; init; } = string.Empty;

        public string Hash { get; init; } = string.Empty;

        public string Source { get; init; } = string.Empty;

        public DateTimeOffset ImportedAt { get; init; }

        public StoredReferenceFile ToFile() => new()
        {
            Name = Name, FromVersion = FromVersion, ToVersion = ToVersion, IsShipped = Origin == Shipped, Hash = Hash, Source = Source, ImportedAt = ImportedAt,
        };
    }
}
