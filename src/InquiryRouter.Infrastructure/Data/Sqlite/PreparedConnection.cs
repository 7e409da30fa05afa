using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace InquiryRouter.Infrastructure.Data.Sqlite;

/// <summary>
/// A connection that keeps the statements it has prepared, keyed by their text. Dapper makes a new command for every call, and
/// Microsoft.Data.Sqlite would parse the SQL each time: that costs several times more than running it.
/// Used by one caller at a time.
/// </summary>
internal sealed class PreparedConnection(SqliteConnection inner) : DbConnection
{
    // Far above the number of statements in the program, with the lengths that lists of ids come in.
    private const int MostStatements = 500;

    private readonly Dictionary<string, PreparedStatement> _prepared = new(StringComparer.Ordinal);

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

    /// <summary>The statement for <paramref name="sql"/>, ready to be bound; it must be given back.</summary>
    public PreparedStatement Take(string sql) =>
        _prepared.Remove(sql, out var statement) ? statement : new PreparedStatement(Inner.Handle!, sql);

    public void GiveBack(PreparedStatement statement)
    {
        statement.Reset();
        if (_prepared.Count >= MostStatements || !_prepared.TryAdd(statement.Sql, statement))
        {
            statement.Dispose();
        }
    }

    /// <summary>Runs a statement without parameters.</summary>
    public void Run(string sql)
    {
        var statement = Take(sql);
        try
        {
            statement.Run();
        }
        finally
        {
            GiveBack(statement);
        }
    }

    // Transactions are begun and ended as statements by those who own the connection.
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();

    protected override DbCommand CreateDbCommand() => new PreparedCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var statement in _prepared.Values)
            {
                statement.Dispose();
            }

            _prepared.Clear();
            Inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
