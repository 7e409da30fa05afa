using InquiryRouter.Application.Referral;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Referral;

/// <summary>What follows from a plan, read as steps.</summary>
public sealed class OfferPlanTests
{
    private static readonly InquiryRecord s_inquiry = An.InquiryRecord() with { State = InquiryState.Referred, Version = 4 };

    private static readonly NewMail s_mail = new(
        new Guid("018f3a52-7c1d-7a2b-9c3d-4e5f60718295"), s_inquiry.Id, s_inquiry.Id.Value, MailKind.MovedOn, []);

    private static readonly OfferEnd s_expired = OfferEnd.Expired("CA-1");

    private static readonly OfferPlan s_nothing = new() { NetworkVersion = 7 };

    [Fact]
    public void Whatever_was_planned_stands_only_on_the_network_it_was_planned_with() =>
        Assert.All(
            (OfferPlan[])[s_nothing, s_nothing with { Hold = HoldReason.NoClinicLeft }, s_nothing with { Offers = [Offer("MX-1", 2)] }],
            plan => Assert.Equal(new RequireNetwork(7), plan.Steps(s_inquiry)[0]));

    [Fact]
    public void Each_clinic_is_offered_it_and_it_waits_for_no_place_any_more()
    {
        var (first, second) = (Offer("MX-1", 2), Offer("CA-1", 3));

        var steps = After(s_nothing with { Offers = [first, second], MovedOn = s_mail });

        AssertMoves(InquiryTrigger.Offer, "MX-1 CA-1", steps[0]);
        Assert.Equal([new StopWaiting(s_inquiry.Id), new AddOffer(s_inquiry.Id, first), new AddOffer(s_inquiry.Id, second), new SendMailOnce(s_mail)], steps[1..]);
    }

    [Fact]
    public void The_history_says_after_what_it_was_offered_and_who_was_passed_over() =>
        AssertMoves(
            InquiryTrigger.Offer, "MX-1 after expired CA-1 passed-over JP-1:weekly-cap",
            After(s_nothing with { Offers = [Offer("MX-1", 2)], PassedOver = [new PassedOver("JP-1", "weekly-cap")] }, s_expired)[0]);

    [Fact]
    public void Held_it_waits_for_the_clinics_that_are_full_and_the_coordinators_hear_of_it()
    {
        var steps = After(s_nothing with { Hold = HoldReason.WaitsForCapacity, WaitFor = ["MX-1"] }, s_expired);

        AssertMoves(InquiryTrigger.Hold, "waits-for-capacity after expired CA-1", steps[0]);
        Assert.Equal([HoldReason.WaitsForCapacity], ((MoveInquiry)steps[0]).Move.HoldReasons);
        Assert.Equal(["MX-1"], Assert.IsType<WaitForPlace>(steps[1]).Clinics);
        Assert.Equal(new AnnounceHeld(s_inquiry), steps[2]);
    }

    [Fact]
    public void Where_the_policy_wants_it_the_patient_is_asked()
    {
        var steps = After(s_nothing with { Hold = HoldReason.NoClinicLeft, AskPatient = s_mail });

        AssertMoves(InquiryTrigger.AskPatient, "no-clinic-left", steps[0]);
        Assert.Equal(new SendMail(s_mail), steps[1]);
    }

    [Fact]
    public void With_answers_awaited_an_end_is_a_line_of_the_history() =>
        AssertMoves(InquiryTrigger.Decline, "expired CA-1", Assert.Single(After(s_nothing, s_expired)));

    [Fact]
    public void With_answers_awaited_nothing_changes() => Assert.Empty(After(s_nothing));

    [Fact]
    public void Held_while_clinics_had_to_answer_it_is_offered_as_before()
    {
        var matched = s_inquiry with { State = InquiryState.Matched };

        Assert.Equal(
            [new MoveInquiry(matched, InquiryTrigger.Offer, Actor.Stage("referral"), new HistoryEvent.Offered.AsBefore()), new StopWaiting(matched.Id)],
            s_nothing.Steps(matched).Skip(1));
    }

    private static List<Step> After(OfferPlan plan, OfferEnd? after = null) => [.. plan.Steps(s_inquiry, after).Skip(1).OfType<Step>()];

    private static void AssertMoves(InquiryTrigger trigger, string detail, Step step)
    {
        var move = Assert.IsType<MoveInquiry>(step).Move;
        Assert.Equal((trigger, Actor.Stage("referral"), detail), (move.Trigger, move.Actor, HistoryText.Write(move.Says).Detail));
    }

    private static NextOffer Offer(string clinic, int n) => new(
        A.Clinic(clinic), new ReferralId(new Guid(n, 0, 0, new byte[8])), n, s_inquiry.Id.Value, Moment.Now.AddDays(2),
        Moment.Now.AddDays(1), new DateOnly(2026, 11, 16), Moment.Today, new SendMail(s_mail));
}
