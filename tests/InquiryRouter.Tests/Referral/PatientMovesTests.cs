using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;

namespace InquiryRouter.Tests.Referral;

/// <summary>Where an inquiry goes by what its patient does.</summary>
public sealed class PatientMovesTests
{
    private static readonly PatientReferral s_quoted = new()
    {
        N = 1, State = ReferralState.Quoted, Reason = null, IsAccepted = true, IsDisclosed = true, WasDisclosed = true, Choice = null,
    };

    private static readonly PatientFacts s_facts = new()
    {
        State = InquiryState.Referred, Reasons = [], Urgent = false, AwaitsScreening = false, Shares = true, Referrals = [],
    };

    [Fact]
    public void Every_move_is_one_the_transition_table_allows()
    {
        foreach (var state in Enum.GetValues<InquiryState>())
        {
            HoldReason[][] why =
            [
                [], [HoldReason.NoConsentToShare], [HoldReason.NoConsentToShare, HoldReason.Minor], [HoldReason.NoClinicLeft],
                [HoldReason.PatientUnreachable],
            ];
            foreach (var facts in why.Select(reasons => s_facts with { State = state, Reasons = reasons, Referrals = [s_quoted] }))
            {
                var moves = new PatientMoves(facts);

                // Of one that is over nothing of this is asked, but the consent.
                PatientMove?[] all = facts.IsOver
                    ? [moves.ConsentWithdrawn]
                    :
                    [
                        moves.ConsentWithdrawn, moves.ConsentGiven, moves.Written(emergency: false), moves.Written(emergency: true),
                        moves.QuoteDeclined(s_quoted), moves.QuoteChosen, moves.AddressCorrected,
                    ];
                Assert.All(all.OfType<PatientMove>(), move => Assert.NotNull(InquiryTransitions.Next(state, move.Trigger)));
            }
        }
    }

    [Theory]
    [InlineData(InquiryState.Accepted)]
    [InlineData(InquiryState.Booked)]
    [InlineData(InquiryState.Quarantined)]
    [InlineData(InquiryState.Closed)]
    public void Without_consent_nothing_is_held_where_nobody_else_would_be_asked(InquiryState state) =>
        Assert.Null(new PatientMoves(s_facts with { State = state }).ConsentWithdrawn);

    [Fact]
    public void Without_consent_before_screening_nothing_is_held_since_that_asks_itself() =>
        Assert.Null(new PatientMoves(s_facts with { State = InquiryState.Received, AwaitsScreening = true }).ConsentWithdrawn);

    [Fact]
    public void Without_consent_what_screening_found_stays_and_what_routing_waited_for_does_not()
    {
        var held = s_facts with { State = InquiryState.Held, Reasons = [HoldReason.Minor, HoldReason.WaitsForCapacity] };

        var move = new PatientMoves(held).ConsentWithdrawn!;

        Assert.Equal(InquiryTrigger.Hold, move.Trigger);
        Assert.Equal([HoldReason.NoConsentToShare, HoldReason.Minor], move.Reasons);
    }

    [Fact]
    public void With_consent_what_was_held_for_it_alone_goes_on_and_for_more_stays()
    {
        var held = s_facts with { State = InquiryState.Held, Reasons = [HoldReason.NoConsentToShare] };

        Assert.Equal(InquiryTrigger.Release, new PatientMoves(held).ConsentGiven?.Trigger);
        Assert.Equal(
            [HoldReason.Minor],
            new PatientMoves(held with { Reasons = [HoldReason.NoConsentToShare, HoldReason.Minor] }).ConsentGiven!.Reasons);
        Assert.Null(new PatientMoves(held with { Reasons = [HoldReason.Minor] }).ConsentGiven);
    }

    [Fact]
    public void What_is_written_sends_on_only_an_inquiry_that_waits_for_it()
    {
        var waits = s_facts with { State = InquiryState.AwaitingPatient };

        Assert.Null(new PatientMoves(s_facts).Written(emergency: false));
        Assert.Equal(InquiryTrigger.Release, new PatientMoves(waits).Written(emergency: false)?.Trigger);
    }

    [Fact]
    public void When_the_clinics_had_come_to_an_end_a_coordinator_reads_what_is_written()
    {
        foreach (var end in new[] { HoldReason.NoClinicLeft, HoldReason.OfferLimit })
        {
            var move = new PatientMoves(s_facts with { State = InquiryState.AwaitingPatient, Reasons = [end] }).Written(emergency: false)!;

            Assert.Equal((InquiryTrigger.Hold, end), (move.Trigger, Assert.Single(move.Reasons)));
        }
    }

    [Fact]
    public void An_emergency_holds_unless_a_clinic_has_the_patient_screening_is_to_come_or_it_is_held_for_one()
    {
        var move = new PatientMoves(s_facts with { Reasons = [HoldReason.Minor, HoldReason.NoClinicFits] }).Written(emergency: true)!;

        Assert.Equal([HoldReason.Emergency, HoldReason.Minor], move.Reasons);
        Assert.All(
            [
                s_facts with { State = InquiryState.Accepted }, s_facts with { State = InquiryState.Booked },
                s_facts with { AwaitsScreening = true }, s_facts with { Urgent = true },
            ],
            facts => Assert.Null(new PatientMoves(facts).Written(emergency: true)));
    }

    [Fact]
    public void With_a_new_address_what_was_held_for_the_dead_one_alone_goes_on_and_for_more_stays()
    {
        var held = s_facts with { State = InquiryState.Held, Reasons = [HoldReason.PatientUnreachable] };

        Assert.Equal(InquiryTrigger.Release, new PatientMoves(held).AddressCorrected?.Trigger);
        Assert.Equal(
            [HoldReason.Minor],
            new PatientMoves(held with { Reasons = [HoldReason.PatientUnreachable, HoldReason.Minor] }).AddressCorrected!.Reasons);
        Assert.Null(new PatientMoves(held with { Reasons = [HoldReason.Minor] }).AddressCorrected);
    }

    [Fact]
    public void A_no_to_a_quote_opens_the_inquiry_unless_another_clinic_has_the_patient()
    {
        var accepted = s_facts with { State = InquiryState.Accepted, Referrals = [s_quoted] };
        var other = s_quoted with { N = 2, State = ReferralState.Accepted };

        Assert.Equal(InquiryTrigger.Decline, new PatientMoves(s_facts).QuoteDeclined(s_quoted)?.Trigger);
        Assert.Equal(InquiryTrigger.Decline, new PatientMoves(accepted).QuoteDeclined(s_quoted)?.Trigger);
        Assert.Null(new PatientMoves(accepted with { Referrals = [s_quoted, other] }).QuoteDeclined(s_quoted));
        Assert.Null(new PatientMoves(accepted).QuoteDeclined(s_quoted with { IsAccepted = false }));
        Assert.Null(new PatientMoves(accepted with { State = InquiryState.Held }).QuoteDeclined(s_quoted));
    }
}
