using System.Text.Json;

namespace InquiryRouter.Infrastructure.Data.Sqlite;

/// <summary>What a backup says of itself.</summary>
public sealed record BackupManifest
{
    /// <summary>The moment it shows.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Of the program that made it.</summary>
    public required string Version { get; init; }

    public required long Inquiries { get; init; }

    /// <summary>Of the database file.</summary>
    public required long Length { get; init; }

    /// <summary>Of the database file, in lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Ids of the master keys that open it.</summary>
    public required IReadOnlyList<string> MasterKeys { get; init; }
}

/// <summary>A directory with one backup: the database and what it says of itself.</summary>
public static class BackupDirectory
{
    private const string ManifestFile = "backup.json";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The copy of the database in it.</summary>
    public static string DatabaseOf(string directory) => Path.Combine(directory, "inquiryrouter.db");

    /// <summary>The copy of the facilitator's logo and texts in it; a backup need not have one.</summary>
    public static string BrandOf(string directory) => Path.Combine(directory, "brand");

    /// <summary>Copies the facilitator's logo and texts; what is there already stays as it is.</summary>
    /// <returns>How many files.</returns>
    /// <exception cref="IOException">One cannot be copied.</exception>
    public static int CopyBrand(string from, string to)
    {
        if (!Directory.Exists(from))
        {
            return 0;
        }

        var copied = 0;
        OwnDirectory.Create(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            var copy = Path.Combine(to, Path.GetFileName(file));
            if (!File.Exists(copy))
            {
                File.Copy(file, copy);
                copied++;
            }
        }

        return copied;
    }

    /// <summary>Where the master keys of a backup are when nobody says otherwise: beside it, never in it.</summary>
    public static string KeysOf(string directory) => Path.TrimEndingDirectorySeparator(directory) + ".keys";

    /// <summary>Writes the manifest, last of all: without it a directory is no backup.</summary>
    public static void Finish(string directory, BackupManifest manifest)
    {
        using var stream = OwnFile.Open(Path.Combine(directory, ManifestFile), FileMode.CreateNew);
        JsonSerializer.Serialize(stream, manifest, s_json);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>The manifest of a backup whose file is as it was written.</summary>
    /// <exception cref="CannotStartException">It is no whole backup; says what is wrong.</exception>
    public static BackupManifest Verify(string directory)
    {
        var manifest = Read(directory);
        var file = DatabaseOf(directory);
        if (!File.Exists(file))
        {
            throw new CannotStartException($"'{directory}' has a {ManifestFile}, but no {Path.GetFileName(file)}. Take another backup.");
        }

        var length = new FileInfo(file).Length;
        return length != manifest.Length || SqliteBackup.HashOf(file) != manifest.Sha256
            ? throw new CannotStartException(
                $"'{file}' is not what was backed up: it has {length} bytes and another checksum; {manifest.Length} bytes were written. "
                + "Nothing was restored. Take another backup.")
            : manifest;
    }

    private static BackupManifest Read(string directory)
    {
        var file = Path.Combine(directory, ManifestFile);
        if (!File.Exists(file))
        {
            throw new CannotStartException(
                $"'{directory}' is no backup: it has no {ManifestFile}. Name the directory that 'InquiryRouter backup' wrote; one that was not finished has none.");
        }

        try
        {
            return JsonSerializer.Deserialize<BackupManifest>(File.ReadAllText(file), s_json) ?? throw new JsonException("It is empty.");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException($"'{file}' cannot be read: {exception.Message}", exception);
        }
    }
}
