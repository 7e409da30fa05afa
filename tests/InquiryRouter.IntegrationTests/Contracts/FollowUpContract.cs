using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.FollowUp;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class FollowUpOnSqlite() : FollowUpContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class FollowUpOnSqlServer() : FollowUpContract(DatabaseProvider.SqlServer);

public abstract class FollowUpContract(DatabaseProvider provider) : StoreContract(provider)
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    [Contract]
    public async Task A_follow_up_fires_at_its_time_and_not_before()
    {
        var (inquiry, about) = await PromiseAsync(Now + s_hour);

        Clock.Advance(s_hour - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, await FireAsync());

        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await FireAsync());
        Assert.Equal(0, await FireAsync());

        var due = Assert.Single(await MessagesAsync());
        Assert.Equal(inquiry, due.InquiryId);
        var record = await ReadAsync(session => FollowUpStore.FindAsync(session, due.FollowUpId));
        Assert.Equal(
            new FollowUpRecord { Id = due.FollowUpId, InquiryId = inquiry, Kind = FollowUpKind.OfferExpiry, AboutId = about, DueAt = Clocks.Start + s_hour },
            record);
    }

    [Contract]
    public async Task What_is_set_again_has_the_new_moment_whether_it_has_fired_or_not()
    {
        var (inquiry, about) = (InquiryId.New(), Guid.CreateVersion7());
        await WriteAsync(tx => FollowUpStore.SetAsync(tx, inquiry, FollowUpKind.CheckIn, 1, about, Now + s_hour));
        await WriteAsync(tx => FollowUpStore.SetAsync(tx, inquiry, FollowUpKind.CheckIn, 1, about, Now + (2 * s_hour)));

        Clock.Advance(s_hour);
        Assert.Equal(0, await FireAsync());
        Clock.Advance(s_hour);
        Assert.Equal(1, await FireAsync());

        await WriteAsync(tx => FollowUpStore.SetAsync(tx, inquiry, FollowUpKind.CheckIn, 1, about, Now + s_hour));
        Assert.Equal(0, await FireAsync());
        Clock.Advance(s_hour);
        Assert.Equal(1, await FireAsync());
    }

    [Contract]
    public async Task What_is_stopped_never_fires_and_the_rest_does()
    {
        var inquiry = InquiryId.New();
        await WriteAsync(tx => FollowUpStore.AddAsync(tx, inquiry, FollowUpKind.CheckIn, 1, inquiry.Value, Now + s_hour));
        await WriteAsync(tx => FollowUpStore.AddAsync(tx, inquiry, FollowUpKind.CheckIn, 2, inquiry.Value, Now + s_hour));
        await WriteAsync(tx => FollowUpStore.AddAsync(tx, inquiry, FollowUpKind.OfferExpiry, 1, inquiry.Value, Now + s_hour));

        Assert.Equal(2, await WriteAsync(tx => FollowUpStore.StopAsync(tx, inquiry, FollowUpKind.CheckIn)));

        Clock.Advance(s_hour);
        Assert.Equal(1, await FireAsync());
    }

    [Contract]
    public async Task Due_ones_fire_exactly_once_however_many_workers_ask_at_once()
    {
        const int promises = 120;
        var inquiries = new List<InquiryId>();
        for (var i = 0; i < promises; i++)
        {
            inquiries.Add((await PromiseAsync(Now + TimeSpan.FromSeconds(i % 10))).Inquiry);
        }

        Clock.Advance(s_hour);
        await using var other = Storage.Open(Clock);
        Database[] workers = [Database, other];

        var outcomes = await AtOnceAsync(6, async i =>
        {
            var fired = 0;
            int batch;
            while ((batch = await workers[i % 2].WriteAsync(tx => FollowUpStore.FireDueAsync(tx, 9))) > 0)
            {
                fired += batch;
            }

            return fired;
        });

        Assert.All(outcomes, o => Assert.Null(o.Error));
        Assert.Equal(promises, outcomes.Sum(o => o.Result));
        Assert.Equal(inquiries.ToHashSet(), (await MessagesAsync()).Select(m => m.InquiryId).ToHashSet());
    }

    [Contract]
    public async Task A_cancelled_one_never_fires()
    {
        var (inquiry, _) = await PromiseAsync(Now + s_hour);
        var (other, _) = await PromiseAsync(Now + s_hour);

        Assert.Equal(1, await WriteAsync(tx => FollowUpStore.CancelAsync(tx, inquiry, FollowUpKind.OfferExpiry, 1)));

        Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(1, await FireAsync());
        Assert.Equal(other, Assert.Single(await MessagesAsync()).InquiryId);
    }

    [Contract]
    public async Task One_that_has_fired_cannot_be_cancelled_any_more()
    {
        var (inquiry, _) = await PromiseAsync(Now);
        await FireAsync();

        Assert.Equal(0, await WriteAsync(tx => FollowUpStore.CancelAsync(tx, inquiry, FollowUpKind.OfferExpiry, 1)));
    }

    [Contract]
    public async Task Firing_and_its_messages_are_one_transaction()
    {
        await PromiseAsync(Now);

        await Assert.ThrowsAsync<InvalidOperationException>(() => WriteAsync(async tx =>
        {
            Assert.Equal(1, await FollowUpStore.FireDueAsync(tx, 10));
            throw new InvalidOperationException("the worker dies before the commit");
        }));

        Assert.Empty(await MessagesAsync());
        Assert.Equal(1, await FireAsync());
        Assert.Single(await MessagesAsync());
    }

    [Contract]
    public async Task A_batch_takes_those_that_are_due_longest()
    {
        var (second, _) = await PromiseAsync(Now + TimeSpan.FromMinutes(2));
        var (first, _) = await PromiseAsync(Now + TimeSpan.FromMinutes(1));
        Clock.Advance(s_hour);

        Assert.Equal(1, await FireAsync(take: 1));
        Assert.Equal(first, Assert.Single(await MessagesAsync()).InquiryId);
        Assert.Equal(1, await FireAsync(take: 1));
        Assert.Contains(await MessagesAsync(), m => m.InquiryId == second);
    }

    [Contract]
    public async Task A_promise_is_made_once()
    {
        var (inquiry, about) = await PromiseAsync(Now + s_hour);

        var error = await Assert.ThrowsAnyAsync<Exception>(() =>
            WriteAsync(tx => FollowUpStore.AddAsync(tx, inquiry, FollowUpKind.OfferExpiry, 1, about, tx.Now)));

        Assert.True(Database.Dialect.IsDuplicateKey(error), error.ToString());
        Assert.Equal(0, await FireAsync());
    }

    private async Task<(InquiryId Inquiry, Guid About)> PromiseAsync(DateTimeOffset dueAt)
    {
        var (inquiry, about) = (InquiryId.New(), Guid.CreateVersion7());
        await WriteAsync(tx => FollowUpStore.AddAsync(tx, inquiry, FollowUpKind.OfferExpiry, 1, about, dueAt));
        return (inquiry, about);
    }

    private Task<int> FireAsync(int take = 100) => WriteAsync(tx => FollowUpStore.FireDueAsync(tx, take));

    // Claimed with a lease that ends at once, so that every call sees all of them.
    private async Task<IReadOnlyList<FollowUpDue>> MessagesAsync() =>
        [.. (await WriteAsync(tx => OutboxStore.ClaimAsync(tx, Guid.CreateVersion7(), tx.Now, 1000)))
            .Select(m => Assert.IsType<FollowUpDue>(EventTypes.Read(m.Type, m.Body)))];
}
