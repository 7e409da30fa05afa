namespace InquiryRouter.Application.FollowUp;

/// <summary>Settings under <c>FollowUp</c>.</summary>
public sealed class FollowUpOptions
{
    public const string Section = "FollowUp";

    /// <summary>Days after a clinic's yes on which the patient is asked how it is going, growing, separated by commas; <c>none</c>: never.</summary>
    public string CheckInDays { get; set; } = Core.FollowUp.CheckInDays.Default;
}
