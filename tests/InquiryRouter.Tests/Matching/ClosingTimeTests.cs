using System.Globalization;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Tests.Matching;

public sealed class ClosingTimeTests
{
    [Theory]
    [InlineData("17:00", "17:00")]
    [InlineData("00:01", "00:01")]
    [InlineData("23:59", "23:59")]
    [InlineData("24:00", "24:00")]
    [InlineData("00:00", null)]
    [InlineData("24:01", null)]
    [InlineData("25:00", null)]
    [InlineData("5:00", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_day_ends_at_24_and_not_at_0(string? written, string? read) =>
        Assert.Equal(read, ClosingTime.TryParse(written, out var closes) ? ClosingTime.Text(closes) : null);

    [Theory]
    [InlineData("09:00", "17:00", true)]
    [InlineData("00:00", "24:00", true)]
    [InlineData("23:59", "24:00", true)]
    [InlineData("09:00", "09:00", false)]
    [InlineData("17:00", "09:00", false)]
    public void A_clinic_closes_after_it_has_opened(string opens, string closes, bool isAfter)
    {
        Assert.True(ClosingTime.TryParse(closes, out var time));
        Assert.Equal(isAfter, ClosingTime.IsAfter(time, TimeOnly.Parse(opens, CultureInfo.InvariantCulture)));
    }
}
