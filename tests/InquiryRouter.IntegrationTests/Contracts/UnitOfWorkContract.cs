using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class UnitOfWorkOnSqlite() : UnitOfWorkContract(DatabaseProvider.Sqlite)
{
    [Fact]
    public async Task A_unit_that_waits_for_something_else_is_refused_and_leaves_nothing()
    {
        var never = new TaskCompletionSource();

        await Assert.ThrowsAsync<InvalidOperationException>(() => WriteAsync(async tx =>
        {
            await AddAsync(tx);
            await never.Task;
        }));
        await Assert.ThrowsAsync<InvalidOperationException>(() => ReadAsync(async session =>
        {
            await never.Task;
            return session.Now;
        }));

        Assert.Equal(0, await CountAsync());
        await WriteAsync(AddAsync);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task A_person_does_not_wait_behind_the_stages()
    {
        var order = new List<string>();
        var works = WhileTheWriterIsBusy(() =>
        {
            List<Task> all = [.. Enumerable.Range(0, 600).Select(_ => RecordAsync(order, "stage", Priority.Background))];
            all.Add(RecordAsync(order, "person", Priority.Interactive));
            return all;
        });

        await Task.WhenAll(works);

        Assert.Equal(601, order.Count);
        Assert.Equal(0, order.IndexOf("person"));
    }

    [Fact]
    public async Task The_stages_go_on_slowly_while_people_wait()
    {
        var order = new List<string>();
        var works = WhileTheWriterIsBusy(() =>
        {
            List<Task> all = [.. Enumerable.Range(0, 2000).Select(_ => RecordAsync(order, "person", Priority.Interactive))];
            all.Add(RecordAsync(order, "stage", Priority.Background));
            return all;
        });

        await Task.WhenAll(works);

        Assert.InRange(order.IndexOf("stage"), 1, 1900);
    }

    // Units are queued behind one that blocks the writer, so that their order is the writer's choice.
    private List<Task> WhileTheWriterIsBusy(Func<List<Task>> queue)
    {
        using var running = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var blocking = Database.WriteAsync(_ =>
        {
            running.Set();
            release.Wait(TimeSpan.FromSeconds(30));
            return Task.CompletedTask;
        });
        Assert.True(running.Wait(TimeSpan.FromSeconds(30)));
        var works = queue();
        release.Set();
        blocking.GetAwaiter().GetResult();
        works.Add(blocking);
        return works;
    }

    private Task RecordAsync(List<string> order, string what, Priority priority) => Database.WriteAsync(
        _ =>
        {
            // Only the writer's one thread runs units.
            order.Add(what);
            return Task.CompletedTask;
        },
        priority);
}

[OnSqlServer]
public sealed class UnitOfWorkOnSqlServer() : UnitOfWorkContract(DatabaseProvider.SqlServer);

public abstract class UnitOfWorkContract(DatabaseProvider provider) : StoreContract(provider)
{
    [Contract]
    public async Task A_failing_unit_leaves_nothing_and_does_no_harm_to_those_that_commit_with_it()
    {
        var outcomes = await AtOnceAsync(100, async i =>
        {
            await WriteAsync(async tx =>
            {
                await AddAsync(tx);
                await AddAsync(tx);
                if (i % 5 == 0)
                {
                    throw new InvalidOperationException($"unit {i} fails");
                }
            });
            return i;
        });

        Assert.Equal(20, outcomes.Count(o => o.Error is InvalidOperationException));
        Assert.Equal(80, outcomes.Count(o => o.Error is null));
        Assert.Equal(160, await CountAsync());
    }

    [Contract]
    public async Task Five_hundred_units_at_once_are_all_durable_when_they_return()
    {
        var outcomes = await AtOnceAsync(500, async i =>
        {
            await Database.WriteAsync(AddAsync, i % 2 == 0 ? Priority.Interactive : Priority.Background);
            return i;
        });

        Assert.All(outcomes, o => Assert.Null(o.Error));
        await using var other = Storage.Open(Clock);
        Assert.Equal(500, await other.ReadAsync(session => session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM Outbox")));
    }

    [Contract]
    public async Task A_unit_returns_what_it_found_and_sees_what_it_wrote()
    {
        var (before, after) = await WriteAsync(async tx =>
        {
            var first = await tx.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM Outbox");
            await AddAsync(tx);
            return (first, await tx.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM Outbox"));
        });

        Assert.Equal((0, 1), (before, after));
    }

    [Contract]
    public async Task A_unit_counts_as_one_moment_in_whole_milliseconds()
    {
        Clock.Advance(TimeSpan.FromTicks(12345));

        var (first, second) = await WriteAsync(tx =>
        {
            var begun = tx.Now;
            Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult((begun, tx.Now));
        });

        Assert.Equal(first, second);
        Assert.Equal(Clocks.Start.AddMilliseconds(1), first);
    }

    [Contract]
    public async Task A_unit_whose_caller_has_gone_away_is_not_run()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Database.WriteAsync(AddAsync, cancellation: gone.Token));

        Assert.Equal(0, await CountAsync());
    }

    [Contract]
    public async Task A_commit_wakes_the_relay_and_a_failed_unit_does_not()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => WriteAsync(async tx =>
        {
            await AddAsync(tx);
            throw new InvalidOperationException("the unit fails");
        }));
        var waiting = Signals.Outbox.WaitAsync(TimeSpan.FromDays(1), Clock, CancellationToken.None);
        Assert.False(waiting.IsCompleted);

        await WriteAsync(AddAsync);

        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
    }

    protected static Task AddAsync(Tx tx) => OutboxStore.AddAsync(tx, new InquiryReceived { InquiryId = InquiryId.New(), Version = 1 });

    protected Task<long> CountAsync() => NumberAsync("SELECT COUNT(*) FROM Outbox");
}
