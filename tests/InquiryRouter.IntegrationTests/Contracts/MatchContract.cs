using System.Collections.Frozen;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class MatchOnSqlite() : MatchContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class MatchOnSqlServer() : MatchContract(DatabaseProvider.SqlServer);

public abstract class MatchContract(DatabaseProvider provider) : StoreContract(provider)
{
    private readonly Guid _inquiry = Guid.CreateVersion7();

    [Contract]
    public async Task A_decision_comes_back_in_its_order_with_every_score_and_reason()
    {
        var decision = new MatchDecision(
            42,
            3,
            [new("MX-B", 0.93, new ScoreParts(1, 0.8, 0.7)), new("MX-A", 0.5, new ScoreParts(0.5, 0.123456, 1))],
            [new("CR-1", Gate.WeeklyCap), new("CR-2", Gate.Language), new("CR-3", Gate.Language)]);
        var id = Guid.CreateVersion7();
        await StoreAsync(id, decision, MatchLoad.None);

        var found = await FindAsync(_inquiry);

        Assert.NotNull(found);
        Assert.Equal(id, found.Id);
        Assert.Equal(decision.Ranked, found.Ranked);
        Assert.Equal(2, found.RejectedByGate.Count);
        Assert.Equal("CR-1", found.RejectedByGate["weekly-cap"]);
        Assert.Equal("CR-2 CR-3", found.RejectedByGate["language"]);
    }

    [Contract]
    public async Task The_newest_decision_about_an_inquiry_counts()
    {
        var newest = Guid.CreateVersion7();
        await StoreAsync(Guid.CreateVersion7(), Decision("MX-OLD"), MatchLoad.None);
        await StoreAsync(newest, Decision("MX-NEW"), MatchLoad.None);
        await StoreAsync(Guid.CreateVersion7(), Decision("MX-OTHER"), MatchLoad.None, Guid.CreateVersion7());

        var found = await FindAsync(_inquiry);

        Assert.Equal(newest, found?.Id);
        Assert.Equal("MX-NEW", Assert.Single(found!.Ranked).Clinic);
        Assert.Null(await FindAsync(Guid.CreateVersion7()));
    }

    [Contract]
    public async Task A_decision_without_any_clinic_is_kept_as_well()
    {
        await StoreAsync(Guid.CreateVersion7(), new MatchDecision(1, 1, [], []), MatchLoad.None);

        var found = await FindAsync(_inquiry);

        Assert.Empty(found!.Ranked);
        Assert.Empty(found.RejectedByGate);
    }

    [Contract]
    public async Task The_load_and_the_versions_it_was_made_from_are_kept_beside_it()
    {
        var load = new MatchLoad(
            new[] { "MX-2", "MX-1" }.ToFrozenSet(StringComparer.Ordinal), new[] { "CR-9" }.ToFrozenSet(StringComparer.Ordinal));
        await StoreAsync(Guid.CreateVersion7(), Decision("MX-3"), load);

        Assert.Equal(1, await NumberAsync(
            "SELECT COUNT(*) FROM InquiryMatch WHERE FullClinics = 'MX-1 MX-2' AND TriedClinics = 'CR-9' AND NetworkVersion = 5 AND PolicyVersion = 2 AND InquiryVersion = 9"));
    }

    [Contract]
    public async Task A_decision_on_ten_thousand_clinics_is_kept_whole()
    {
        var decision = new MatchDecision(
            1,
            1,
            [.. Enumerable.Range(0, 2000).Select(i => new RankedClinic($"MX-{i:00000}", 0.5, new ScoreParts(0.5, 0.5, 0.5)))],
            [.. Enumerable.Range(2000, 8000).Select(i => new RejectedClinic($"MX-{i:00000}", Gate.Destination))]);
        await StoreAsync(Guid.CreateVersion7(), decision, MatchLoad.None);

        var found = await FindAsync(_inquiry);

        Assert.Equal(decision.Ranked, found!.Ranked);
        Assert.Equal(8000, found.RejectedByGate["destination"].Split(' ').Length);
    }

    private static MatchDecision Decision(string clinic) => new(5, 2, [new RankedClinic(clinic, 0.5, new ScoreParts(0.5, 0.5, 0.5))], []);

    private Task StoreAsync(Guid id, MatchDecision decision, MatchLoad load, Guid? inquiry = null) =>
        WriteAsync(tx => MatchStore.AddAsync(tx, inquiry ?? _inquiry, 9, MatchStore.Prepare(decision, load) with { Id = id }));

    private Task<StoredMatch?> FindAsync(Guid inquiry) => ReadAsync(session => MatchStore.FindNewestAsync(session, inquiry));
}
