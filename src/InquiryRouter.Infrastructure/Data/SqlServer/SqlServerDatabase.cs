using Microsoft.Data.SqlClient;

namespace InquiryRouter.Infrastructure.Data.SqlServer;

/// <summary>Each unit of work has a connection and a transaction of its own, at READ COMMITTED: READPAST is not allowed above it.</summary>
public sealed class SqlServerDatabase : Database
{
    private const int DeadlockRetries = 5;

    private readonly string _connectionString;

    public SqlServerDatabase(string connectionString, TimeProvider clock, CommitSignals signals)
        : base(new SqlServerDialect(), clock, signals)
    {
        TypeHandlers.Register();
        _connectionString = connectionString;
    }

    public override Task<T> WriteAsync<T>(Func<Tx, Task<T>> unit, Priority priority = Priority.Background, CancellationToken cancellation = default) => TryAsync(
        async connection =>
        {
            await using var transaction = (SqlTransaction)await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, cancellation);
            var tx = new Tx(connection, transaction, Dialect, Clock.GetUtcNow());
            var result = await unit(tx);

            // Not cancellable: a cancelled commit has an unknown outcome.
            await transaction.CommitAsync(CancellationToken.None);
            Signals.Raise(tx.Wakes);
            return result;
        },
        cancellation);

    public override Task<T> ReadAsync<T>(Func<Session, Task<T>> questions, CancellationToken cancellation = default) =>
        TryAsync(connection => questions(new Session(connection, null, Dialect, Clock.GetUtcNow())), cancellation);

    private async Task<T> TryAsync<T>(Func<SqlConnection, Task<T>> work, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await OpenAsync(cancellation);
                return await work(connection);
            }
            catch (Exception exception) when (SqlServerDialect.IsDeadlock(exception) && attempt < DeadlockRetries)
            {
                // The victim's transaction is gone as a whole, and questions change nothing: running it again is safe.
                await Task.Delay(TimeSpan.FromMilliseconds(10 * attempt), Clock, cancellation);
            }
            catch (Exception exception) when (Dialect.IsUnavailable(exception))
            {
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
