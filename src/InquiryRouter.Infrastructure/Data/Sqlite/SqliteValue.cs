using System.Data;
using System.Globalization;

namespace InquiryRouter.Infrastructure.Data.Sqlite;

/// <summary>What is stored for a value: moments and days as sortable text, ids as 16 bytes that sort by age, decimals as REAL.</summary>
internal static class SqliteValue
{
    private const string MomentFormat = "yyyy-MM-dd HH:mm:ss.fff";
    private const string DayFormat = "yyyy-MM-dd";

    public static object Of(object? value, DbType type) => value switch
    {
        null => DBNull.Value,
        Guid id => id.ToByteArray(bigEndian: true),
        DateTime moment => moment.ToString(type == DbType.Date ? DayFormat : MomentFormat, CultureInfo.InvariantCulture),
        decimal amount => (double)amount,
        _ => value,
    };

    public static DateTimeOffset ToMoment(string text) =>
        DateTimeOffset.ParseExact(text, MomentFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
