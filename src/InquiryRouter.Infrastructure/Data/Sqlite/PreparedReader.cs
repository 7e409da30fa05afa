using System.Collections;
using System.Data.Common;

namespace InquiryRouter.Infrastructure.Data.Sqlite;

/// <summary>The rows of a kept statement, as much of a reader as Dapper asks for.</summary>
internal sealed class PreparedReader(PreparedConnection connection, PreparedStatement statement) : DbDataReader
{
    private bool _closed;
    private bool _ended;

    public override int Depth => 0;

    public override int FieldCount => statement.Columns.Length;

    public override bool HasRows => throw new NotSupportedException();

    public override bool IsClosed => _closed;

    public override int RecordsAffected => -1;

    public override object this[int ordinal] => statement.Value(ordinal);

    public override object this[string name] => statement.Value(GetOrdinal(name));

    // A statement that has ended would begin anew.
    public override bool Read()
    {
        _ended = _ended || !statement.Step();
        return !_ended;
    }

    public override bool NextResult() => false;

    public override void Close()
    {
        if (!_closed)
        {
            _closed = true;
            connection.GiveBack(statement);
        }
    }

    public override bool IsDBNull(int ordinal) => statement.IsNull(ordinal);

    public override object GetValue(int ordinal) => statement.Value(ordinal);

    public override Type GetFieldType(int ordinal) => statement.Type(ordinal);

    public override string GetDataTypeName(int ordinal) => statement.Type(ordinal).Name;

    public override string GetName(int ordinal) => statement.Columns[ordinal];

    public override int GetOrdinal(string name) => Array.IndexOf(statement.Columns, name);

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++)
        {
            values[i] = statement.Value(i);
        }

        return count;
    }

    public override bool GetBoolean(int ordinal) => GetInt64(ordinal) != 0;

    public override byte GetByte(int ordinal) => checked((byte)GetInt64(ordinal));

    public override short GetInt16(int ordinal) => checked((short)GetInt64(ordinal));

    public override int GetInt32(int ordinal) => checked((int)GetInt64(ordinal));

    public override long GetInt64(int ordinal) => (long)statement.Value(ordinal);

    public override float GetFloat(int ordinal) => (float)GetDouble(ordinal);

    public override double GetDouble(int ordinal) => (double)statement.Value(ordinal);

    public override string GetString(int ordinal) => (string)statement.Value(ordinal);

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();

    public override char GetChar(int ordinal) => throw new NotSupportedException();

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();

    public override DateTime GetDateTime(int ordinal) => throw new NotSupportedException();

    public override decimal GetDecimal(int ordinal) => throw new NotSupportedException();

    public override Guid GetGuid(int ordinal) => throw new NotSupportedException();

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);
}
