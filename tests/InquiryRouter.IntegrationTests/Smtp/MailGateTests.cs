using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Mail.Sending;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace InquiryRouter.IntegrationTests.Smtp;

public sealed class MailGateTests
{
    private const int Most = 32;

    private readonly FakeTimeProvider _clock = Clocks.New();
    private readonly Guid _mail = Guid.NewGuid();
    private readonly Guid _other = Guid.NewGuid();
    private readonly MailGate _gate;

    public MailGateTests() => _gate = new MailGate(_clock, NullLogger<MailGate>.Instance);

    [Fact]
    public void While_the_server_takes_mails_all_may_pass()
    {
        Assert.Equal(Most, _gate.Admits(Most));
        Assert.True(_gate.Lets(_mail));
    }

    [Fact]
    public void Once_it_does_not_nobody_passes_until_one_may_ask()
    {
        Assert.True(Fail());

        Assert.Equal(0, _gate.Admits(Most));
        Assert.False(_gate.Lets(_mail));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, _gate.Admits(Most));
        _gate.Ask(_mail);
        Assert.Equal((0, true, false), (_gate.Admits(Most), _gate.Lets(_mail), _gate.Lets(_other)));

        _gate.Answered(_mail);
        Assert.Equal((Most, true), (_gate.Admits(Most), _gate.Lets(_other)));
    }

    [Fact]
    public void Each_time_it_waits_longer_and_never_more_than_five_minutes()
    {
        Fail();
        foreach (var seconds in new[] { 5, 10, 20, 40, 80, 160, 300, 300 })
        {
            _clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
            Assert.Equal(0, _gate.Admits(Most));
            _clock.Advance(TimeSpan.FromTicks(1));
            Assert.Equal(1, _gate.Admits(Most));
            _gate.Ask(_mail);
            Fail();
        }
    }

    [Fact]
    public void What_others_that_were_under_way_come_to_opens_nothing_and_makes_nobody_wait_longer()
    {
        Fail();
        Assert.True(_gate.Failed(_other, _clock.GetUtcNow(), MailCause.NotConnected));
        _gate.Answered(_other);

        Assert.Equal(0, _gate.Admits(Most));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, _gate.Admits(Most));
    }

    [Fact]
    public void One_that_asked_and_got_no_answer_leaves_it_to_the_next()
    {
        Fail();
        _clock.Advance(TimeSpan.FromSeconds(5));
        _gate.Ask(_mail);

        _gate.NotAnswered(_mail);

        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, _gate.Admits(Most));
    }

    [Fact]
    public void One_that_asked_and_never_came_back_is_followed_by_another()
    {
        Fail();
        _clock.Advance(TimeSpan.FromSeconds(5));
        _gate.Ask(_mail);

        _clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(1, _gate.Admits(Most));
        _gate.Ask(_other);
        Assert.False(_gate.Lets(_mail));
    }

    [Fact]
    public void A_connection_that_is_refused_while_others_work_waits_alone()
    {
        var begun = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromSeconds(1));
        _gate.Answered(_other);

        Assert.False(_gate.Failed(_mail, begun, MailCause.NotConnected));
        Assert.Equal(Most, _gate.Admits(Most));
    }

    private bool Fail() => _gate.Failed(_mail, _clock.GetUtcNow(), MailCause.NotConnected);
}
