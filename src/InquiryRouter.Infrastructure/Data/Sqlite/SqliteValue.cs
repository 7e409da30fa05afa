using System.Data;
using System.Globalization;
using SQLitePCL;

namespace InquiryRouter.Infrastructure.Data.Sqlite;

/// <summary>What is stored for a value: moments and days as sortable text, ids as 16 bytes that sort by age, decimals as REAL.</summary>
internal static class SqliteValue
{
    private const string MomentFormat = "yyyy-MM-dd HH:mm:ss.fff";
    private const string DayFormat = "yyyy-MM-dd";

    /// <returns>SQLite's result code.</returns>
    public static int Bind(sqlite3_stmt statement, int index, object? value, DbType type)
    {
        switch (value)
        {
            case null or DBNull:
                return raw.sqlite3_bind_null(statement, index);
            case string text:
                return raw.sqlite3_bind_text(statement, index, text);
            case byte[] bytes:
                return bytes.Length == 0 ? raw.sqlite3_bind_zeroblob(statement, index, 0) : raw.sqlite3_bind_blob(statement, index, bytes);
            case Guid id:
                Span<byte> sortable = stackalloc byte[16];
                id.TryWriteBytes(sortable, bigEndian: true, out _);
                return raw.sqlite3_bind_blob(statement, index, sortable);
            case DateTime moment:
                Span<byte> written = stackalloc byte[MomentFormat.Length];
                moment.TryFormat(written, out var length, type == DbType.Date ? DayFormat : MomentFormat, CultureInfo.InvariantCulture);
                return raw.sqlite3_bind_text(statement, index, written[..length]);
            case double number:
                return raw.sqlite3_bind_double(statement, index, number);
            case decimal amount:
                return raw.sqlite3_bind_double(statement, index, (double)amount);
            case long or int or short or byte or bool:
                return raw.sqlite3_bind_int64(statement, index, Convert.ToInt64(value, CultureInfo.InvariantCulture));
            default:
                throw new NotSupportedException($"A {value.GetType().Name} has no form in SQLite.");
        }
    }

    public static DateTimeOffset ToMoment(string text) =>
        DateTimeOffset.ParseExact(text, MomentFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
