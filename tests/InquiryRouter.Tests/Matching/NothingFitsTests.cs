using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

public sealed class NothingFitsTests
{
    [Fact]
    public void It_counts_what_stopped_the_clinics_most_first_and_equal_ones_in_the_order_of_the_gates()
    {
        var nothing = Find(
            An.Inquiry(), A.Clinic("MX-1") with { Active = false }, A.Clinic("MX-2") with { Languages = ["es"] }, A.Clinic("MX-3") with { Languages = ["fr"] },
            A.Clinic("MX-4") with { Physicians = [] });

        Assert.Equal([(Gate.Language, 2), (Gate.Inactive, 1), (Gate.Physician, 1)], nothing.Gates);
    }

    [Fact]
    public void It_names_the_single_changes_of_a_wish_that_would_find_a_clinic_the_best_first()
    {
        var nothing = Find(
            An.Inquiry(), A.Clinic("MX-1") with { Languages = ["es"] }, A.CanadianClinic("CA-1"), A.CanadianClinic("CA-2"),
            A.Clinic("MX-2") with { Packages = [A.Package() with { PriceAmount = 50_000 }] });

        Assert.Equal([new Relaxation("destination", 2), new Relaxation("language", 1), new Relaxation("budget", 1)], nothing.Relaxations);
    }

    [Fact]
    public void A_clinic_that_two_wishes_stop_is_found_by_no_single_change() =>
        Assert.Empty(Find(An.Inquiry(), A.CanadianClinic() with { Languages = ["fr"] }).Relaxations);

    [Fact]
    public void Law_credentials_and_capacity_are_never_relaxed()
    {
        var nothing = Find(
            An.Inquiry(), A.Clinic("MX-1") with { Credentials = [] }, A.Clinic("MX-2") with { Physicians = [] }, A.Clinic("MX-3") with { WeeklyCap = 0 },
            A.Clinic("MX-4") with { Country = "DE" });

        Assert.Empty(nothing.Relaxations);
    }

    [Fact]
    public void Another_wish_leads_to_no_clinic_without_a_place()
    {
        var nothing = NothingFits.Find(An.Inquiry(), A.Index(A.CanadianClinic()), Policy.Shipped, A.Load(full: ["CA-1"]), Moment.Now);

        Assert.Empty(nothing.Relaxations);
        Assert.Empty(nothing.WaitFor);
    }

    [Fact]
    public void Clinics_that_lack_nothing_but_a_place_are_worth_waiting_for()
    {
        var paced = A.Clinic("MX-2") with { DailyPace = 1 };
        var load = new MatchLoad(
            new Dictionary<string, ClinicLoad>(StringComparer.Ordinal) { ["MX-1"] = new() { ThisWeek = 10 }, ["MX-2"] = new() { Today = 1 }, ["MX-3"] = new() { ThisWeek = 10 } },
            MatchLoad.None.Earlier);

        var nothing = NothingFits.Find(An.Inquiry(), A.Index(A.Clinic("MX-1"), paced, A.Clinic("MX-3") with { Physicians = [] }), Policy.Shipped, load, Moment.Now);

        Assert.Equal(["MX-1", "MX-2"], nothing.WaitFor);
    }

    [Fact]
    public void The_gates_of_all_clinics_come_to_their_number() =>
        Assert.Equal(3, Find(An.Inquiry() with { Condition = "crohn", ConditionType = null }, A.Clinic("MX-1"), A.Clinic("MX-2"), A.CanadianClinic()).Gates.Sum(g => g.Clinics));

    private static NothingFits Find(InquiryFacts inquiry, params Clinic[] clinics) => NothingFits.Find(inquiry, A.Index(clinics), Policy.Shipped, MatchLoad.None, Moment.Now);
}
