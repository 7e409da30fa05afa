using System.Data;
using System.Globalization;
using Dapper;

namespace InquiryRouter.Infrastructure.Data;

/// <summary>
/// How moments, days and ids travel: on SQL Server as DATETIME2, DATE and UNIQUEIDENTIFIER, on SQLite as the text and the bytes that
/// <see cref="Sqlite.SqliteValue"/> makes of them. Dapper keeps its handlers for the whole process, so they serve both.
/// </summary>
internal static class TypeHandlers
{
    private static readonly Lock s_lock = new();
    private static bool s_registered;

    public static void Register()
    {
        lock (s_lock)
        {
            if (s_registered)
            {
                return;
            }

            Register<DateTimeOffset>(new MomentHandler());
            Register<DateOnly>(new DayHandler());

            // Its built-in map stays: without it Dapper sends the ids of a list as SQL_VARIANT, and no index is used. It sends one id as the handler would.
            SqlMapper.AddTypeHandler(new GuidHandler());
            s_registered = true;
        }
    }

    private static void Register<T>(SqlMapper.TypeHandler<T> handler)
        where T : struct
    {
        // The built-in map comes first in Dapper and knows neither SQLite's text nor DATETIME2.
        SqlMapper.RemoveTypeMap(typeof(T));
        SqlMapper.RemoveTypeMap(typeof(T?));
        SqlMapper.AddTypeHandler(handler);
    }

    private sealed class MomentHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
        {
            // DATETIMEOFFSET would turn every comparison with a DATETIME2 column into a scan.
            parameter.DbType = DbType.DateTime2;
            parameter.Value = Moments.ToMilliseconds(value).UtcDateTime;
        }

        public override DateTimeOffset Parse(object value) => value switch
        {
            DateTime moment => new DateTimeOffset(DateTime.SpecifyKind(moment, DateTimeKind.Utc)),
            string text => Sqlite.SqliteValue.ToMoment(text),
            _ => throw new DataException($"A moment was read as {value.GetType().Name}."),
        };
    }

    private sealed class DayHandler : SqlMapper.TypeHandler<DateOnly>
    {
        public override void SetValue(IDbDataParameter parameter, DateOnly value)
        {
            parameter.DbType = DbType.Date;
            parameter.Value = value.ToDateTime(TimeOnly.MinValue);
        }

        public override DateOnly Parse(object value) => value switch
        {
            DateOnly day => day,
            DateTime moment => DateOnly.FromDateTime(moment),
            string text => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => throw new DataException($"A day was read as {value.GetType().Name}."),
        };
    }

    private sealed class GuidHandler : SqlMapper.TypeHandler<Guid>
    {
        public override void SetValue(IDbDataParameter parameter, Guid value)
        {
            parameter.DbType = DbType.Guid;
            parameter.Value = value;
        }

        public override Guid Parse(object value) => value switch
        {
            Guid id => id,
            byte[] bytes => new Guid(bytes, bigEndian: true),
            _ => throw new DataException($"An id was read as {value.GetType().Name}."),
        };
    }
}
