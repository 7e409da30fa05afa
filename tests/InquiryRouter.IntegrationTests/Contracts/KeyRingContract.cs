using System.Security.Cryptography;
using InquiryRouter.Infrastructure;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Privacy;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class KeyRingOnSqlite() : KeyRingContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class KeyRingOnSqlServer() : KeyRingContract(DatabaseProvider.SqlServer);

public abstract class KeyRingContract(DatabaseProvider provider) : StoreContract(provider)
{
    private const string Purpose = "test-key";

    [Contract]
    public async Task The_first_key_of_a_purpose_stays()
    {
        var first = NewKey();
        Assert.Null(await FindAsync());
        Assert.True(await AddAsync(first));

        Assert.False(await AddAsync(NewKey()));

        var found = await FindAsync();
        Assert.Equal(first.MasterKeyId, found?.MasterKeyId);
        Assert.Equal(first.WrappedKey, found?.WrappedKey);
    }

    [Contract]
    public async Task Of_ten_first_starts_at_once_exactly_one_stores_its_key()
    {
        await using var other = Storage.Open(Clock);
        Database[] processes = [Database, other];

        var outcomes = await AtOnceAsync(10, i => processes[i % 2].WriteAsync(tx => KeyRingStore.TryAddAsync(tx, Purpose, NewKey())));

        Assert.All(outcomes, o => Assert.Null(o.Error));
        Assert.Single(outcomes, o => o.Result);
    }

    [Contract]
    public async Task Every_start_finds_the_same_address_under_the_same_hash()
    {
        await using var other = Storage.Open(Clock);
        Database[] processes = [Database, other];

        var outcomes = await AtOnceAsync(6, async i =>
            (await InstallationKeys.LoadHashAsync(processes[i % 2], A.MasterKey, CancellationToken.None)).OfAddress("Ana@Patient.example"));

        Assert.All(outcomes, o => Assert.Null(o.Error));
        var later = await InstallationKeys.LoadHashAsync(Database, A.MasterKey, CancellationToken.None);
        Assert.All(outcomes, o => Assert.Equal(later.OfAddress("ana@patient.example"), o.Result));
        Assert.NotEqual(later.OfAddress("ana@patient.example"), later.OfAddress("anna@patient.example"));
        Assert.NotEqual(later.Compute("a", "x"u8), later.Compute("b", "x"u8));
    }

    [Contract]
    public async Task A_wrong_master_key_is_noticed_and_named()
    {
        await InstallationKeys.LoadHashAsync(Database, A.MasterKey, CancellationToken.None);
        var wrong = MasterKey.Parse(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), "the test");

        var error = await Assert.ThrowsAsync<CannotStartException>(() => InstallationKeys.LoadHashAsync(Database, wrong, CancellationToken.None));

        Assert.Contains(A.MasterKey.Id, error.Message, StringComparison.Ordinal);
        Assert.Contains(wrong.Id, error.Message, StringComparison.Ordinal);
    }

    private static StoredKey NewKey() => new() { MasterKeyId = A.MasterKey.Id, WrappedKey = A.MasterKey.Wrap(RandomNumberGenerator.GetBytes(32)) };

    private Task<StoredKey?> FindAsync() => ReadAsync(session => KeyRingStore.FindAsync(session, Purpose));

    private Task<bool> AddAsync(StoredKey key) => WriteAsync(tx => KeyRingStore.TryAddAsync(tx, Purpose, key));
}
