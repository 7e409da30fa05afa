namespace InquiryRouter.Core.Referral;

/// <summary>Why a clinic says no to an offer: codes that are stored; what a clinic reads for them is in the language files.</summary>
public static class DeclineReason
{
    public static readonly IReadOnlyList<string> All = ["no-capacity", "outside-scope", "not-suitable", "needs-information", "other"];
}

/// <summary>Why a clinic gives a patient back whom it had accepted.</summary>
public static class ReturnReason
{
    public static readonly IReadOnlyList<string> All =
        ["no-capacity", "not-suitable", "cannot-reach-patient", "patient-decided-otherwise", "did-not-come", "other"];

    /// <summary>True when another clinic is asked at once; else a coordinator asks the patient first.</summary>
    public static bool AsksNext(string reason) => reason is "no-capacity" or "not-suitable";
}
