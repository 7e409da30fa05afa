using System.Globalization;
using Microsoft.Data.Sqlite;

namespace InquiryRouter.Infrastructure.Data.Sqlite.Lives;

/// <summary>
/// Writes inquiries in bulk into a SQLite file that nobody else has open: prepared statements, no journal on disk. What is cut off in
/// the middle has to be thrown away.
/// </summary>
public sealed class LifeWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand[] _inserts;
    private readonly Dictionary<string, long> _numbers;

    /// <param name="file">Of the database.</param>
    /// <param name="columns">Of each table, as <see cref="LifeReader.Columns"/> gives them.</param>
    public LifeWriter(string file, IReadOnlyList<IReadOnlyList<string>> columns)
    {
        _connection = SqliteConnections.Create($"Data Source={file};Pooling=False");
        _connection.Open();
        LifeFile.Run(_connection, "PRAGMA journal_mode = MEMORY");
        LifeFile.Run(_connection, "PRAGMA synchronous = OFF");
        LifeFile.Run(_connection, "PRAGMA cache_size = -400000");
        LifeFile.Run(_connection, "PRAGMA temp_store = MEMORY");
        _numbers = LifeTables.OfInquiries.Where((t, i) => columns[i].Contains("Seq", StringComparer.Ordinal)).ToDictionary(
            t => t.Name, t => LifeFile.Long(_connection, $"SELECT COALESCE(MAX(Seq), 0) FROM {t.Name}"), StringComparer.Ordinal);
        _inserts = [.. LifeTables.OfInquiries.Select((t, i) => Insert(t.Name, columns[i]))];
        LifeFile.Run(_connection, "BEGIN");
    }

    /// <summary>The next number of a row.</summary>
    public long Number(string table) => ++_numbers[table];

    public void Write(int place, object?[] row)
    {
        var parameters = _inserts[place].Parameters;
        for (var i = 0; i < row.Length; i++)
        {
            parameters[i].Value = row[i] ?? DBNull.Value;
        }

        _inserts[place].ExecuteNonQuery();
    }

    /// <summary>Adds to the places that clinics have given away.</summary>
    public void AddPlaces(IEnumerable<(string Clinic, string Week, int Offered, int Cap)> places)
    {
        using var command = _connection.CreateCommand();
        command.CommandText =
            "INSERT INTO ClinicLoad (ClinicCode, Week, Offered, Cap) VALUES ($clinic, $week, $offered, $cap) "
            + "ON CONFLICT (ClinicCode, Week) DO UPDATE SET Offered = Offered + excluded.Offered";
        foreach (var (clinic, week, offered, cap) in places)
        {
            command.Parameters.Clear();
            command.Parameters.AddWithValue("$clinic", clinic);
            command.Parameters.AddWithValue("$week", week);
            command.Parameters.AddWithValue("$offered", offered);
            command.Parameters.AddWithValue("$cap", cap);
            command.ExecuteNonQuery();
        }
    }

    public void Commit()
    {
        LifeFile.Run(_connection, "COMMIT");
        LifeFile.Run(_connection, "BEGIN");
    }

    /// <summary>Writes the rest; the file is again as the program has it.</summary>
    public void Finish()
    {
        LifeFile.Run(_connection, "COMMIT");
        LifeFile.Run(_connection, "PRAGMA journal_mode = WAL");
    }

    public void Dispose()
    {
        foreach (var insert in _inserts)
        {
            insert.Dispose();
        }

        _connection.Dispose();
    }

    private SqliteCommand Insert(string table, IReadOnlyList<string> columns)
    {
        var command = _connection.CreateCommand();
        var places = columns.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"$p{i}"));
        command.CommandText = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", places)})";
        for (var i = 0; i < columns.Count; i++)
        {
            command.Parameters.Add(new SqliteParameter(string.Create(CultureInfo.InvariantCulture, $"$p{i}"), null));
        }

        return command;
    }
}
