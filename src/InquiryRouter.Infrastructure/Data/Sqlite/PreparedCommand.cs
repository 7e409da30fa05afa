using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace InquiryRouter.Infrastructure.Data.Sqlite;

/// <summary>What Dapper sees of a prepared statement: collects text and parameters, then binds and runs the kept statement.</summary>
internal sealed class PreparedCommand(PreparedConnection connection) : DbCommand
{
    private readonly ParameterList _parameters = new();
    private SqliteCommand? _reading;

    [AllowNull]
    public override string CommandText { get; set; } = string.Empty;

    public override int CommandTimeout { get; set; }

    public override CommandType CommandType { get; set; } = CommandType.Text;

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection { get => connection; set => throw new NotSupportedException(); }

    protected override DbParameterCollection DbParameterCollection => _parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel()
    {
    }

    public override void Prepare()
    {
    }

    public override int ExecuteNonQuery()
    {
        var command = Bind();
        try
        {
            return command.ExecuteNonQuery();
        }
        finally
        {
            connection.GiveBack(command);
        }
    }

    public override object? ExecuteScalar()
    {
        var command = Bind();
        try
        {
            return command.ExecuteScalar();
        }
        finally
        {
            connection.GiveBack(command);
        }
    }

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        _reading = Bind();
        // The connection outlives the command whatever the caller asks for.
        return _reading.ExecuteReader(behavior & ~CommandBehavior.CloseConnection);
    }

    protected override DbParameter CreateDbParameter() => new Parameter();

    protected override void Dispose(bool disposing)
    {
        // Dapper disposes the reader before the command.
        if (disposing && _reading is { } command)
        {
            _reading = null;
            connection.GiveBack(command);
        }

        base.Dispose(disposing);
    }

    private SqliteCommand Bind()
    {
        var command = connection.Take(CommandText);
        var bound = command.Parameters;
        if (bound.Count != _parameters.Count)
        {
            bound.Clear();
            foreach (var parameter in _parameters.Items)
            {
                bound.Add(new SqliteParameter { ParameterName = parameter.ParameterName });
            }
        }

        for (var i = 0; i < bound.Count; i++)
        {
            var parameter = _parameters.Items[i];
            var target = bound[i].ParameterName == parameter.ParameterName ? bound[i] : bound[parameter.ParameterName];
            target.Value = SqliteValue.From(parameter.Value is DBNull ? null : parameter.Value, parameter.DbType);
        }

        return command;
    }

    private sealed class Parameter : DbParameter
    {
        public override DbType DbType { get; set; }

        public override ParameterDirection Direction { get; set; }

        public override bool IsNullable { get; set; }

        [AllowNull]
        public override string ParameterName { get; set; } = string.Empty;

        public override int Size { get; set; }

        [AllowNull]
        public override string SourceColumn { get; set; } = string.Empty;

        public override bool SourceColumnNullMapping { get; set; }

        public override object? Value { get; set; }

        public override void ResetDbType() => DbType = default;
    }

    private sealed class ParameterList : DbParameterCollection
    {
        public List<Parameter> Items { get; } = [];

        public override int Count => Items.Count;

        public override object SyncRoot => Items;

        public override int Add(object value)
        {
            var parameter = (Parameter)value;
            // Dapper writes names without a prefix; SQLite binds them with it.
            parameter.ParameterName = parameter.ParameterName is ['@', ..] ? parameter.ParameterName : string.Concat("@", parameter.ParameterName);
            Items.Add(parameter);
            return Items.Count - 1;
        }

        public override void AddRange(Array values)
        {
            foreach (var value in values)
            {
                Add(value);
            }
        }

        public override void Clear() => Items.Clear();

        public override bool Contains(object value) => Items.Contains((Parameter)value);

        public override bool Contains(string value) => IndexOf(value) >= 0;

        public override void CopyTo(Array array, int index) => ((System.Collections.ICollection)Items).CopyTo(array, index);

        public override System.Collections.IEnumerator GetEnumerator() => Items.GetEnumerator();

        public override int IndexOf(object value) => Items.IndexOf((Parameter)value);

        public override int IndexOf(string parameterName) =>
            Items.FindIndex(p => p.ParameterName.AsSpan().TrimStart('@').SequenceEqual(parameterName.AsSpan().TrimStart('@')));

        public override void Insert(int index, object value) => Items.Insert(index, (Parameter)value);

        public override void Remove(object value) => Items.Remove((Parameter)value);

        public override void RemoveAt(int index) => Items.RemoveAt(index);

        public override void RemoveAt(string parameterName) => Items.RemoveAt(IndexOf(parameterName));

        protected override DbParameter GetParameter(int index) => Items[index];

        protected override DbParameter GetParameter(string parameterName) => Items[IndexOf(parameterName)];

        protected override void SetParameter(int index, DbParameter value) => Items[index] = (Parameter)value;

        protected override void SetParameter(string parameterName, DbParameter value) => Items[IndexOf(parameterName)] = (Parameter)value;
    }
}
