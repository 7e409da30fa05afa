using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Screening;

namespace InquiryRouter.Web.Console.Inquiries;

/// <summary>A coordinator's actions in words.</summary>
internal static class ActionWords
{
    /// <summary>Why nothing was done.</summary>
    public static string Of(ActionOutcome outcome) => outcome switch
    {
        ActionOutcome.Stale stale => "Since you opened the page, this has happened: "
            + string.Join("; ", stale.Since.Select(e => $"{HistoryWords.Of(e)} ({e.ActorName})")) + ". Press again if it is still right.",
        ActionOutcome.StandsAgainst { Standing: var standing } => standing.All(s => s.Bends)
            ? "Something stands against it that bends with a reason: choose one, and press again."
            : "Something stands against it that never bends.",
        ActionOutcome.Refused refused => RefusalWords.Of(refused.Why),
        ActionOutcome.Invalid invalid => RefusalWords.Of(invalid.Why),
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

    /// <summary>Why something is closed, as it is chosen.</summary>
    public static string Close(HoldReason reason) => CloseReason.Code(reason) switch
    {
        "booked-elsewhere" => "the patient has booked elsewhere",
        "gone-silent" => "the patient does not answer any more",
        "not-suitable" => "it cannot be arranged by us",
        "reached-otherwise" => "the patient was helped in another way",
        "spam" => "it is no inquiry (spam)",
        var code => code == CloseReason.Code(HoldReason.ClosedOtherwise) ? "something else; say more below" : code.Replace('-', ' '),
    };

    /// <summary>A code of <see cref="OfferReason"/>.</summary>
    public static string Offer(string reason) => reason switch
    {
        OfferReason.PatientAgrees => "the patient agrees",
        OfferReason.ClinicAgrees => "the clinic agrees",
        OfferReason.BothAgree => "both agree",
        _ => reason,
    };

    /// <summary>What was begun and can still be undone, as it is told of who began it.</summary>
    /// <param name="form">Which form.</param>
    /// <param name="clinic">The name of the clinic it is about; null: of none.</param>
    public static string Begun(string form, string? clinic) => form switch
    {
        ActionForms.Ask => "asks the patient",
        ActionForms.Write => $"writes to {clinic ?? "a clinic"}",
        ActionForms.Offer => $"offers it to {clinic ?? "a clinic"}",
        ActionForms.TakeBack => $"takes it back from {clinic ?? "a clinic"}",
        ActionForms.Close => "closes it",
        _ => "releases it",
    };
}

/// <summary>What was typed into a form that could not be done, and why: the page shows it again, and nothing typed is lost.</summary>
/// <param name="Action">Which form.</param>
/// <param name="Problem">Why, as a sentence.</param>
/// <param name="Standing">What stands against an offer; empty: nothing that was asked about.</param>
public sealed record TypedAction(string Action, string Problem, ActionFields Fields, IReadOnlyList<Standing> Standing)
{
    /// <summary>Those that may be meant by what was typed for a clinic; empty: it is known, or none is.</summary>
    public IReadOnlyList<Core.Matching.Clinic> Clinics { get; init; } = [];
}
