using InquiryRouter.Application.Clinics;
using InquiryRouter.Core.Referral;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Clinics;

/// <summary>The clinic works from 9 to 17 in Tijuana, where it is 4 in the morning when it is noon UTC.</summary>
public sealed class UndoAcceptanceTests
{
    private static readonly DateTimeOffset s_afternoon = new(2026, 11, 18, 23, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_offer_stands_again_and_the_clinic_is_reminded_at_half_of_the_business_time_that_is_left()
    {
        // Two hours of Wednesday and four of Thursday are left; half of the hours on the wall would end at night.
        var lines = Lines(AtAfternoon(offerUntil: new(2026, 11, 19, 21, 0, 0, TimeSpan.Zero)));

        Assert.Equal(
            [
                "MX-1: Undo", "open until 19 21:00", "OfferExpiry again at 19 21:00", "OfferReminder again at 19 18:00",
                "inquiry: Undo identity-hidden MX-1 by MX-1", "mail AcceptanceUndone", "announce the answer",
            ],
            lines);
    }

    [Fact]
    public void Whose_offer_has_ended_meanwhile_has_an_hour_to_answer_otherwise()
    {
        var lines = Lines(AtAfternoon(offerUntil: s_afternoon.AddMinutes(-10)));

        Assert.Equal(["open until 19 00:00", "OfferExpiry again at 19 00:00", "OfferReminder again at 18 23:30"], lines.Skip(1).Take(3));
    }

    [Fact]
    public void While_another_clinic_has_the_patient_it_is_a_line_of_the_history_and_nothing_more() => Assert.Contains(
        "history: clinic-undo identity-hidden MX-1 by MX-1",
        Lines(Cases.Accepted() with { Others = [Cases.Other("MX-2", ReferralState.Quoted, acceptedAt: Moment.Now)] }));

    private static ReferralCase AtAfternoon(DateTimeOffset offerUntil) => Cases.Accepted() with
    {
        Now = s_afternoon, Referral = Cases.Accepted().Referral with { AcceptedAt = s_afternoon.AddMinutes(-30), OfferUntil = offerUntil },
    };

    private static IReadOnlyList<string> Lines(ReferralCase found) =>
        UndoAcceptance.Decide(found, Cases.Patient, Cases.Who, Cases.Mails).Lines();
}
