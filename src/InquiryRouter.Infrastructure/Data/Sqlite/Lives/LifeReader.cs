using InquiryRouter.Core.Intake;
using Microsoft.Data.Sqlite;

namespace InquiryRouter.Infrastructure.Data.Sqlite.Lives;

/// <summary>The rows of one inquiry: by the place of their table in <see cref="LifeTables.OfInquiries"/>, values as they are
/// stored.</summary>
public sealed record LifeRows(InquiryId Id, List<object?[]>[] Tables)
{
    /// <summary>Those of a table.</summary>
    public List<object?[]> Of(string table) => Tables[LifeReader.PlaceOf(table)];
}

/// <summary>Reads the inquiries of a SQLite file whole.</summary>
public static class LifeReader
{
    private static readonly Dictionary<string, int> s_places = LifeTables.OfInquiries.Select((t, i) => (t.Name, i)).ToDictionary(t =>
        t.Name, t => t.i, StringComparer.Ordinal);

    public static int PlaceOf(string table) => s_places[table];

    /// <summary>Of each table of inquiries its columns, in their order.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Columns(string file)
    {
        using var connection = Open(file);
        return [.. LifeTables.OfInquiries.Select(t => LifeFile.Columns(connection, t.Name))];
    }

    /// <summary>All inquiries, in the order they came.</summary>
    public static IReadOnlyList<LifeRows> ReadAll(string file)
    {
        using var connection = Open(file);
        var lives = new List<LifeRows>();
        var owners = new Dictionary<Guid, LifeRows>();
        foreach (var (table, place) in LifeTables.OfInquiries.Select((t, i) => (t, i)))
        {
            var columns = LifeFile.Columns(connection, table.Name);
            var (key, id) = (IndexOf(columns, table.Column), Math.Max(IndexOf(columns, "Id"), IndexOf(columns, "MessageId")));
            foreach (var row in Rows(connection,
                $"SELECT * FROM {table.Name} ORDER BY {(columns.Contains("Seq", StringComparer.Ordinal) ? "Seq" : "1, 2")}"))
            {
                if (table.Name == "Inquiry")
                {
                    var life = new LifeRows(new InquiryId(IdOf(row[key]!)), [.. LifeTables.OfInquiries.Select(_ => new List<object?[]>())]);
                    lives.Add(life);
                    owners[life.Id.Value] = life;
                }

                if (row[key] is byte[] { Length: 16 } bytes && owners.TryGetValue(IdOf(bytes), out var owner))
                {
                    owner.Tables[place].Add(row);

                    // What belongs to a referral, a mail or a message belongs to its inquiry.
                    if (table.Name is "Referral" or "Mail" or "Outbox")
                    {
                        owners.TryAdd(IdOf(row[id]!), owner);
                    }
                }
            }
        }

        return lives;
    }

    private static Guid IdOf(object bytes) => new((byte[])bytes, bigEndian: true);

    private static int IndexOf(IReadOnlyList<string> columns, string name)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i] == name)
            {
                return i;
            }
        }

        return -1;
    }

    private static IEnumerable<object?[]> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            }

            yield return row;
        }
    }

    private static SqliteConnection Open(string file)
    {
        var connection = SqliteConnections.Create($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }
}
