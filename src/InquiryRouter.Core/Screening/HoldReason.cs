using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Screening;

/// <summary>Why an inquiry waits for a person: a code that is stored, and the sentence a coordinator reads.</summary>
public sealed record HoldReason(string Code, string Sentence, bool Urgent = false)
{
    public static readonly HoldReason Emergency = new("emergency-words",
        "The message contains words of an emergency. Contact the patient now; the page has told them to call their emergency number.", Urgent: true);

    public static readonly HoldReason NoConsentToShare = new("no-consent-to-share",
        "The patient has not agreed that clinics may see the inquiry. Ask them; it cannot be routed before.");

    public static readonly HoldReason Minor = new("minor",
        "The patient may be under 18: a parent or guardian must ask, and the clinic must treat children.");

    public static readonly HoldReason Neonatal = new("neonatal",
        "Neonatal lupus usually fades within six months; a parent or guardian and a clinic that treats children are needed.");

    public static readonly HoldReason DrugInduced = new("drug-induced",
        "Drug-induced lupus often subsides when the drug is stopped: advise the patient to ask the prescribing doctor first.");

    public static readonly HoldReason Pregnant = new("pregnant",
        "The patient is or may be pregnant: speak with them, and ask what their doctors say, before a clinic is asked.");

    public static readonly HoldReason CannotFly = new("cannot-fly",
        "The patient says that they cannot fly: ask how they would travel, and whether their doctors allow it.");

    public static readonly HoldReason ConditionNotListed = new("condition-not-listed",
        "The patient named a condition that is not in the list; no clinic is matched by itself.");

    public static readonly HoldReason TreatedAtOnce = new("treated-at-once",
        "It is, or may be, a disease that is treated at once, near home (acute leukaemia). Speak with the patient today: ask what their doctors say, "
        + "and do not let a journey delay treatment. Released, it goes on like any other.");

    public static readonly HoldReason SuspectedSpam = new("suspected-spam",
        "It has signs of having been sent by a program. Nothing was mailed to its sender. Read it; released, it goes on like any other.");

    public static readonly HoldReason PossibleDuplicate = new("possible-duplicate",
        "Probably the same patient, in the same matter, as an inquiry that is still open. Released, it goes on as one of its own; paired, it is closed and the other goes on.");

    public static readonly HoldReason Reopened = new("reopened",
        "It was closed as a duplicate, and that was undone. Read it; released, it goes on.");

    /// <summary>Not of a hold: why an inquiry is closed.</summary>
    public static readonly HoldReason ClosedAsDuplicate = new("closed-as-duplicate",
        "A coordinator found it to be of the same patient and matter as another inquiry, which goes on.");

    /// <summary>Not of a hold: why an inquiry is closed.</summary>
    public static readonly HoldReason PatientWithdrew = new("patient-withdrew", "The patient has withdrawn the inquiry.");

    /// <summary>Not of a hold: why an inquiry is closed.</summary>
    public static readonly HoldReason Treated = new("treated", "The clinic has told us that the patient was treated.");

    /// <summary>Not of a hold: why an inquiry is closed.</summary>
    public static readonly HoldReason BookedElsewhere = new("booked-elsewhere", "The patient has booked a treatment in another way.");

    /// <summary>Not of a hold: why an inquiry is closed.</summary>
    public static readonly HoldReason GoneSilent = new("gone-silent", "The patient does not answer any more.");

    /// <summary>Not of a hold: why an inquiry is closed.</summary>
    public static readonly HoldReason NotSuitable = new("not-suitable", "What the patient asks for cannot be arranged by us.");

    /// <summary>Not of a hold: why an inquiry is closed.</summary>
    public static readonly HoldReason ReachedOtherwise = new("reached-otherwise", "The patient was helped in another way.");

    /// <summary>Not of a hold: why an inquiry is closed.</summary>
    public static readonly HoldReason Spam = new("spam", "A coordinator has read it, and it is no inquiry.");

    /// <summary>Not of a hold: why an inquiry is closed.</summary>
    public static readonly HoldReason ClosedOtherwise = new("closed-otherwise", "A coordinator has closed it; a note says why.");

    public static readonly HoldReason QuestionAsked = new("question-asked",
        "You have asked the patient something. When they answer on their page, it comes back to you.");

    public static readonly HoldReason ConsentAsked = new("consent-asked",
        "You have asked the patient to agree that clinics may see the inquiry. When they do, it goes on by itself.");

    public static readonly HoldReason PatientAnswered = new("patient-answered",
        "The patient has answered what you asked. Read it; released, it goes on.");

    public static readonly HoldReason TakenBack = new("taken-back",
        "A coordinator took it back from the clinic that had it. Released, it is matched again; that clinic is not asked any more.");

    public static readonly HoldReason ReturnedByClinic = new("returned-by-clinic",
        "The clinic that had the patient gave them back for a reason another clinic cannot mend. Ask the patient what they want; released, it is matched again.");

    public static readonly HoldReason NoClinicFits = new("no-clinic-fits",
        "No clinic passes every gate for this inquiry at this moment. Released, it is matched again; with nothing changed it comes back here.");

    public static readonly HoldReason NoClinicLeft = new("no-clinic-left",
        "Every clinic that fitted has declined, let the offer lapse, or has no capacity left.");

    public static readonly HoldReason OfferLimit = new("offer-limit",
        "As many clinics as the policy allows have been asked, and none has taken the patient. Release it to ask others.");

    public static readonly HoldReason WaitsForCapacity = new("waits-for-capacity",
        "Every clinic that fits has no free place at this moment. It goes on by itself, the longest waiting first, when a place is freed.");

    public static readonly HoldReason ApprovalNeeded = new("approval-needed",
        "The policy asks for a coordinator's yes before a clinic is asked. Released, it is offered to the clinics of its match.");

    public static readonly HoldReason PatientUnreachable = new("patient-unreachable",
        "Mail to the patient does not arrive: the address takes none. Call them, if they left a phone number. "
        + "They can correct the address on their page; released, the inquiry goes on without mail to them.");

    /// <summary>In the history, which outlives the patient's data: something about who they are or what they have.</summary>
    public const string AboutThePatient = "about-the-patient";

    private static readonly HoldReason[] s_all =
        [Emergency, NoConsentToShare, Minor, Neonatal, DrugInduced, Pregnant, CannotFly, ConditionNotListed, TreatedAtOnce, SuspectedSpam, PossibleDuplicate, Reopened, ClosedAsDuplicate, PatientWithdrew, Treated, ReturnedByClinic,
            NoClinicFits, NoClinicLeft, OfferLimit, WaitsForCapacity, ApprovalNeeded, PatientUnreachable,
            BookedElsewhere, GoneSilent, NotSuitable, ReachedOtherwise, Spam, ClosedOtherwise, QuestionAsked, ConsentAsked, PatientAnswered, TakenBack];

    private static readonly HoldReason[] s_ofCoordinators =
    [
        ClosedAsDuplicate, PatientWithdrew, Treated, BookedElsewhere, GoneSilent, NotSuitable, ReachedOtherwise, Spam, ClosedOtherwise, Reopened,
        QuestionAsked, ConsentAsked, PatientAnswered, TakenBack,
    ];

    /// <summary>What the history says of it: it stays when the patient is erased, and must not tell their age or what they have.</summary>
    public string InHistory =>
        this == Emergency || this == Minor || this == Neonatal || this == DrugInduced || this == Pregnant || this == CannotFly
        || this == ConditionNotListed || this == TreatedAtOnce
            ? AboutThePatient : Code;

    internal static bool IsKnown(string code) => Array.Exists(s_all, r => r.Code == code) || code == AboutThePatient;

    /// <summary>The reason stored under <paramref name="code"/>; an unknown code (of a newer version) explains itself by its name.</summary>
    public static HoldReason Of(string code) => Array.Find(s_all, r => r.Code == code) ?? new HoldReason(code, code);

    /// <summary>True for what was found in the inquiry itself; false for what routing came to, which is asked anew when it goes on.</summary>
    public static bool IsOfScreening(HoldReason reason) =>
        reason != NoClinicFits && reason != NoClinicLeft && reason != OfferLimit && reason != WaitsForCapacity && reason != ApprovalNeeded && reason != ReturnedByClinic
        && reason != TreatedAtOnce && reason != QuestionAsked && reason != ConsentAsked && reason != PatientAnswered && reason != TakenBack;

    /// <summary>
    /// What stays released once a coordinator has sent an inquiry on for all of these, whatever the patient corrects later. Consent is the
    /// patient's; which inquiries are no pair is kept with each pair; what routing came to is another question after a correction.
    /// </summary>
    public static IEnumerable<HoldReason> StayingReleased(IEnumerable<HoldReason> reasons) => reasons.Where(r =>
        r == TreatedAtOnce
        || (IsOfScreening(r) && r != NoConsentToShare && r != PossibleDuplicate && !s_ofCoordinators.Contains(r)));

    /// <summary>What an inquiry is held for again when it is opened again: what was found in it, less how it came to be closed.</summary>
    public static IEnumerable<HoldReason> Left(IEnumerable<HoldReason> reasons) =>
        reasons.Where(r => IsOfScreening(r) && !s_ofCoordinators.Contains(r));

    /// <summary>The sentence, fitted to who asks: what a coordinator must do for a child depends on it.</summary>
    public string SentenceFor(Relation relation) => (Code, relation) switch
    {
        ("minor", Relation.Self) =>
            "The patient may be under 18 and wrote themselves: ask their age first; a child's parent or guardian must ask, and the clinic must treat children.",
        ("minor", Relation.Parent) =>
            "A parent asks for a patient who may be under 18: confirm that they may decide for the child, and that the clinic treats children.",
        ("minor", Relation.Carer) =>
            "A carer asks for a patient who may be under 18: ask for the parent or guardian, who must agree; the clinic must treat children.",
        ("neonatal", Relation.Self) =>
            "Neonatal lupus is of a newborn, who cannot have written: ask for whom this is. It usually fades within six months; a parent or guardian must ask.",
        ("neonatal", Relation.Parent) =>
            "Neonatal lupus usually fades within six months: advise the parent to ask the child's doctor; the clinic must treat children.",
        ("neonatal", Relation.Carer) =>
            "Neonatal lupus usually fades within six months: ask for the parent or guardian, who must agree; the clinic must treat children.",
        ("drug-induced", Relation.Parent or Relation.Carer) =>
            "Drug-induced lupus often subsides when the drug is stopped: advise who asks to speak with the prescribing doctor first. Nobody should stop a drug by themselves.",
        ("drug-induced", Relation.Self) =>
            "Drug-induced lupus often subsides when the drug is stopped: advise the patient to ask the prescribing doctor first. Nobody should stop a drug by themselves.",
        _ => Sentence,
    };
}
