using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using InquiryRouter.Application.Coordination;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Web.Console.Live;

/// <summary>
/// Tells the pages that are open in the console what has changed: one question a second for all of them, and none while nobody
/// listens. Hints may be
/// lost and are never needed: whoever comes or comes back is told how things stand.
/// </summary>
internal sealed partial class LiveHub(WatchConsole watch, TimeProvider clock, ILogger<LiveHub> log) : IDisposable
{
    /// <summary>How often it is asked.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private const string Comment = ":\n\n";
    private const string Ended = "data: {\"ended\":true}\n\n";

    // In beats: keeps proxies from taking a silent stream for a dead one; and a session that has ended is known within this.
    private const int CommentEvery = 15;
    private const int SessionsEvery = 5;

    private readonly ConcurrentDictionary<LiveSeat, byte> _seats = new();
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ends = new();
    private Snapshot? _last;
    private bool _runs;

    public int Seats => _seats.Count;

    /// <summary>How often the database was asked.</summary>
    public long Questions { get; private set; }

    /// <summary>Somebody listens, until they leave their seat.</summary>
    /// <param name="keyHash">Of their session.</param>
    public LiveSeat Join(byte[] keyHash)
    {
        var seat = new LiveSeat(this, keyHash);
        lock (_lock)
        {
            _seats[seat] = 0;
            if (_runs && _last is { } last)
            {
                seat.Tell(Message(last.Newest, last.Inquiries));
            }
            else if (!_runs)
            {
                _runs = true;
                _ = Task.Run(() => RunAsync(_ends.Token));
            }
        }

        return seat;
    }

    public void Leave(LiveSeat seat) => _seats.TryRemove(seat, out _);

    public void Dispose()
    {
        _ends.Cancel();
        _ends.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        for (var beat = 0L; ; beat++)
        {
            try
            {
                Tell(Snapshot.Of(await AskAsync(watch.RunAsync(cancellation))));
                if (beat % SessionsEvery == SessionsEvery - 1)
                {
                    await EndSessionsAsync(cancellation);
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                NotAsked(exception);
            }

            if (beat % CommentEvery == CommentEvery - 1)
            {
                TellAll(Comment);
            }

            try
            {
                await timer.WaitForNextTickAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            lock (_lock)
            {
                if (_seats.IsEmpty)
                {
                    (_runs, _last) = (false, null);
                    return;
                }
            }
        }
    }

    private async Task EndSessionsAsync(CancellationToken cancellation)
    {
        var seats = _seats.Keys.ToList();
        if (seats.Count == 0)
        {
            return;
        }

        byte[][] asked = [.. seats.Select(s => s.KeyHash).DistinctBy(Convert.ToHexString, StringComparer.Ordinal)];
        var open = (await AskAsync(watch.OpenSessionsAsync(asked, cancellation)))
            .Select(Convert.ToHexString).ToHashSet(StringComparer.Ordinal);
        foreach (var seat in seats.Where(s => !open.Contains(Convert.ToHexString(s.KeyHash))))
        {
            seat.Tell(Ended);
            seat.End();
        }
    }

    private async Task<T> AskAsync<T>(Task<T> question)
    {
        Questions++;
        return await question;
    }

    private void Tell(Snapshot now)
    {
        lock (_lock)
        {
            var was = _last;
            _last = now;
            var changed = now.Inquiries.Where(i => was is null || !was.Inquiries.TryGetValue(i.Key, out var old) || old != i.Value)
                .Concat((was?.Inquiries.Keys ?? []).Where(r => !now.Inquiries.ContainsKey(r))
                    .Select(r => KeyValuePair.Create(r, Seen.Nobody)))
                .ToDictionary(StringComparer.Ordinal);
            if (changed.Count > 0 || was?.Newest != now.Newest)
            {
                TellAll(Message(now.Newest, changed));
            }
        }
    }

    private void TellAll(string message)
    {
        foreach (var seat in _seats.Keys)
        {
            seat.Tell(message);
        }
    }

    private static string Message(long newest, IReadOnlyDictionary<string, Seen> inquiries) =>
        $"data: {JsonSerializer.Serialize(new { newest, inquiries }, JsonSerializerOptions.Web)}\n\n";

    [LoggerMessage(LogLevel.Warning, "The console's live hints could not ask the database; they ask again.")]
    private partial void NotAsked(Exception exception);

    /// <param name="Line">The last line of its history; 0: nobody looks at it any more.</param>
    /// <param name="People">Stands for who is there, and changes with it.</param>
    private sealed record Seen(int Line, string People)
    {
        public static readonly Seen Nobody = new(0, string.Empty);
    }

    private sealed record Snapshot(long Newest, IReadOnlyDictionary<string, Seen> Inquiries)
    {
        public static Snapshot Of(LiveState state) => new(state.Newest, state.Inquiries.ToDictionary(
            i => i.Key,
            i => new Seen(i.Value.Line, string.Join(' ', i.Value.Viewers.Select(
                v => v.User.Value.ToString("N", CultureInfo.InvariantCulture)[^8..] + (v.Writing ? "+" : string.Empty)))),
            StringComparer.Ordinal));
    }
}

/// <summary>A stream that listens.</summary>
internal sealed class LiveSeat(LiveHub hub, byte[] keyHash) : IDisposable
{
    // Whoever is that slow comes again, and is told how things stand.
    private const int MostWaiting = 64;

    private readonly Channel<string> _waiting = Channel.CreateBounded<string>(MostWaiting);

    public byte[] KeyHash { get; } = keyHash;

    public IAsyncEnumerable<string> ReadAsync(CancellationToken cancellation) => _waiting.Reader.ReadAllAsync(cancellation);

    public void Tell(string message)
    {
        if (!_waiting.Writer.TryWrite(message))
        {
            End();
        }
    }

    /// <summary>What was told is still read; then the stream ends.</summary>
    public void End() => _waiting.Writer.TryComplete();

    public void Dispose() => hub.Leave(this);
}
