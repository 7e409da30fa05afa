using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace InquiryRouter.Infrastructure.Data.Sqlite;

/// <summary>
/// A connection that keeps its commands by their text, prepared. Dapper makes a new one for every call, and SQLite would parse the SQL
/// each time: that costs more than running it. Used by one caller at a time.
/// </summary>
internal sealed class KeptConnection(SqliteConnection inner) : DbConnection
{
    // Far above the number of statements in the program, with the lengths that lists of ids come in.
    private const int MostCommands = 500;

    private readonly Dictionary<string, SqliteCommand> _kept = new(StringComparer.Ordinal);

    public SqliteConnection Inner { get; } = inner;

    [AllowNull]
    public override string ConnectionString { get => Inner.ConnectionString; set => Inner.ConnectionString = value; }

    public override string Database => Inner.Database;

    public override string DataSource => Inner.DataSource;

    public override string ServerVersion => Inner.ServerVersion;

    public override ConnectionState State => Inner.State;

    public override void Open() => Inner.Open();

    public override void Close() => Inner.Close();

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    /// <summary>The command for <paramref name="sql"/>, without parameters; it must be given back.</summary>
    public SqliteCommand Take(string sql)
    {
        if (_kept.Remove(sql, out var command))
        {
            return command;
        }

        command = Inner.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    public void GiveBack(SqliteCommand command)
    {
        command.Parameters.Clear();
        if (_kept.Count >= MostCommands || !_kept.TryAdd(command.CommandText, command))
        {
            command.Dispose();
        }
    }

    /// <summary>Runs a statement without parameters.</summary>
    public void Run(string sql)
    {
        var command = Take(sql);
        try
        {
            command.ExecuteNonQuery();
        }
        finally
        {
            GiveBack(command);
        }
    }

    // Transactions are begun and ended as statements by those who own the connection.
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();

    protected override DbCommand CreateDbCommand() => new KeptCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var command in _kept.Values)
            {
                command.Dispose();
            }

            _kept.Clear();
            Inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
