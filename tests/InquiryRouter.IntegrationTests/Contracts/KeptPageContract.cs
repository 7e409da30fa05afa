using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class KeptPagesOnSqlite() : KeptPageContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class KeptPagesOnSqlServer() : KeptPageContract(DatabaseProvider.SqlServer);

public abstract class KeptPageContract(DatabaseProvider provider) : StoreContract(provider)
{
    private static readonly TimeSpan s_life = TimeSpan.FromMinutes(10);
    private readonly UserId _ana = UserId.New();
    private readonly UserId _ben = UserId.New();

    [Contract]
    public async Task It_is_there_for_its_owner_and_kind_until_it_ends_and_for_nobody_else()
    {
        var id = await AddAsync(_ana, KeptKind.Form, [1, 2]);

        var kept = await FindAsync(id, _ana, KeptKind.Form);
        Assert.Equal((id, Now), (kept!.Id, kept.At));
        Assert.Equal([1, 2], kept.Sealed!);
        Assert.Null(await FindAsync(id, _ben, KeptKind.Form));
        Assert.Null(await FindAsync(id, _ana, KeptKind.Shown));
        await WriteAsync(tx => KeptPageStore.RemoveAsync(tx, id, _ben));
        Assert.NotNull(await FindAsync(id, _ana, KeptKind.Form));

        Clock.Advance(s_life);
        Assert.Null(await FindAsync(id, _ana, KeptKind.Form));
        Assert.Empty(await ReadAsync(s => KeptPageStore.ListAsync(s, _ana, KeptKind.Form)));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await WriteAsync(tx => KeptPageStore.SweepAsync(tx, 10)));
    }

    [Contract]
    public async Task The_newest_stay_of_one_person_and_kind()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add(await AddAsync(_ana, KeptKind.Form, [1]));
        }

        await AddAsync(_ana, KeptKind.Shown, [1]);
        await AddAsync(_ben, KeptKind.Form, [1]);
        await WriteAsync(tx => KeptPageStore.LeaveNewestAsync(tx, _ana, KeptKind.Form, 2));

        Assert.Equal([ids[3], ids[2]], (await ReadAsync(s => KeptPageStore.ListAsync(s, _ana, KeptKind.Form))).Select(k => k.Id));
        Assert.Single(await ReadAsync(s => KeptPageStore.ListAsync(s, _ana, KeptKind.Shown)));
        Assert.Single(await ReadAsync(s => KeptPageStore.ListAsync(s, _ben, KeptKind.Form)));
    }

    [Contract]
    public async Task Searches_are_counted_since_a_moment_and_filled_once_they_are_done()
    {
        var id = await AddAsync(_ana, KeptKind.Search, null);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await AddAsync(_ana, KeptKind.Search, null);

        Assert.Equal(2, await ReadAsync(s => KeptPageStore.CountAsync(s, _ana, KeptKind.Search, Now - TimeSpan.FromMinutes(2))));
        Assert.Equal(1, await ReadAsync(s => KeptPageStore.CountAsync(s, _ana, KeptKind.Search, Now - TimeSpan.FromMinutes(1))));
        Assert.Equal(0, await ReadAsync(s => KeptPageStore.CountAsync(s, _ben, KeptKind.Search, Now - TimeSpan.FromMinutes(2))));
        await WriteAsync(tx => KeptPageStore.FillAsync(tx, id, [7]));
        Assert.Equal([7], (await FindAsync(id, _ana, KeptKind.Search))!.Sealed!);
    }

    [Contract]
    public async Task An_erasure_takes_what_is_about_the_inquiry_and_what_was_found()
    {
        var (inquiry, other) = (await StoreInquiryAsync(), await StoreInquiryAsync());
        var (about, beside, search) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await WriteAsync(async tx =>
        {
            await KeptPageStore.AddAsync(tx, about, _ana, KeptKind.Reveal, null, s_life, inquiry.Id);
            await KeptPageStore.AddAsync(tx, beside, _ana, KeptKind.Reveal, null, s_life, other.Id);
            await KeptPageStore.AddAsync(tx, search, _ana, KeptKind.Search, [1], s_life);
        });
        Assert.True(await ReadAsync(s => KeptPageStore.IsOfAsync(s, about, _ana, KeptKind.Reveal, inquiry.Id)));
        Assert.False(await ReadAsync(s => KeptPageStore.IsOfAsync(s, about, _ana, KeptKind.Reveal, other.Id)));

        await WriteAsync(tx => ErasureStore.EraseAsync(tx, inquiry, Actor.Coordinator("Ana"), null, []));

        Assert.False(await ReadAsync(s => KeptPageStore.IsOfAsync(s, about, _ana, KeptKind.Reveal, inquiry.Id)));
        Assert.True(await ReadAsync(s => KeptPageStore.IsOfAsync(s, beside, _ana, KeptKind.Reveal, other.Id)));
        Assert.Null((await FindAsync(search, _ana, KeptKind.Search))!.Sealed);
    }

    private async Task<Guid> AddAsync(UserId user, KeptKind kind, byte[]? content)
    {
        var id = Guid.NewGuid();
        await WriteAsync(tx => KeptPageStore.AddAsync(tx, id, user, kind, content, s_life));
        return id;
    }

    private Task<KeptPage?> FindAsync(Guid id, UserId user, KeptKind kind) => ReadAsync(s => KeptPageStore.FindAsync(s, id, user, kind));
}
