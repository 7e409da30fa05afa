using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Infrastructure.Data.SqlServer;

/// <summary>Each unit of work has a connection and a transaction of its own, at READ COMMITTED: READPAST is not allowed above it.</summary>
public sealed class SqlServerDatabase : Database
{
    private const int DeadlockRetries = 5;

    private readonly string _connectionString;
    private readonly OutageLog _outage;

    public SqlServerDatabase(string connectionString, TimeProvider clock, CommitSignals signals, ILogger<SqlServerDatabase> log)
        : base(new SqlServerDialect(), clock, signals)
    {
        TypeHandlers.Register();
        _connectionString = connectionString;
        _outage = new OutageLog(clock, log);
    }

    public override string? Trouble => _outage.Lasts ? "The database does not answer." : null;

    public override Task<T> WriteAsync<T>(Func<Tx, Task<T>> unit, Priority priority = Priority.Background, CancellationToken cancellation = default) => TryAsync(
        async connection =>
        {
            var (result, wakes) = await CommitAsync(
                connection,
                async transaction =>
                {
                    var tx = new Tx(connection, transaction, Dialect, Clock.GetUtcNow()) { Trace = Telemetry.Trace };
                    return (await unit(tx), tx.Wakes);
                },
                cancellation);
            Signals.Raise(wakes);
            return result;
        },
        isQuestion: false, cancellation);

    public override Task<T> ReadAsync<T>(Func<Session, Task<T>> questions, CancellationToken cancellation = default) =>
        TryAsync(connection => questions(new Session(connection, null, Dialect, Clock.GetUtcNow())), isQuestion: true, cancellation);

    /// <summary>
    /// Runs a unit of work and commits it. On a connection that broke, rolling back fails as well, in another way: it is the cause that is thrown, since
    /// it says whether the database is away.
    /// </summary>
    internal static async Task<T> CommitAsync<T>(DbConnection connection, Func<DbTransaction, Task<T>> unit, CancellationToken cancellation)
    {
        var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, cancellation);
        try
        {
            var result = await unit(transaction);

            // Not cancellable: a cancelled commit has an unknown outcome.
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        }
        catch
        {
            await RollBackAsync(transaction);
            throw;
        }
    }

    private static async Task RollBackAsync(DbTransaction transaction)
    {
        try
        {
            await transaction.DisposeAsync();
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or NotSupportedException or IOException)
        {
            // The server rolls back by itself what a broken connection leaves.
        }
    }

    private async Task<T> TryAsync<T>(Func<SqlConnection, Task<T>> work, bool isQuestion, CancellationToken cancellation)
    {
        var isReached = false;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                isReached = false;
                await using var connection = await OpenAsync(cancellation);
                isReached = true;
                var result = await work(connection);
                _outage.Works();
                return result;
            }
            catch (Exception exception) when (SqlServerDialect.IsDeadlock(exception) && attempt < DeadlockRetries)
            {
                // The victim's transaction is gone as a whole, and questions change nothing: running it again is safe.
                await Task.Delay(TimeSpan.FromMilliseconds(10 * attempt), Clock, cancellation);
            }
            catch (Exception exception) when (Dialect.IsUnavailable(exception))
            {
                // A server that lets us in and takes long over one question is there: others are answered meanwhile, and the process is
                // ready. Whether it is,
                // a question of its own says.
                if (isQuestion && isReached && SqlServerDialect.IsTimeout(exception))
                {
                    _outage.Slow(exception);
                }
                else
                {
                    _outage.Failed(exception);
                }

                throw new DatabaseUnavailableException("SQL Server did not answer.", exception);
            }
        }
    }

    private async Task<SqlConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = new SqlConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch (Exception exception)
        {
            await connection.DisposeAsync();

            // The pool says so with an InvalidOperationException; one of a statement would be a mistake of ours.
            if (exception is InvalidOperationException)
            {
                throw new ConnectionPoolException("No connection became free.", exception);
            }

            throw;
        }
    }

    public override Task<bool> ScrubAsync() => Task.FromResult(true);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
