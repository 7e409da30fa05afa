using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class PresenceOnSqlite() : PresenceContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class PresenceOnSqlServer() : PresenceContract(DatabaseProvider.SqlServer);

public abstract class PresenceContract(DatabaseProvider provider) : StoreContract(provider)
{
    private readonly UserId _ana = UserId.New();
    private readonly UserId _ben = UserId.New();

    [Contract]
    public async Task Who_is_there_is_listed_for_half_a_minute_and_writes_for_half_a_minute_after_the_last_key()
    {
        var inquiry = await StoreInquiryAsync();
        await WriteAsync(tx => PresenceStore.SeenAsync(tx, _ana, inquiry.Id, writing: true));
        Clock.Advance(TimeSpan.FromSeconds(20));
        await WriteAsync(tx => PresenceStore.SeenAsync(tx, _ana, inquiry.Id, writing: false));
        await WriteAsync(tx => PresenceStore.SeenAsync(tx, _ben, inquiry.Id, writing: false));

        Assert.Equal([(inquiry.Reference, _ana, true), (inquiry.Reference, _ben, false)], await ListAsync());
        Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal([(inquiry.Reference, _ana, false), (inquiry.Reference, _ben, false)], await ListAsync());
        Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Empty(await ListAsync());
        Assert.Equal(2, await WriteAsync(tx => PresenceStore.SweepAsync(tx, tx.Now - TimeSpan.FromSeconds(10), 10)));
    }

    [Contract]
    public async Task Who_leaves_is_gone_and_colleagues_stay()
    {
        var inquiry = await StoreInquiryAsync();
        await WriteAsync(tx => PresenceStore.SeenAsync(tx, _ana, inquiry.Id, writing: false));
        await WriteAsync(tx => PresenceStore.SeenAsync(tx, _ben, inquiry.Id, writing: false));

        await WriteAsync(tx => PresenceStore.LeaveAsync(tx, _ana, inquiry.Id));

        Assert.Equal([(inquiry.Reference, _ben, false)], await ListAsync());
    }

    [Contract]
    public async Task One_question_tells_the_newest_work_and_how_far_each_inquiry_has_come_that_is_looked_at()
    {
        var nothing = Assert.Single(await ReadAsync(PresenceStore.WatchAsync));
        Assert.Equal((null, null, null), (nothing.Newest, nothing.Reference, nothing.Line));
        var inquiry = await StoreInquiryAsync();
        await StoreInquiryAsync();
        await WriteAsync(tx => PresenceStore.SeenAsync(tx, _ana, inquiry.Id, writing: true));
        await WriteAsync(tx => PresenceStore.SeenAsync(tx, _ben, inquiry.Id, writing: false));

        var rows = await ReadAsync(PresenceStore.WatchAsync);

        Assert.Equal(
            new (string, int, UserId, bool)[]
            {
                (inquiry.Reference, inquiry.AuditCount, _ana, true), (inquiry.Reference, inquiry.AuditCount, _ben, false),
            }
                .OrderBy(r => r.Item3.Value),
            rows.Select(r => (r.Reference!, r.Line!.Value, r.UserId!.Value, r.Writing!.Value)).OrderBy(r => r.Item3.Value));
    }

    private async Task<IEnumerable<(string Reference, UserId User, bool Writing)>> ListAsync() =>
        (await ReadAsync(PresenceStore.ListAsync)).Select(v => (v.Reference, v.UserId, v.Writing));
}
