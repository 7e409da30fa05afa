using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class OutboxOnSqlite() : OutboxContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class OutboxOnSqlServer() : OutboxContract(DatabaseProvider.SqlServer)
{
    [Contract]
    public async Task A_message_whose_transaction_commits_after_later_ones_were_sent_is_not_skipped()
    {
        var inserted = new TaskCompletionSource();
        var mayCommit = new TaskCompletionSource();
        var early = NewEvent();
        var slow = WriteAsync(async tx =>
        {
            await OutboxStore.AddAsync(tx, early);
            inserted.SetResult();
            await mayCommit.Task;
        });
        await inserted.Task;
        await AddAsync(NewEvent());
        var (lease, later) = await ClaimAsync();
        await WriteAsync(tx => OutboxStore.MarkSentAsync(tx, lease, [.. later.Select(m => m.Seq)]));

        mayCommit.SetResult();
        await slow;

        Assert.Single(later);
        var claimed = Assert.Single((await ClaimAsync()).Messages);
        Assert.Equal(early, EventTypes.Read(claimed.Type, claimed.Body));
    }
}

public abstract class OutboxContract(DatabaseProvider provider) : StoreContract(provider)
{
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(60);

    [Contract]
    public async Task A_message_comes_out_as_it_went_in()
    {
        var sent = new InquiryMatched { InquiryId = InquiryId.New(), Version = 7, MatchId = Guid.CreateVersion7() };
        await AddAsync(sent);

        var message = Assert.Single((await ClaimAsync()).Messages);

        Assert.Equal(sent, EventTypes.Read(message.Type, message.Body));
        Assert.Equal(1, message.Attempts);
        Assert.Equal(Now, message.CreatedAt);
        Assert.NotEqual(Guid.Empty, message.MessageId);
    }

    [Contract]
    public async Task A_claimed_message_is_skipped_by_others_until_its_lease_ends()
    {
        await AddAsync(NewEvent());
        var (_, first) = await ClaimAsync();

        Clock.Advance(s_lease - TimeSpan.FromMilliseconds(1));
        Assert.Empty((await ClaimAsync()).Messages);

        Clock.Advance(TimeSpan.FromMilliseconds(1));
        var again = Assert.Single((await ClaimAsync()).Messages);
        Assert.Equal(Assert.Single(first).MessageId, again.MessageId);
        Assert.Equal(2, again.Attempts);
    }

    [Contract]
    public async Task Marking_under_a_lost_lease_changes_nothing()
    {
        await AddAsync(NewEvent());
        var (lost, messages) = await ClaimAsync();
        var message = Assert.Single(messages);
        Clock.Advance(s_lease);
        var (held, _) = await ClaimAsync();

        Assert.Equal(0, await WriteAsync(tx => OutboxStore.MarkSentAsync(tx, lost, [message.Seq])));
        Assert.Equal(0, await WriteAsync(tx => OutboxStore.GiveBackAsync(tx, lost, message, Now, "late", countsAsAttempt: true)));
        Assert.Equal(0, await WriteAsync(tx => OutboxStore.ParkAsync(tx, lost, message, "late")));

        Assert.Equal(1, (await BacklogAsync()).Waiting);
        Assert.Equal(1, await WriteAsync(tx => OutboxStore.MarkSentAsync(tx, held, [message.Seq])));
        Assert.Equal(0, (await BacklogAsync()).Waiting);
    }

    [Contract]
    public async Task A_sent_message_never_comes_again()
    {
        await AddAsync(NewEvent());
        var (lease, messages) = await ClaimAsync();
        await WriteAsync(tx => OutboxStore.MarkSentAsync(tx, lease, [messages[0].Seq]));

        Clock.Advance(TimeSpan.FromDays(2));

        Assert.Empty((await ClaimAsync()).Messages);
        Assert.Equal(0, await WriteAsync(tx => OutboxStore.MarkSentAsync(tx, lease, [messages[0].Seq])));
    }

    [Contract]
    public async Task Only_what_was_delivered_of_a_batch_is_marked()
    {
        await AddAsync(NewEvent(), NewEvent(), NewEvent());
        var (lease, messages) = await ClaimAsync();

        Assert.Equal(2, await WriteAsync(tx => OutboxStore.MarkSentAsync(tx, lease, [messages[0].Seq, messages[2].Seq])));

        Clock.Advance(s_lease);
        Assert.Equal(messages[1].MessageId, Assert.Single((await ClaimAsync()).Messages).MessageId);
    }

    [Contract]
    public async Task A_message_given_back_comes_again_at_its_time()
    {
        await AddAsync(NewEvent());
        var (lease, messages) = await ClaimAsync();
        var later = Now + TimeSpan.FromSeconds(5);
        Assert.Equal(1, await WriteAsync(tx => OutboxStore.GiveBackAsync(tx, lease, messages[0], later, "Oops", countsAsAttempt: true)));

        Assert.Empty((await ClaimAsync()).Messages);
        Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(2, Assert.Single((await ClaimAsync()).Messages).Attempts);
    }

    [Contract]
    public async Task A_broker_that_is_down_does_not_count_against_a_message()
    {
        await AddAsync(NewEvent());
        for (var i = 0; i < 20; i++)
        {
            var (lease, messages) = await ClaimAsync();
            await WriteAsync(tx => OutboxStore.GiveBackAsync(tx, lease, Assert.Single(messages), Now, "TransportDownException", countsAsAttempt: false));
        }

        Assert.Equal(1, Assert.Single((await ClaimAsync()).Messages).Attempts);
    }

    [Contract]
    public async Task A_parked_message_never_comes_again_and_is_counted()
    {
        await AddAsync(NewEvent());
        var (lease, messages) = await ClaimAsync();
        await WriteAsync(tx => OutboxStore.ParkAsync(tx, lease, messages[0], new string('x', 500)));

        Clock.Advance(TimeSpan.FromDays(1));

        Assert.Empty((await ClaimAsync()).Messages);
        Assert.Equal(new OutboxBacklog(0, 1, 0, null), await BacklogAsync());
    }

    [Contract]
    public async Task A_message_committed_late_by_a_machine_whose_clock_is_behind_is_not_skipped()
    {
        await AddAsync(NewEvent());
        Clock.Advance(TimeSpan.FromSeconds(30));
        await AddAsync(NewEvent());
        var (lease, newer) = await ClaimAsync();
        await WriteAsync(tx => OutboxStore.MarkSentAsync(tx, lease, [.. newer.Select(m => m.Seq)]));

        await using var behind = Storage.Open(new FakeTimeProvider(Now - TimeSpan.FromMinutes(10)));
        var late = NewEvent();
        await behind.WriteAsync(tx => OutboxStore.AddAsync(tx, late));

        var claimed = Assert.Single((await ClaimAsync()).Messages);
        Assert.Equal(late, EventTypes.Read(claimed.Type, claimed.Body));
    }

    [Contract]
    public async Task The_oldest_come_first()
    {
        var events = Enumerable.Range(0, 5).Select(_ => NewEvent()).ToArray();
        foreach (var message in events)
        {
            await AddAsync(message);
            Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        var first = (await ClaimAsync(take: 2)).Messages;
        var rest = (await ClaimAsync(take: 10)).Messages;

        Assert.Equal(events, first.Concat(rest).Select(m => EventTypes.Read(m.Type, m.Body)));
    }

    [Contract]
    public async Task Two_claimers_at_once_never_get_the_same_message()
    {
        const int messages = 200;
        await WriteAsync(async tx =>
        {
            for (var i = 0; i < messages; i++)
            {
                await OutboxStore.AddAsync(tx, NewEvent());
            }
        });
        await using var other = Storage.Open(Clock);
        Database[] processes = [Database, other];

        var outcomes = await AtOnceAsync(8, async i =>
        {
            var mine = new List<Guid>();
            while (true)
            {
                var batch = await processes[i % 2].WriteAsync(tx => OutboxStore.ClaimAsync(tx, Guid.CreateVersion7(), tx.Now + TimeSpan.FromDays(1), 7));
                if (batch.Count == 0)
                {
                    return mine;
                }

                mine.AddRange(batch.Select(m => m.MessageId));
            }
        });

        Assert.All(outcomes, o => Assert.Null(o.Error));
        var claimed = outcomes.SelectMany(o => o.Result!).ToList();
        Assert.Equal(messages, claimed.Count);
        Assert.Equal(messages, claimed.Distinct().Count());
    }

    [Contract]
    public async Task Ending_all_leases_makes_a_dead_process_messages_due_at_once()
    {
        await AddAsync(NewEvent(), NewEvent());
        var (dead, messages) = await ClaimAsync();

        Assert.Equal(2, await WriteAsync(OutboxStore.EndLeasesAsync));

        Assert.Equal(0, await WriteAsync(tx => OutboxStore.MarkSentAsync(tx, dead, [messages[0].Seq])));
        Assert.Equal(2, (await ClaimAsync()).Messages.Count);
    }

    [Contract]
    public async Task The_backlog_tells_how_old_the_oldest_waiting_message_is()
    {
        var since = Now;
        await AddAsync(NewEvent());
        Clock.Advance(TimeSpan.FromMinutes(3));
        await AddAsync(NewEvent());

        Assert.Equal(new OutboxBacklog(2, 0, 0, since), await BacklogAsync());
    }

    [Contract]
    public async Task A_sweep_takes_only_what_was_delivered_before_and_no_more_than_asked()
    {
        await AddAsync(NewEvent(), NewEvent(), NewEvent());
        var (lease, old) = await ClaimAsync();
        await WriteAsync(tx => OutboxStore.MarkSentAsync(tx, lease, [.. old.Select(m => m.Seq)]));
        Clock.Advance(TimeSpan.FromDays(8));
        await AddAsync(NewEvent(), NewEvent());
        var (young, sent) = await ClaimAsync(take: 1);
        await WriteAsync(tx => OutboxStore.MarkSentAsync(tx, young, [sent[0].Seq]));
        var week = Now - TimeSpan.FromDays(7);

        Assert.Equal(2, await WriteAsync(tx => OutboxStore.SweepAsync(tx, week, 2)));
        Assert.Equal(1, await WriteAsync(tx => OutboxStore.SweepAsync(tx, week, 2)));
        Assert.Equal(0, await WriteAsync(tx => OutboxStore.SweepAsync(tx, week, 2)));

        Assert.Equal(2, await NumberAsync("SELECT COUNT(*) FROM Outbox"));
    }

    protected static InquiryReceived NewEvent() => new() { InquiryId = InquiryId.New(), Version = 1 };

    protected Task AddAsync(params IEvent[] messages) => WriteAsync(async tx =>
    {
        foreach (var message in messages)
        {
            await OutboxStore.AddAsync(tx, message);
        }
    });

    protected async Task<(Guid Lease, IReadOnlyList<OutboxMessage> Messages)> ClaimAsync(int take = 100)
    {
        var lease = Guid.CreateVersion7();
        return (lease, await WriteAsync(tx => OutboxStore.ClaimAsync(tx, lease, tx.Now + s_lease, take)));
    }

    private Task<OutboxBacklog> BacklogAsync() => ReadAsync(OutboxStore.BacklogAsync);
}
