using System.Text.Json;
using FsCheck.Fluent;
using FsCheck.Xunit;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Tests.Matching.Properties;

/// <summary>What is true of every decision, tried on random networks, inquiries, loads and policies.</summary>
public sealed class MatchProperties
{
    private const int Scenes200 = 200;

    [Fact]
    public void The_scenes_meet_every_gate_and_some_clinics_pass_them_all()
    {
        var met = Scenes.Any.Sample(600).SelectMany(s => new NaiveMatcher(s).Gates().Values).ToHashSet();

        Assert.Empty(Enum.GetValues<Gate>().Except(met));
    }

    [Property(Arbitrary = [typeof(Scenes)], MaxTest = Scenes200)]
    public void Every_clinic_is_ranked_or_stopped_by_the_gate_that_a_plain_reading_finds(Scene scene)
    {
        var expected = new NaiveMatcher(scene).Gates();

        var decision = scene.Decide();

        Assert.Equal(
            expected.Where(e => e.Value != Gate.None).OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => (e.Key, e.Value)),
            decision.Rejected.Select(r => (r.Clinic, r.Gate)));
        Assert.Equal(
            expected.Where(e => e.Value == Gate.None).Select(e => e.Key).Order(StringComparer.Ordinal),
            decision.Ranked.Select(r => r.Clinic).Order(StringComparer.Ordinal));
    }

    [Property(Arbitrary = [typeof(Scenes)], MaxTest = Scenes200)]
    public void One_clinic_asked_alone_gets_the_answer_it_gets_among_all(Scene scene)
    {
        var index = scene.Index();
        var stopped = scene.Decide().Rejected.ToDictionary(r => r.Clinic, r => r.Gate, StringComparer.Ordinal);

        Assert.All(
            index.Network.Clinics,
            c => Assert.Equal(stopped.GetValueOrDefault(c.Code), Matcher.Check(c.Code, scene.Facts, index, scene.Policy, scene.Load(), scene.Now)));
    }

    [Property(Arbitrary = [typeof(Scenes)], MaxTest = Scenes200)]
    public void The_same_in_any_order_is_the_same_decision(Scene scene, int seed)
    {
        var random = new Random(seed);
        var shuffled = scene with { Clinics = Shuffled(scene.Clinics), Loads = Shuffled(scene.Loads).ToDictionary(StringComparer.Ordinal), Earlier = Shuffled(scene.Earlier).ToDictionary(StringComparer.Ordinal) };

        Assert.Equal(Text(scene), Text(shuffled));
        Assert.Equal(Text(scene), Text(scene));

        T[] Shuffled<T>(IEnumerable<T> items)
        {
            T[] copy = [.. items];
            random.Shuffle(copy);
            return copy;
        }
    }

    [Property(Arbitrary = [typeof(Scenes)], MaxTest = Scenes200)]
    public void The_better_score_comes_first_and_of_equal_ones_the_lower_code(Scene scene)
    {
        var ranked = scene.ByScore().Decide().Ranked;

        Assert.Equal(ranked.OrderByDescending(r => r.Score).ThenBy(r => r.Clinic, StringComparer.Ordinal), ranked);
        Assert.All(ranked, r => Assert.InRange(r.Score, 0, 1));
    }

    [Property(Arbitrary = [typeof(Scenes)], MaxTest = 100)]
    public void The_best_of_what_a_clinic_offers_speaks_for_it_and_of_equals_the_first(Scene scene)
    {
        Assert.All(scene.Decide().Ranked, ranked =>
        {
            var clinic = scene.Clinics.Single(c => c.Code == ranked.Clinic);
            var alone = clinic.Treatments
                .Select(t => (scene with { Clinics = [clinic with { Treatments = [t] }] }).Decide().Ranked.Select(r => (double?)r.Score).FirstOrDefault())
                .ToList();
            Assert.Equal(alone.Max(), ranked.Score);
            Assert.Equal(alone.IndexOf(ranked.Score), ranked.Offering);
        });
    }

    [Property(Arbitrary = [typeof(Scenes)], MaxTest = Scenes200)]
    public void Sharing_changes_the_order_of_those_that_are_equally_good_and_of_nobody_else(Scene scene)
    {
        var byScore = scene.ByScore().Decide().Ranked;
        var shared = scene.Decide();

        Assert.Equal(byScore.Skip(shared.Tied), shared.Ranked.Skip(shared.Tied));
        Assert.Equal(byScore.Take(shared.Tied).ToHashSet(), shared.Ranked.Take(shared.Tied).ToHashSet());
        Assert.InRange(shared.Tied, Math.Min(1, byScore.Count), scene.Policy.MostTied == 1 ? 1 : Math.Max(1, byScore.Count));
        Assert.All(shared.Ranked.Take(shared.Tied), r => Assert.InRange(byScore[0].Score - r.Score, 0, scene.Policy.NearTie + 1e-9));
    }

    [Property(Arbitrary = [typeof(Scenes)], MaxTest = 60)]
    public void Without_a_clinic_that_was_not_first_the_first_stays_first(Scene scene)
    {
        var byScore = scene.ByScore();
        var winner = byScore.Decide().Ranked.Select(r => r.Clinic).FirstOrDefault();

        Assert.All(
            scene.Clinics.Where(c => c.Code != winner),
            loser => Assert.Equal(winner, byScore.Without(loser.Code).Decide().Ranked.Select(r => r.Clinic).FirstOrDefault()));
    }

    [Property(Arbitrary = [typeof(Scenes)], MaxTest = Scenes200)]
    public void An_explanation_lists_every_clinic_once_with_its_gate_and_a_sentence(Scene scene)
    {
        using var explained = JsonDocument.Parse(Explanation.Of(scene.Decide(), scene.Index().Network).ToJson());
        var ranked = explained.RootElement.GetProperty("ranked").EnumerateArray().Select(c => (Clinic: c.GetProperty("clinic").GetString()!, Gate: "none"));
        var rejected = explained.RootElement.GetProperty("rejected").EnumerateArray().ToList();
        Assert.Equal(
            new NaiveMatcher(scene).Gates().Select(g => (g.Key, GateList.Code(g.Value))).OrderBy(g => g.Key, StringComparer.Ordinal),
            ranked.Concat(rejected.Select(c => (Clinic: c.GetProperty("clinic").GetString()!, Gate: c.GetProperty("gate").GetString()!))).OrderBy(g => g.Clinic, StringComparer.Ordinal));
        Assert.All(rejected, c => Assert.Matches(@"^\p{Lu}.{15,}\.$", c.GetProperty("reason").GetString()!));
    }

    [Property(Arbitrary = [typeof(Scenes)], MaxTest = Scenes200)]
    public void What_other_wishes_would_find_together_is_what_a_plain_reading_finds_with_those_gates_open(Scene scene, byte chosen)
    {
        Gate[] wishes = [.. GateKinds.Wishes(scene.Facts)];
        Gate[][] sets = [.. wishes.Select(w => (Gate[])[w]), [.. wishes.Where((_, i) => (chosen & (1 << i)) != 0)], wishes];
        foreach (var relaxed in sets)
        {
            var expected = new NaiveMatcher(scene).Gates(relaxed);
            var decision = Matcher.Match(scene.Facts, scene.Index(), scene.Policy, scene.Load(), scene.Now, relaxed);
            Assert.Equal(
                expected.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => (e.Key, e.Value)),
                decision.Ranked.Select(r => (Clinic: r.Clinic, Gate: Gate.None)).Concat(decision.Rejected.Select(r => (r.Clinic, r.Gate)))
                    .OrderBy(d => d.Clinic, StringComparer.Ordinal));
            Assert.Equal(
                decision.Ranked.Count,
                Matcher.CountWithout(relaxed, scene.Facts, scene.Index(), scene.Policy, scene.Load(), scene.Now));
        }
    }

    [Property(Arbitrary = [typeof(Scenes)], MaxTest = Scenes200)]
    public void Asking_to_leave_every_gate_open_leaves_the_wishes_open_and_nothing_else(Scene scene)
    {
        var all = Matcher.Match(scene.Facts, scene.Index(), scene.Policy, scene.Load(), scene.Now, [.. GateList.All]);
        var wishes = Matcher.Match(scene.Facts, scene.Index(), scene.Policy, scene.Load(), scene.Now, [.. GateKinds.Wishes(scene.Facts)]);

        Assert.Equal(JsonSerializer.Serialize(wishes), JsonSerializer.Serialize(all));
    }

    [Property(Arbitrary = [typeof(Scenes)], MaxTest = 100)]
    public void One_clinic_explained_says_no_at_the_gate_that_stops_it_and_nowhere_where_it_is_ranked(Scene scene)
    {
        var index = scene.Index();
        var decision = scene.Decide();

        Assert.All(decision.Rejected, r => Assert.Contains(Explained(r.Clinic), o => o.FirstOrDefault(g => !g.IsPassed)?.Gate == r.Gate));
        Assert.All(decision.Ranked, r => Assert.Contains(Explained(r.Clinic), o => o.All(g => g.IsPassed)));

        IEnumerable<IReadOnlyList<GateAnswer>> Explained(string clinic)
        {
            var explained = ClinicExplanation.Of(clinic, scene.Facts, index, scene.Policy, scene.Load(), scene.Now)!;
            return explained.Offerings.Count > 0 ? explained.Offerings.Select(o => o.Gates) : [explained.Gates];
        }
    }

    [Property(Arbitrary = [typeof(Scenes)], MaxTest = Scenes200)]
    public void Who_is_ranked_has_lapsed_in_nothing_and_who_lapsed_is_not_ranked(Scene scene)
    {
        var index = scene.Index();
        var ranked = scene.Decide().Ranked.Select(r => r.Clinic).ToHashSet(StringComparer.Ordinal);

        Assert.All(scene.Clinics, c => Assert.False(
            ranked.Contains(c.Code) && Matcher.CheckLapse(c.Code, scene.Facts, index, scene.Policy, scene.Now) != Gate.None, c.Code));
    }

    private static string Text(Scene scene) => JsonSerializer.Serialize(scene.Decide());
}
