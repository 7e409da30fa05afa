using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class InboxOnSqlite() : InboxContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class InboxOnSqlServer() : InboxContract(DatabaseProvider.SqlServer);

public abstract class InboxContract(DatabaseProvider provider) : StoreContract(provider)
{
    private readonly MessageContext _message = new("ScreenInquiry", Guid.CreateVersion7());

    [Contract]
    public async Task A_message_handled_before_is_refused_and_nothing_of_that_transaction_stays()
    {
        await HandleAsync(_message);

        await Assert.ThrowsAsync<AlreadyHandledException>(() => WriteAsync(async tx =>
        {
            await OutboxStore.AddAsync(tx, new InquiryCleared { InquiryId = InquiryId.New(), Version = 2 });
            await InboxStore.AddAsync(tx, _message);
        }));

        Assert.Equal(0, await NumberAsync("SELECT COUNT(*) FROM Outbox"));
        Assert.Equal(1, await NumberAsync("SELECT COUNT(*) FROM Inbox"));
    }

    [Contract]
    public async Task A_handler_that_failed_after_recording_the_message_may_handle_it_again()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => WriteAsync(async tx =>
        {
            await InboxStore.AddAsync(tx, _message);
            throw new InvalidOperationException("the handler fails");
        }));

        await HandleAsync(_message);
    }

    [Contract]
    public async Task Each_consumer_handles_a_message_once()
    {
        await HandleAsync(_message);
        await HandleAsync(_message with { Consumer = "MatchInquiry" });
        await HandleAsync(_message with { MessageId = Guid.CreateVersion7() });

        Assert.Equal(3, await NumberAsync("SELECT COUNT(*) FROM Inbox"));
    }

    [Contract]
    public async Task Of_ten_deliveries_at_once_exactly_one_has_an_effect()
    {
        await using var other = Storage.Open(Clock);
        Database[] processes = [Database, other];

        var outcomes = await AtOnceAsync(10, async i =>
        {
            await processes[i % 2].WriteAsync(async tx =>
            {
                await InboxStore.AddAsync(tx, _message);
                await OutboxStore.AddAsync(tx, new InquiryCleared { InquiryId = InquiryId.New(), Version = 2 });
            });
            return true;
        });

        Assert.Single(outcomes, o => o.Error is null);
        Assert.Equal(9, outcomes.Count(o => o.Error is AlreadyHandledException));
        Assert.Equal(1, await NumberAsync("SELECT COUNT(*) FROM Outbox"));
    }

    [Contract]
    public async Task A_sweep_takes_only_what_is_older_and_no_more_than_asked()
    {
        for (var i = 0; i < 3; i++)
        {
            await HandleAsync(new MessageContext("ScreenInquiry", Guid.CreateVersion7()));
        }

        Clock.Advance(TimeSpan.FromDays(31));
        await HandleAsync(_message);
        var month = Now - TimeSpan.FromDays(30);

        Assert.Equal(2, await WriteAsync(tx => InboxStore.SweepAsync(tx, month, 2)));
        Assert.Equal(1, await WriteAsync(tx => InboxStore.SweepAsync(tx, month, 2)));
        Assert.Equal(0, await WriteAsync(tx => InboxStore.SweepAsync(tx, month, 2)));

        await Assert.ThrowsAsync<AlreadyHandledException>(() => HandleAsync(_message));
    }

    private Task HandleAsync(MessageContext message) => WriteAsync(tx => InboxStore.AddAsync(tx, message));
}
