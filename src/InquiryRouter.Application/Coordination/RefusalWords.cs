using System.Text.Json;
using InquiryRouter.Core.Coordination;

namespace InquiryRouter.Application.Coordination;

/// <summary>Why an action on an inquiry is not done: as the console and the command line say it, and as the history keeps it.</summary>
public static class RefusalWords
{
    /// <summary>As the history keeps it.</summary>
    public static string Code(CoordinatorRefusal why) => JsonNamingPolicy.KebabCaseLower.ConvertName(why.ToString());

    /// <summary>A sentence.</summary>
    public static string Of(CoordinatorRefusal why) => why switch
    {
        CoordinatorRefusal.AlreadyDone => "It was done before.",
        CoordinatorRefusal.Erased => "It is erased, and nothing is known of it any more.",
        CoordinatorRefusal.Closed => "It is closed. Open it again first.",
        CoordinatorRefusal.NotClosed => "It is not closed.",
        CoordinatorRefusal.NotWaiting => "It does not wait for anybody: only what is held, looks like a robot's or waits for the patient can be released.",
        CoordinatorRefusal.NoConsent => "The patient has not agreed that clinics see it. Ask them.",
        CoordinatorRefusal.InHand => "A clinic has the patient in hand. Take it back first.",
        CoordinatorRefusal.Quarantined => "It may be a robot's. Read it and release it first.",
        CoordinatorRefusal.NotThere => "That clinic is not asked, and does not have it.",
        CoordinatorRefusal.NotMatched => "No clinics were chosen for it yet. They are chosen when it is released.",
        CoordinatorRefusal.Begun =>
            $"Something was begun with it a moment ago, and is done within {Undoing.Time.TotalSeconds:0} seconds. Undo that, or wait for it.",
        _ => throw new ArgumentOutOfRangeException(nameof(why), why, null),
    };

    /// <summary>A sentence for a code of <see cref="ActionOutcome.Invalid"/>.</summary>
    public static string Of(string invalid) => invalid switch
    {
        ActionOutcome.Empty => "Write something.",
        ActionOutcome.TooLong => "The text is too long: at most 4,000 characters are kept.",
        ActionOutcome.NeedsText => "This reason says too little by itself. Write more about it.",
        ActionOutcome.NoSuchReason => "There is no such reason. Choose one of the list.",
        ActionOutcome.NamesThePatient => "The text names the patient, and this clinic does not see who they are.",
        ActionOutcome.PatientWithdrew => "The patient has withdrawn it themselves. If they want it back, say that they asked for it.",
        ActionOutcome.NoSuchClinic => "The clinic is not in the network.",
        ActionOutcome.TooLate => "It is too late to undo it: it was done, or could not be done any more. The history says which.",
        _ => throw new ArgumentOutOfRangeException(nameof(invalid), invalid, null),
    };
}
