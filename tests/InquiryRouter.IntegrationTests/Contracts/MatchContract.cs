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
        var decision = new MatchDecision(42, 3, [Ranked("MX-B", 0.3), Ranked("MX-A", 0.123456)], Tied: 2);
        var match = Prepare(decision, [("CR-1", Gate.WeeklyCap), ("CR-2", Gate.Language), ("CR-3", Gate.Language)]);
        await StoreAsync(match);

        var found = await FindAsync(_inquiry);

        Assert.NotNull(found);
        Assert.Equal(match.Id, found.Id);
        Assert.Equal(decision.Ranked, found.Ranked);
        Assert.Equal(2, found.Tied);
        Assert.Equal(["language", "weekly-cap"], found.RejectedByGate.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["CR-1"], found.RejectedByGate["weekly-cap"]);
        Assert.Equal(["CR-2", "CR-3"], found.RejectedByGate["language"]);
    }

    [Contract]
    public async Task The_newest_decision_about_an_inquiry_counts()
    {
        var newest = Prepare(Decision("MX-NEW"));
        await StoreAsync(Prepare(Decision("MX-OLD")));
        await StoreAsync(newest);
        await StoreAsync(Prepare(Decision("MX-OTHER")), Guid.CreateVersion7());

        var found = await FindAsync(_inquiry);
        var candidates = await ReadAsync(session => MatchStore.FindCandidatesAsync(session, _inquiry));

        Assert.Equal(newest.Id, found?.Id);
        Assert.Equal("MX-NEW", Assert.Single(found!.Ranked).Clinic);
        Assert.Equal((newest.Id, 1), (candidates!.Id, found!.Tied));
        Assert.Equal(["MX-NEW"], candidates.Clinics);
        Assert.Null(await FindAsync(Guid.CreateVersion7()));
    }

    [Contract]
    public async Task A_decision_without_any_clinic_keeps_what_would_have_found_one()
    {
        await StoreAsync(Prepare(new MatchDecision(1, 1, [], Tied: 0), relaxations: [new Relaxation("destination", 3)]));

        var found = await FindAsync(_inquiry);

        Assert.Empty(found!.Ranked);
        Assert.Empty(found.RejectedByGate);
        Assert.Equal([new Relaxation("destination", 3)], found.Relaxations);
    }

    [Contract]
    public async Task What_it_was_made_from_is_kept_with_it()
    {
        var busy = new ClinicLoad { ThisWeek = 3, Today = 1, Kept = 2, Owed = -250_000, ResponseMinutes = 90, Answered = 7, Accepted = 5 };
        var load = new MatchLoad(
            new Dictionary<string, ClinicLoad>(StringComparer.Ordinal) { ["MX-3"] = busy, ["CR-2"] = busy },
            new Dictionary<string, Earlier>(StringComparer.Ordinal) { ["CR-9"] = Earlier.Declined });
        await StoreAsync(Prepare(Decision("MX-3"), [("CR-2", Gate.Accreditation)], load));

        var found = await FindAsync(_inquiry);

        Assert.Equal((9, 5L, 2, Now), (found!.InquiryVersion, found.NetworkVersion, found.PolicyVersion, found.At));
        Assert.Equal(Earlier.Declined, found.Load.Earlier["CR-9"]);
        Assert.Equal(busy, found.Load.Of("MX-3"));

        // The other one may not treat the patient at all: its load could not have mattered.
        Assert.Equal(ClinicLoad.None, found.Load.Of("CR-2"));
    }

    [Contract]
    public async Task A_decision_on_ten_thousand_clinics_is_kept_whole()
    {
        var decision = new MatchDecision(1, 1, [.. Enumerable.Range(0, 2000).Select(i => Ranked($"MX-{i:00000}", 0.1))], Tied: 1);
        var match = Prepare(decision, [.. Enumerable.Range(2000, 8000).Select(i => ($"MX-{i:00000}", Gate.Destination))]);
        await StoreAsync(match);

        var found = await FindAsync(_inquiry);

        Assert.Equal(decision.Ranked, found!.Ranked);
        Assert.Equal(8000, found.RejectedByGate["destination"].Count);
    }

    [Contract]
    public async Task Decisions_since_a_moment_come_oldest_first_a_page_at_a_time()
    {
        await StoreAsync(Prepare(Decision("MX-1")));
        var since = Now + TimeSpan.FromMinutes(1);
        Clock.SetUtcNow(since);
        foreach (var clinic in new[] { "MX-2", "MX-3", "MX-4" })
        {
            await StoreAsync(Prepare(Decision(clinic)));
        }

        var first = await ReadAsync(session => MatchStore.ListSinceAsync(session, since, 0, 2));
        var second = await ReadAsync(session => MatchStore.ListSinceAsync(session, since, first[^1].Seq, 2));

        Assert.Equal(["MX-2", "MX-3"], first.Select(m => m.Match.Ranked[0].Clinic));
        Assert.Equal(["MX-4"], second.Select(m => m.Match.Ranked[0].Clinic));
    }

    private static RankedClinic Ranked(string clinic, double part)
    {
        var parts = new ScoreParts(part, 0.1, 0.05, 0.05, 0.1, 0.1, 0.05, 0.05);
        return new RankedClinic(clinic, parts.Sum, parts);
    }

    private static MatchDecision Decision(string clinic) => new(5, 2, [Ranked(clinic, 0.2)], Tied: 1);

    private NewMatch Prepare(
        MatchDecision decision, IReadOnlyList<(string Clinic, Gate Gate)>? rejected = null, MatchLoad? load = null, IReadOnlyList<Relaxation>? relaxations = null)
    {
        var gates = decision.Ranked.Select(r => (r.Clinic, Gate.None)).Concat(rejected ?? []).ToFrozenDictionary(g => g.Item1, g => g.Item2, StringComparer.Ordinal);
        var network = new NetworkSnapshot(decision.NetworkVersion, [.. gates.Keys.Select(A.Clinic)], A.Rules);
        return MatchStore.Prepare(decision, [.. network.Clinics.Select(c => gates[c.Code])], relaxations ?? [], network, load ?? MatchLoad.None, Now);
    }

    private Task StoreAsync(NewMatch match, Guid? inquiry = null) => WriteAsync(tx => MatchStore.AddAsync(tx, inquiry ?? _inquiry, 9, match));

    private Task<StoredMatch?> FindAsync(Guid inquiry) => ReadAsync(session => MatchStore.FindNewestAsync(session, inquiry));
}
