using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.FollowUp;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class UnhandledMessagesOnSqlite() : UnhandledMessagesContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class UnhandledMessagesOnSqlServer() : UnhandledMessagesContract(DatabaseProvider.SqlServer);

/// <summary>What was sent and not handled is found, sent again, and parked at last; everything else is left alone.</summary>
public abstract class UnhandledMessagesContract(DatabaseProvider provider) : StoreContract(provider)
{
    private const string Consumer = "SomeStage";
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(11);
    private static readonly Actor s_actor = Actor.Stage("test");
    private static readonly string[] s_consumers = [Consumer];

    private DateTimeOffset Before => Now - AwaitedEvent.LostAfter;

    [Contract]
    public async Task An_inquiry_whose_message_was_sent_long_ago_stands_still()
    {
        var inquiry = await StoreInquiryAsync();
        await SendAllAsync();

        Assert.Empty(await StandingAsync());
        Clock.Advance(s_long);

        var standing = Assert.Single(await StandingAsync());
        Assert.Equal(
            (inquiry.Id, InquiryState.Received, 1, inquiry.ChangedAt), (standing.Id, standing.State, standing.Version, standing.ChangedAt));
        var sent = Assert.Single(await SentAsync(inquiry));
        Assert.Equal(new InquiryReceived { InquiryId = inquiry.Id, Version = 1 }, sent.Event);
        Assert.Equal(0, sent.Resends);
    }

    [Contract]
    public async Task One_whose_message_waits_is_parked_or_set_aside_is_left_alone()
    {
        await StoreInquiryAsync();
        await StoreInquiryAsync();
        await StoreInquiryAsync();
        var lease = Guid.CreateVersion7();
        var claimed = await WriteAsync(tx => OutboxStore.ClaimAsync(tx, lease, tx.Now + s_long + s_long, 2));
        foreach (var message in claimed)
        {
            await WriteAsync(tx => OutboxStore.ParkAsync(tx, lease, message, "TimeoutException"));
        }

        await WriteAsync(tx => OutboxStore.SetAsideAsync(tx, [claimed[0].MessageId], "a test", s_actor));
        Clock.Advance(s_long);

        Assert.Empty(await StandingAsync());
    }

    [Contract]
    public async Task One_whose_message_left_lately_after_a_long_wait_is_left_alone()
    {
        await StoreInquiryAsync();
        Clock.Advance(s_long);
        await SendAllAsync();

        Assert.Empty(await StandingAsync());
    }

    [Contract]
    public async Task One_whose_message_was_swept_stands_still_too()
    {
        await StoreInquiryAsync();
        await WriteAsync(tx => tx.ExecuteAsync("DELETE FROM Outbox"));
        Clock.Advance(s_long);

        var standing = Assert.Single(await StandingAsync());
        Assert.Empty(await ReadAsync(session => OutboxStore.ListSentAsync(session, standing.Id, standing.ChangedAt)));
    }

    [Contract]
    public async Task An_old_message_that_is_parked_hides_nothing()
    {
        var inquiry = await StoreInquiryAsync();
        await WriteAsync(tx => tx.ExecuteAsync("UPDATE Outbox SET State = 2, LastError = 'TimeoutException'"));
        Clock.Advance(TimeSpan.FromMinutes(1));
        await MoveAsync(inquiry, InquiryTrigger.Clear, new InquiryCleared { InquiryId = inquiry.Id, Version = 2 });
        await SendAllAsync();
        Clock.Advance(s_long);

        Assert.Equal(2, Assert.Single(await StandingAsync()).Version);
    }

    [Contract]
    public async Task A_referred_inquiry_stands_still_only_when_no_clinic_and_no_patient_is_awaited()
    {
        var inquiry = await StoreInquiryAsync();
        var open = await OfferAsync(inquiry, "MX-A");
        inquiry = await FindInquiryAsync(inquiry.Id);
        await SendAllAsync();
        Clock.Advance(s_long);
        Assert.Empty(await StandingAsync());

        await WriteAsync(async tx =>
        {
            var referral = (await ReferralStore.FindAsync(tx, open))!;
            var version = await ReferralStore.MoveAsync(tx, referral, ReferralTrigger.Decline, "no-capacity");
            await InquiryStore.MoveAsync(tx, inquiry, new InquiryMove(InquiryTrigger.Decline, s_actor));
            await OutboxStore.AddAsync(tx, new ReferralAnswered { InquiryId = inquiry.Id, ReferralId = open, Version = version });
        });
        await SendAllAsync();
        Clock.Advance(s_long);

        var standing = Assert.Single(await StandingAsync());
        Assert.Equal(InquiryState.Referred, standing.State);
        var sent = await ReadAsync(session => OutboxStore.ListSentAsync(session, standing.Id, standing.ChangedAt));
        Assert.IsType<ReferralAnswered>(Assert.Single(sent).Event);
    }

    [Contract]
    public async Task An_inquiry_that_waits_for_a_person_or_is_over_never_stands_still()
    {
        var held = await StoreInquiryAsync();
        await MoveAsync(held, InquiryTrigger.Hold, new InquiryHeld { InquiryId = held.Id, Version = 2 });
        var closed = await StoreInquiryAsync();
        await MoveAsync(closed, InquiryTrigger.Close, new InquiryHeld { InquiryId = closed.Id, Version = 2 });
        await SendAllAsync();
        Clock.Advance(s_long);

        Assert.Empty(await StandingAsync());
    }

    [Contract]
    public async Task No_more_are_found_than_asked_for_and_the_oldest_come_first()
    {
        var first = await StoreInquiryAsync();
        var second = await StoreInquiryAsync();
        await StoreInquiryAsync();
        await SendAllAsync();
        Clock.Advance(s_long);

        var standing = await ReadAsync(session => OutboxStore.ListStandingAsync(session, Before, 2));

        Assert.Equal([first.Id, second.Id], standing.Select(s => s.Id));
    }

    [Contract]
    public async Task An_offer_past_its_end_is_found_when_its_end_was_reported_long_ago()
    {
        var inquiry = await StoreInquiryAsync();
        var referral = await OfferAsync(inquiry, "MX-A");
        Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, await WriteAsync(tx => FollowUpStore.FireDueAsync(tx, 10)));
        var fired = Now;
        await SendAllAsync();
        Assert.Empty(await OverdueAsync());
        Clock.Advance(s_long);

        var overdue = Assert.Single(await OverdueAsync());
        Assert.Equal((inquiry.Id, fired), (overdue.InquiryId, overdue.FiredAt));
        var sent = Assert.Single(await ReadAsync(session => OutboxStore.ListSentAsync(session, inquiry.Id, overdue.FiredAt)));
        Assert.Equal(new FollowUpDue { InquiryId = inquiry.Id, FollowUpId = overdue.FollowUpId }, sent.Event);

        await WriteAsync(async tx =>
            await ReferralStore.MoveAsync(tx, (await ReferralStore.FindAsync(tx, referral))!, ReferralTrigger.Expire));
        Assert.Empty(await OverdueAsync());
    }

    [Contract]
    public async Task A_message_that_tells_a_person_is_missed_when_nobody_has_handled_it()
    {
        var told = await StoreInquiryAsync();
        await MoveAsync(told, InquiryTrigger.Hold, new InquiryHeld { InquiryId = told.Id, Version = 2 });
        var untold = await StoreInquiryAsync();
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        await MoveAsync(untold, InquiryTrigger.Hold, new InquiryHeld { InquiryId = untold.Id, Version = 2 });
        await SendAllAsync();
        var sent = await ReadAsync(session => OutboxStore.ListSentAsync(session, told.Id, default));
        await HandleAsync(sent.First(m => m.Type == nameof(InquiryHeld)).MessageId);
        Assert.Empty(await UnheardAsync());
        Clock.Advance(s_long);

        Assert.Equal([untold.Id], (await UnheardAsync()).Select(m => m.InquiryId));

        await WriteAsync(async tx =>
            await InquiryStore.MoveAsync(tx, await LoadAsync(tx, untold.Id), new InquiryMove(InquiryTrigger.Release, s_actor)));
        Assert.Empty(await UnheardAsync());
    }

    [Contract]
    public async Task What_is_sent_again_keeps_its_id_and_waits_as_long_as_before()
    {
        var inquiry = await StoreInquiryAsync();
        await SendAllAsync();
        Clock.Advance(s_long);
        var sent = Assert.Single(await SentAsync(inquiry));

        Assert.True(await WriteAsync(tx => OutboxStore.ResendAsync(tx, sent.MessageId, Before)));
        Assert.False(await WriteAsync(tx => OutboxStore.ResendAsync(tx, sent.MessageId, Before)));

        Assert.Equal(sent.MessageId, Assert.Single(await SendAllAsync()).MessageId);
        Assert.Empty(await StandingAsync());
        Assert.False(await WriteAsync(tx => OutboxStore.ResendAsync(tx, sent.MessageId, Before)));
        Clock.Advance(s_long);
        Assert.Single(await StandingAsync());
        var again = Assert.Single(await SentAsync(inquiry));
        Assert.Equal((sent.MessageId, 1), (again.MessageId, again.Resends));
        var entry = Assert.Single((await ReadAsync(session => OutboxHistory.OfAsync(session, [sent.MessageId])))[sent.MessageId]);
        Assert.Equal(("sent-again", "clock"), (entry.Action, entry.Who));
    }

    [Contract]
    public async Task What_is_made_again_is_made_once()
    {
        var inquiry = await StoreInquiryAsync();
        await WriteAsync(tx => tx.ExecuteAsync("DELETE FROM Outbox"));
        var anew = new InquiryReceived { InquiryId = inquiry.Id, Version = 1 };

        Assert.True(await WriteAsync(tx => OutboxStore.ReplaceAsync(tx, anew)));
        Assert.False(await WriteAsync(tx => OutboxStore.ReplaceAsync(tx, anew)));

        var message = Assert.Single(await SendAllAsync());
        Assert.Equal(anew, EventTypes.Read(message.Type, message.Body));
        Assert.Equal(1, Assert.Single(await SentAsync(inquiry)).Resends);
    }

    [Contract]
    public async Task What_does_not_help_is_parked_and_taken_off_the_list_when_the_inquiry_goes_on_after_all()
    {
        var inquiry = await StoreInquiryAsync();
        await SendAllAsync();
        Clock.Advance(s_long);
        var sent = Assert.Single(await SentAsync(inquiry));

        Assert.True(await WriteAsync(tx => OutboxStore.ParkUnhandledAsync(tx, sent.MessageId, Before)));
        Assert.False(await WriteAsync(tx => OutboxStore.ParkUnhandledAsync(tx, sent.MessageId, Before)));

        var parked = Assert.Single(await ParkedAsync());
        Assert.Equal((sent.MessageId, OutboxStore.NotHandled, inquiry.Reference), (parked.MessageId, parked.Cause, parked.Reference));
        Assert.Empty(await StandingAsync());
        Assert.Equal(0, await WriteAsync(tx => OutboxStore.SettleAsync(tx, s_consumers)));

        await MoveAsync(inquiry, InquiryTrigger.Clear, new InquiryCleared { InquiryId = inquiry.Id, Version = 2 });
        Assert.Equal(1, await WriteAsync(tx => OutboxStore.SettleAsync(tx, s_consumers)));
        Assert.Empty(await ParkedAsync());
    }

    [Contract]
    public async Task One_that_was_handled_after_it_was_parked_is_taken_off_the_list()
    {
        var inquiry = await StoreInquiryAsync();
        await SendAllAsync();
        Clock.Advance(s_long);
        var sent = Assert.Single(await SentAsync(inquiry));
        await WriteAsync(tx => OutboxStore.ParkUnhandledAsync(tx, sent.MessageId, Before));
        Assert.False(await ReadAsync(session => InboxStore.IsHandledAsync(session, s_consumers, sent.MessageId)));

        await HandleAsync(sent.MessageId);

        Assert.True(await ReadAsync(session => InboxStore.IsHandledAsync(session, s_consumers, sent.MessageId)));
        Assert.False(await ReadAsync(session => InboxStore.IsHandledAsync(session, ["AnotherStage"], sent.MessageId)));
        Assert.Equal(1, await WriteAsync(tx => OutboxStore.SettleAsync(tx, s_consumers)));
    }

    [Contract]
    public async Task What_is_parked_for_another_reason_is_not_taken_off_the_list()
    {
        var inquiry = await StoreInquiryAsync();
        await WriteAsync(tx => tx.ExecuteAsync("UPDATE Outbox SET State = 2, LastError = 'TimeoutException'"));
        Clock.Advance(s_long);
        await MoveAsync(inquiry, InquiryTrigger.Close, new InquiryHeld { InquiryId = inquiry.Id, Version = 2 });

        Assert.Equal(0, await WriteAsync(tx => OutboxStore.SettleAsync(tx, s_consumers)));
        Assert.Single(await ParkedAsync());
    }

    private static async Task<InquiryRecord> LoadAsync(Session session, InquiryId id) => (await InquiryStore.FindAsync(session, id))!;

    private async Task MoveAsync(InquiryRecord loaded, InquiryTrigger trigger, IEvent reported) => await WriteAsync(async tx =>
    {
        HoldReason[]? reasons = trigger == InquiryTrigger.Hold ? [HoldReason.Minor] : null;
        await InquiryStore.MoveAsync(tx, loaded, new InquiryMove(trigger, s_actor, HoldReasons: reasons));
        await OutboxStore.AddAsync(tx, reported);
    });

    /// <summary>The inquiry is matched and offered to a clinic for an hour.</summary>
    private async Task<ReferralId> OfferAsync(InquiryRecord inquiry, string clinic)
    {
        var id = ReferralId.New();
        await WriteAsync(async tx =>
        {
            foreach (var trigger in (InquiryTrigger[])[InquiryTrigger.Clear, InquiryTrigger.Match, InquiryTrigger.Offer])
            {
                await InquiryStore.MoveAsync(tx, await LoadAsync(tx, inquiry.Id), new InquiryMove(trigger, s_actor));
            }

            var until = tx.Now + TimeSpan.FromHours(1);
            await ReferralStore.AddAsync(tx, id, inquiry.Id, 1, A.Clinic(clinic), Guid.CreateVersion7(), until, new DateOnly(2026, 11, 23));
            await FollowUpStore.AddAsync(tx, inquiry.Id, FollowUpKind.OfferExpiry, 1, id.Value, until);
        });
        return id;
    }

    private async Task<IReadOnlyList<OutboxMessage>> SendAllAsync()
    {
        var lease = Guid.CreateVersion7();
        var claimed = await WriteAsync(tx => OutboxStore.ClaimAsync(tx, lease, tx.Now + TimeSpan.FromMinutes(1), 100));
        if (claimed.Count > 0)
        {
            await WriteAsync(tx => OutboxStore.MarkSentAsync(tx, lease, [.. claimed.Select(m => m.Seq)]));
        }

        return claimed;
    }

    private Task HandleAsync(Guid messageId) => WriteAsync(tx => InboxStore.AddAsync(tx, new MessageContext(Consumer, messageId)));

    private Task<IReadOnlyList<StandingInquiry>> StandingAsync() =>
        ReadAsync(session => OutboxStore.ListStandingAsync(session, Before, 100));

    private Task<IReadOnlyList<OverdueReferral>> OverdueAsync() => ReadAsync(session => OutboxStore.ListOverdueAsync(session, Before, 100));

    private Task<IReadOnlyList<SentMessage>> UnheardAsync() =>
        ReadAsync(session => OutboxStore.ListUnheardAsync(session, s_consumers, Before, 100));

    private Task<IReadOnlyList<SentMessage>> SentAsync(InquiryRecord inquiry) =>
        ReadAsync(session => OutboxStore.ListSentAsync(session, inquiry.Id, inquiry.ChangedAt));

    private Task<IReadOnlyList<ParkedMessage>> ParkedAsync() =>
        ReadAsync(session => OutboxStore.ListParkedAsync(session, cause: null, after: 0, take: 100));
}
