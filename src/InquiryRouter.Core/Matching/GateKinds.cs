using System.Collections.Frozen;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;

namespace InquiryRouter.Core.Matching;

/// <summary>Whose a gate is to open.</summary>
public enum GateKind
{
    /// <summary>The patient's: they may wish for something else. To see what would follow it can be left open.</summary>
    Wish,

    /// <summary>Nobody's to waive: law, accreditation, staff, what the clinic treats. Only a fact opens it.</summary>
    Requirement,

    /// <summary>Of the moment: it opens by itself, or is about what happened before.</summary>
    Moment,
}

/// <summary>Of each gate which kind it is, and what would open it.</summary>
public static class GateKinds
{
    private static readonly FrozenDictionary<Gate, (GateKind Kind, string OpenedBy)> s_kinds = new Dictionary<Gate, (GateKind, string)>
    {
        [Gate.Inactive] = (GateKind.Requirement, "The clinic is made active in the network."),
        [Gate.Suspended] = (GateKind.Requirement, "The authority lifts the suspension, and the clinic's record says so."),
        [Gate.OnLeave] = (GateKind.Moment, "The clinic is back from leave, or ends its pause."),
        [Gate.MailUnreachable] = (GateKind.Requirement, "The clinic has an address that mail reaches."),
        [Gate.Condition] = (GateKind.Requirement, "Nothing: the clinic treats other conditions."),
        [Gate.ConditionType] = (GateKind.Requirement, "Nothing: the clinic treats other types of it."),
        [Gate.Treatment] = (GateKind.Requirement, "Nothing: the clinic offers other treatments."),
        [Gate.CellSource] = (GateKind.Wish, "The patient takes cells from another source."),
        [Gate.CountryRuleUnknown] = (GateKind.Requirement, "A rule that says what the law of the country is."),
        [Gate.CountryRuleForbids] = (GateKind.Requirement, "Another law: a rule that says so, with its source."),
        [Gate.CountryRuleCredential] = (GateKind.Requirement, "The credential the law asks for, verified and in force."),
        [Gate.FacilitatorPermission] = (GateKind.Requirement, "A permission of our own, in force, in the reference files."),
        [Gate.Accreditation] = (GateKind.Requirement, "An accreditation that covers the treatment, verified and in force."),
        [Gate.Physician] = (GateKind.Requirement, "A physician of the specialty, with a verified certification in force."),
        [Gate.AgeGroup] = (GateKind.Requirement, "Nothing: the clinic treats patients of another age."),
        [Gate.Destination] = (GateKind.Wish, "The patient would travel to another country."),
        [Gate.Language] = (GateKind.Wish, "The patient takes an interpreter, or speaks another language."),
        [Gate.Budget] = (GateKind.Wish, "The patient can spend more."),
        [Gate.AlreadyTried] = (GateKind.Moment, "Nothing by itself: the clinic was asked, and is not asked again."),
        [Gate.Conflict] = (GateKind.Moment, "The two inquiries are not of the same patient, and are no pair any more."),
        [Gate.WeeklyCap] = (GateKind.Moment, "A place is freed, or the clinic's week begins."),
        [Gate.DailyPace] = (GateKind.Moment, "The clinic's day is over."),
    }.ToFrozenDictionary();

    /// <summary>
    /// The kind of a gate for this inquiry. A type of the condition that the patient does not know is found out, which counts as a wish;
    /// a type they have is what they have.
    /// </summary>
    public static GateKind Of(Gate gate, InquiryFacts facts) => IsUnknownType(gate, facts) ? GateKind.Wish : s_kinds[gate].Kind;

    /// <summary>What would open it, in a sentence for a coordinator.</summary>
    public static string OpenedBy(Gate gate, InquiryFacts facts) =>
        IsUnknownType(gate, facts) ? "The patient finds out which type they have." : s_kinds[gate].OpenedBy;

    /// <summary>The gates that may be left open for this inquiry, in the order they are asked.</summary>
    public static IEnumerable<Gate> Wishes(InquiryFacts facts) => GateList.All.Where(g => Of(g, facts) == GateKind.Wish);

    /// <summary>The first day, the clinic's own, on which a gate of the moment is open by itself; null: it does not open by itself.</summary>
    public static DateOnly? OpensOn(Gate gate, Clinic clinic, DateTimeOffset now)
    {
        var today = CapWeek.Day(now, clinic.TimeZone);
        return gate switch
        {
            Gate.OnLeave => clinic.AwayUntil(today)?.AddDays(1),
            Gate.WeeklyCap when clinic.WeeklyCap > 0 => CapWeek.Of(today).AddDays(7),
            Gate.DailyPace when clinic.DailyPace > 0 => today.AddDays(1),
            _ => null,
        };
    }

    private static bool IsUnknownType(Gate gate, InquiryFacts facts) => gate == Gate.ConditionType && facts.ConditionType is null;
}
