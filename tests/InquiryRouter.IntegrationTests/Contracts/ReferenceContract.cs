using System.Text;
using System.Text.Json.Nodes;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.ReferenceData;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class ReferenceOnSqlite() : ReferenceContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class ReferenceOnSqlServer() : ReferenceContract(DatabaseProvider.SqlServer);

public abstract class ReferenceContract(DatabaseProvider provider) : StoreContract(provider)
{
    private static readonly DateOnly s_day = new(2026, 11, 23);

    [Contract]
    public async Task A_database_that_stored_none_has_those_that_are_shipped()
    {
        Assert.Equal(ReferenceFiles.Shipped.Hash, (await LoadAsync(0)).Hash);
        Assert.Equal(ReferenceFiles.Shipped.Hash, await ReadAsync(session => ReferenceStore.HashAsync(session, 0)));
        Assert.Empty(await HistoryAsync());
    }

    [Contract]
    public async Task What_is_shipped_is_stored_once_and_comes_back_byte_by_byte()
    {
        Assert.Equal(1, (await ShipAsync()).Version);
        Assert.Equal(1, (await ShipAsync()).Version);

        var files = await LoadAsync(1);
        Assert.All(ReferenceFiles.Names, name => Assert.Equal(ReferenceFiles.Shipped[name].Body, files[name].Body));
        Assert.Equal(ReferenceFiles.Names.Count, (await HistoryAsync()).Count);
        Assert.Equal(1, await ReadAsync(NetworkStore.VersionAsync));
        Assert.All(await HistoryAsync(), file => Assert.Equal((true, null, Now), (file.IsShipped, file.ToVersion, file.ImportedAt)));
    }

    [Contract]
    public async Task A_program_with_another_file_makes_a_new_version_of_the_network_and_the_old_one_is_kept()
    {
        await ShipAsync();
        var newer = ReferenceFiles.Shipped.With(Panama(RuleOutcome.Forbidden));

        Assert.Equal(2, (await ShipAsync(newer)).Version);

        Assert.Equal(2, await ReadAsync(NetworkStore.VersionAsync));
        Assert.Equal(ReferenceFiles.Shipped.Hash, (await LoadAsync(1)).Hash);
        Assert.Equal(newer.Hash, (await LoadAsync(2)).Hash);
        Assert.Equal(newer.Hash, (await LoadAsync(99)).Hash);
        Assert.Equal(ReferenceFiles.Names.Count + 1, (await HistoryAsync()).Count);
        Assert.Equal((2, null, true), At(Assert.Single(await HistoryAsync(), f => f.FromVersion == 2)));
        Assert.Equal((1, 2, true), At(Assert.Single(await HistoryAsync(), f => f.ToVersion is not null)));
    }

    [Contract]
    public async Task A_decision_can_be_made_again_with_the_rules_of_its_version_for_ever()
    {
        await ShipAsync();
        await ImportAsync(Panama(RuleOutcome.Forbidden));
        await WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [A.Clinic("MX-1")], "clinics only"));
        await ImportAsync(Panama(RuleOutcome.Permitted));
        var cache = new RulesCache();

        RuleOutcome?[] found = [.. await Task.WhenAll(Enumerable.Range(1, 4).Select(v => PanamaAsync(cache, v)))];

        Assert.Equal([null, RuleOutcome.Forbidden, RuleOutcome.Forbidden, RuleOutcome.Permitted], found);
    }

    [Contract]
    public async Task Equal_files_are_parsed_once()
    {
        await ShipAsync();
        await WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [A.Clinic("MX-1")], "clinics only"));
        var cache = new RulesCache();

        var first = await ReadAsync(session => cache.RulesAsync(session, 1));

        Assert.Same(first, await ReadAsync(session => cache.RulesAsync(session, 2)));
        for (var i = 0; i < 6; i++)
        {
            await ImportAsync(Panama(RuleOutcome.Forbidden, note: i));
        }

        for (var version = 3; version <= 8; version++)
        {
            Assert.NotSame(first, await ReadAsync(session => cache.RulesAsync(session, version)));
        }

        Assert.Equal(first.Lists.Conditions.Count, (await ReadAsync(session => cache.RulesAsync(session, 1))).Lists.Conditions.Count);
    }

    [Contract]
    public async Task What_an_operator_imported_stays_when_the_program_ships_another()
    {
        await ShipAsync();
        Assert.Equal(new ReferenceImportOutcome.Stored(2), await ImportAsync(Panama(RuleOutcome.Permitted)));

        Assert.Equal(2, (await ShipAsync(ReferenceFiles.Shipped.With(Panama(RuleOutcome.Forbidden)))).Version);
        Assert.Equal(RuleOutcome.Permitted, await PanamaAsync(new RulesCache(), 2));
        Assert.False(Assert.Single(await HistoryAsync(), f => f.FromVersion == 2).IsShipped);
    }

    [Contract]
    public async Task Who_imports_what_is_shipped_follows_the_program_again()
    {
        await ShipAsync();
        await ImportAsync(Panama(RuleOutcome.Permitted));

        Assert.Equal(new ReferenceImportOutcome.Stored(3), await ImportAsync(ReferenceFiles.Shipped["country-rules"]));
        Assert.Equal(new ReferenceImportOutcome.Unchanged(3), await ImportAsync(ReferenceFiles.Shipped["country-rules"]));
        Assert.Equal(4, (await ShipAsync(ReferenceFiles.Shipped.With(Panama(RuleOutcome.Forbidden)))).Version);
    }

    [Contract]
    public async Task The_same_file_twice_makes_one_version()
    {
        await ShipAsync();
        Assert.Equal(new ReferenceImportOutcome.Stored(2), await ImportAsync(Panama(RuleOutcome.Permitted)));
        Assert.Equal(new ReferenceImportOutcome.Unchanged(2), await ImportAsync(Panama(RuleOutcome.Permitted)));
        Assert.Equal(2, await ReadAsync(NetworkStore.VersionAsync));
    }

    [Contract]
    public async Task A_file_with_one_wrong_code_changes_nothing()
    {
        await ShipAsync();

        var refused = Assert.IsType<ReferenceImportOutcome.Refused>(await ImportAsync(Changed("country-rules", rows => rows[0]!["country"] = "XX")));

        var problem = Assert.Single(refused.Problems);
        Assert.Equal(("country-rules", 1, "country", "XX"), (problem.File, problem.Row, problem.Field, problem.Value));
        Assert.Equal(1, await ReadAsync(NetworkStore.VersionAsync));
        Assert.Equal(ReferenceFiles.Shipped.Hash, (await LoadAsync(1)).Hash);
    }

    [Contract]
    public async Task A_file_that_takes_away_what_another_names_is_refused_for_it()
    {
        await ShipAsync();

        var refused = Assert.IsType<ReferenceImportOutcome.Refused>(
            await ImportAsync(Changed("accreditation-bodies", rows => rows.Remove(rows.First(r => r!["code"]!.GetValue<string>() == "cofepris")))));

        Assert.Equal("country-rules", Assert.Single(refused.Problems).File);
    }

    [Contract]
    public async Task Shipped_files_that_do_not_agree_with_an_imported_one_wait_for_it()
    {
        await ShipAsync();
        await ImportAsync(Panama(RuleOutcome.Permitted));
        var withoutPanama = ReferenceFiles.Shipped
            .With(Changed("emergency-lines", rows => rows.Remove(rows.First(r => r!["country"]!.GetValue<string>() == "PA"))))
            .With(Changed("countries", rows => rows.Remove(rows.First(r => r!["code"]!.GetValue<string>() == "PA"))))
            .With(Changed("regions", rows => rows[0]!["countries"]!.AsArray().Remove(rows[0]!["countries"]!.AsArray().First(c => c!.GetValue<string>() == "PA"))));

        var outcome = await ShipAsync(withoutPanama);

        Assert.Contains(outcome.Problems, p => p is { File: "country-rules", Value: "PA" });
        Assert.Equal(2, outcome.Version);
        Assert.Equal(RuleOutcome.Permitted, await PanamaAsync(new RulesCache(), 2));

        // The operator gives way, and what waited comes along.
        Assert.Equal(
            new ReferenceImportOutcome.Stored(3),
            await WriteAsync(tx => ReferenceStore.ImportAsync(tx, Changed("country-rules", rows => rows[0]!["reviewed"] = true), "test", withoutPanama)));
        Assert.Equal(withoutPanama["countries"].Hash, (await LoadAsync(3))["countries"].Hash);
    }

    [Contract]
    public async Task A_failed_transaction_leaves_no_half_of_a_version()
    {
        await ShipAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => WriteAsync(async tx =>
        {
            await ReferenceStore.ImportAsync(tx, Panama(RuleOutcome.Permitted), "test");
            throw new InvalidOperationException("the import fails");
        }));

        Assert.Equal(1, await ReadAsync(NetworkStore.VersionAsync));
        Assert.All(await HistoryAsync(), f => Assert.Null(f.ToVersion));
    }

    [Contract]
    public async Task Of_many_imports_at_once_each_version_has_one()
    {
        await ShipAsync();
        await using var other = Storage.Open(Clock);
        Database[] processes = [Database, other];

        var outcomes = await AtOnceAsync(6, i => processes[i % 2].WriteAsync(tx => ReferenceStore.ImportAsync(tx, Panama(RuleOutcome.Permitted, note: i), "test")));

        var stored = outcomes.Select(o => o.Result).OfType<ReferenceImportOutcome.Stored>().Select(s => s.Version).ToList();
        Assert.NotEmpty(stored);
        Assert.Distinct(stored);
        Assert.Equal(stored.Count, outcomes.Count(o => o.Error is null));
        Assert.Equal(stored.Count + 1, await ReadAsync(NetworkStore.VersionAsync));
        Assert.Single(await HistoryAsync(), f => f.Name == "country-rules" && f.ToVersion is null);
    }

    private static (long From, long? To, bool IsShipped) At(StoredReferenceFile file) => (file.FromVersion, file.ToVersion, file.IsShipped);

    private static ReferenceFile Panama(RuleOutcome outcome, int note = 0) => Changed("country-rules", rows =>
    {
        var rule = rows[0]!.DeepClone();
        rule["country"] = "PA";
        rule["requires"] = null;
        rule.AsObject().Remove("mustName");
        rule["outcome"] = outcome == RuleOutcome.Permitted ? "permitted" : "forbidden";
        rule["summary"] = $"Ñandú {note} 🏥 – said for the test.";
        rows.Add(rule);
    });

    private static ReferenceFile Changed(string name, Action<JsonArray> change)
    {
        var root = JsonNode.Parse(ReferenceFiles.Shipped[name].Body)!;
        change(root["rows"]!.AsArray());
        return new ReferenceFile(name, Encoding.UTF8.GetBytes(root.ToJsonString()));
    }

    private Task<ShippedOutcome> ShipAsync(ReferenceFiles? shipped = null) => WriteAsync(tx => ReferenceStore.StoreShippedAsync(tx, shipped));

    private Task<ReferenceImportOutcome> ImportAsync(ReferenceFile file) => WriteAsync(tx => ReferenceStore.ImportAsync(tx, file, "test"));

    private Task<ReferenceFiles> LoadAsync(long version) => ReadAsync(session => ReferenceStore.LoadAsync(session, version));

    private Task<IReadOnlyList<StoredReferenceFile>> HistoryAsync() => ReadAsync(ReferenceStore.HistoryAsync);

    private async Task<RuleOutcome?> PanamaAsync(RulesCache cache, long version) =>
        (await ReadAsync(session => cache.RulesAsync(session, version))).RuleFor("PA", "msc-infusion", "lupus", s_day)?.Outcome;
}
