
namespace InquiryRouter.Infrastructure.Data.Stores.Privacy;

/// <summary>A wrapped key, and the master key that wrapped it.</summary>
public sealed record WrappedRow
{
    public required Guid Id { get; init; }

    public required string MasterKeyId { get; init; }

    public required byte[] WrappedKey { get; init; }
}

/// <summary>Which master key wraps how many rows, and their change to another.</summary>
public static class KeyUseStore
{
    /// <summary>Rows by the id of the master key that wraps them, of all tables that have such rows.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> CountAsync(Session session) =>
        (await session.QueryAsync<CountRow>(
            """
            SELECT MasterKeyId, SUM(Number) AS Number FROM (
                SELECT MasterKeyId, COUNT(*) AS Number FROM InquiryPatient GROUP BY MasterKeyId
                UNION ALL SELECT MasterKeyId, COUNT(*) FROM MailKey GROUP BY MasterKeyId
                UNION ALL SELECT MasterKeyId, COUNT(*) FROM KeyRing GROUP BY MasterKeyId) AS U
            GROUP BY MasterKeyId
            """)).ToDictionary(r => r.MasterKeyId, r => r.Number, StringComparer.Ordinal);

    /// <summary>Patients' keys that another master key than this wraps, in the order of their ids.</summary>
    public static async Task<IReadOnlyList<WrappedRow>> ListPatientsAsync(Session session, string newest, Guid after, int take) =>
        [.. await session.QueryAsync<WrappedRow>(
            session.Dialect.First("InquiryId AS Id, MasterKeyId, WrappedKey", "FROM InquiryPatient WHERE InquiryId > @after AND MasterKeyId <> @newest ORDER BY InquiryId"),
            new { newest, after, take })];

    /// <summary>The same of mails that have keys of their own.</summary>
    public static async Task<IReadOnlyList<WrappedRow>> ListMailsAsync(Session session, string newest, Guid after, int take) =>
        [.. await session.QueryAsync<WrappedRow>(
            session.Dialect.First("MailId AS Id, MasterKeyId, WrappedKey", "FROM MailKey WHERE MailId > @after AND MasterKeyId <> @newest ORDER BY MailId"),
            new { newest, after, take })];

    /// <summary>Keys of the installation that another master key than this wraps, by what they are for.</summary>
    public static async Task<IReadOnlyList<(string Purpose, StoredKey Key)>> ListRingAsync(Session session, string newest) =>
        [.. (await session.QueryAsync<RingRow>("SELECT Purpose, MasterKeyId, WrappedKey FROM KeyRing WHERE MasterKeyId <> @newest", new { newest }))
            .Select(r => (r.Purpose, new StoredKey { MasterKeyId = r.MasterKeyId, WrappedKey = r.WrappedKey }))];

    /// <summary>Wraps a patient's key anew; false when it is not any more as it was read (erased, or wrapped by another process).</summary>
    public static async Task<bool> RewrapPatientAsync(Tx tx, WrappedRow read, string masterKeyId, byte[] wrappedKey) =>
        await tx.ExecuteAsync(
            "UPDATE InquiryPatient SET MasterKeyId = @masterKeyId, WrappedKey = @wrappedKey WHERE InquiryId = @Id AND WrappedKey = @Before",
            new { masterKeyId, wrappedKey, read.Id, Before = read.WrappedKey }) == 1;

    /// <inheritdoc cref="RewrapPatientAsync"/>
    public static async Task<bool> RewrapMailAsync(Tx tx, WrappedRow read, string masterKeyId, byte[] wrappedKey) =>
        await tx.ExecuteAsync(
            "UPDATE MailKey SET MasterKeyId = @masterKeyId, WrappedKey = @wrappedKey WHERE MailId = @Id AND WrappedKey = @Before",
            new { masterKeyId, wrappedKey, read.Id, Before = read.WrappedKey }) == 1;

    /// <inheritdoc cref="RewrapPatientAsync"/>
    public static async Task<bool> RewrapRingAsync(Tx tx, string purpose, StoredKey read, string masterKeyId, byte[] wrappedKey) =>
        await tx.ExecuteAsync(
            "UPDATE KeyRing SET MasterKeyId = @masterKeyId, WrappedKey = @wrappedKey WHERE Purpose = @purpose AND WrappedKey = @Before",
            new { masterKeyId, wrappedKey, purpose, Before = read.WrappedKey }) == 1;

    private sealed class CountRow
    {
        public string MasterKeyId { get; init; } = string.Empty;

        public long Number { get; init; }
    }

    private sealed class RingRow
    {
        public string Purpose { get; init; } = string.Empty;

        public string MasterKeyId { get; init; } = string.Empty;

        public byte[] WrappedKey { get; init; } = [];
    }
}
