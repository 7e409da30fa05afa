using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Reports;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Reports;

/// <summary>How a clinic did with what it was offered.</summary>
public sealed class ClinicFiguresTests
{
    // A Tuesday, before any clinic of the tests closes.
    private static readonly DateTimeOffset s_offered = new(2026, 11, 3, 16, 0, 0, TimeSpan.Zero);
    private static readonly ClinicFigures s_none = new() { ClinicCode = "MX-A" };

    [Theory]
    [InlineData("Offered", false, "")]
    [InlineData("Viewed", false, "")]
    [InlineData("Accepted", true, "accepted")]
    [InlineData("Quoted", false, "accepted")]
    [InlineData("Returned", true, "accepted")]
    [InlineData("Declined", false, "declined")]
    [InlineData("Expired", false, "expired")]
    [InlineData("Withdrawn", false, "withdrawn")]
    [InlineData("Withdrawn", true, "accepted")]
    [InlineData("Booked", true, "accepted booked")]
    [InlineData("Completed", true, "accepted booked treated")]
    public void Each_offer_counts_by_what_became_of_it(string state, bool isYes, string expected)
    {
        var figures = s_none.With(Offer(Enum.Parse<ReferralState>(state), isYes, TimeSpan.FromMinutes(30)), A.Clinic("MX-A"));

        Assert.Equal(1, figures.Offered);
        var counted = new[]
        {
            ("accepted", figures.Accepted), ("declined", figures.Declined), ("expired", figures.Expired), ("withdrawn", figures.Withdrawn),
            ("booked", figures.Booked), ("treated", figures.Treated),
        };
        Assert.Equal(expected, string.Join(' ', counted.Where(c => c.Item2 == 1).Select(c => c.Item1)));
        Assert.Equal(figures.Accepted + figures.Declined, figures.Timed);
    }

    [Fact]
    public void Nights_do_not_count_against_a_clinic_and_one_that_left_has_no_times()
    {
        var clinic = A.Clinic("MX-A");
        var after = OfferWindow.End(s_offered, TimeSpan.FromHours(15), clinic);
        var offer = new CountedReferral(ReferralState.Declined, s_offered, after, null);

        Assert.Equal(1, s_none.With(offer, clinic).InTwoDays);
        Assert.Equal(0, s_none.With(offer, null).Timed);
        Assert.Null(s_none.With(offer, null).PercentInDay);
    }

    [Fact]
    public void What_patients_said_is_good_or_bad_news()
    {
        var figures = new[] { "in-touch", "booked", "no-contact", "stop", "treated" }.Aggregate(s_none, (f, a) => f.WithAnswer(a));

        Assert.Equal((3, 2), (figures.SaidWell, figures.SaidBadly));
    }

    [Fact]
    public void Shares_are_of_what_it_could_answer()
    {
        var clinic = A.Clinic("MX-A");
        var figures = s_none
            .With(Offer(ReferralState.Accepted, isYes: true, TimeSpan.FromMinutes(10)), clinic)
            .With(Offer(ReferralState.Expired, isYes: false, TimeSpan.FromHours(90)), clinic)
            .With(Offer(ReferralState.Withdrawn, isYes: false, TimeSpan.FromHours(1)), clinic);

        Assert.Equal((50, 100), (figures.PercentAccepted, figures.PercentInDay));
    }

    private static CountedReferral Offer(ReferralState state, bool isYes, TimeSpan took) =>
        new(state, s_offered, ReferralTransitions.IsOpen(state) ? null : s_offered + took, isYes ? s_offered + took : null);
}
