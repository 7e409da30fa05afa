using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Sqlite;
using InquiryRouter.Infrastructure.Mail.Sending;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace InquiryRouter.Tests.Mail;

/// <summary>The database is away, and mails are under a lease.</summary>
public sealed class MailLedgerTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task While_the_process_goes_on_it_is_tried_for_minutes_and_once_it_stops_for_a_moment()
    {
        await using var away = new Away(_clock);
        using var stopping = new CancellationTokenSource();
        var ledger = new MailLedger(away, alarm: null!, _clock, NullLogger<MailLedger>.Instance);
        var giving = ledger.GiveBackAsync([], stopping.Token);
        await UntilAsync(() => away.Tries > 12);
        Assert.False(giving.IsCompleted);

        await stopping.CancelAsync();
        var before = away.Tries;
        await UntilAsync(() => giving.IsCompleted);

        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => giving);
        Assert.InRange(away.Tries - before, 1, 20);
        Assert.True(_clock.GetUtcNow() - away.Began < TimeSpan.FromMinutes(3),
            "It stopped because of its time, and not because of the stop.");
    }

    [Fact]
    public async Task What_comes_back_within_the_moment_is_still_written()
    {
        await using var away = new Away(_clock);
        using var stopping = new CancellationTokenSource();
        await stopping.CancelAsync();
        var giving = new MailLedger(away, alarm: null!, _clock, NullLogger<MailLedger>.Instance).GiveBackAsync([], stopping.Token);
        await UntilAsync(() => away.Tries > 2);
        away.IsBack = true;
        await UntilAsync(() => giving.IsCompleted);
        await giving;
    }

    // Time goes on in small steps, as often as it takes.
    private async Task UntilAsync(Func<bool> so)
    {
        for (var step = 0; !so(); step++)
        {
            Assert.True(step < 1_000_000, "It never came.");
            if (step % 100 == 99)
            {
                _clock.Advance(TimeSpan.FromMilliseconds(10));
            }

            await Task.Yield();
        }
    }

    private sealed class Away(FakeTimeProvider clock) : Database(new SqliteDialect(), clock, new CommitSignals())
    {
        private volatile int _tries;

        public DateTimeOffset Began { get; } = clock.GetUtcNow();

        public int Tries => _tries;

        public bool IsBack { get; set; }

        public override string? Trouble => "It is away.";

        public override Task<T> WriteAsync<T>(Func<Tx, Task<T>> unit, Priority priority = Priority.Background,
            CancellationToken cancellation = default)
        {
            _tries++;
            return IsBack ? Task.FromResult(default(T)!) : Task.FromException<T>(new DatabaseUnavailableException("Away."));
        }

        public override Task<T> ReadAsync<T>(Func<Session, Task<T>> questions, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public override Task<bool> ScrubAsync() => throw new NotSupportedException();

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
