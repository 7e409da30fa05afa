using Microsoft.Extensions.Time.Testing;

namespace InquiryRouter.TestSupport;

/// <summary>A clock that somebody sets: what it says jumps, what has passed does not. The one of the tests takes both for one.</summary>
internal sealed class JumpingClock : FakeTimeProvider
{
    private TimeSpan _set;

    public JumpingClock()
        : base(Clocks.Start)
    {
    }

    /// <summary>Sets it: no timer hears of it, as on a real machine.</summary>
    public void Set(TimeSpan by)
    {
        var passed = GetTimestamp();
        AdjustTime(GetUtcNow() + by);
        _set += new TimeSpan(GetTimestamp() - passed);
    }

    public override long GetTimestamp() => base.GetTimestamp() - _set.Ticks;
}
