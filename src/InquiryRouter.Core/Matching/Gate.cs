namespace InquiryRouter.Core.Matching;

/// <summary>
/// What can stop a clinic, in the order it is asked. The rules are in <c>Gates/</c>, one file each; <see cref="GateList"/> lists
/// them.
/// </summary>
public enum Gate : byte
{
    /// <summary>Nothing: the clinic may be offered the inquiry.</summary>
    None,

    Inactive,
    Suspended,
    OnLeave,
    MailUnreachable,
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
