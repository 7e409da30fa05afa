namespace InquiryRouter.Application.Demo;

/// <summary>The time of what is played: it stands where it is set, and never goes back.</summary>
public sealed class DemoClock : TimeProvider
{
    private DateTimeOffset _now;

    public override DateTimeOffset GetUtcNow() => _now;

    public void MoveTo(DateTimeOffset moment) => _now = moment > _now ? moment : _now;

    public void Move(TimeSpan by) => _now += by;
}
