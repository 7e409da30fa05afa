namespace InquiryRouter.Core.Referral;

/// <summary>Why a clinic says no: a code that is stored, and what the clinic reads.</summary>
public sealed record DeclineReason(string Code, string Label)
{
    public static readonly IReadOnlyList<DeclineReason> All =
    [
        new("no-capacity", "No capacity at the moment"),
        new("outside-scope", "Outside what we treat"),
        new("not-suitable", "Treatment not suitable for this patient"),
        new("needs-information", "Too little information to decide"),
        new("other", "Another reason"),
    ];
}
