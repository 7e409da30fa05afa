using Xunit;

namespace InquiryRouter.FaultTests.Support;

/// <summary>Real processes take real time: what comes soon is waited for, for a minute at most.</summary>
internal static class Waiting
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(20);

    /// <param name="condition">Asked again and again.</param>
    /// <param name="what">For the failure: what did not happen.</param>
    public static async Task UntilAsync(Func<Task<bool>> condition, Func<string>? what = null)
    {
        var until = DateTime.UtcNow.AddMinutes(1);
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < until, $"Not within a minute. {what?.Invoke()}");
            await Task.Delay(s_poll, TestContext.Current.CancellationToken);
        }
    }
}
