using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.History;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class SystemAuditOnSqlite() : SystemAuditContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class SystemAuditOnSqlServer() : SystemAuditContract(DatabaseProvider.SqlServer);

public abstract class SystemAuditContract(DatabaseProvider provider) : StoreContract(provider)
{
    private static readonly Actor s_ana = Actor.Coordinator("Ana");

    [Contract]
    public async Task Lines_are_numbered_chained_and_end_in_the_head()
    {
        Assert.Null(await ReadAsync(SystemAuditStore.FindEndAsync));
        await AddAsync("signed-in", "x");
        Clock.Advance(TimeSpan.FromMinutes(1));
        await AddAsync("searched", null);

        var (lines, end) = (await ListAsync(), (await ReadAsync(SystemAuditStore.FindEndAsync))!);
        Assert.Equal([(1, "signed-in", "x"), (2, "searched", null)], lines.Select(l => (l.Version, l.Action, l.Detail)));
        Assert.Equal(("coordinator", "Ana"), (lines[0].ActorKind, lines[0].ActorName));
        Assert.Equal(2, end.Lines);
        Assert.True(AuditChain.IsIntact(lines, end.Hash));
    }

    [Contract]
    public async Task Twenty_written_at_once_make_one_chain()
    {
        var outcomes = await AtOnceAsync(20, async i =>
        {
            for (var attempt = 0; ; attempt++)
            {
                try
                {
                    await AddAsync("searched", $"{i}");
                    return true;
                }
                catch (ConflictException) when (attempt < 20)
                {
                    // Somebody else wrote the first line of all.
                }
            }
        });

        Assert.All(outcomes, o => Assert.Null(o.Error));
        Assert.Equal(20, (await ListAsync()).Count);
        Assert.True(AuditChain.IsIntact(await ListAsync(), (await ReadAsync(SystemAuditStore.FindEndAsync))!.Hash));
    }

    [Contract]
    public async Task Pages_go_on_where_the_one_before_ended_both_ways_and_by_kind()
    {
        for (var i = 1; i <= 5; i++)
        {
            await AddAsync(i % 2 == 0 ? "even" : "odd", null);
        }

        Assert.Equal([3, 4], (await ReadAsync(s => SystemAuditStore.ListAsync(s, 2, 2))).Select(l => l.Version));
        Assert.Equal([5, 4], (await ReadAsync(s => SystemAuditStore.NewestAsync(s, null, null, 2))).Select(l => l.Version));
        Assert.Equal([3, 2], (await ReadAsync(s => SystemAuditStore.NewestAsync(s, 4, null, 2))).Select(l => l.Version));
        Assert.Equal([4, 2], (await ReadAsync(s => SystemAuditStore.NewestAsync(s, null, "even", 5))).Select(l => l.Version));
    }

    [Contract]
    public async Task A_line_that_was_rolled_back_leaves_no_gap()
    {
        await AddAsync("one", null);
        await Assert.ThrowsAsync<InvalidOperationException>(() => WriteAsync(async tx =>
        {
            await SystemAuditStore.AddAsync(tx, "never", s_ana, null);
            throw new InvalidOperationException("rolled back");
        }));
        await AddAsync("two", null);

        Assert.Equal([1, 2], (await ListAsync()).Select(l => l.Version));
        Assert.True(AuditChain.IsIntact(await ListAsync(), (await ReadAsync(SystemAuditStore.FindEndAsync))!.Hash));
    }

    private Task AddAsync(string action, string? detail) => WriteAsync(tx => SystemAuditStore.AddAsync(tx, action, s_ana, detail));

    private Task<IReadOnlyList<AuditEntry>> ListAsync() => ReadAsync(s => SystemAuditStore.ListAsync(s, 0, 100));
}
