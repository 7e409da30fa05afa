using System.Data;
using DbUp.Engine;
using DbUp.Engine.Transactions;

namespace InquiryRouter.Infrastructure.Data.Migrations;

/// <summary>DbUp's journal with a checksum beside each name, so that a script changed after it was shipped is noticed.</summary>
internal sealed class ChecksumJournal(Func<IConnectionManager> connections, bool sqlServer, TimeProvider clock) : IJournal
{
    // DATETIME2 and NVARCHAR are SQL Server's; SQLite takes any word for a type.
    private const string CreateTable =
        """
        CREATE TABLE SchemaVersion (
            ScriptName NVARCHAR(200) NOT NULL CONSTRAINT PK_SchemaVersion PRIMARY KEY,
            Checksum NVARCHAR(64) NOT NULL,
            AppliedAt NVARCHAR(30) NOT NULL
        )
        """;

    public string[] GetExecutedScripts() => [.. Read().Select(r => r.Name)];

    /// <summary>Name and checksum of every script applied; empty on a new database.</summary>
    public IReadOnlyList<(string Name, string Checksum)> Read() => connections().ExecuteCommandsWithManagedConnection(Read);

    public IReadOnlyList<(string Name, string Checksum)> Read(Func<IDbCommand> command)
    {
        if (!Exists(command))
        {
            return [];
        }

        using var select = command();
        select.CommandText = "SELECT ScriptName, Checksum FROM SchemaVersion ORDER BY ScriptName";
        using var reader = select.ExecuteReader();
        var rows = new List<(string, string)>();
        while (reader.Read())
        {
            rows.Add((reader.GetString(0), reader.GetString(1)));
        }

        return rows;
    }

    public void StoreExecutedScript(SqlScript script, Func<IDbCommand> dbCommandFactory)
    {
        EnsureTableExistsAndIsLatestVersion(dbCommandFactory);
        using var insert = dbCommandFactory();
        insert.CommandText = "INSERT INTO SchemaVersion (ScriptName, Checksum, AppliedAt) VALUES (@name, @checksum, @at)";
        Bind(insert, "@name", script.Name);
        Bind(insert, "@checksum", MigrationScripts.Checksum(script));
        Bind(insert, "@at", clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));
        insert.ExecuteNonQuery();
    }

    public void EnsureTableExistsAndIsLatestVersion(Func<IDbCommand> dbCommandFactory)
    {
        if (!Exists(dbCommandFactory))
        {
            using var create = dbCommandFactory();
            create.CommandText = CreateTable;
            create.ExecuteNonQuery();
        }
    }

    private bool Exists(Func<IDbCommand> command)
    {
        using var ask = command();
        ask.CommandText = sqlServer
            ? "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'SchemaVersion'"
            : "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'SchemaVersion'";
        return Convert.ToInt64(ask.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture) > 0;
    }

    private static void Bind(IDbCommand command, string name, string value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
