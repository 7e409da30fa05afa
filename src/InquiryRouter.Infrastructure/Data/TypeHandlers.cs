using System.Data;
using System.Globalization;
using Dapper;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Users;

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

            // Those of a list would be sent as SQL_VARIANT: whoever asks for a list of them passes the values.
            SqlMapper.AddTypeHandler(typeof(InquiryId), new IdHandler<InquiryId>(id => id.Value, value => new InquiryId(value)));
            SqlMapper.AddTypeHandler(typeof(ReferralId), new IdHandler<ReferralId>(id => id.Value, value => new ReferralId(value)));
            SqlMapper.AddTypeHandler(typeof(UserId), new IdHandler<UserId>(id => id.Value, value => new UserId(value)));
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

    private static Guid IdOf(object value) => value switch
    {
        Guid id => id,
        byte[] bytes => new Guid(bytes, bigEndian: true),
        _ => throw new DataException($"An id was read as {value.GetType().Name}."),
    };

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

        public override Guid Parse(object value) => IdOf(value);
    }

    /// <summary>An id that is a type is stored as the id it holds, and sent as one also where there is none.</summary>
    private sealed class IdHandler<T>(Func<T, Guid> valueOf, Func<Guid, T> idOf) : SqlMapper.ITypeHandler
        where T : struct
    {
        public void SetValue(IDbDataParameter parameter, object value)
        {
            parameter.DbType = DbType.Guid;
            parameter.Value = value is T id ? valueOf(id) : DBNull.Value;
        }

        public object? Parse(Type destinationType, object value) => value is DBNull ? null : idOf(IdOf(value));
    }
}
