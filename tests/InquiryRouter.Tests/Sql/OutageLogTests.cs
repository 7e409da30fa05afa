using InquiryRouter.Infrastructure.Data;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace InquiryRouter.Tests.Sql;

/// <summary>The database is away, and thousands ask it in vain.</summary>
public sealed class OutageLogTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 30, 9, 0, 0, TimeSpan.Zero));
    private readonly Kept _logs = new();
    private readonly OutageLog _outage;

    public OutageLogTests() => _outage = new OutageLog(_clock, _logs);

    [Fact]
    public void It_is_said_when_it_begins_and_once_a_minute()
    {
        for (var second = 0; second < 150; second++)
        {
            for (var n = 0; n < 20; n++)
            {
                _outage.Failed(new IOException("disk full"));
            }

            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(3, _logs.Lines.Count);
        Assert.Contains("1201 tries in vain", _logs.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_slow_question_is_said_once_a_minute_and_is_no_outage()
    {
        for (var second = 0; second < 70; second++)
        {
            _outage.Slow(new TimeoutException("slow"));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(2, _logs.Lines.Count);
        Assert.False(_outage.Lasts);
    }

    [Fact]
    public void A_commit_that_slips_through_ends_nothing()
    {
        for (var n = 0; n < 30; n++)
        {
            _outage.Failed(new IOException("disk full"));
            _outage.Works();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Single(_logs.Lines);
        Assert.True(_outage.Lasts);
    }

    [Fact]
    public void Its_end_is_said_with_how_long_it_lasted_and_the_next_one_is_a_new_one()
    {
        _outage.Failed(new IOException("away"));
        _clock.Advance(TimeSpan.FromSeconds(30));
        _outage.Failed(new IOException("away"));
        _clock.Advance(TimeSpan.FromSeconds(6));
        _outage.Works();
        Assert.False(_outage.Lasts);
        Assert.Contains("after 30 s without it", _logs.Lines[^1], StringComparison.Ordinal);

        _outage.Works();
        _outage.Failed(new IOException("away again"));

        Assert.Equal(3, _logs.Lines.Count);
        Assert.Contains("away again", _logs.Lines[^1], StringComparison.Ordinal);
    }

    private sealed class Kept : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{formatter(state, exception)} {exception?.Message}");
    }
}
