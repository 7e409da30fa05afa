using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class IdempotencyOnSqlite() : IdempotencyContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class IdempotencyOnSqlServer() : IdempotencyContract(DatabaseProvider.SqlServer);

public abstract class IdempotencyContract(DatabaseProvider provider) : StoreContract(provider)
{
    private readonly byte[] _key = A.RandomHash();
    private readonly byte[] _body = A.RandomHash();
    private readonly InquiryId _inquiry = InquiryId.New();

    [Contract]
    public async Task A_key_leads_to_its_inquiry_and_body()
    {
        await TakeAsync(_key, _inquiry);

        var found = await FindAsync(_key);

        Assert.Equal(_inquiry, found?.InquiryId);
        Assert.Equal(_body, found?.BodyHash);
        Assert.Null(await FindAsync(A.RandomHash()));
    }

    [Contract]
    public async Task A_taken_key_is_a_conflict_and_nothing_of_that_transaction_stays()
    {
        await TakeAsync(_key, _inquiry);

        await Assert.ThrowsAsync<ConflictException>(() => WriteAsync(async tx =>
        {
            await IdempotencyStore.AddAsync(tx, A.RandomHash(), _body, InquiryId.New());
            await IdempotencyStore.AddAsync(tx, _key, _body, InquiryId.New());
        }));

        Assert.Equal(_inquiry, (await FindAsync(_key))?.InquiryId);
        Assert.Equal(1, await NumberAsync("SELECT COUNT(*) FROM IdempotencyKey"));
    }

    [Contract]
    public async Task A_key_counts_for_a_day_and_is_free_again_afterwards()
    {
        await TakeAsync(_key, _inquiry);

        Clock.Advance(IdempotencyStore.Lifetime - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(await FindAsync(_key));
        await Assert.ThrowsAsync<ConflictException>(() => TakeAsync(_key, InquiryId.New()));

        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(await FindAsync(_key));
        var next = InquiryId.New();
        await TakeAsync(_key, next);
        Assert.Equal(next, (await FindAsync(_key))?.InquiryId);
    }

    [Contract]
    public async Task Of_twenty_requests_at_once_with_one_key_exactly_one_gets_it()
    {
        await using var other = Storage.Open(Clock);
        Database[] processes = [Database, other];

        var outcomes = await AtOnceAsync(20, async i =>
        {
            await processes[i % 2].WriteAsync(tx => IdempotencyStore.AddAsync(tx, _key, _body, InquiryId.New()), Priority.Interactive);
            return true;
        });

        Assert.Single(outcomes, o => o.Error is null);
        Assert.Equal(19, outcomes.Count(o => o.Error is ConflictException));
    }

    [Contract]
    public async Task A_sweep_takes_only_keys_that_no_longer_count_and_no_more_than_asked()
    {
        for (var i = 0; i < 3; i++)
        {
            await TakeAsync(A.RandomHash(), InquiryId.New());
        }

        Clock.Advance(IdempotencyStore.Lifetime);
        await TakeAsync(_key, _inquiry);
        var before = Now - IdempotencyStore.Lifetime;

        Assert.Equal(2, await WriteAsync(tx => IdempotencyStore.SweepAsync(tx, before, 2)));
        Assert.Equal(1, await WriteAsync(tx => IdempotencyStore.SweepAsync(tx, before, 2)));

        Assert.NotNull(await FindAsync(_key));
    }

    private Task TakeAsync(byte[] key, InquiryId inquiry) => WriteAsync(tx => IdempotencyStore.AddAsync(tx, key, _body, inquiry));

    private Task<EarlierRequest?> FindAsync(byte[] key) => ReadAsync(session => IdempotencyStore.FindAsync(session, key));
}
