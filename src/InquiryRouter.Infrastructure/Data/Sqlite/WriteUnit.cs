namespace InquiryRouter.Infrastructure.Data.Sqlite;

/// <summary>A unit of work that waits for the writer, and then for its commit.</summary>
internal abstract class WriteUnit
{
    public bool Failed { get; protected set; }

    public Wake Wakes { get; protected set; }

    /// <summary>Does the work, a second time when another unit failed beside it; false when it failed and must be rolled back.</summary>
    public abstract bool Run(Tx tx);

    /// <summary>Lets the caller go on: the work is durable, or failed by itself.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that the shared transaction failed.</summary>
    public abstract void Abort(Exception reason);
}

internal sealed class WriteUnit<T>(Func<Tx, Task<T>> work, CancellationToken cancellation) : WriteUnit
{
    // Continuations must not run on the writer's thread.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    // Of who asked: the writer has a thread of its own.
    private readonly string? _trace = Telemetry.Trace;
    private Exception? _error;
    private T? _result;

    public Task<T> Completion => _completion.Task;

    public override bool Run(Tx tx)
    {
        Failed = false;
        _error = null;
        if (cancellation.IsCancellationRequested)
        {
            // Nothing was begun.
            _error = new OperationCanceledException(cancellation);
            Failed = true;
            return true;
        }

        try
        {
            tx.Trace = _trace;
            var task = work(tx);
            if (!task.IsCompleted)
            {
                throw new InvalidOperationException("A unit of work waited for something that is not the database.");
            }

            _result = task.GetAwaiter().GetResult();
            Wakes = tx.Wakes;
            return true;
        }
        catch (Exception exception)
        {
            _error = tx.Dialect.IsUnavailable(exception)
                ? new DatabaseUnavailableException("The SQLite file cannot be written.", exception)
                : exception;
            Failed = true;
            return false;
        }
    }

    public override void Complete()
    {
        if (_error is OperationCanceledException canceled)
        {
            _completion.TrySetCanceled(canceled.CancellationToken);
        }
        else if (_error is not null)
        {
            _completion.TrySetException(_error);
        }
        else
        {
            _completion.TrySetResult(_result!);
        }
    }

    public override void Abort(Exception reason) => _completion.TrySetException(reason);
}
