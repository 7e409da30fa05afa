using InquiryRouter.Core.Mail;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Mail;

/// <summary>The table in RELIABILITY.md, from the outcome on.</summary>
public sealed class MailRetryTests
{
    private static readonly DateTimeOffset s_created = Moment.Now;
    private static readonly TimeSpan s_limit = TimeSpan.FromHours(48);

    [Fact]
    public void What_was_delivered_is_done() => Assert.Equal(new MailStep(MailState.Sent), After(SendOutcome.Delivered));

    [Fact]
    public void An_address_that_does_not_exist_is_final() => Assert.Equal(new MailStep(MailState.Failed), After(SendOutcome.HardBounce));

    [Fact]
    public void What_was_refused_otherwise_is_parked_for_the_coordinator() =>
        Assert.Equal(new MailStep(MailState.Parked), After(SendOutcome.Refused));

    [Theory]
    [InlineData(SendOutcome.Deferred, 1, 5)]
    [InlineData(SendOutcome.Deferred, 2, 10)]
    [InlineData(SendOutcome.Deferred, 3, 20)]
    [InlineData(SendOutcome.Deferred, 10, 2560)]
    [InlineData(SendOutcome.Deferred, 11, 3600)]
    [InlineData(SendOutcome.Deferred, 500, 3600)]
    [InlineData(SendOutcome.TryAgain, 1, 5)]
    [InlineData(SendOutcome.TryAgain, 500, 900)]
    [InlineData(SendOutcome.TurnedAway, 3, 20)]
    [InlineData(SendOutcome.TurnedAway, 500, 900)]
    public void What_was_not_taken_is_tried_again_later_and_later(SendOutcome outcome, int attempts, int seconds)
    {
        var step = After(outcome, attempts);

        Assert.Equal((MailState.Queued, s_created + TimeSpan.FromSeconds(seconds)), (step.State, step.NextAt));
    }

    [Fact]
    public void What_was_never_handed_over_is_due_at_once() =>
        Assert.Equal(new MailStep(MailState.Queued, s_created + s_limit), After(SendOutcome.Unreachable, attempts: 500, passed: s_limit));

    [Fact]
    public void One_tick_before_48_hours_of_not_now_it_is_tried_again() =>
        Assert.Equal(MailState.Queued, After(SendOutcome.Deferred, attempts: 50, passed: s_limit - TimeSpan.FromTicks(1), deferredSince: s_created).State);

    [Fact]
    public void After_48_hours_of_not_now_it_is_parked_for_the_coordinator() =>
        Assert.Equal(MailState.Parked, After(SendOutcome.Deferred, attempts: 50, passed: s_limit, deferredSince: s_created).State);

    [Fact]
    public void The_48_hours_begin_with_the_first_not_now_and_not_with_the_mail()
    {
        var first = After(SendOutcome.Deferred, attempts: 50, passed: 3 * s_limit);

        Assert.Equal((MailState.Queued, s_created + (3 * s_limit)), (first.State, first.DeferredSince));
    }

    [Theory]
    [InlineData(SendOutcome.TryAgain)]
    [InlineData(SendOutcome.Unreachable)]
    [InlineData(SendOutcome.TurnedAway)]
    public void What_no_server_has_refused_is_never_given_up_on(SendOutcome outcome)
    {
        var step = After(outcome, attempts: 10_000, passed: TimeSpan.FromDays(60), deferredSince: s_created);

        Assert.Equal((MailState.Queued, s_created), (step.State, step.DeferredSince));
    }

    [Fact]
    public void An_unknown_outcome_is_sent_once_more() =>
        Assert.Equal(MailState.Queued, After(SendOutcome.Unknown, unknowns: 1).State);

    [Fact]
    public void A_second_unknown_outcome_is_parked_as_unconfirmed() =>
        Assert.Equal(new MailStep(MailState.Unconfirmed), After(SendOutcome.Unknown, attempts: 2, unknowns: 2));

    [Fact]
    public void Failures_before_and_between_do_not_make_a_third_unknown_sending()
    {
        Assert.Equal(MailState.Queued, After(SendOutcome.TryAgain, attempts: 2, unknowns: 1).State);
        Assert.Equal(MailState.Unconfirmed, After(SendOutcome.Unknown, attempts: 9, unknowns: 2).State);
    }

    [Theory]
    [InlineData(SendOutcome.Delivered)]
    [InlineData(SendOutcome.HardBounce)]
    [InlineData(SendOutcome.Refused)]
    public void Nothing_certain_is_ever_sent_a_second_time(SendOutcome certain)
    {
        for (var attempts = 1; attempts < 20; attempts++)
        {
            for (var unknowns = 0; unknowns <= 3; unknowns++)
            {
                var step = After(certain, attempts, unknowns);

                Assert.NotEqual(MailState.Queued, step.State);
                Assert.Null(step.NextAt);
            }
        }
    }

    [Fact]
    public void What_is_queued_again_has_a_time_and_nothing_else_has_one() =>
        Assert.All(
            from outcome in Enum.GetValues<SendOutcome>()
            from unknowns in new[] { 0, 1, 2 }
            select After(outcome, unknowns: unknowns),
            step => Assert.Equal(step.State == MailState.Queued, step.NextAt >= s_created));

    [Theory]
    [InlineData(MailKind.OfferReminder)]
    [InlineData(MailKind.CheckIn)]
    public void What_may_never_come_twice_is_not_sent_again_after_an_unknown_outcome(MailKind kind)
    {
        Assert.Equal(new MailStep(MailState.Unconfirmed), MailRetry.After(kind, SendOutcome.Unknown, 1, 1, null, s_created));
        Assert.Equal(MailState.Queued, MailRetry.After(kind, SendOutcome.TryAgain, 1, 0, null, s_created).State);
    }

    private static MailStep After(SendOutcome outcome, int attempts = 1, int unknowns = 0, TimeSpan passed = default, DateTimeOffset? deferredSince = null) =>
        MailRetry.After(MailKind.Acknowledgement, outcome, attempts, unknowns, deferredSince, s_created + passed);
}
