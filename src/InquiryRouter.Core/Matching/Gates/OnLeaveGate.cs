namespace InquiryRouter.Core.Matching.Gates;

/// <summary>Does the clinic take referrals today, or is it on leave or paused?</summary>
internal sealed class OnLeaveGate() : ClinicGate(Gate.OnLeave, "on-leave")
{
    protected override string? WhyNot(Clinic clinic, DateOnly day) =>
        clinic.AwayUntil(day) is { } until ? $"The clinic takes no referrals until {until:O}." : null;

    protected override Fact WhyYes(Clinic clinic, DateOnly day) => new($"The clinic is neither on leave nor paused on {day:O}.");
}
