using InquiryRouter.Application.Clinics;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Clinics;

/// <summary>A no that was a slip, and an offer that ended before its clinic had looked.</summary>
public sealed class ReopenOfferTests
{
    private static readonly ReferralCase s_declined = Cases.Offered() with
    {
        Referral = An.Referral() with { State = ReferralState.Declined, AnsweredAt = Moment.Now.AddMinutes(-20), Reason = "other" },
    };

    private static readonly ReferralCase s_expired = Cases.Offered() with
    {
        Referral = An.Referral() with
        {
            State = ReferralState.Expired, AnsweredAt = Moment.Now.AddDays(-3), OfferUntil = Moment.Now.AddDays(-3),
        },
    };

    [Fact]
    public void The_offer_is_open_as_before_with_its_place_and_what_falls_due()
    {
        var lines = ReopenOffer.Decide(s_declined, Cases.Who).Lines();

        Assert.Equal("MX-1: Reopen", lines[0]);
        Assert.StartsWith("open until", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("OfferExpiry again", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("OfferReminder again", lines[3], StringComparison.Ordinal);
        Assert.Equal(["MX-1: takes its place again", "inquiry: Offer again MX-1 by MX-1", "StopWaiting"], lines.Skip(4));
    }

    [Fact]
    public void After_its_time_was_over_it_has_a_new_one()
    {
        var open = Assert.Single(ReopenOffer.Decide(s_expired, Cases.Who).Steps.OfType<Application.Steps.ExtendOffer>());

        Assert.True(open.Until > Moment.Now);
    }

    [Theory]
    [InlineData(InquiryState.Held, "no-clinic-left", true)]
    [InlineData(InquiryState.Held, "waits-for-capacity", true)]
    [InlineData(InquiryState.AwaitingPatient, "offer-limit", true)]
    [InlineData(InquiryState.Held, "emergency-words", false)]
    [InlineData(InquiryState.Held, "no-consent-to-share", false)]
    [InlineData(InquiryState.Closed, "patient-withdrew", false)]
    [InlineData(InquiryState.Screened, null, false)]
    public void It_is_possible_while_nothing_but_a_clinic_is_waited_for(InquiryState state, string? reason, bool possible)
    {
        var found = s_expired with { Inquiry = s_expired.Inquiry with { State = state, HoldReasons = reason is null ? [] : [HoldReason.Of(reason)] } };

        Assert.Equal(possible, ReopenOffer.Decide(found, Cases.Who).Steps.Count > 0);
    }

    [Fact]
    public void It_is_not_once_another_clinic_has_the_patient() => Assert.Empty(ReopenOffer.Decide(
        s_expired with { Others = [Cases.Other("MX-2", ReferralState.Accepted, Moment.Now)] }, Cases.Who).Steps);
}
