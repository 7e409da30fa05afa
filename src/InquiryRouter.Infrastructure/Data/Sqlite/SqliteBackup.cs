using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace InquiryRouter.Infrastructure.Data.Sqlite;

/// <summary>How many of something there are.</summary>
/// <param name="What">A code.</param>
public sealed record Counted(string What, long Number);

/// <summary>What is known now and not in an older copy of the database: references, codes and numbers.</summary>
/// <param name="Lost">References of inquiries that came since.</param>
/// <param name="MovedOn">References of inquiries that went on since.</param>
/// <param name="Told">Mails that were sent since, by kind.</param>
public sealed record KnownSince(IReadOnlyList<string> Lost, IReadOnlyList<string> MovedOn, IReadOnlyList<Counted> Told)
{
    public bool IsNothing => Lost.Count == 0 && MovedOn.Count == 0 && Told.Count == 0;
}

/// <summary>Copies of the embedded database. A copy of the file alone misses what is in its log, and may be torn: SQLite makes this one.</summary>
public static class SqliteBackup
{
    /// <summary>Copies the database, as of one moment, while others read and write it.</summary>
    /// <param name="connectionString">Of the database.</param>
    /// <param name="file">A new file, which only this user may read. It is whole by itself: no log belongs to it.</param>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    /// <exception cref="IOException">The copy cannot be written.</exception>
    public static void Copy(string connectionString, string file)
    {
        OwnFile.Open(file, FileMode.CreateNew).Dispose();
        using (var from = Open(SqliteFileLock.FileOf(connectionString)))
        using (var to = Open(file))
        {
            from.BackupDatabase(to);
            Run(to, "PRAGMA journal_mode = DELETE");
        }

        Flush(file);
    }

    /// <summary>Looks at every page and every reference between rows.</summary>
    /// <returns>The first problem; null: it is whole.</returns>
    public static string? Check(string file)
    {
        using var connection = Open(file);
        return Texts(connection, "PRAGMA integrity_check(1)") is [not "ok" and var problem, ..] ? problem
            : Texts(connection, "SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1") is [var table, ..] ? $"a row of {table} refers to nothing"
            : null;
    }

    /// <summary>How many inquiries it has.</summary>
    public static long CountInquiries(string file)
    {
        using var connection = Open(file);
        return Convert.ToInt64(Texts(connection, "SELECT COUNT(*) FROM Inquiry")[0], CultureInfo.InvariantCulture);
    }

    /// <summary>SHA-256 of a file, in lower-case hexadecimal digits.</summary>
    public static string HashOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>What the database that is there knows and an older copy does not. Both have the schema of this program.</summary>
    /// <exception cref="SqliteException">The one that is there cannot be read, or has another schema.</exception>
    public static KnownSince Compare(string current, string older)
    {
        using var connection = Open(current);
        using (var attach = connection.CreateCommand())
        {
            attach.CommandText = "ATTACH @older AS Older";
            attach.Parameters.AddWithValue("@older", older);
            attach.ExecuteNonQuery();
        }

        return new KnownSince(
            Texts(connection, "SELECT Reference FROM Inquiry I WHERE NOT EXISTS (SELECT 1 FROM Older.Inquiry O WHERE O.Id = I.Id) ORDER BY Seq"),
            Texts(connection, "SELECT I.Reference FROM Inquiry I INNER JOIN Older.Inquiry O ON O.Id = I.Id WHERE I.AuditCount > O.AuditCount ORDER BY I.Seq"),
            [.. Rows(connection, $"SELECT Kind, COUNT(*) FROM Mail M WHERE {SentSince} GROUP BY Kind ORDER BY Kind")
                .Select(r => new Counted((string)r[0], (long)r[1]))]);
    }

    /// <summary>
    /// What came of mails that wait in an older copy comes of them there, too: nobody gets one twice, and what a person has put away stays away.
    /// Addresses that take no mail, or want none, are remembered.
    /// </summary>
    /// <returns>How many mails.</returns>
    /// <exception cref="SqliteException">The one that is there cannot be read, or has another schema.</exception>
    public static int CarryOver(string current, string older)
    {
        using var connection = Open(older);
        using var command = connection.CreateCommand();
        command.CommandText = "ATTACH @current AS Newer";
        command.Parameters.AddWithValue("@current", current);
        command.ExecuteNonQuery();
        command.CommandText =
            """
            INSERT INTO Suppression (AddressHash, Reason, At) SELECT AddressHash, Reason, At FROM Newer.Suppression N
                WHERE NOT EXISTS (SELECT 1 FROM Suppression S WHERE S.AddressHash = N.AddressHash);
            INSERT INTO Unsubscription (AddressHash, At) SELECT AddressHash, At FROM Newer.Unsubscription N
                WHERE NOT EXISTS (SELECT 1 FROM Unsubscription S WHERE S.AddressHash = N.AddressHash);
            INSERT INTO MailAside SELECT * FROM Newer.MailAside N
                WHERE EXISTS (SELECT 1 FROM Mail M WHERE M.Id = N.MailId) AND NOT EXISTS (SELECT 1 FROM MailAside S WHERE S.MailId = N.MailId);
            """;
        command.ExecuteNonQuery();
        command.CommandText =
            """
            UPDATE Mail SET State = N.State, Unknowns = N.Unknowns, LastError = N.LastError, SentAt = N.SentAt, LeaseOwner = NULL
            FROM Newer.Mail N WHERE N.Id = Mail.Id AND Mail.State < 2 AND N.State > 0
            """;
        return command.ExecuteNonQuery();
    }

    /// <summary>Ids of inquiries that are erased in the database that is there, whatever an older copy says.</summary>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    public static IReadOnlyList<Guid> ListErased(string current)
    {
        using var connection = Open(current);
        return [.. Rows(connection, "SELECT Id FROM Inquiry WHERE State = 'Erased'").Select(r => new Guid((byte[])r[0], bigEndian: true))];
    }

    /// <summary>Puts what is in its log into the file itself, so that the file can be moved.</summary>
    public static void Settle(string file)
    {
        using var connection = Open(file);
        Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        Run(connection, "PRAGMA journal_mode = DELETE");
    }

    /// <summary>It is on disk when this returns.</summary>
    public static void Flush(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(flushToDisk: true);
    }

    private const string SentSince = "M.State = 2 AND NOT EXISTS (SELECT 1 FROM Older.Mail O WHERE O.Id = M.Id AND O.State = 2)";

    private static SqliteConnection Open(string file)
    {
        var connection = SqliteConnections.Create(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static List<string> Texts(SqliteConnection connection, string sql) =>
        [.. Rows(connection, sql).Select(r => Convert.ToString(r[0], CultureInfo.InvariantCulture)!)];

    private static List<object[]> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }
}
