using System.Data.Common;
using Dapper;

namespace InquiryRouter.Infrastructure.Data;

/// <summary>A connection that can be asked. Thin over Dapper; on SQLite every task is complete when it is returned.</summary>
public class Session(DbConnection connection, DbTransaction? transaction, Dialect dialect, DateTimeOffset now)
{
    public Dialect Dialect { get; } = dialect;

    internal DbConnection Connection => connection;

    /// <summary>The moment this unit of work counts as: one moment for all it writes, in whole milliseconds.</summary>
    public DateTimeOffset Now { get; } = Moments.ToMilliseconds(now);

    public Task<IEnumerable<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        connection.QueryAsync<T>(sql, parameters, transaction);

    public Task<T?> QuerySingleOrDefaultAsync<T>(string sql, object? parameters = null) =>
        connection.QuerySingleOrDefaultAsync<T?>(sql, parameters, transaction);

    public Task<T?> QueryFirstOrDefaultAsync<T>(string sql, object? parameters = null) =>
        connection.QueryFirstOrDefaultAsync<T?>(sql, parameters, transaction);

    private protected Task<int> RunAsync(string sql, object? parameters) =>
        connection.ExecuteAsync(sql, parameters, transaction);
}

/// <summary>A unit of work: what it writes is committed together or not at all. Does database work only.</summary>
public sealed class Tx(DbConnection connection, DbTransaction? transaction, Dialect dialect, DateTimeOffset now)
    : Session(connection, transaction, dialect, now)
{
    /// <summary>Who must be woken once this is committed.</summary>
    public Wake Wakes { get; private set; }

    /// <summary>In which trace the work was asked for; null: nobody watches.</summary>
    public string? Trace { get; internal set; }

    /// <summary>Runs a statement and returns the rows it touched.</summary>
    public Task<int> ExecuteAsync(string sql, object? parameters = null) => RunAsync(sql, parameters);

    /// <summary>Inserts many rows, in few statements where each is a way over a network.</summary>
    /// <param name="sql">An INSERT of one row: <c>… VALUES (@A, @B)</c>, with the names of <paramref name="rows"/>.</param>
    /// <param name="rows">In their order.</param>
    public async Task InsertAsync<T>(string sql, IEnumerable<T> rows)
        where T : notnull
    {
        if (Dialect.MostParameters is not { } most)
        {
            foreach (var row in rows)
            {
                await ExecuteAsync(sql, row);
            }

            return;
        }

        var insert = new ManyRows<T>(sql);
        foreach (var some in rows.Chunk(insert.RowsWithin(most)))
        {
            await ExecuteAsync(insert.Sql(some.Length), insert.Parameters(some));
        }
    }

    /// <summary>What is counted by this name is counted by one unit of work after the other.</summary>
    /// <exception cref="ConflictException">It waits for another unit that waits for this one.</exception>
    public async Task HoldAsync(string name)
    {
        if (Dialect.Hold is { } hold && await QuerySingleOrDefaultAsync<int>(hold, new { name }) < 0)
        {
            throw new ConflictException("Another unit of work holds a name that this one waits for.");
        }
    }

    public void WakeAfterCommit(Wake wake) => Wakes |= wake;
}

/// <summary>What a commit may have left to do.</summary>
[Flags]
public enum Wake
{
    None = 0,
    Outbox = 1,
    Mail = 2,
}

/// <summary>The precision both databases keep.</summary>
public static class Moments
{
    public static DateTimeOffset ToMilliseconds(DateTimeOffset moment)
    {
        var utc = moment.ToUniversalTime();
        return new DateTimeOffset(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }
}
