using System.Threading.Channels;

namespace InquiryRouter.Infrastructure.Data;

/// <summary>Wakes the relay and the mail sender of this process after a commit that left them work. A slow poll is the net under it.</summary>
public sealed class CommitSignals
{
    public Signal Outbox { get; } = new();

    public Signal Mail { get; } = new();

    internal void Raise(Wake wakes)
    {
        if (wakes.HasFlag(Wake.Outbox))
        {
            Outbox.Set();
        }

        if (wakes.HasFlag(Wake.Mail))
        {
            Mail.Set();
        }
    }
}

/// <summary>Set any number of times, it wakes its one waiter once.</summary>
public sealed class Signal
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Set() => _channel.Writer.TryWrite(true);

    /// <summary>Returns when set, or after <paramref name="atMost"/>.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellation)
    {
        if (_channel.Reader.TryRead(out _))
        {
            return;
        }

        using var limit = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await _channel.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The poll: nothing was signalled.
        }
    }
}
