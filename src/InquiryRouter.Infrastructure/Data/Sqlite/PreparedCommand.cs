using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace InquiryRouter.Infrastructure.Data.Sqlite;

/// <summary>What Dapper sees of a prepared statement: collects text and parameters, then binds and runs the kept statement.</summary>
internal sealed class PreparedCommand(PreparedConnection connection) : DbCommand
{
    private readonly ParameterList _parameters = new();

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
        var statement = connection.Take(CommandText);
        try
        {
            statement.Bind(_parameters.Items);
            return statement.Run();
        }
        finally
        {
            connection.GiveBack(statement);
        }
    }

    public override object? ExecuteScalar()
    {
        using var reader = ExecuteReader();
        return reader.Read() ? reader.GetValue(0) : null;
    }

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        // The connection outlives the reader whatever the caller asks for.
        var statement = connection.Take(CommandText);
        try
        {
            statement.Bind(_parameters.Items);
            return new PreparedReader(connection, statement);
        }
        catch
        {
            connection.GiveBack(statement);
            throw;
        }
    }

    protected override DbParameter CreateDbParameter() => new PreparedParameter();

    private sealed class ParameterList : DbParameterCollection
    {
        public List<PreparedParameter> Items { get; } = [];

        public override int Count => Items.Count;

        public override object SyncRoot => Items;

        public override int Add(object value)
        {
            Items.Add((PreparedParameter)value);
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

        public override bool Contains(object value) => Items.Contains((PreparedParameter)value);

        public override bool Contains(string value) => IndexOf(value) >= 0;

        public override void CopyTo(Array array, int index) => ((System.Collections.ICollection)Items).CopyTo(array, index);

        public override System.Collections.IEnumerator GetEnumerator() => Items.GetEnumerator();

        public override int IndexOf(object value) => Items.IndexOf((PreparedParameter)value);

        public override int IndexOf(string parameterName) =>
            Items.FindIndex(p => parameterName.AsSpan().TrimStart('@').SequenceEqual(p.ParameterName));

        public override void Insert(int index, object value) => Items.Insert(index, (PreparedParameter)value);

        public override void Remove(object value) => Items.Remove((PreparedParameter)value);

        public override void RemoveAt(int index) => Items.RemoveAt(index);

        public override void RemoveAt(string parameterName) => Items.RemoveAt(IndexOf(parameterName));

        protected override DbParameter GetParameter(int index) => Items[index];

        protected override DbParameter GetParameter(string parameterName) => Items[IndexOf(parameterName)];

        protected override void SetParameter(int index, DbParameter value) => Items[index] = (PreparedParameter)value;

        protected override void SetParameter(string parameterName, DbParameter value) => Items[IndexOf(parameterName)] = (PreparedParameter)value;
    }
}
