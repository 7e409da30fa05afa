using System.Globalization;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using Microsoft.Data.Sqlite;

namespace InquiryRouter.Infrastructure.Data.Sqlite.Lives;

/// <summary>Brings invented inquiries, and what they need, from one SQLite file into another: rows as they are, numbered on.</summary>
public static class LifeFile
{
    private const string Other = "other";

    /// <summary>Copies keys, clinics, rules and policies into a file that has the schema and nothing else.</summary>
    public static void CopyWorld(string from, string to)
    {
        using var connection = Open(to, from);
        Run(connection, "BEGIN");
        foreach (var table in LifeTables.World)
        {
            Run(connection, $"DELETE FROM main.{table}");
            Run(connection, $"INSERT INTO main.{table} SELECT * FROM {Other}.{table}");
        }

        Run(connection, "COMMIT");
    }

    /// <summary>Copies every inquiry with all that belongs to it, in one transaction: others see all of it or nothing.</summary>
    public static void CopyLives(string from, string to)
    {
        using var connection = Open(to, from);
        Run(connection, "BEGIN IMMEDIATE");
        var behind = LifeTables.OfInquiries.Where(t => Columns(connection, t.Name).Contains("Seq", StringComparer.Ordinal))
            .ToDictionary(t => t.Name, t => Long(connection, $"SELECT COALESCE(MAX(Seq), 0) FROM main.{t.Name}"), StringComparer.Ordinal);
        foreach (var table in LifeTables.OfInquiries)
        {
            var columns = Columns(connection, table.Name);
            var values = columns.Select(c => Value(table.Name, c, behind));
            var order = columns.Contains("Seq", StringComparer.Ordinal) ? " ORDER BY Seq" : string.Empty;
            var (into, what) = (string.Join(", ", columns), string.Join(", ", values));
            Run(connection, $"INSERT INTO main.{table.Name} ({into}) SELECT {what} FROM {Other}.{table.Name}{order}");
        }

        foreach (var (name, key, counts) in LifeTables.Counted)
        {
            Run(
                connection,
                $"INSERT INTO main.{name} SELECT * FROM {Other}.{name} WHERE true "
                + $"ON CONFLICT ({key}) DO UPDATE SET {counts} = {counts} + excluded.{counts}");
        }

        foreach (var name in LifeTables.OfAddresses)
        {
            Run(connection, $"INSERT OR IGNORE INTO main.{name} SELECT * FROM {Other}.{name}");
        }

        // Their names are made searchable as those of any older inquiry are.
        Run(connection, $"INSERT OR IGNORE INTO main.Backfill (Name, Seq) VALUES ('{NameTokenStore.BackfillName}', {behind["Inquiry"]})");
        Run(connection, "COMMIT");
    }

    /// <summary>The reference of an inquiry that somebody has sent; null: there is none.</summary>
    public static string? RealInquiry(string file, string demoSource)
    {
        using var connection = SqliteConnections.Create($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT I.Reference FROM Consent C INNER JOIN Inquiry I ON I.Id = C.InquiryId WHERE C.N = 1 AND C.Source <> $source LIMIT 1";
        command.Parameters.AddWithValue("$source", demoSource);
        return command.ExecuteScalar() as string;
    }

    internal static IReadOnlyList<string> Columns(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM pragma_table_info($table)";
        command.Parameters.AddWithValue("$table", table);
        using var reader = command.ExecuteReader();
        var columns = new List<string>();
        while (reader.Read())
        {
            columns.Add(reader.GetString(0));
        }

        return columns;
    }

    internal static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    internal static long Long(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    // A mark of work is the number of a note or a quote: which of them, its kind says.
    private static string Value(string table, string column, Dictionary<string, long> behind) => (table, column) switch
    {
        (_, "Seq") => $"Seq + {behind[table]}",
        ("Work", "Mark") => $"CASE WHEN Mark = 0 THEN 0 WHEN Kind = 'QuoteToLookAt' THEN Mark + {behind["Quote"]} "
            + $"WHEN Kind IN ('SecondExpiry', 'PatientUnreachable') THEN Mark ELSE Mark + {behind["Note"]} END",
        _ => column,
    };

    private static SqliteConnection Open(string file, string attached)
    {
        // Another writer of the same file is waited for.
        var connection = SqliteConnections.Create($"Data Source={file};Pooling=False");
        connection.Open();
        Run(connection, SqliteConnections.BusyTimeout);
        Run(connection, "PRAGMA synchronous = FULL");
        using var attach = connection.CreateCommand();
        attach.CommandText = $"ATTACH DATABASE $file AS {Other}";
        attach.Parameters.AddWithValue("$file", attached);
        attach.ExecuteNonQuery();
        return connection;
    }
}
