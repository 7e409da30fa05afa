using InquiryRouter.Core.Screening;

namespace InquiryRouter.Core.Coordination;

/// <summary>Why a coordinator closes an inquiry.</summary>
public static class CloseReason
{
    /// <summary>In the order they are offered.</summary>
    public static readonly IReadOnlyList<HoldReason> All =
    [
        HoldReason.BookedElsewhere, HoldReason.GoneSilent, HoldReason.NotSuitable, HoldReason.ReachedOtherwise, HoldReason.Spam,
        HoldReason.ClosedAsDuplicate, HoldReason.ClosedOtherwise,
    ];

    /// <summary>What a person types for a reason, and what stands in an address.</summary>
    public static string Code(HoldReason reason) =>
        reason == HoldReason.ClosedAsDuplicate ? "duplicate" : reason == HoldReason.ClosedOtherwise ? "other" : reason.Code;

    /// <summary>The reason somebody named; null: it is none.</summary>
    public static HoldReason? Of(string code) => All.FirstOrDefault(r => Code(r) == code);

    /// <summary>To a program, or whoever uses one, nothing is written.</summary>
    public static bool MayTellPatient(HoldReason reason) => reason != HoldReason.Spam;

    /// <summary>It says too little by itself.</summary>
    public static bool NeedsText(HoldReason reason) => reason == HoldReason.ClosedOtherwise;
}

/// <summary>Why a coordinator takes an inquiry back from a clinic: codes that are stored with the referral.</summary>
public static class TakeBackReason
{
    public const string PatientAsked = "taken-back-patient-asked";
    public const string ClinicSilent = "taken-back-clinic-silent";
    public const string ClinicAsked = "taken-back-clinic-asked";
    public const string Mistake = "taken-back-mistake";
    public const string Other = "taken-back-other";

    private const string Prefix = "taken-back-";

    /// <summary>In the order they are offered.</summary>
    public static readonly IReadOnlyList<string> All = [PatientAsked, ClinicSilent, ClinicAsked, Mistake, Other];

    /// <summary>What a person types for it.</summary>
    public static string Typed(string reason) => reason[Prefix.Length..];

    /// <summary>The reason somebody named, short or whole; null: it is none.</summary>
    public static string? Of(string typed) => All.FirstOrDefault(r => r == typed || Typed(r) == typed);
}

/// <summary>Why a coordinator offers an inquiry in spite of what stands against it: codes that stand in the history.</summary>
public static class OfferReason
{
    public const string PatientAgrees = "patient-agrees";
    public const string ClinicAgrees = "clinic-agrees";
    public const string BothAgree = "both-agree";

    public static readonly IReadOnlyList<string> All = [PatientAgrees, ClinicAgrees, BothAgree];

    /// <summary>What is bent is bent by whom it belongs to: a wish by the patient, a cap by the clinic.</summary>
    public static bool Covers(string reason, Matching.GateKind kind) => (reason, kind) switch
    {
        (BothAgree, _) => true,
        (PatientAgrees, Matching.GateKind.Wish) => true,
        (ClinicAgrees, Matching.GateKind.Moment) => true,
        _ => false,
    };
}

/// <summary>What a patient is asked for, where there is a text for it in their language.</summary>
public static class QuestionTemplate
{
    /// <summary>That clinics may see the inquiry.</summary>
    public const string Consent = "consent";

    public static readonly IReadOnlyList<string> All = [Consent, "reports", "phone", "age", "wishes", "still-interested"];
}
