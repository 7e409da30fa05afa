using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class ParkedMessagesOnSqlite() : ParkedMessagesContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class ParkedMessagesOnSqlServer() : ParkedMessagesContract(DatabaseProvider.SqlServer);

/// <summary>What is out of the way can be listed with its history, sent again under its own id, set aside and taken back.</summary>
public abstract class ParkedMessagesContract(DatabaseProvider provider) : StoreContract(provider)
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private static readonly Actor s_operator = Actor.Coordinator("cora");

    [Contract]
    public async Task Parked_messages_are_listed_oldest_first_with_the_reference_of_their_inquiry()
    {
        var inquiry = await StoreInquiryAsync();
        var first = await ParkAsync("TimeoutException");
        Clock.Advance(s_minute);
        var second = await ParkAsync("FormatException", Cleared());

        var parked = await ListAsync();

        Assert.Equal([first, second], parked.Select(m => m.MessageId));
        Assert.Equal(("InquiryReceived", "TimeoutException", inquiry.Reference), (parked[0].Type, parked[0].Cause, parked[0].Reference));
        Assert.Equal(("InquiryCleared", "FormatException", null), (parked[1].Type, parked[1].Cause, parked[1].Reference));
        Assert.All(parked, m => Assert.Null(m.SetAsideReason));
        Assert.Equal(Clocks.Start, parked[0].CreatedAt);
    }

    [Contract]
    public async Task They_are_counted_by_cause_and_type()
    {
        await ParkAsync("TimeoutException", Cleared());
        Clock.Advance(s_minute);
        await ParkAsync("TimeoutException", Cleared());
        await ParkAsync("TimeoutException", Received());
        await ParkAsync("FormatException", Cleared());

        var groups = await ReadAsync(OutboxStore.CountParkedAsync);

        Assert.Equal(
            [
                new ParkedGroup { Cause = "FormatException", Type = "InquiryCleared", Messages = 1, Oldest = Now, Newest = Now },
                new ParkedGroup { Cause = "TimeoutException", Type = "InquiryCleared", Messages = 2, Oldest = Clocks.Start, Newest = Now },
                new ParkedGroup { Cause = "TimeoutException", Type = "InquiryReceived", Messages = 1, Oldest = Now, Newest = Now },
            ],
            groups);
    }

    [Contract]
    public async Task A_list_is_of_one_cause_and_comes_in_pages()
    {
        var wanted = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            wanted.Add(await ParkAsync("TimeoutException", Cleared()));
            await ParkAsync("FormatException", Cleared());
        }

        var first = await ReadAsync(session => OutboxStore.ListParkedAsync(session, "TimeoutException", after: 0, take: 3));
        var rest = await ReadAsync(session => OutboxStore.ListParkedAsync(session, "TimeoutException", first[^1].Seq, take: 3));

        Assert.Equal(wanted, first.Concat(rest).Select(m => m.MessageId));
    }

    [Contract]
    public async Task A_requeued_message_is_delivered_as_if_it_were_new_under_its_own_id()
    {
        var message = Received();
        var id = await ParkAsync("TimeoutException", message);

        Assert.Equal(1, await WriteAsync(tx => OutboxStore.RequeueAsync(tx, [id], s_operator)));

        var claimed = Assert.Single((await ClaimAsync()).Messages);
        Assert.Equal((id, 1), (claimed.MessageId, claimed.Attempts));
        Assert.Equal(message, EventTypes.Read(claimed.Type, claimed.Body));
        Assert.Empty(await ListAsync());
    }

    [Contract]
    public async Task Only_what_is_parked_can_be_requeued_or_set_aside_and_only_what_is_set_aside_can_be_taken_back()
    {
        var waiting = await AddAsync(Received());
        var (lease, claimed) = await ClaimAsync();
        await WriteAsync(tx => OutboxStore.MarkSentAsync(tx, lease, [Assert.Single(claimed).Seq]));
        var sent = waiting;
        var parked = await ParkAsync("TimeoutException", Cleared());
        waiting = await AddAsync(Received());
        Guid[] all = [waiting, sent, parked, Guid.CreateVersion7()];

        Assert.Equal(0, await WriteAsync(tx => OutboxStore.TakeBackAsync(tx, all, s_operator)));
        Assert.Equal(1, await WriteAsync(tx => OutboxStore.SetAsideAsync(tx, all, "a test", s_operator)));
        Assert.Equal(0, await WriteAsync(tx => OutboxStore.RequeueAsync(tx, all, s_operator)));
        Assert.Equal(1, await WriteAsync(tx => OutboxStore.TakeBackAsync(tx, all, s_operator)));
        Assert.Equal(1, await WriteAsync(tx => OutboxStore.RequeueAsync(tx, all, s_operator)));
    }

    [Contract]
    public async Task What_is_set_aside_is_in_nobodys_way_and_comes_back_as_it_was()
    {
        var id = await ParkAsync("TimeoutException", Received());
        await WriteAsync(tx => OutboxStore.SetAsideAsync(tx, [id], "sent by a test", s_operator));

        Assert.Empty(await ListAsync());
        Assert.Empty(await ReadAsync(OutboxStore.CountParkedAsync));
        var aside = Assert.Single(await ReadAsync(session => OutboxStore.ListSetAsideAsync(session, cause: null, after: 0, 10)));
        Assert.Equal((id, "TimeoutException", "sent by a test"), (aside.MessageId, aside.Cause, aside.SetAsideReason));
        Assert.Empty(await ReadAsync(session => OutboxStore.ListSetAsideAsync(session, "FormatException", after: 0, 10)));
        Assert.Empty(await ReadAsync(session => OutboxStore.ListSetAsideAsync(session, cause: null, aside.Seq, 10)));
        var backlog = await ReadAsync(OutboxStore.BacklogAsync);
        Assert.Equal((0, 1), (backlog.Parked, backlog.SetAside));

        await WriteAsync(tx => OutboxStore.TakeBackAsync(tx, [id], s_operator));

        var back = Assert.Single(await ListAsync());
        Assert.Equal((id, "TimeoutException", null), (back.MessageId, back.Cause, back.SetAsideReason));
    }

    [Contract]
    public async Task The_history_tells_what_was_tried_and_who_decided_and_does_not_grow_with_the_tries()
    {
        var id = await AddAsync(Received());
        for (var i = 0; i < 30; i++)
        {
            await WriteAsync(tx => OutboxHistory.RecordAsync(tx, [id], OutboxHistory.Failed, "ScreenInquiry", "TimeoutException"));
            Clock.Advance(s_minute);
        }

        await ParkClaimedAsync("TimeoutException");
        Clock.Advance(s_minute);
        await WriteAsync(tx => OutboxStore.SetAsideAsync(tx, [id], "a test", s_operator));
        Clock.Advance(s_minute);
        await WriteAsync(tx => OutboxStore.TakeBackAsync(tx, [id], s_operator));
        Clock.Advance(s_minute);
        await WriteAsync(tx => OutboxStore.RequeueAsync(tx, [id], s_operator));

        var history = (await ReadAsync(session => OutboxHistory.OfAsync(session, [id])))[id].ToList();

        Assert.Equal(
            [
                ("failed", "ScreenInquiry", "TimeoutException", 30), ("parked", "relay", "TimeoutException", 1),
                ("set-aside", "coordinator cora", "", 1), ("taken-back", "coordinator cora", "", 1),
                ("requeued", "coordinator cora", "", 1),
            ],
            history.Select(e => (e.Action, e.Who, e.Detail, e.Times)));
        Assert.Equal((Clocks.Start, Clocks.Start.AddMinutes(29)), (history[0].FirstAt, history[0].LastAt));
    }

    [Contract]
    public async Task A_history_goes_with_its_message_and_no_sooner()
    {
        var (gone, kept) = (await AddAsync(Received()), await AddAsync(Received()));
        foreach (var id in new[] { gone, kept })
        {
            await WriteAsync(tx => OutboxHistory.RecordAsync(tx, [id], OutboxHistory.Failed, "ScreenInquiry", "TimeoutException"));
        }

        Assert.Equal(0, await WriteAsync(tx => OutboxHistory.SweepAsync(tx, 10)));
        await WriteAsync(tx => tx.ExecuteAsync("DELETE FROM Outbox WHERE MessageId = @gone", new { gone }));

        Assert.Equal(1, await WriteAsync(tx => OutboxHistory.SweepAsync(tx, 10)));
        Assert.Equal([kept], (await ReadAsync(session => OutboxHistory.OfAsync(session, [gone, kept]))).Select(h => h.Key));
    }

    [Contract]
    public async Task A_message_that_is_not_in_the_outbox_gets_no_history()
    {
        var unknown = Guid.CreateVersion7();

        await WriteAsync(tx => OutboxHistory.RecordAsync(tx, [unknown], OutboxHistory.Failed, "ScreenInquiry", "TimeoutException"));

        Assert.Equal(0, await NumberAsync("SELECT COUNT(*) FROM OutboxHistory"));
    }

    [Contract]
    public async Task A_dead_letter_turns_the_message_that_was_sent_into_a_parked_one()
    {
        var message = Received();
        var id = await SendAsync(message);
        await WriteAsync(tx => OutboxHistory.RecordAsync(tx, [id], OutboxHistory.Failed, "ScreenInquiry", "FormatException"));
        Clock.Advance(s_minute);

        await WriteAsync(tx => OutboxStore.ParkDeadLetterAsync(tx, Letter(id, message)));

        var parked = Assert.Single(await ListAsync());
        Assert.Equal((id, "InquiryReceived", "FormatException"), (parked.MessageId, parked.Type, parked.Cause));
        var last = (await ReadAsync(session => OutboxHistory.OfAsync(session, [id])))[id].Last();
        Assert.Equal(("dead-lettered", "inquiryrouter-screening", "delivery_limit"), (last.Action, last.Who, last.Detail));
        Assert.Equal(1, await NumberAsync("SELECT COUNT(*) FROM Outbox"));
    }

    [Contract]
    public async Task A_dead_letter_whose_message_was_swept_is_parked_and_can_be_sent_again()
    {
        var message = Received();
        var id = Guid.CreateVersion7();

        await WriteAsync(tx => OutboxStore.ParkDeadLetterAsync(tx, Letter(id, message)));
        await WriteAsync(tx => OutboxStore.ParkDeadLetterAsync(tx, Letter(id, message)));

        var parked = Assert.Single(await ListAsync());
        Assert.Equal((id, "delivery_limit"), (parked.MessageId, parked.Cause));
        await WriteAsync(tx => OutboxStore.RequeueAsync(tx, [id], s_operator));
        var claimed = Assert.Single((await ClaimAsync()).Messages);
        Assert.Equal((id, message), (claimed.MessageId, EventTypes.Read(claimed.Type, claimed.Body)));
    }

    [Contract]
    public async Task A_dead_letter_that_is_no_event_is_kept_as_it_is()
    {
        var ours = Letter(Guid.CreateVersion7(), Received());
        var letter = ours with { InquiryId = null, Type = OutboxStore.Unreadable, Body = "bm90IG91cnM=" };
        await WriteAsync(tx => OutboxStore.ParkDeadLetterAsync(tx, letter));

        var parked = Assert.Single(await ListAsync());
        Assert.Equal((OutboxStore.Unreadable, OutboxStore.Unreadable, null), (parked.Type, parked.Cause, parked.Reference));
    }

    [Contract]
    public async Task A_dead_letter_changes_nothing_about_a_message_that_is_on_its_way_again_or_was_set_aside()
    {
        var waiting = await AddAsync(Received());
        await WriteAsync(tx => OutboxStore.ParkDeadLetterAsync(tx, Letter(waiting, Received())));
        Assert.Empty(await ListAsync());
        Assert.Single((await ClaimAsync()).Messages);

        var aside = await ParkAsync("TimeoutException", Cleared());
        await WriteAsync(tx => OutboxStore.SetAsideAsync(tx, [aside], "a test", s_operator));
        await WriteAsync(tx => OutboxStore.ParkDeadLetterAsync(tx, Letter(aside, Received())));

        Assert.Empty(await ListAsync());
        Assert.Single(await ReadAsync(session => OutboxStore.ListSetAsideAsync(session, cause: null, after: 0, 10)));
    }

    [Contract]
    public async Task A_parked_message_is_never_swept()
    {
        await ParkAsync("TimeoutException", Received());
        Clock.Advance(TimeSpan.FromDays(400));

        Assert.Equal(0, await WriteAsync(tx => OutboxStore.SweepAsync(tx, Now, 100)));
        Assert.Single(await ListAsync());
    }

    private static InquiryReceived Received() => new() { InquiryId = InquiryId.New(), Version = 1 };

    private static InquiryCleared Cleared() => new() { InquiryId = InquiryId.New(), Version = 2 };

    private static DeadLetter Letter(Guid id, InquiryReceived message)
    {
        var (type, body) = EventTypes.Write(message);
        return new DeadLetter(id, message.InquiryId, type, body, "inquiryrouter-screening", "delivery_limit");
    }

    private async Task<Guid> AddAsync(IEvent message)
    {
        await WriteAsync(tx => OutboxStore.AddAsync(tx, message));
        var newest = await ReadAsync(session => session.QueryAsync<MessageRow>("SELECT MessageId FROM Outbox ORDER BY Seq DESC"));
        return newest.First().MessageId;
    }

    private async Task<Guid> SendAsync(IEvent message)
    {
        var id = await AddAsync(message);
        var (lease, claimed) = await ClaimAsync();
        await WriteAsync(tx => OutboxStore.MarkSentAsync(tx, lease, [.. claimed.Select(m => m.Seq)]));
        return id;
    }

    /// <param name="message">Null: the one that waits already.</param>
    private async Task<Guid> ParkAsync(string cause, IEvent? message = null)
    {
        if (message is not null)
        {
            await AddAsync(message);
        }

        return await ParkClaimedAsync(cause);
    }

    private async Task<Guid> ParkClaimedAsync(string cause)
    {
        var (lease, claimed) = await ClaimAsync();
        var message = Assert.Single(claimed);
        Assert.Equal(1, await WriteAsync(tx => OutboxStore.ParkAsync(tx, lease, message, cause)));
        return message.MessageId;
    }

    private async Task<(Guid Lease, IReadOnlyList<OutboxMessage> Messages)> ClaimAsync()
    {
        var lease = Guid.CreateVersion7();
        return (lease, await WriteAsync(tx => OutboxStore.ClaimAsync(tx, lease, tx.Now + s_minute, 100)));
    }

    private Task<IReadOnlyList<ParkedMessage>> ListAsync() =>
        ReadAsync(session => OutboxStore.ListParkedAsync(session, cause: null, after: 0, take: 100));

    private sealed class MessageRow
    {
        public Guid MessageId { get; init; }
    }
}
