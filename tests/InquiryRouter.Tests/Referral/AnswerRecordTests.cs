using InquiryRouter.Core.Referral;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Referral;

public sealed class AnswerRecordTests
{
    // A Monday, as the clinic opens.
    private static readonly DateTimeOffset s_opens = new(2026, 11, 16, 17, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Half_of_the_answers_took_longer_than_the_minutes_it_is_known_for()
    {
        var record = AnswerRecord.Of(A.Clinic(), [Answer(30), Answer(10), Answer(400)]);

        Assert.Equal((30, 3), (record.ResponseMinutes, record.Answered));
    }

    [Fact]
    public void A_no_and_silence_are_answers_but_no_yes()
    {
        var record = AnswerRecord.Of(A.Clinic(), [Answer(10, ReferralState.Declined), Answer(10, ReferralState.Expired), Answer(10, ReferralState.Returned)]);

        Assert.Equal((3, 1), (record.Answered, record.Accepted));
    }

    [Fact]
    public void A_night_does_not_count()
    {
        var record = AnswerRecord.Of(A.Clinic(), [new AnsweredOffer("MX-1", ReferralState.Accepted, s_opens.AddHours(7), s_opens.AddHours(25))]);

        Assert.Equal(120, record.ResponseMinutes);
    }

    private static AnsweredOffer Answer(int minutes, ReferralState state = ReferralState.Accepted) => new("MX-1", state, s_opens, s_opens.AddMinutes(minutes));
}
