using System.Collections.Frozen;
using InquiryRouter.Core.Matching.Gates;

namespace InquiryRouter.Core.Matching;

/// <summary>The gates in the order they are asked: the table of contents of why a clinic is not asked.</summary>
public static class GateList
{
    internal static readonly IReadOnlyList<GateRule> InOrder =
    [
        // The clinic as a whole, today.
        new InactiveGate(),
        new SuspendedGate(),
        new OnLeaveGate(),
        new MailUnreachableGate(),

        // What the patient needs.
        new ConditionGate(),
        new ConditionTypeGate(),
        new TreatmentGate(),
        new CellSourceGate(),

        // What law, accreditation and staff must be, whoever the patient is.
        new CountryRuleUnknownGate(),
        new CountryRuleForbidsGate(),
        new CountryRuleCredentialGate(),
        new FacilitatorPermissionGate(),
        new AccreditationGate(),
        new PhysicianGate(),

        // What suits the patient; from the destination on it is theirs to change.
        new AgeGroupGate(),
        new DestinationGate(),
        new LanguageGate(),
        new BudgetGate(),

        // What happened before, and places. Last, so that "waits for a place" means that nothing but a place is missing.
        new AlreadyTriedGate(),
        new ConflictGate(),
        new WeeklyCapGate(),
        new DailyPaceGate(),
    ];

    internal static readonly GateRule[] OfClinic = [.. InOrder.OfType<ClinicGate>()];

    internal static readonly GateRule[] OfRequirements = [.. InOrder.OfType<RequirementGate>()];

    internal static readonly GateRule[] OfInquiry = [.. InOrder.OfType<InquiryGate>()];

    /// <summary>Those that must stay open as long as an offer is.</summary>
    internal static readonly GateRule[] EndingOffers = [.. InOrder.Where(g => g.EndsOffers)];

    internal static readonly GateRule[] OfClinicEndingOffers = [.. OfClinic.Where(g => g.EndsOffers)];

    private static readonly FrozenDictionary<Gate, string> s_codes = InOrder.ToFrozenDictionary(g => g.Gate, g => g.Code);

    private static readonly FrozenDictionary<string, Gate> s_byCode =
        InOrder.ToFrozenDictionary(g => g.Code, g => g.Gate, StringComparer.Ordinal);

    /// <summary>Every gate, in the order they are asked.</summary>
    public static IEnumerable<Gate> All => InOrder.Select(g => g.Gate);

    /// <summary>The stable name of a gate, for storage and programs.</summary>
    public static string Code(Gate gate) => gate == Gate.None ? "none" : s_codes[gate];

    /// <summary>The gate of a stored name; null for one of another version of the program.</summary>
    public static Gate? Of(string code) => s_byCode.TryGetValue(code, out var gate) ? gate : null;

    /// <summary>Whether it depends on the load of the moment: passes again when capacity is freed.</summary>
    public static bool IsCapacity(Gate gate) => gate is Gate.WeeklyCap or Gate.DailyPace;
}
