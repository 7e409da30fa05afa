using System.Threading.Tasks.Sources;

namespace InquiryRouter.Benchmarks.Load;

/// <summary>
/// Bounds how many inquiries are accepted but not completed. Unlike a SemaphoreSlim it lets a waiting connection go on at
/// once on the thread that made room, and allocates nothing.
/// </summary>
internal sealed class Window(int size)
{
    private readonly Lock _gate = new();
    private readonly Queue<Waiter> _waiting = new();
    private int _free = size;
    private bool _closed;

    /// <param name="waiter">The caller's own, used by one wait at a time.</param>
    /// <returns>False when the window was closed.</returns>
    public ValueTask<bool> EnterAsync(Waiter waiter)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return ValueTask.FromResult(false);
            }

            if (_free > 0)
            {
                _free--;
                return ValueTask.FromResult(true);
            }

            _waiting.Enqueue(waiter);
            return waiter.Begin();
        }
    }

    public void Release()
    {
        Waiter? next;
        lock (_gate)
        {
            if (!_waiting.TryDequeue(out next))
            {
                _free++;
                return;
            }
        }

        next.End(entered: true);
    }

    /// <summary>Sends every waiting connection home.</summary>
    public void Close()
    {
        Waiter[] left;
        lock (_gate)
        {
            _closed = true;
            left = [.. _waiting];
            _waiting.Clear();
        }

        foreach (var waiter in left)
        {
            waiter.End(entered: false);
        }
    }

    /// <summary>One connection's place in the queue, used again and again.</summary>
    internal sealed class Waiter : IValueTaskSource<bool>
    {
        private ManualResetValueTaskSourceCore<bool> _source;

        public ValueTask<bool> Begin()
        {
            _source.Reset();
            return new ValueTask<bool>(this, _source.Version);
        }

        public void End(bool entered) => _source.SetResult(entered);

        public bool GetResult(short token) => _source.GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _source.OnCompleted(continuation, state, token, flags);
    }
}
