using InquiryRouter.Application.Operations;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class AuditChainOnSqlite() : AuditChainContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class AuditChainOnSqlServer() : AuditChainContract(DatabaseProvider.SqlServer);

/// <summary>Whatever is changed past the program in the history of an inquiry is found, with its line.</summary>
public abstract class AuditChainContract(DatabaseProvider provider) : StoreContract(provider)
{
    private static readonly Actor s_actor = Actor.Stage("test");

    [Contract]
    public async Task Histories_as_they_were_written_are_intact()
    {
        await StoreInquiryAsync();
        await StoreWithHistoryAsync();

        Assert.Equal(new HistoryVerdict(2, 5, []), await VerifyAsync(), Same);
    }

    [Contract]
    public async Task No_inquiries_are_no_broken_ones() => Assert.Equal(new HistoryVerdict(0, 0, []), await VerifyAsync(), Same);

    [Contract]
    public async Task Of_many_inquiries_the_broken_ones_are_named_with_the_line()
    {
        var broken = new List<BrokenHistory>();
        for (var i = 0; i < 450; i++)
        {
            var inquiry = await StoreInquiryAsync();
            if (i is 3 or 199 or 200 or 449)
            {
                broken.Add(new BrokenHistory(inquiry.Reference, 1));
                await ChangeAsync("UPDATE AuditEntry SET ActorName = 'eve' WHERE InquiryId = @Id", inquiry);
            }
        }

        Assert.Equal(new HistoryVerdict(450, 450, broken), await VerifyAsync(), Same);
    }

    [Contract]
    public async Task One_inquiry_can_be_verified_alone()
    {
        var intact = await StoreWithHistoryAsync();
        var broken = await StoreWithHistoryAsync();
        await ChangeAsync("UPDATE AuditEntry SET Detail = 'other' WHERE InquiryId = @Id AND Version = 3", broken);

        Assert.Equal(new HistoryVerdict(1, 4, []), await VerifyAsync(intact.Reference), Same);
        Assert.Equal(new HistoryVerdict(1, 4, [new BrokenHistory(broken.Reference, 3)]), await VerifyAsync(broken.Reference), Same);
        Assert.Equal(new HistoryVerdict(0, 0, []), await VerifyAsync("IR-0000-0000"), Same);
    }

    [Contract]
    public async Task A_line_that_is_missing_or_cut_off_is_named()
    {
        var cut = await StoreWithHistoryAsync();
        await ChangeAsync("DELETE FROM AuditEntry WHERE InquiryId = @Id AND Version = 4", cut);
        var holed = await StoreWithHistoryAsync();
        await ChangeAsync("DELETE FROM AuditEntry WHERE InquiryId = @Id AND Version = 2", holed);
        var emptied = await StoreWithHistoryAsync();
        await ChangeAsync("DELETE FROM AuditEntry WHERE InquiryId = @Id", emptied);

        Assert.Equal(
            [new BrokenHistory(cut.Reference, 4), new BrokenHistory(holed.Reference, 2), new BrokenHistory(emptied.Reference, 1)],
            (await VerifyAsync()).Broken);
    }

    [Contract]
    public async Task A_line_that_is_added_past_the_program_is_named()
    {
        var inquiry = await StoreWithHistoryAsync();
        var forged = AuditChain.Hash(inquiry.AuditHash, inquiry.Id, 5, Now, "closed", s_actor, null);
        await WriteAsync(tx => tx.ExecuteAsync(
            """
            INSERT INTO AuditEntry (InquiryId, Version, At, Action, ActorKind, ActorName, Hash)
            VALUES (@Id, 5, @Now, 'closed', @Kind, @Name, @forged)
            """,
            new { inquiry.Id, tx.Now, s_actor.Kind, s_actor.Name, forged }));

        Assert.Equal([new BrokenHistory(inquiry.Reference, 5)], (await VerifyAsync()).Broken);
    }

    [Contract]
    public async Task While_inquiries_move_on_none_seems_broken()
    {
        var inquiries = new List<InquiryRecord>();
        for (var i = 0; i < 20; i++)
        {
            inquiries.Add(await StoreInquiryAsync());
        }

        var moving = Task.Run(async () =>
        {
            for (var round = 0; round < 10; round++)
            {
                foreach (var inquiry in inquiries)
                {
                    await WriteAsync(async tx =>
                        await InquiryStore.RecordAsync(tx, (await InquiryStore.FindAsync(tx, inquiry.Id))!, new HistoryEvent.Unknown("note", null), s_actor));
                }
            }
        });
        var looks = 0;
        while (!moving.IsCompleted || looks == 0)
        {
            Assert.Empty((await VerifyAsync()).Broken);
            looks++;
        }

        await Clock.RunningAsync(moving);
        Assert.Equal(new HistoryVerdict(20, 220, []), await VerifyAsync(), Same);
    }

    private Task<HistoryVerdict> VerifyAsync(string? reference = null) =>
        new VerifyHistory(Database).RunAsync(reference, CancellationToken.None);

    /// <summary>Past the program.</summary>
    private Task<int> ChangeAsync(string sql, InquiryRecord of) => WriteAsync(tx => tx.ExecuteAsync(sql, new { of.Id }));

    private static bool Same(HistoryVerdict one, HistoryVerdict other) =>
        (one.Inquiries, one.Lines) == (other.Inquiries, other.Lines) && one.Broken.SequenceEqual(other.Broken);

    /// <summary>With four lines.</summary>
    private async Task<InquiryRecord> StoreWithHistoryAsync()
    {
        var inquiry = await StoreInquiryAsync();
        for (var i = 0; i < 3; i++)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(37));
            await WriteAsync(tx => InquiryStore.RecordAsync(tx, inquiry, new HistoryEvent.Unknown("note", "a-code"), s_actor));
            inquiry = await FindInquiryAsync(inquiry.Id);
        }

        return inquiry;
    }
}
