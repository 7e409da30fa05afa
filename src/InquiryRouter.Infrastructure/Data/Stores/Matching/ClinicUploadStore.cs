using System.IO.Compression;
using InquiryRouter.Core.Users;

namespace InquiryRouter.Infrastructure.Data.Stores.Matching;

/// <summary>A file of clinics that somebody looks at before it is imported.</summary>
/// <param name="Id">Stands in the address of the page.</param>
/// <param name="By">Who uploaded it: nobody else imports it.</param>
/// <param name="Name">As its owner called it; its ending says what it is.</param>
/// <param name="Body">As it was uploaded.</param>
public sealed record ClinicUpload(Guid Id, UserId By, string Name, byte[] Body);

/// <summary>Uploaded files between the look at them and the import: a day at most.</summary>
public static class ClinicUploadStore
{
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(1);

    /// <summary>Keeps a file, and forgets those nobody has imported for a day.</summary>
    /// <param name="tx">The unit of work.</param>
    /// <param name="upload">Its body is packed already (<see cref="Pack"/>).</param>
    public static async Task AddAsync(Tx tx, ClinicUpload upload)
    {
        await SweepAsync(tx, 100);
        await tx.ExecuteAsync(
            "INSERT INTO ClinicUpload (Id, UserId, Name, Body, At) VALUES (@Id, @By, @Name, @Body, @Now)",
            new { upload.Id, By = upload.By.Value, upload.Name, upload.Body, tx.Now });
    }

    /// <summary>Forgets those that nobody has imported for a day.</summary>
    public static Task<int> SweepAsync(Tx tx, int take) =>
        tx.ExecuteAsync(tx.Dialect.DeleteSome("ClinicUpload", "Seq", "At < @before"), new { before = tx.Now - s_kept, take });

    /// <returns>The file with its body packed; null: it was imported, is too old, or is somebody else's.</returns>
    public static async Task<ClinicUpload?> FindAsync(Session session, Guid id, UserId by) =>
        await session.QuerySingleOrDefaultAsync<Row>(
            "SELECT Name, Body FROM ClinicUpload WHERE Id = @id AND UserId = @By AND At >= @since",
            new { id, By = by.Value, since = session.Now - s_kept }) is { } row
            ? new ClinicUpload(id, by, row.Name, row.Body)
            : null;

    public static Task<int> RemoveAsync(Tx tx, Guid id) => tx.ExecuteAsync("DELETE FROM ClinicUpload WHERE Id = @id", new { id });

    /// <summary>Clinics repeat themselves: a file becomes a twentieth of it.</summary>
    public static byte[] Pack(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            zip.Write(body);
        }

        return packed.ToArray();
    }

    public static Stream Unpack(byte[] packed)
    {
        var body = new MemoryStream();
        using (var zip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress))
        {
            zip.CopyTo(body);
        }

        body.Position = 0;
        return body;
    }

    private sealed class Row
    {
        public string Name { get; init; } = string.Empty;

        public byte[] Body { get; init; } = [];
    }
}
