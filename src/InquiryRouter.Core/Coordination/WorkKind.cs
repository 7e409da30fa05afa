namespace InquiryRouter.Core.Coordination;

/// <summary>What it is that needs a person. Stored by name.</summary>
public enum WorkKind
{
    /// <summary>A patient has written of an emergency: in the inquiry, or later while a clinic has them.</summary>
    EmergencyWords,

    /// <summary>An inquiry is held; its reasons say why.</summary>
    Held,

    /// <summary>An inquiry looks like a program's.</summary>
    Quarantined,

    /// <summary>A patient was asked and has not answered for long.</summary>
    AwaitingPatient,

    /// <summary>Two clinics or more have let their time for one inquiry pass.</summary>
    SecondExpiry,

    /// <summary>A patient has added something that nobody has read.</summary>
    PatientWrote,

    /// <summary>A clinic has asked or remarked something that nobody has read.</summary>
    ClinicWrote,

    /// <summary>A clinic's price stands that nobody has looked at.</summary>
    QuoteToLookAt,

    /// <summary>A patient has said that no clinic is in touch, or that they want no more questions.</summary>
    BadCheckIn,

    /// <summary>A clinic that has said yes no longer meets a requirement.</summary>
    Lapse,

    /// <summary>An inquiry may be of a patient we have, and nobody has decided.</summary>
    PossibleDuplicate,

    /// <summary>Mail to a patient does not arrive while a clinic has them in hand.</summary>
    PatientUnreachable,

    /// <summary>A message is parked: its inquiry may stand still.</summary>
    ParkedMessage,

    /// <summary>A mail was refused, or may not have arrived.</summary>
    StuckMail,

    /// <summary>Credentials of a clinic are to be verified again, have ended, or end soon.</summary>
    CredentialDue,

    /// <summary>Mail to a clinic does not arrive: nobody is offered to it.</summary>
    ClinicUnreachable,

    /// <summary>A policy is proposed, and waits for a second person.</summary>
    PolicyProposed,
}

/// <summary>What is true of every piece of work of a kind.</summary>
public static class WorkKinds
{
    /// <summary>How long a patient may stay silent before a person asks again.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromDays(7);

    public static readonly IReadOnlyList<WorkKind> All = Enum.GetValues<WorkKind>();

    /// <summary>
    /// By when it is to be answered, from the first moment it waits. What a clinic's credential needs has a day of its own.
    /// </summary>
    public static TimeSpan TimeFor(WorkKind kind) => kind switch
    {
        WorkKind.EmergencyWords => TimeSpan.FromHours(1),
        WorkKind.ParkedMessage => TimeSpan.FromHours(4),
        WorkKind.Quarantined or WorkKind.PossibleDuplicate => TimeSpan.FromHours(72),
        WorkKind.QuoteToLookAt => TimeSpan.FromHours(48),
        WorkKind.CredentialDue => TimeSpan.FromDays(7),
        WorkKind.PolicyProposed => TimeSpan.FromDays(3),
        _ => TimeSpan.FromHours(24),
    };

    /// <summary>The patient's inquiry goes nowhere before it is answered: how long they have waited counts from the first time it was so.</summary>
    public static bool KeepsPatientWaiting(WorkKind kind) => IsOfState(kind) || kind == WorkKind.EmergencyWords;

    /// <summary>A person who has read it can say that it is done; anything else is closed by what answers it.</summary>
    public static bool IsDoneByReading(WorkKind kind) => kind is WorkKind.EmergencyWords or WorkKind.SecondExpiry or WorkKind.PatientWrote
        or WorkKind.ClinicWrote or WorkKind.QuoteToLookAt or WorkKind.BadCheckIn or WorkKind.PatientUnreachable;

    /// <summary>What the history says of it: it stays when the patient is erased, and must not tell what they have.</summary>
    public static string InHistory(WorkKind kind) => kind == WorkKind.EmergencyWords ? Screening.HoldReason.AboutThePatient : Code(kind);

    /// <summary>As people read and type it: <c>patient-wrote</c>.</summary>
    public static string Code(WorkKind kind) => kind switch
    {
        WorkKind.EmergencyWords => "emergency-words",
        WorkKind.Held => "held",
        WorkKind.Quarantined => "quarantined",
        WorkKind.AwaitingPatient => "awaiting-patient",
        WorkKind.SecondExpiry => "second-expiry",
        WorkKind.PatientWrote => "patient-wrote",
        WorkKind.ClinicWrote => "clinic-wrote",
        WorkKind.QuoteToLookAt => "quote-to-look-at",
        WorkKind.BadCheckIn => "bad-check-in",
        WorkKind.Lapse => "lapse",
        WorkKind.PossibleDuplicate => "possible-duplicate",
        WorkKind.PatientUnreachable => "patient-unreachable",
        WorkKind.ParkedMessage => "parked-message",
        WorkKind.StuckMail => "stuck-mail",
        WorkKind.CredentialDue => "credential-due",
        WorkKind.ClinicUnreachable => "clinic-unreachable",
        WorkKind.PolicyProposed => "policy-proposed",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The kind of a code; null: there is none.</summary>
    public static WorkKind? Of(string code) => All.Where(k => Code(k) == code).Select(k => (WorkKind?)k).FirstOrDefault();

    /// <summary>What a coordinator reads.</summary>
    public static string Sentence(WorkKind kind) => kind switch
    {
        WorkKind.EmergencyWords => "the patient has written words of an emergency: contact them now",
        WorkKind.Held => "the inquiry is held: read why, and send it on",
        WorkKind.Quarantined => "the inquiry looks like a program's: read it",
        WorkKind.AwaitingPatient => "the patient was asked and has not answered",
        WorkKind.SecondExpiry => "a second clinic has let its time pass",
        WorkKind.PatientWrote => "the patient has written",
        WorkKind.ClinicWrote => "a clinic has written",
        WorkKind.QuoteToLookAt => "a clinic has given a price",
        WorkKind.BadCheckIn => "the patient says that it does not go on, or wants no more questions",
        WorkKind.Lapse => "a clinic that has accepted no longer meets a requirement",
        WorkKind.PossibleDuplicate => "it may be of a patient we have: pair or unpair",
        WorkKind.PatientUnreachable => "mail to the patient does not arrive, and a clinic has them in hand: call them",
        WorkKind.ParkedMessage => "a message could not be handled, and its inquiry may stand still: requeue it, or set it aside",
        WorkKind.StuckMail => "a mail was refused, or may not have arrived: send it again, or set it aside",
        WorkKind.CredentialDue => "credentials of the clinic are to be verified again, have ended, or end soon",
        WorkKind.ClinicUnreachable => "mail to the clinic does not arrive: correct its address",
        WorkKind.PolicyProposed => "a policy is proposed: somebody else puts it in force",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static bool IsOfState(WorkKind kind) => kind is WorkKind.Held or WorkKind.Quarantined or WorkKind.AwaitingPatient;
}
