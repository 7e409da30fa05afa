using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

/// <summary>Budget, capacity and what happened before, at their edges.</summary>
public sealed class LoadTests
{
    [Theory]
    [InlineData(9, 0, Gate.None)]
    [InlineData(10, 0, Gate.WeeklyCap)]
    [InlineData(11, 0, Gate.WeeklyCap)]
    [InlineData(8, 1, Gate.None)]
    [InlineData(8, 2, Gate.WeeklyCap)]
    public void A_clinic_takes_as_many_as_its_week_has_places_that_nobody_waits_for(int taken, int kept, Gate gate) =>
        Assert.Equal(gate, A.Answer(An.Inquiry(), A.Clinic(), A.Load("MX-1", new ClinicLoad { ThisWeek = taken, Kept = kept })).Gate);

    [Fact]
    public void Places_that_are_kept_for_others_are_said_to_be_that() =>
        Assert.Equal(
            "The clinic's free places of this week (2) are kept for patients who have been waiting longer.",
            A.Answer(An.Inquiry(), A.Clinic(), A.Load("MX-1", new ClinicLoad { ThisWeek = 8, Kept = 3 })).Sentence);

    [Fact]
    public void A_cap_of_nothing_is_said_to_be_that() =>
        Assert.Equal((Gate.WeeklyCap, "The clinic takes no referrals: its weekly cap is 0."), A.Answer(An.Inquiry(), A.Clinic() with { WeeklyCap = 0 }));

    [Theory]
    [InlineData(1, Gate.None)]
    [InlineData(2, Gate.DailyPace)]
    public void A_clinic_takes_no_more_in_a_day_than_it_asked_for(int today, Gate gate) =>
        Assert.Equal(gate, A.Answer(An.Inquiry(), A.Clinic() with { DailyPace = 2 }, A.Load("MX-1", new ClinicLoad { ThisWeek = today, Today = today })).Gate);

    [Fact]
    public void Without_a_daily_pace_a_whole_week_may_come_in_a_day() =>
        Assert.Equal(Gate.None, A.Answer(An.Inquiry(), A.Clinic(), A.Load("MX-1", new ClinicLoad { ThisWeek = 9, Today = 9 })).Gate);

    [Theory]
    [InlineData(Earlier.Asked, "The clinic has been offered this inquiry before.")]
    [InlineData(Earlier.Declined, "The clinic has declined this inquiry.")]
    [InlineData(Earlier.Expired, "The clinic let the offer of this inquiry lapse.")]
    [InlineData(Earlier.Withdrawn, "An offer of this inquiry to the clinic was withdrawn.")]
    [InlineData(Earlier.Returned, "The clinic has given this patient back.")]
    public void Who_was_asked_before_is_not_asked_again_and_it_is_said_why(Earlier earlier, string sentence) =>
        Assert.Equal((Gate.AlreadyTried, sentence), A.Answer(An.Inquiry(), A.Clinic(), A.Load("MX-1", earlier)));

    [Fact]
    public void A_clinic_does_not_get_the_same_patient_by_two_inquiries() =>
        Assert.Equal(Gate.Conflict, A.Answer(An.Inquiry(), A.Clinic(), A.Load("MX-1", Earlier.SamePatient)).Gate);

    [Theory]
    [InlineData(Earlier.Declined, Gate.AlreadyTried)]
    [InlineData(Earlier.SamePatient, Gate.Conflict)]
    public void A_full_week_hides_no_earlier_answer_so_that_nobody_waits_for_a_place_there(Earlier earlier, Gate gate)
    {
        var load = A.Load("MX-1", earlier) with { Clinics = A.Load(full: ["MX-1"]).Clinics };

        Assert.Equal(gate, A.Answer(An.Inquiry(), A.Clinic(), load).Gate);
        Assert.Empty(NothingFits.Find(An.Inquiry(), A.Index(A.Clinic()), Policy.Shipped, load, Moment.Now).WaitFor);
    }

    [Theory]
    [InlineData(30000, Gate.None)]
    [InlineData(30001, Gate.Budget)]
    public void A_price_up_to_the_ceiling_is_only_a_matter_of_the_score(int price, Gate gate) =>
        Assert.Equal(gate, A.Answer(An.Inquiry(), Priced(price)).Gate);

    [Fact]
    public void Without_a_ceiling_budget_or_price_no_budget_stops_a_clinic()
    {
        Assert.Equal(Gate.None, A.Answer(An.Inquiry(), Priced(500_000), policy: Policy.Shipped with { BudgetCeiling = null }).Gate);
        Assert.Equal(Gate.None, A.Answer(An.Inquiry() with { BudgetAmount = null, BudgetCurrency = null }, Priced(500_000)).Gate);
        Assert.Equal(Gate.None, A.Answer(An.Inquiry(), A.Clinic() with { Packages = [] }).Gate);
    }

    [Fact]
    public void The_price_that_is_too_high_is_the_lowest_that_is_valid()
    {
        var clinic = A.Clinic() with
        {
            Packages =
            [
                A.Package() with { PriceAmount = 9000, ValidTo = Moment.Today.AddDays(-1) }, A.Package() with { PriceAmount = 50_000 }, A.Package() with { PriceAmount = 40_000 },
            ],
        };

        Assert.Equal((Gate.Budget, "Its price (40000 USD) is far above the patient's budget (15000 USD)."), A.Answer(An.Inquiry(), clinic));
    }

    private static Clinic Priced(decimal amount) => A.Clinic() with { Packages = [A.Package() with { PriceAmount = amount }] };
}
