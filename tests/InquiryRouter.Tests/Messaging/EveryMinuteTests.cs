using InquiryRouter.Infrastructure;
using Microsoft.Extensions.Time.Testing;

namespace InquiryRouter.Tests.Messaging;

public sealed class EveryMinuteTests
{
    [Fact]
    public void It_is_said_when_it_begins_and_once_a_minute_and_anew_when_it_was_over()
    {
        var clock = new FakeTimeProvider();
        var said = new EveryMinute(clock);
        Assert.False(said.End());

        var times = 0;
        for (var second = 0; second < 150; second++)
        {
            times += said.IsDue() ? 1 : 0;
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(3, times);
        Assert.True(said.End());
        Assert.False(said.End());
        Assert.True(said.IsDue());
    }
}
