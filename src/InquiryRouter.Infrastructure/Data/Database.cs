namespace InquiryRouter.Infrastructure.Data;

/// <summary>How soon a unit of work must get its turn on a database with one writer.</summary>
public enum Priority
{
    /// <summary>A person waits for the answer.</summary>
    Interactive,

    Background,
}

/// <summary>
/// Where units of work run. A unit does database work only: hash, encrypt and render before it, publish after it.
/// When <see cref="WriteAsync{T}"/> returns, the work is durable; when it throws <see cref="DatabaseUnavailableException"/>, it
/// may or may not have been committed.
/// </summary>
public abstract class Database(Dialect dialect, TimeProvider clock, CommitSignals signals) : IAsyncDisposable
{
    public Dialect Dialect { get; } = dialect;

    public TimeProvider Clock { get; } = clock;

    /// <summary>Why nothing can be committed now, as a sentence; null: nothing is known that stands against it.</summary>
    public abstract string? Trouble { get; }

    protected CommitSignals Signals { get; } = signals;

    /// <summary>
    /// Runs <paramref name="unit"/> in a transaction and commits it. It may be run twice, the first time in vain: it changes nothing but the
    /// database, and answers with what it returns.
    /// </summary>
    /// <exception cref="DatabaseUnavailableException">The database could not be reached, was locked too long, or the commit failed.</exception>
    public abstract Task<T> WriteAsync<T>(Func<Tx, Task<T>> unit, Priority priority = Priority.Background, CancellationToken cancellation = default);

    public Task WriteAsync(Func<Tx, Task> unit, Priority priority = Priority.Background, CancellationToken cancellation = default) =>
        WriteAsync<bool>(async tx => { await unit(tx); return true; }, priority, cancellation);

    /// <summary>
    /// Runs questions on a connection of their own; each sees what was committed when it was asked. They may be run twice, the first time in vain:
    /// they change nothing, and answer with what they return.
    /// </summary>
    /// <exception cref="DatabaseUnavailableException">The database could not be reached, or was locked too long.</exception>
    public abstract Task<T> ReadAsync<T>(Func<Session, Task<T>> questions, CancellationToken cancellation = default);

    /// <summary>
    /// After an erasure: leaves no copy of what was deleted in the files of the database, where that is in the program's hands. On SQLite the
    /// write-ahead log is emptied (deleted rows are overwritten as they are deleted); on SQL Server it is the server's own work, see sql/README.md.
    /// </summary>
    /// <returns>False when somebody was in the way: ask again later.</returns>
    public abstract Task<bool> ScrubAsync();

    public abstract ValueTask DisposeAsync();
}

/// <summary>The database did not take part: not reached, locked, full, or gone in the middle of a commit.</summary>
public sealed class DatabaseUnavailableException : Exception
{
    public DatabaseUnavailableException()
    {
    }

    public DatabaseUnavailableException(string message)
        : base(message)
    {
    }

    public DatabaseUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>Somebody else changed the row first: load again and decide again.</summary>
public sealed class ConflictException : Exception
{
    public ConflictException()
    {
    }

    public ConflictException(string message)
        : base(message)
    {
    }

    public ConflictException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
