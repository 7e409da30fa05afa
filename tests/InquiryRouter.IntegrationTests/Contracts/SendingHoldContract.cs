using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class SendingHoldOnSqlite() : SendingHoldContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class SendingHoldOnSqlServer() : SendingHoldContract(DatabaseProvider.SqlServer);

/// <summary>After a restoring nothing is claimed until a person says so.</summary>
public abstract class SendingHoldContract(DatabaseProvider provider) : StoreContract(provider)
{
    private static readonly Actor s_who = Actor.Coordinator("ops");

    [Contract]
    public async Task Nothing_is_claimed_while_sending_is_held_and_everything_after()
    {
        var inquiry = await StoreInquiryAsync();
        await WriteAsync(tx => MailStore.AddAsync(tx, MailAbout(inquiry)));
        await WriteAsync(tx => SendingHoldStore.HoldAsync(tx, Now.AddHours(-1), s_who));

        Assert.Empty(await ClaimMailsAsync());
        Assert.Empty(await ClaimMessagesAsync());

        Assert.True(await WriteAsync(SendingHoldStore.EndAsync));
        Assert.Single(await ClaimMailsAsync());
        Assert.NotEmpty(await ClaimMessagesAsync());
        Assert.False(await WriteAsync(SendingHoldStore.EndAsync));
    }

    [Contract]
    public async Task The_newest_restoring_is_the_one_that_holds()
    {
        await WriteAsync(tx => SendingHoldStore.HoldAsync(tx, Now.AddDays(-2), s_who));
        Clock.Advance(TimeSpan.FromHours(1));
        await WriteAsync(tx => SendingHoldStore.HoldAsync(tx, null, Actor.Coordinator("other")));

        Assert.Equal(new SendingHold { Since = Now, BackupAt = null, Who = "other" }, await ReadAsync(SendingHoldStore.FindAsync));
    }

    [Contract]
    public async Task What_waits_is_counted_by_its_kind_with_the_oldest()
    {
        var inquiry = await StoreInquiryAsync();
        await WriteAsync(tx => MailStore.AddAsync(tx, MailAbout(inquiry)));

        var mail = Assert.Single(await ReadAsync(SendingHoldStore.ListMailsAsync));
        Assert.Equal((nameof(MailKind.Acknowledgement), 1, Now), (mail.What, mail.Number, mail.Oldest));
        var message = Assert.Single(await ReadAsync(SendingHoldStore.ListMessagesAsync));
        Assert.Equal(("InquiryReceived", 1, Now), (message.What, message.Number, message.Oldest));
        Assert.Empty(await ReadAsync(SendingHoldStore.ListDueAsync));
        Assert.Single(await ReadAsync(session => SendingHoldStore.ListOnTheirWayAsync(session, 10)));
    }

    [Contract]
    public async Task Mails_of_before_a_moment_are_parked_and_later_ones_are_not()
    {
        var inquiry = await StoreInquiryAsync();
        await WriteAsync(tx => MailStore.AddAsync(tx, MailAbout(inquiry)));
        var backup = Now;
        Clock.Advance(TimeSpan.FromMinutes(1));
        await WriteAsync(tx => MailStore.AddAsync(tx, MailAbout(inquiry, MailKind.Withdrawn)));

        Assert.Equal(1, await WriteAsync(tx => MailStore.ParkWaitingAsync(tx, backup, MailCause.Restored)));

        Assert.Equal(MailKind.Withdrawn, Assert.Single(await ClaimMailsAsync()).Kind);
        var cause = Assert.Single(await ReadAsync(MailStore.CountStuckByCauseAsync));
        Assert.Equal((MailCause.Restored, 1), (cause.Cause, cause.Count));
    }

    private static NewMail MailAbout(InquiryRecord inquiry, MailKind kind = MailKind.Acknowledgement) =>
        new(Guid.CreateVersion7(), inquiry.Id, inquiry.Id.Value, kind, [1]);

    private Task<IReadOnlyList<ClaimedMail>> ClaimMailsAsync() => WriteAsync(tx => MailStore.ClaimAsync(tx, Guid.CreateVersion7(), tx.Now.AddMinutes(4), 10));

    private Task<IReadOnlyList<OutboxMessage>> ClaimMessagesAsync() =>
        WriteAsync(tx => OutboxStore.ClaimAsync(tx, Guid.CreateVersion7(), tx.Now.AddMinutes(1), 10));
}
