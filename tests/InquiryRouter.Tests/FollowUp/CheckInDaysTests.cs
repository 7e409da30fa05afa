using System.Globalization;
using InquiryRouter.Core.FollowUp;

namespace InquiryRouter.Tests.FollowUp;

public sealed class CheckInDaysTests
{
    [Theory]
    [InlineData("7,30,90", 7, 30, 90)]
    [InlineData(" 1 , 730 ", 1, 730)]
    [InlineData("")]
    [InlineData("none")]
    public void Days_are_read_as_they_are_written(string text, params int[] days) => Assert.Equal(days, CheckInDays.TryParse(text));

    [Theory]
    [InlineData("0")]
    [InlineData("731")]
    [InlineData("7,7")]
    [InlineData("30,7")]
    [InlineData("7;30")]
    [InlineData("-7")]
    [InlineData("soon")]
    [InlineData("7,")]
    [InlineData("1,2,3,4,5,6,7,8,9,10,11,12,13")]
    public void Anything_else_is_refused(string text) => Assert.Null(CheckInDays.TryParse(text));

    [Theory]
    [InlineData("America/New_York", "2026-03-02T20:00:00Z", "2026-03-09T14:00:00Z")] // summer time has begun on the 8th
    [InlineData("Asia/Tokyo", "2026-11-23T20:00:00Z", "2026-12-01T01:00:00Z")] // there it is the 24th already
    [InlineData("UTC", "2026-12-28T00:00:00Z", "2027-01-04T10:00:00Z")]
    public void The_patient_is_asked_at_ten_in_their_morning(string zone, string accepted, string asked) => Assert.Equal(
        DateTimeOffset.Parse(asked, CultureInfo.InvariantCulture), CheckInDays.At(DateTimeOffset.Parse(accepted, CultureInfo.InvariantCulture), 7, zone));
}
