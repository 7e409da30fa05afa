using System.Globalization;
using InquiryRouter.Core.Referral;

namespace InquiryRouter.Tests.Referral;

public sealed class ClinicPauseTests
{
    [Theory]
    [InlineData("2026-11-17", false)]
    [InlineData("2026-11-18", true)]
    [InlineData("2027-05-17", true)]
    [InlineData("2027-05-18", false)]
    public void A_clinic_pauses_from_today_on_for_half_a_year_at_most(string until, bool allowed) =>
        Assert.Equal(allowed, ClinicPause.Allows(DateOnly.Parse(until, CultureInfo.InvariantCulture), new DateOnly(2026, 11, 18)));
}
