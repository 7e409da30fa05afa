using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

/// <summary>Wishes of the patient left open together, to see what would follow; nothing else ever is.</summary>
public sealed class RelaxingTests
{
    private static readonly Clinic s_elsewhere = A.CanadianClinic("CA-1");
    private static readonly Clinic s_dear = A.Clinic("MX-2") with { Packages = [A.Package() with { PriceAmount = 50_000 }] };
    private static readonly Clinic s_dearElsewhere = A.CanadianClinic("CA-3") with { Packages = s_dear.Packages };
    private static readonly Clinic s_frenchDearElsewhere = s_dearElsewhere with { Code = "CA-4", Languages = ["fr"] };

    [Theory]
    [InlineData("MX-1")]
    [InlineData("CA-1 MX-1", Gate.Destination)]
    [InlineData("MX-1 MX-2", Gate.Budget)]
    [InlineData("CA-1 CA-3 MX-1 MX-2", Gate.Destination, Gate.Budget)]
    [InlineData("CA-1 MX-1", Gate.Destination, Gate.Language)]
    [InlineData("CA-1 CA-3 CA-4 MX-1 MX-2", Gate.Destination, Gate.Budget, Gate.Language)]
    public void A_clinic_that_several_wishes_stop_is_found_with_all_of_them_open(string found, params Gate[] relaxed)
    {
        var index = A.Index(A.Clinic("MX-1"), s_elsewhere, s_dear, s_dearElsewhere, s_frenchDearElsewhere);

        var decision = Matcher.Match(An.Inquiry(), index, Policy.Shipped, MatchLoad.None, Moment.Now, relaxed);

        Assert.Equal(found.Split(' '), decision.Ranked.Select(r => r.Clinic).Order(StringComparer.Ordinal));
        Assert.Equal(decision.Ranked.Count, Matcher.CountWithout(relaxed, An.Inquiry(), index, Policy.Shipped, MatchLoad.None, Moment.Now));
    }

    public static TheoryData<Gate> NoWishes => new(GateList.All.Where(g => GateKinds.Of(g, An.Inquiry()) != GateKind.Wish));

    [Theory]
    [MemberData(nameof(NoWishes))]
    public void What_is_no_wish_is_asked_however_it_is_put(Gate gate)
    {
        var clinics = new[]
        {
            A.Clinic("A") with { Active = false }, A.Clinic("B") with { PausedUntil = Moment.Today }, A.Clinic("C") with { MailFailsSince = Moment.Now },
            A.Clinic("D") with { Treatments = [A.Treatment() with { Condition = "crohn", ConditionType = null }] },
            A.Clinic("E") with { Treatments = [A.Treatment() with { ConditionType = "discoid" }] },
            A.Clinic("F") with { Country = "PA" }, A.Clinic("G") with { Credentials = [A.Credential("jci", "hospital")] },
            A.Clinic("H") with { Credentials = [A.Credential("cofepris", "cell-therapy-clinical")] }, A.Clinic("I") with { Physicians = [] },
            A.Clinic("J") with { AgeGroups = ["child"] }, A.Clinic("K") with { WeeklyCap = 0 }, A.Clinic("L") with { DailyPace = 0 },
            A.Clinic("M"), A.Clinic("N"), A.Clinic("O") with { Country = "KR", Credentials = [A.Credential("jci", "hospital")] },
        };
        var inquiry = An.Inquiry() with { Destinations = ["anywhere"] };
        var load = new MatchLoad(
            MatchLoad.None.Clinics,
            new Dictionary<string, Earlier>(StringComparer.Ordinal) { ["M"] = Earlier.Declined, ["N"] = Earlier.SamePatient });

        var decision = Matcher.Match(inquiry, A.Index(clinics), Policy.Shipped, load, Moment.Now, [gate]);

        Assert.Empty(decision.Ranked);
    }

    [Fact]
    public void A_type_that_is_not_known_is_a_wish_and_one_that_is_known_is_none()
    {
        var index = A.Index(A.Clinic("MX-1"));
        var unknown = An.Inquiry() with { ConditionType = null };
        var other = An.Inquiry() with { ConditionType = "discoid" };

        Assert.Equal((GateKind.Wish, GateKind.Requirement), (GateKinds.Of(Gate.ConditionType, unknown), GateKinds.Of(Gate.ConditionType, other)));
        Assert.Equal(1, Count(unknown));
        Assert.Equal(0, Count(other));

        int Count(InquiryFacts facts) =>
            Matcher.Match(facts, index, Policy.Shipped, MatchLoad.None, Moment.Now, [Gate.ConditionType]).Ranked.Count;
    }

    [Fact]
    public void Cells_from_another_source_are_taken_only_where_the_law_has_them()
    {
        var inquiry = An.Inquiry() with { CellSource = "adipose", Destinations = ["anywhere"] };
        var forbidden = A.Clinic("BR-1") with { Country = "BR", Treatments = [A.Treatment() with { CellSources = ["umbilical-cord"] }] };
        var index = A.Index(A.Clinic("MX-1"), forbidden);

        var decision = Matcher.Match(inquiry, index, Policy.Shipped, MatchLoad.None, Moment.Now, [Gate.CellSource]);

        Assert.Equal(["MX-1"], decision.Ranked.Select(r => r.Clinic));
        Assert.Equal([("BR-1", Gate.CountryRuleForbids)], decision.Rejected.Select(r => (r.Clinic, r.Gate)));
    }

    [Fact]
    public void Where_nobody_speaks_the_language_the_part_for_it_is_nothing()
    {
        var index = A.Index(A.Clinic("MX-1") with { Languages = ["es"] }, A.Clinic("MX-2") with { Languages = ["es", "en"] });

        var ranked = Matcher.Match(An.Inquiry(), index, Policy.Shipped, MatchLoad.None, Moment.Now, [Gate.Language]).Ranked;

        Assert.Equal(["MX-2", "MX-1"], ranked.Select(r => r.Clinic));
        Assert.Equal(0, ranked[1].Parts.Language);
    }

    [Fact]
    public void Each_gate_has_a_kind_and_says_what_would_open_it() => Assert.All(GateList.All, gate =>
    {
        Assert.True(Enum.IsDefined(GateKinds.Of(gate, An.Inquiry())));
        Assert.Matches(@"^\p{Lu}.{10,}\.$", GateKinds.OpenedBy(gate, An.Inquiry()));
    });

    [Fact]
    public void The_wishes_are_those_a_patient_can_change() => Assert.Equal(
        [Gate.ConditionType, Gate.CellSource, Gate.Destination, Gate.Language, Gate.Budget],
        GateKinds.Wishes(An.Inquiry() with { ConditionType = null }));

    [Theory]
    [InlineData(Gate.OnLeave, "2026-11-21")]
    [InlineData(Gate.WeeklyCap, "2026-11-23")]
    [InlineData(Gate.DailyPace, "2026-11-19")]
    [InlineData(Gate.AlreadyTried, null)]
    [InlineData(Gate.Accreditation, null)]
    public void Of_a_gate_of_the_moment_it_is_known_when_it_opens(Gate gate, string? day) => Assert.Equal(
        day is null ? null : DateOnly.ParseExact(day, "O", null),
        GateKinds.OpensOn(gate, A.Clinic() with { DailyPace = 1, Leave = [new Leave(Moment.Today, Moment.Today.AddDays(2))] }, Moment.Now));

    [Theory]
    [InlineData(Gate.WeeklyCap)]
    [InlineData(Gate.DailyPace)]
    [InlineData(Gate.OnLeave)]
    public void A_clinic_that_takes_none_opens_on_no_day(Gate gate) =>
        Assert.Null(GateKinds.OpensOn(gate, A.Clinic() with { WeeklyCap = 0, DailyPace = 0 }, Moment.Now));
}
