using System.Data;
using System.Globalization;

namespace InquiryRouter.Infrastructure.Data.Sqlite;

/// <summary>What is stored for a value: moments and days as sortable text, ids as 16 bytes that sort by age, decimals as REAL.</summary>
internal static class SqliteValue
{
    private const string MomentFormat = "yyyy-MM-dd HH:mm:ss.fff";

    public static object From(object? value, DbType type) => value switch
    {
        null => DBNull.Value,
        DateTime day when type == DbType.Date => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString(MomentFormat, CultureInfo.InvariantCulture),
        Guid id => id.ToByteArray(bigEndian: true),
        decimal amount => (double)amount,
        bool flag => flag ? 1L : 0L,
        _ => value,
    };

    public static DateTimeOffset ToMoment(string text) =>
        DateTimeOffset.ParseExact(text, MomentFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
