using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Web.Console.Inquiries;

/// <summary>A coordinator's actions in words.</summary>
internal static class ActionWords
{
    /// <summary>Why nothing was done.</summary>
    public static string Of(ActionOutcome outcome) => outcome switch
    {
        ActionOutcome.Stale stale => "Since you opened the page, this has happened: "
            + string.Join("; ", stale.Since.Select(e => $"{e.Action} {e.Detail}".TrimEnd() + $" ({e.ActorName})")) + ". Press again if it is still right.",
        ActionOutcome.StandsAgainst { Standing: var standing } => standing.All(s => s.Bends)
            ? "Something stands against it that bends with a reason: choose one, and press again."
            : "Something stands against it that never bends.",
        ActionOutcome.Refused refused => Of(refused.Why),
        ActionOutcome.Invalid invalid => Of(invalid.Why),
        _ => "It could not be done.",
    };

    /// <summary>What a form is for.</summary>
    public static string Title(string action) => action switch
    {
        ActionEndpoints.Note => "a note for colleagues",
        ActionEndpoints.Ask => "a question to the patient",
        ActionEndpoints.Write => "a message to a clinic",
        ActionEndpoints.Offer => "an offer to a clinic",
        ActionEndpoints.TakeBack => "taking it back from a clinic",
        ActionEndpoints.Close => "closing it",
        ActionEndpoints.Reopen => "opening it again",
        _ => action.Replace('-', ' '),
    };

    public static string Of(GateKind kind) => kind switch
    {
        GateKind.Wish => "a wish of the patient",
        GateKind.Moment => "of the moment",
        _ => "a requirement: it never bends",
    };

    /// <summary>A code of <see cref="QuestionTemplate"/>, as it is chosen.</summary>
    public static string Template(string code) => code switch
    {
        QuestionTemplate.Consent => "May clinics see the inquiry?",
        "reports" => "Send us your reports",
        "phone" => "A phone number, please",
        "age" => "How old is the patient?",
        "wishes" => "May one of your wishes be different?",
        "still-interested" => "Are you still interested?",
        _ => code,
    };

    /// <summary>A code of <see cref="TakeBackReason"/>.</summary>
    public static string TakeBack(string reason) => reason switch
    {
        TakeBackReason.PatientAsked => "the patient asked for it",
        TakeBackReason.ClinicSilent => "the clinic is silent",
        TakeBackReason.ClinicAsked => "the clinic asked for it",
        TakeBackReason.Mistake => "it was a mistake",
        TakeBackReason.Other => "something else",
        _ => reason,
    };

    /// <summary>A code of <see cref="OfferReason"/>.</summary>
    public static string Offer(string reason) => reason switch
    {
        OfferReason.PatientAgrees => "the patient agrees",
        OfferReason.ClinicAgrees => "the clinic agrees",
        OfferReason.BothAgree => "both agree",
        _ => reason,
    };

    public static string Of(CoordinatorRefusal why) => why switch
    {
        CoordinatorRefusal.AlreadyDone => "It was done before.",
        CoordinatorRefusal.Erased => "It is erased, and nothing is known of it any more.",
        CoordinatorRefusal.Closed => "It is closed. Open it again first.",
        CoordinatorRefusal.NotClosed => "It is not closed.",
        CoordinatorRefusal.NotWaiting => "It waits for nobody.",
        CoordinatorRefusal.NoConsent => "The patient has not agreed that clinics see it. Ask them.",
        CoordinatorRefusal.InHand => "A clinic has the patient in hand. Take it back first.",
        CoordinatorRefusal.Quarantined => "It may be a robot's. Read it and release it first.",
        CoordinatorRefusal.NotThere => "That clinic is not asked, and does not have it.",
        CoordinatorRefusal.NotMatched => "No clinics were chosen for it yet. Release it, and they are.",
        _ => "It cannot be done as things stand.",
    };

    private static string Of(string why) => why switch
    {
        ActionOutcome.Empty => "Write something.",
        ActionOutcome.TooLong => "The text is too long: at most 4,000 characters are kept.",
        ActionOutcome.NeedsText => "This reason says too little by itself. Write more about it.",
        ActionOutcome.NoSuchReason => "Choose one from the list.",
        ActionOutcome.NamesThePatient => "The text names the patient, and this clinic does not see who they are.",
        ActionOutcome.PatientWithdrew => "The patient has withdrawn it themselves. If they want it back, tick that they asked for it.",
        ActionOutcome.NoSuchClinic => "The clinic is not in the network.",
        ActionOutcome.TooLate => "It is too late: it has been sent, or answered.",
        _ => why,
    };
}

/// <summary>What was typed into a form that could not be done, and why: the page shows it again, and nothing typed is lost.</summary>
/// <param name="Action">Which form.</param>
/// <param name="Problem">Why, as a sentence.</param>
/// <param name="Standing">What stands against an offer; empty: nothing that was asked about.</param>
public sealed record TypedAction(string Action, string Problem, ActionFields Fields, IReadOnlyList<Standing> Standing);
