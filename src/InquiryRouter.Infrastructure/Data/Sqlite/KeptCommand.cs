using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace InquiryRouter.Infrastructure.Data.Sqlite;

/// <summary>What Dapper makes for one call: takes text and parameters, and runs the kept command of that text.</summary>
internal sealed class KeptCommand(KeptConnection connection) : SqliteCommand
{
    private SqliteCommand? _kept;

    public override int ExecuteNonQuery() => Borrow().ExecuteNonQuery();

    public override object? ExecuteScalar() => Borrow().ExecuteScalar();

    // The connection outlives the reader whatever the caller asks for.
    public override SqliteDataReader ExecuteReader(CommandBehavior behavior) =>
        Borrow().ExecuteReader(behavior & ~CommandBehavior.CloseConnection);

    protected override DbParameter CreateDbParameter() => new PrefixedParameter();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _kept is not null)
        {
            connection.GiveBack(_kept);
            _kept = null;
        }

        base.Dispose(disposing);
    }

    private SqliteCommand Borrow()
    {
        _kept ??= connection.Take(CommandText);
        foreach (SqliteParameter parameter in Parameters)
        {
            parameter.Value = SqliteValue.Of(parameter.Value, parameter.DbType);
            _kept.Parameters.Add(parameter);
        }

        return _kept;
    }

    /// <summary>Dapper names parameters without their prefix: SQLite would be asked twice for each.</summary>
    private sealed class PrefixedParameter : SqliteParameter
    {
        [AllowNull]
        public override string ParameterName { get => base.ParameterName; set => base.ParameterName = "@" + value; }
    }
}
