using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using Xunit;

namespace InquiryRouter.IntegrationTests.Contracts;

public sealed class MatchOnSqlite() : MatchContract(DatabaseProvider.Sqlite);

[OnSqlServer]
public sealed class MatchOnSqlServer() : MatchContract(DatabaseProvider.SqlServer);

public abstract class MatchContract(DatabaseProvider provider) : StoreContract(provider)
{
    private readonly InquiryId _inquiry = InquiryId.New();

    [Contract]
    public async Task A_decision_comes_back_in_its_order_with_its_scores_and_how_many_each_gate_stopped()
    {
        var decision = new MatchDecision(42, 3, [Ranked("MX-B", 0.3), Ranked("MX-A", 0.123456)], Tied: 2)
        {
            Rejected = [No("CR-1", Gate.WeeklyCap), No("CR-2", Gate.Language), No("CR-3", Gate.Language)],
        };
        var match = Prepare(decision);
        await StoreAsync(match);

        var found = await FindAsync(_inquiry);

        Assert.NotNull(found);
        Assert.Equal(match.Id, found.Id);
        Assert.Equal(decision.Ranked.Select(r => new ScoredClinic(r.Clinic, r.Score)), found.Ranked);
        Assert.Equal(2, found.Tied);
        Assert.Equal([("language", 2), ("weekly-cap", 1)], found.Stopped.Select(g => (g.Key, g.Value)).Order());
        Assert.Equal(DecisionDigest.Of(decision), found.Digest);
    }

    [Contract]
    public async Task The_newest_decision_about_an_inquiry_counts()
    {
        var newest = Prepare(Decision("MX-NEW"));
        await StoreAsync(Prepare(Decision("MX-OLD")));
        await StoreAsync(newest);
        await StoreAsync(Prepare(Decision("MX-OTHER")), InquiryId.New());

        var found = await FindAsync(_inquiry);
        var candidates = await ReadAsync(session => MatchStore.FindCandidatesAsync(session, _inquiry));

        Assert.Equal(newest.Id, found?.Id);
        Assert.Equal("MX-NEW", Assert.Single(found!.Ranked).Clinic);
        Assert.Equal((newest.Id, 1), (candidates!.Id, found!.Tied));
        Assert.Equal(["MX-NEW"], candidates.Clinics);
        Assert.Null(await FindAsync(InquiryId.New()));
    }

    [Contract]
    public async Task A_decision_without_any_clinic_keeps_what_would_have_found_one()
    {
        await StoreAsync(Prepare(new MatchDecision(1, 1, [], Tied: 0), [new Relaxation("destination", 3)]));

        var found = await FindAsync(_inquiry);

        Assert.Empty(found!.Ranked);
        Assert.Empty(found.Stopped);
        Assert.Equal([new Relaxation("destination", 3)], found.Relaxations);
    }

    [Contract]
    public async Task What_it_was_made_from_is_kept_with_it()
    {
        var busy = new ClinicLoad { ThisWeek = 3, Today = 1, Kept = 2, Owed = -250_000, ResponseMinutes = 90, Answered = 7, Accepted = 5 };
        var unanswered = new ClinicLoad { Owed = 9_000_000_000 };
        var load = new MatchLoad(
            new Dictionary<string, ClinicLoad>(StringComparer.Ordinal) { ["MX-3"] = busy, ["CR-2"] = busy, ["CR-4"] = unanswered },
            new Dictionary<string, Earlier>(StringComparer.Ordinal) { ["CR-9"] = Earlier.Declined, ["CR-8"] = Earlier.SamePatient })
        {
            Kept = new Dictionary<string, int>(StringComparer.Ordinal) { ["CR-5"] = 4 },
        };
        var decision = Decision("MX-3") with
        {
            Rejected = [No("CR-2", Gate.Accreditation), No("CR-4", Gate.Destination), No("CR-5", Gate.WeeklyCap)],
        };
        await StoreAsync(Prepare(decision, load: load));

        var found = await FindAsync(_inquiry);

        Assert.Equal((9, 5L, 2, Now), (found!.InquiryVersion, found.NetworkVersion, found.PolicyVersion, found.At));
        Assert.Equal((Earlier.Declined, Earlier.SamePatient), (found.Load.Earlier["CR-9"], found.Load.Earlier["CR-8"]));
        Assert.Equal(busy, found.Load.Of("MX-3"));
        Assert.Equal(unanswered, found.Load.Of("CR-4"));
        Assert.Equal(new ClinicLoad { Kept = 4 }, found.Load.Of("CR-5"));

        // The other one may not treat the patient at all: its load could not have mattered.
        Assert.Equal(ClinicLoad.None, found.Load.Of("CR-2"));
    }

    [Contract]
    public async Task Of_ten_thousand_clinics_those_are_kept_that_may_be_offered_to_and_the_load_of_all_it_mattered_for()
    {
        string[] ranked = [.. Enumerable.Range(0, 2000).Select(i => $"MX-{i:00000}")];
        var decision = new MatchDecision(1, 1, [.. ranked.Select(c => Ranked(c, 0.1))], Tied: 1)
        {
            Rejected = [.. Enumerable.Range(2000, 8000).Select(i => No($"MX-{i:00000}", Gate.Destination))],
        };
        var load = ranked.ToDictionary(c => c, c => new ClinicLoad { ThisWeek = 1 }, StringComparer.Ordinal);
        await StoreAsync(Prepare(decision, load: new MatchLoad(load, MatchLoad.None.Earlier)));

        var found = await FindAsync(_inquiry);

        Assert.Equal(ranked.Take(20), found!.Ranked.Select(r => r.Clinic));
        Assert.Equal([("destination", 8000)], found.Stopped.Select(g => (g.Key, g.Value)));
        Assert.Equal(load.Keys.Order(StringComparer.Ordinal), found.Load.Clinics.Keys.Order(StringComparer.Ordinal));
    }

    [Contract]
    public async Task A_decision_that_an_earlier_program_kept_whole_is_read()
    {
        await StoreAsync(Written(OldDecisions.Matched, "MX-MID-01", "CR-LIR-01", "MX-SJD-01"));

        var found = await FindAsync(_inquiry);

        Assert.Equal([new("MX-MID-01", 0.66429), new("CR-LIR-01", 0.633939), new("MX-SJD-01", 0.600122)], found!.Ranked);
        Assert.Equal((17, 42), (found.Stopped.Count, found.Stopped.Values.Sum()));
        Assert.Equal((10, 3), (found.Stopped["accreditation"], found.Stopped["weekly-cap"]));
        Assert.Equal(13, found.Load.Clinics.Count);
        Assert.Equal(
            new ClinicLoad { ThisWeek = 2, Today = 2, Kept = 1, Owed = 409_743, ResponseMinutes = 3511, Answered = 4, Accepted = 1 },
            found.Load.Of("MX-MEX-01"));
        Assert.Null(found.Load.Of("IN-CHE-01").ResponseMinutes);
        Assert.Equal(
            [("MX-CUN-01", Earlier.Expired), ("MX-QRO-01", Earlier.Expired)], found.Load.Earlier.Select(e => (e.Key, e.Value)).Order());
        Assert.Equal(new DateTimeOffset(2026, 11, 18, 12, 0, 0, TimeSpan.Zero), found.At);
    }

    [Contract]
    public async Task What_an_earlier_program_kept_of_one_that_was_held_is_read()
    {
        await StoreAsync(Written(OldDecisions.Held));

        var found = await FindAsync(_inquiry);

        Assert.Empty(found!.Ranked);
        Assert.Equal((1, 12), (found.Stopped["daily-pace"], found.Stopped["destination"]));
        Assert.Equal([new Relaxation("destination", 11)], found.Relaxations);
    }

    /// <summary>Compared with a decision that is made again, whoever wrote it.</summary>
    [Contract]
    public async Task The_digest_of_one_that_was_kept_whole_is_that_of_its_lists()
    {
        await StoreAsync(Written(OldDecisions.Matched, "MX-MID-01", "CR-LIR-01", "MX-SJD-01"));

        Assert.Equal("d8e740e549601529", (await FindAsync(_inquiry))!.Digest);
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

    [Contract]
    public async Task Of_very_many_that_fit_four_for_each_that_may_be_asked_are_kept()
    {
        var many = new MatchDecision(5, 2, [.. Enumerable.Range(0, 60).Select(n => Ranked($"MX-{n:00}", 0.2))], Tied: 1);
        foreach (var (mostOffers, kept) in new[] { (1, 20), (5, 20), (10, 40) })
        {
            await StoreAsync(MatchStore.Prepare(many, [], MatchLoad.None, mostOffers, Now));

            var stored = (await FindAsync(_inquiry))!;
            Assert.Equal(Enumerable.Range(0, kept).Select(n => $"MX-{n:00}"), stored.Ranked.Select(r => r.Clinic));
        }
    }

    private static RankedClinic Ranked(string clinic, double part)
    {
        var parts = new ScoreParts(part, 0.1, 0.05, 0.05, 0.1, 0.1, 0.05, 0.05);
        return new RankedClinic(clinic, parts.Sum, parts);
    }

    private static MatchDecision Decision(string clinic) => new(5, 2, [Ranked(clinic, 0.2)], Tied: 1);

    private static RejectedClinic No(string clinic, Gate gate) => new(clinic, gate, "Why not.");

    private NewMatch Prepare(MatchDecision decision, IReadOnlyList<Relaxation>? relaxations = null, MatchLoad? load = null) =>
        MatchStore.Prepare(decision, relaxations ?? [], load ?? MatchLoad.None, mostOffers: 5, Now);

    private static NewMatch Written(string decision, params string[] candidates) =>
        new(Guid.CreateVersion7(), 5, 2, Tied: 1, candidates, Convert.FromBase64String(decision));

    private Task StoreAsync(NewMatch match, InquiryId? inquiry = null) =>
        WriteAsync(tx => MatchStore.AddAsync(tx, inquiry ?? _inquiry, 9, match));

    private Task<StoredMatch?> FindAsync(InquiryId inquiry) => ReadAsync(session => MatchStore.FindNewestAsync(session, inquiry));
}
