using InquiryRouter.Application.Coordination;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Coordination;

/// <summary>What a release comes to, as steps: no database takes part.</summary>
public sealed class ReleasingAnInquiry
{
    private static readonly Actor s_who = Actor.Coordinator("rosa");
    private static readonly PatientVault s_vault = new(MasterKey.Parse(Convert.ToBase64String(new byte[32]), "the test"));
    private static readonly ReleaseInquiry s_release = new(null!, new MailWriter(Mails.Languages, s_vault, Mails.Links));

    [Fact]
    public void A_held_inquiry_goes_on_to_matching_and_what_held_it_was_no_duplicate()
    {
        var decided = s_release.Decide(Facts(InquiryState.Held, HoldReason.PossibleDuplicate), s_who);

        Assert.IsType<Release.Released>(decided.Outcome);
        var steps = decided.Steps.OfType<Step>().ToList();
        var move = Assert.IsType<MoveInquiry>(steps[0]).Move;
        Assert.Equal((InquiryTrigger.Release, s_who, new HistoryEvent.Released.NoDuplicate()), (move.Trigger, move.Actor, move.Says));
        Assert.IsType<AnnounceCleared>(steps[^1]);
        Assert.Empty(steps.OfType<SendMail>());
    }

    [Fact]
    public void A_suspected_robot_that_a_person_has_read_hears_that_we_have_its_inquiry()
    {
        var decided = s_release.Decide(Facts(InquiryState.Quarantined, HoldReason.SuspectedSpam), s_who);

        Assert.Equal(MailKind.Acknowledgement, Assert.Single(decided.Steps.OfType<SendMail>()).Mail.Kind);
    }

    [Theory]
    [InlineData(InquiryState.Held)]
    [InlineData(InquiryState.AwaitingPatient)]
    public void A_decision_that_waits_for_a_yes_is_offered_as_it_was_decided(InquiryState state)
    {
        var facts = Facts(state, HoldReason.ApprovalNeeded);

        var decided = s_release.Decide(facts, s_who);

        Assert.Equal("MX-1", Assert.IsType<Release.Approved>(decided.Outcome).FirstClinic);
        Assert.Equal(InquiryTrigger.Approve, Assert.IsType<MoveInquiry>(decided.Steps[0]).Move.Trigger);
        Assert.Equal(InquiryState.Matched, InquiryTransitions.Next(state, InquiryTrigger.Approve));
        Assert.Equal(facts.Match!.Id, Assert.IsType<AnnounceMatched>(decided.Steps[1]).MatchId);
    }

    [Fact]
    public void Beyond_the_limit_a_release_begins_a_new_count_of_offers()
    {
        var decided = s_release.Decide(Facts(InquiryState.Held, HoldReason.OfferLimit) with { Offers = 5 }, s_who);

        Assert.Equal(new HistoryEvent.Released.MoreOffers(5), decided.Steps.OfType<MoveInquiry>().Single().Move.Says);
        Assert.Equal(5, Assert.Single(decided.Steps.OfType<CountOffersAfter>()).N);
    }

    [Fact]
    public void Without_the_patients_consent_nothing_is_released()
    {
        var decided = s_release.Decide(Facts(InquiryState.Held) with { Consent = null }, s_who);

        Assert.IsType<Release.NoConsent>(decided.Outcome);
        Assert.Empty(decided.Steps);
    }

    [Theory]
    [InlineData(InquiryState.Received)]
    [InlineData(InquiryState.Referred)]
    [InlineData(InquiryState.Closed)]
    [InlineData(InquiryState.Erased)]
    public void What_waits_for_nobody_cannot_be_released(InquiryState state)
    {
        var decided = s_release.Decide(Facts(state), s_who);

        Assert.Equal(state, Assert.IsType<Release.NotWaiting>(decided.Outcome).State);
        Assert.Empty(decided.Steps);
    }

    [Fact]
    public void What_does_not_exist_is_said_to() => Assert.IsType<Release.NotFound>(s_release.Decide(null, s_who).Outcome);

    private static ReleaseInquiry.Facts Facts(InquiryState state, params HoldReason[] reasons)
    {
        var inquiry = An.InquiryRecord() with { State = state, HoldReasons = reasons };
        return new ReleaseInquiry.Facts(
            inquiry,
            new ConsentGiven { ShareWithClinics = true, Contact = true, Marketing = false, TextVersion = "test" },
            s_vault.Seal(inquiry.Id, An.Patient()),
            Offers: 0,
            new MatchCandidates(Guid.CreateVersion7(), ["MX-1", "MX-2"]));
    }
}
