using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
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
        Assert.Empty((await LoadAsync(0))!.Clinics);
        Assert.Empty(await ReadAsync(NetworkStore.HistoryAsync));
    }

    [Contract]
    public async Task The_demo_network_comes_back_as_it_was_imported()
    {
        var clinics = A.DemoNetwork();

        Assert.Equal(new NetworkChange(1, Added: clinics.Count, Changed: 0, Unchanged: 0), await ReplaceAsync([.. clinics]));

        var network = await LoadAsync();
        Assert.Equal(1, network.Version);
        Assert.Same(A.Rules, network.Rules);
        AssertClinics(clinics, network);
        Assert.Equal(clinics.Count, network.ByCode.Count);
    }

    [Contract]
    public async Task A_clinic_with_every_field_filled_and_one_with_none_come_back_as_they_were()
    {
        Clinic[] clinics = [Clinics.Full("MX-1"), Clinics.Bare("MX-2")];

        await ReplaceAsync(clinics);

        AssertClinics(clinics, await LoadAsync());
    }

    [Contract]
    public async Task A_change_of_any_field_makes_a_version_and_comes_back()
    {
        var full = Clinics.Full("MX-1");
        await ReplaceAsync(full);
        var version = 1L;

        foreach (var (field, changed) in Clinics.EachFieldChanged(full))
        {
            Assert.True((await ReplaceAsync(changed)).MadeVersion, $"A change of {field} was not noticed.");
            version++;
            AssertClinics([changed], await LoadAsync());
            AssertClinics([full], await LoadAsync(1));
        }

        Assert.True(version > 80, $"Only {version - 1} fields were changed.");
        Assert.Equal(version, (await LoadAsync()).Version);
    }

    [Contract]
    public async Task With_nothing_changed_there_is_no_new_version_and_nothing_is_written()
    {
        Clinic[] clinics = [Clinics.Full("MX-1"), A.Clinic("MX-2")];
        await ReplaceAsync(clinics);

        var again = await ReplaceAsync(clinics);

        Assert.Equal(new NetworkChange(1, Added: 0, Changed: 0, Unchanged: 2), again);
        Assert.False(again.MadeVersion);
        Assert.Equal(1, await ReadAsync(NetworkStore.VersionAsync));
        Assert.Equal(2, await NumberAsync("SELECT COUNT(*) FROM Clinic"));
    }

    [Contract]
    public async Task A_pause_of_a_clinic_is_a_version_and_outlives_an_import()
    {
        var until = new DateOnly(2026, 12, 24);
        await ReplaceAsync(A.Clinic("MX-1"), A.Clinic("MX-2"));

        Assert.True(await WriteAsync(tx => NetworkStore.PauseAsync(tx, "MX-1", until, Actor.Clinic("MX-1"))));
        await ReplaceAsync(A.Clinic("MX-1") with { WeeklyCap = 99 }, A.Clinic("MX-2"));

        var network = await LoadAsync();
        Assert.Equal((3, until, 99), (network.Version, network.ByCode["MX-1"].PausedUntil, network.ByCode["MX-1"].WeeklyCap));
        Assert.Null(network.ByCode["MX-2"].PausedUntil);
        Assert.Null((await LoadAsync(1))!.ByCode["MX-1"].PausedUntil);
        Assert.False(await WriteAsync(tx => NetworkStore.PauseAsync(tx, "MX-1", until, Actor.Clinic("MX-1"))));
        Assert.False(await WriteAsync(tx => NetworkStore.PauseAsync(tx, "MX-9", until, Actor.Clinic("MX-9"))));
        Assert.True(await WriteAsync(tx => NetworkStore.PauseAsync(tx, "MX-1", null, Actor.Clinic("MX-1"))));
        Assert.Null((await LoadAsync()).ByCode["MX-1"].PausedUntil);
    }

    [Contract]
    public async Task Who_else_pauses_a_clinic_stands_with_the_version()
    {
        await ReplaceAsync(A.Clinic("MX-1"));
        await WriteAsync(tx => NetworkStore.PauseAsync(tx, "MX-1", new DateOnly(2026, 12, 24), Actor.Coordinator("ada")));
        await WriteAsync(tx => NetworkStore.PauseAsync(tx, "MX-1", null, Actor.Clinic("MX-1")));

        Assert.Equal(
            ["MX-1 takes referrals again", "MX-1 pauses, by ada"],
            (await ReadAsync(NetworkStore.HistoryAsync)).Take(2).Select(v => v.Source));
    }

    [Contract]
    public async Task That_mail_fails_is_a_version_and_outlives_an_import_until_it_brings_another_address()
    {
        await ReplaceAsync(A.Clinic("MX-1"), A.Clinic("MX-2"));

        Assert.True(await WriteAsync(tx => NetworkStore.SetMailFailsAsync(tx, "MX-1", Now, "mail")));
        Assert.False(await WriteAsync(tx => NetworkStore.SetMailFailsAsync(tx, "MX-1", Now.AddDays(1), "mail")));
        Assert.False(await WriteAsync(tx => NetworkStore.SetMailFailsAsync(tx, "MX-9", Now, "mail")));
        await ReplaceAsync(A.Clinic("MX-1") with { WeeklyCap = 99, Email = A.Clinic("MX-1").Email.ToUpperInvariant() }, A.Clinic("MX-2"));

        var network = await LoadAsync();
        Assert.Equal((3, Now, 99), (network.Version, network.ByCode["MX-1"].MailFailsSince, network.ByCode["MX-1"].WeeklyCap));
        Assert.Null(network.ByCode["MX-2"].MailFailsSince);
        Assert.Null((await LoadAsync(1))!.ByCode["MX-1"].MailFailsSince);

        await ReplaceAsync(A.Clinic("MX-1") with { Email = "new@mx-1.clinic.example" });
        Assert.Null((await LoadAsync()).ByCode["MX-1"].MailFailsSince);
    }

    [Contract]
    public async Task That_mail_arrives_again_can_be_said_by_hand()
    {
        await ReplaceAsync(A.Clinic("MX-1"));
        await WriteAsync(tx => NetworkStore.SetMailFailsAsync(tx, "MX-1", Now, "mail"));

        Assert.True(await WriteAsync(tx => NetworkStore.SetMailFailsAsync(tx, "MX-1", since: null, "ana")));
        Assert.False(await WriteAsync(tx => NetworkStore.SetMailFailsAsync(tx, "MX-1", since: null, "ana")));

        Assert.Null((await LoadAsync()).ByCode["MX-1"].MailFailsSince);
        Assert.Equal(["mail to MX-1 works again: ana", "mail to MX-1 fails: mail"], (await ReadAsync(NetworkStore.HistoryAsync)).Take(2).Select(v => v.Source));
    }

    [Contract]
    public async Task A_price_written_with_other_zeros_is_the_same_price()
    {
        await ReplaceAsync(A.Clinic("MX-1") with { Packages = [A.Package() with { PriceAmount = 100m }] });

        Assert.False((await ReplaceAsync(A.Clinic("MX-1") with { Packages = [A.Package() with { PriceAmount = 100.00m }] })).MadeVersion);
    }

    [Contract]
    public async Task Only_what_changed_is_written_and_the_other_clinics_stay_as_they_are()
    {
        var kept = A.Clinic("MX-2");
        await ReplaceAsync(A.Clinic("MX-1"), kept, A.Clinic("MX-3"));
        var changed = Clinics.Bare("MX-1") with { Name = "Nueva Clínica ñ 🏥", Active = false };

        var change = await ReplaceAsync(changed, kept, A.Clinic("MX-4"));

        Assert.Equal(new NetworkChange(2, Added: 1, Changed: 1, Unchanged: 1), change);
        AssertClinics([changed, kept, A.Clinic("MX-3"), A.Clinic("MX-4")], await LoadAsync());
        Assert.Equal(5, await NumberAsync("SELECT COUNT(*) FROM Clinic"));
        Assert.Equal(1, await NumberAsync("SELECT COUNT(*) FROM Clinic WHERE FromVersion = 1 AND ToVersion = 2"));
    }

    [Contract]
    public async Task The_network_of_every_version_can_be_read_for_ever()
    {
        var networks = new List<Clinic[]>();
        for (var version = 1; version <= 5; version++)
        {
            // One changes each time, one never, one comes with each version, one goes to and fro.
            await ReplaceAsync(
                A.Clinic("MX-A") with { WeeklyCap = version }, Clinics.Full("MX-B"), A.Clinic($"MX-{version}"), A.Clinic("MX-C") with { Active = version % 2 == 0 });
            networks.Add([.. (await LoadAsync()).Clinics]);
        }

        Assert.Equal([4, 5, 6, 7, 8], networks.Select(n => n.Length));
        foreach (var (index, clinics) in networks.Index())
        {
            var then = await LoadAsync(index + 1);
            Assert.Equal(index + 1, then!.Version);
            AssertClinics(clinics, then);
        }
    }

    [Contract]
    public async Task A_version_that_does_not_exist_is_no_network()
    {
        await ReplaceAsync(A.Clinic("MX-1"));

        Assert.Null(await LoadAsync(2));
        Assert.Null(await LoadAsync(-1));
        Assert.Empty((await LoadAsync(0))!.Clinics);
    }

    [Contract]
    public async Task The_history_says_of_each_version_when_it_came_and_from_where()
    {
        await WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [A.Clinic("MX-1")], "first file"));
        var first = Now;
        Clock.Advance(TimeSpan.FromHours(3));
        await WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [A.Clinic("MX-1")], "nothing new"));
        await WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [A.Clinic("MX-2")], "segundo año"));

        Assert.Equal([new NetworkVersion(2, Now, "segundo año"), new NetworkVersion(1, first, "first file")], await ReadAsync(NetworkStore.HistoryAsync));
    }

    [Contract]
    public async Task Many_clinics_are_stored_at_once_and_progress_is_told()
    {
        var clinics = Enumerable.Range(0, 350).Select(i => A.Clinic($"MX-{i:0000}")).ToList();
        var told = new List<int>();

        await WriteAsync(tx => NetworkStore.ReplaceAsync(tx, clinics, "many", told.Add));
        var again = await WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [.. clinics.Select(c => c with { City = "Mexicali" })], "many again"));

        Assert.Equal([100, 200, 300, 350], told);
        Assert.Equal(350, again.Changed);
        Assert.Equal(350, (await LoadAsync()).Clinics.Count);
        Assert.Equal(350 * 2 * 2, await NumberAsync("SELECT COUNT(*) FROM Credential"));
    }

    [Contract]
    public async Task A_failed_import_leaves_the_network_as_it_was()
    {
        await ReplaceAsync(A.Clinic("MX-1"));

        await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync(async tx =>
        {
            await NetworkStore.ReplaceAsync(tx, [A.Clinic("MX-1") with { Name = "Other" }, A.Clinic("MX-2")], "half");
            throw new InvalidOperationException("the import fails");
        }));

        await AssertIsFirstVersionAsync();
    }

    [Contract]
    public async Task An_import_that_fails_half_way_leaves_nothing_of_its_first_half()
    {
        await ReplaceAsync(A.Clinic("MX-1"));
        var clinics = Enumerable.Range(1, 250).Select(i => A.Clinic($"MX-{i}") with { City = "Mexicali" }).ToList();

        await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync(tx => NetworkStore.ReplaceAsync(
            tx, clinics, "half", done => throw new InvalidOperationException($"the import fails after {done}"))));

        await AssertIsFirstVersionAsync();
    }

    [Contract]
    public async Task Of_imports_at_once_each_makes_a_version_of_its_own_or_is_told_to_come_again()
    {
        await using var other = Storage.Open(Clock);
        var imports = await AtOnceAsync(8, i => (i % 2 == 0 ? Database : other).WriteAsync(
            tx => NetworkStore.ReplaceAsync(tx, [A.Clinic("MX-1") with { WeeklyCap = i }, A.Clinic($"MX-A{i}")], $"{i}")));

        Assert.All(imports.Where(i => i.Error is not null), i => Assert.IsType<ConflictException>(i.Error));
        var made = imports.Where(i => i.Error is null).Select(i => i.Result!.Version).Order().ToList();
        Assert.NotEmpty(made);
        Assert.Equal(Enumerable.Range(1, made.Count).Select(v => (long)v), made);

        // Each that was stored was stored whole.
        var network = await LoadAsync();
        Assert.Equal(made.Count, network.Version);
        Assert.Equal(made.Count + 1, network.Clinics.Count);
        Assert.Equal(made.Count, (await ReadAsync(NetworkStore.HistoryAsync)).Count);
    }

    [Contract]
    public async Task Who_began_from_a_version_that_is_no_longer_the_newest_is_told_to_come_again()
    {
        var clinics = Enumerable.Range(0, 100).Select(i => A.Clinic($"MX-{i}")).ToList();
        await ReplaceAsync(clinics);

        // Another import takes the next version between the question for it and the first write.
        var conflict = await Assert.ThrowsAsync<ConflictException>(() => WriteAsync(tx => NetworkStore.ReplaceAsync(
            tx, [.. clinics, A.Clinic("MX-LATE")], "late",
            _ => tx.ExecuteAsync("INSERT INTO Network (Version, ImportedAt, Source) VALUES (2, @Now, 'other')", new { tx.Now }).GetAwaiter().GetResult())));

        Assert.Contains("at the same moment", conflict.Message, StringComparison.Ordinal);
        AssertClinics(clinics, await LoadAsync());
    }

    [Contract]
    public async Task The_network_in_memory_is_swapped_when_another_process_changes_it()
    {
        using var cache = Cache();
        await using var other = Storage.Open(Clock);
        Assert.Empty((await cache.CurrentAsync(CancellationToken.None)).Clinics);

        await other.WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [A.Clinic("MX-1")], "other"));
        var first = await cache.CurrentAsync(CancellationToken.None);
        Assert.Equal("MX-1", Assert.Single(first.Clinics).Code);
        Assert.Same(first, await cache.CurrentAsync(CancellationToken.None));

        await other.WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [A.Clinic("MX-1") with { Active = false }], "other"));
        Assert.False(Assert.Single((await cache.CurrentAsync(CancellationToken.None)).Clinics).Active);
    }

    [Contract]
    public async Task Past_networks_are_kept_in_memory_the_last_asked_for_longest()
    {
        for (var version = 1; version <= 7; version++)
        {
            await ReplaceAsync(A.Clinic("MX-1") with { WeeklyCap = version });
        }

        var asked = new List<long>();
        using var cache = Cache(asked);
        var current = await cache.CurrentAsync(CancellationToken.None);

        Assert.Same(current, await cache.AtAsync(7, CancellationToken.None));
        foreach (var version in new[] { 1, 2, 3, 4, 1, 5, 1, 2 })
        {
            var then = await cache.AtAsync(version, CancellationToken.None);
            Assert.Equal((version, version), (then!.Version, then.Clinics[0].WeeklyCap));
        }

        // The fifth pushed the second out, which had not been asked for longest.
        Assert.Equal([7, 1, 2, 3, 4, 5, 2], asked);
        Assert.Null(await cache.AtAsync(8, CancellationToken.None));
    }

    private NetworkCache Cache(List<long>? asked = null) => new(Database, (_, version) =>
    {
        asked?.Add(version);
        return Task.FromResult(A.Rules);
    });

    private async Task AssertIsFirstVersionAsync()
    {
        var after = await LoadAsync();
        Assert.Equal(1, after.Version);
        AssertClinics([A.Clinic("MX-1")], after);
        Assert.Equal(1, await NumberAsync("SELECT COUNT(*) FROM Clinic"));
        Assert.Equal(1, await NumberAsync("SELECT COUNT(*) FROM Physician"));
        Assert.Single(await ReadAsync(NetworkStore.HistoryAsync));
    }

    private Task<NetworkChange> ReplaceAsync(params IReadOnlyList<Clinic> clinics) => WriteAsync(tx => NetworkStore.ReplaceAsync(tx, clinics, "test"));

    private Task<NetworkSnapshot> LoadAsync() => ReadAsync(session => NetworkStore.LoadAsync(session, A.Rules));

    private Task<NetworkSnapshot?> LoadAsync(long version) => ReadAsync(session => NetworkStore.LoadAsync(session, version, A.Rules));

    private static void AssertClinics(IEnumerable<Clinic> expected, NetworkSnapshot? network) =>
        Assert.Equal(expected.OrderBy(c => c.Code, StringComparer.Ordinal).Select(Clinics.Text), network!.Clinics.Select(Clinics.Text));
}
