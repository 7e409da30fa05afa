using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace InquiryRouter.Infrastructure.Data.Sqlite;

/// <summary>
/// A statement that is kept, bound and stepped directly. SqliteCommand looks up every parameter by name and makes a reader even for what
/// returns no rows: that costs several times more than the step.
/// </summary>
internal sealed class PreparedStatement : IDisposable
{
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _statement;

    /// <summary>Names without their prefix; the first is SQLite's parameter 1.</summary>
    private readonly string[] _parameters;

    public PreparedStatement(sqlite3 db, string sql)
    {
        _db = db;
        Sql = sql;
        Check(raw.sqlite3_prepare_v3(db, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement, out var rest));
        if (!string.IsNullOrWhiteSpace(rest))
        {
            _statement.Dispose();
            throw new NotSupportedException("One statement at a time.");
        }

        _parameters = new string[raw.sqlite3_bind_parameter_count(_statement)];
        for (var i = 0; i < _parameters.Length; i++)
        {
            _parameters[i] = raw.sqlite3_bind_parameter_name(_statement, i + 1).utf8_to_string()[1..];
        }

        Columns = new string[raw.sqlite3_column_count(_statement)];
        for (var i = 0; i < Columns.Length; i++)
        {
            Columns[i] = raw.sqlite3_column_name(_statement, i).utf8_to_string();
        }
    }

    public string Sql { get; }

    public string[] Columns { get; }

    /// <summary>Binds every parameter of the statement; more may be given.</summary>
    /// <exception cref="InvalidOperationException">One is missing.</exception>
    public void Bind(List<PreparedParameter> given)
    {
        for (var i = 0; i < _parameters.Length; i++)
        {
            // Dapper gives them in the same order each time.
            var parameter = i < given.Count && given[i].ParameterName == _parameters[i] ? given[i] : Find(given, _parameters[i]);
            Check(SqliteValue.Bind(_statement, i + 1, parameter.Value, parameter.DbType));
        }
    }

    /// <summary>True when there is a row.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code is raw.SQLITE_ROW)
        {
            return true;
        }

        Check(code);
        return false;
    }

    /// <summary>Runs to the end; returns the rows changed.</summary>
    public int Run()
    {
        while (Step())
        {
        }

        return raw.sqlite3_changes(_db);
    }

    /// <summary>Ends what is running, so that nothing is held.</summary>
    public void Reset() => _ = raw.sqlite3_reset(_statement);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public object Value(int column) => raw.sqlite3_column_type(_statement, column) switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(_statement, column),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(_statement, column),
        raw.SQLITE_TEXT => raw.sqlite3_column_text(_statement, column).utf8_to_string(),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(_statement, column).ToArray(),
        _ => DBNull.Value,
    };

    /// <summary>The type of the column as it was declared; of an expression, that of its value in this row.</summary>
    public Type Type(int column)
    {
        var declared = raw.sqlite3_column_decltype(_statement, column).utf8_to_string();
        return (declared, raw.sqlite3_column_type(_statement, column)) switch
        {
            ("INTEGER", _) or (null, raw.SQLITE_INTEGER) => typeof(long),
            ("REAL", _) or (null, raw.SQLITE_FLOAT) => typeof(double),
            ("BLOB", _) or (null, raw.SQLITE_BLOB) => typeof(byte[]),
            _ => typeof(string),
        };
    }

    public void Dispose() => _statement.Dispose();

    private static PreparedParameter Find(List<PreparedParameter> given, string name) =>
        given.Find(p => p.ParameterName == name) ?? throw new InvalidOperationException($"The parameter @{name} has no value.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(code, _db);
        }
    }
}

/// <summary>A value on its way to a statement; the name has no prefix.</summary>
internal sealed class PreparedParameter : DbParameter
{
    private string _name = string.Empty;

    public override System.Data.DbType DbType { get; set; }

    public override System.Data.ParameterDirection Direction { get; set; }

    public override bool IsNullable { get; set; }

    [System.Diagnostics.CodeAnalysis.AllowNull]
    public override string ParameterName
    {
        get => _name;
        set => _name = value is ['@', ..] ? value[1..] : value ?? string.Empty;
    }

    public override int Size { get; set; }

    [System.Diagnostics.CodeAnalysis.AllowNull]
    public override string SourceColumn { get; set; } = string.Empty;

    public override bool SourceColumnNullMapping { get; set; }

    public override object? Value { get; set; }

    public override void ResetDbType() => DbType = default;
}
