using System.Text.Json;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class NetworkOnSqlite() : NetworkContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class NetworkOnSqlServer() : NetworkContract(DatabaseProvider.SqlServer);

public abstract class NetworkContract(DatabaseProvider provider) : StoreContract(provider)
{
    [Contract]
    public async Task A_new_database_has_an_empty_network_of_version_zero()
    {
        var network = await LoadAsync();

        Assert.Equal(0, network.Version);
        Assert.Empty(network.Clinics);
    }

    [Contract]
    public async Task The_demo_network_comes_back_as_it_was_imported()
    {
        var clinics = A.DemoNetwork();

        Assert.Equal(1, await ReplaceAsync(clinics));

        var network = await LoadAsync();
        Assert.Equal(1, network.Version);
        Assert.Equal(clinics.OrderBy(c => c.Code, StringComparer.Ordinal).Select(Text), network.Clinics.Select(Text));
        Assert.Equal(clinics.Count, network.ByCode.Count);
    }

    [Contract]
    public async Task Every_change_makes_a_new_version()
    {
        for (var version = 1; version <= 3; version++)
        {
            Assert.Equal(version, await ReplaceAsync([A.Clinic("MX-1")]));
            Assert.Equal(version, await ReadAsync(NetworkStore.VersionAsync));
        }
    }

    [Contract]
    public async Task A_clinic_is_replaced_whole_and_the_others_stay_as_they_are()
    {
        var kept = A.Clinic("MX-2");
        await ReplaceAsync([A.Clinic("MX-1"), kept]);
        var changed = A.Clinic("MX-1") with
        {
            Name = "Nueva Clínica ñ 🏥", Active = false, WeeklyCap = 0, WorkDays = [], AgeGroups = ["child"], Credentials = [],
            Treatments = [A.Treatment() with { ConditionType = "sle" }],
        };

        await ReplaceAsync([changed]);

        Assert.Equal([Text(changed), Text(kept)], (await LoadAsync()).Clinics.Select(Text));
    }

    [Contract]
    public async Task Many_clinics_are_stored_at_once_and_progress_is_told()
    {
        var clinics = Enumerable.Range(0, 350).Select(i => A.Clinic($"MX-{i:0000}")).ToList();
        var told = new List<int>();

        await WriteAsync(tx => NetworkStore.ReplaceAsync(tx, clinics, "many", told.Add));
        await WriteAsync(tx => NetworkStore.ReplaceAsync(tx, clinics, "many again"));

        Assert.Equal([100, 200, 300, 350], told);
        Assert.Equal(350, (await LoadAsync()).Clinics.Count);
        Assert.Equal(700, await NumberAsync("SELECT COUNT(*) FROM Credential"));
    }

    [Contract]
    public async Task A_failed_import_leaves_the_network_as_it_was()
    {
        await ReplaceAsync([A.Clinic("MX-1")]);
        var before = (await LoadAsync()).Clinics.Select(Text).ToList();

        await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync(async tx =>
        {
            await NetworkStore.ReplaceAsync(tx, [A.Clinic("MX-1") with { Name = "Other" }, A.Clinic("MX-2")], "half");
            throw new InvalidOperationException("the import fails");
        }));

        var after = await LoadAsync();
        Assert.Equal(1, after.Version);
        Assert.Equal(before, after.Clinics.Select(Text));
    }

    [Contract]
    public async Task The_network_in_memory_is_swapped_when_another_process_changes_it()
    {
        using var cache = new NetworkCache(Database, A.Rules);
        await using var other = Storage.Open(Clock);
        Assert.Empty((await cache.CurrentAsync(CancellationToken.None)).Clinics);

        await other.WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [A.Clinic("MX-1")], "other"));
        var first = await cache.CurrentAsync(CancellationToken.None);
        Assert.Equal("MX-1", Assert.Single(first.Clinics).Code);
        Assert.Same(first, await cache.CurrentAsync(CancellationToken.None));

        await other.WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [A.Clinic("MX-1") with { Active = false }], "other"));
        Assert.False(Assert.Single((await cache.CurrentAsync(CancellationToken.None)).Clinics).Active);
    }

    private Task<long> ReplaceAsync(IReadOnlyList<Clinic> clinics) => WriteAsync(tx => NetworkStore.ReplaceAsync(tx, clinics, "test"));

    private Task<NetworkSnapshot> LoadAsync() => ReadAsync(session => NetworkStore.LoadAsync(session, A.Rules));

    private static string Text(Clinic clinic) => JsonSerializer.Serialize(clinic);
}
