using System.Collections.Frozen;

namespace InquiryRouter.Core.Matching;

/// <summary>What can stop a clinic, in the order it is asked. Codes for storage and programs are in <see cref="Gates.Code"/>.</summary>
public enum Gate : byte
{
    /// <summary>Nothing: the clinic may be offered the inquiry.</summary>
    None,

    Inactive,
    OnLeave,
    Condition,
    ConditionType,
    Treatment,
    CellSource,
    CountryRuleUnknown,
    CountryRuleForbids,
    CountryRuleCredential,
    FacilitatorPermission,
    Accreditation,
    Physician,
    AgeGroup,
    Destination,
    Language,
    Budget,
    AlreadyTried,
    Conflict,
    WeeklyCap,
    DailyPace,
}

/// <summary>The stable names of the gates.</summary>
public static class Gates
{
    private static readonly string[] s_codes =
    [
        "none", "inactive", "on-leave", "condition", "condition-type", "treatment", "cell-source", "country-rule-unknown", "country-rule-forbids",
        "country-rule-credential", "facilitator-permission", "accreditation", "physician", "age-group", "destination", "language", "budget",
        "already-tried", "conflict", "weekly-cap", "daily-pace",
    ];

    private static readonly FrozenDictionary<string, Gate> s_byCode =
        s_codes.Index().ToFrozenDictionary(c => c.Item, c => (Gate)c.Index, StringComparer.Ordinal);

    /// <summary>How many values there are, <see cref="Gate.None"/> among them.</summary>
    public static int Count => s_codes.Length;

    /// <summary>Every gate, in the order they are asked.</summary>
    public static IEnumerable<Gate> All => Enum.GetValues<Gate>().Where(g => g != Gate.None);

    /// <summary>The stable name of a gate, for storage and programs.</summary>
    public static string Code(Gate gate) => s_codes[(int)gate];

    /// <summary>The gate of a stored name; null for one of another version of the program.</summary>
    public static Gate? Of(string code) => s_byCode.TryGetValue(code, out var gate) ? gate : null;

    /// <summary>Whether it depends on the load of the moment: passes again when capacity is freed.</summary>
    public static bool IsCapacity(Gate gate) => gate is Gate.WeeklyCap or Gate.DailyPace;
}
