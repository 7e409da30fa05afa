using InquiryRouter.Core;

namespace InquiryRouter.Tests;

public sealed class BackoffTests
{
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(3, 20)]
    [InlineData(6, 160)]
    public void Each_further_attempt_waits_twice_as_long(int attempts, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.Delay(attempts, s_first, s_longest));

    [Theory]
    [InlineData(7)]
    [InlineData(1_000)]
    [InlineData(int.MaxValue)]
    public void No_attempt_waits_longer_than_the_longest(int attempts) =>
        Assert.Equal(s_longest, Backoff.Delay(attempts, s_first, s_longest));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue + 1)]
    public void Before_the_first_attempt_the_wait_is_the_first_one(int attempts) =>
        Assert.Equal(s_first, Backoff.Delay(attempts, s_first, s_longest));

    [Fact]
    public void Jitter_spreads_by_a_fifth_around_the_delay()
    {
        var delay = TimeSpan.FromSeconds(100);

        Assert.Equal(90, Backoff.WithJitter(delay, 0).TotalSeconds, precision: 3);
        Assert.Equal(100, Backoff.WithJitter(delay, 0.5).TotalSeconds, precision: 3);
        Assert.Equal(110, Backoff.WithJitter(delay, 1).TotalSeconds, precision: 3);
    }
}
