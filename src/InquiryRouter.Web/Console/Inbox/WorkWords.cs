using InquiryRouter.Application;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;

namespace InquiryRouter.Web.Console.Inbox;

/// <summary>Open work in words.</summary>
internal static class WorkWords
{
    /// <summary>What it is, for the first column.</summary>
    public static string Label(WorkKind kind) => kind switch
    {
        WorkKind.EmergencyWords => "Emergency words",
        WorkKind.Held => "Held",
        WorkKind.Quarantined => "Looks like a robot",
        WorkKind.AwaitingPatient => "No answer from the patient",
        WorkKind.SecondExpiry => "Second clinic silent",
        WorkKind.PatientWrote => "Patient wrote",
        WorkKind.ClinicWrote => "Clinic wrote",
        WorkKind.QuoteToLookAt => "New price",
        WorkKind.BadCheckIn => "It does not go on",
        WorkKind.Lapse => "Clinic lapsed after a yes",
        WorkKind.PossibleDuplicate => "Same patient?",
        WorkKind.PatientUnreachable => "Patient not reached by mail",
        WorkKind.ParkedMessage => "Message parked",
        WorkKind.StuckMail => "Mail stuck",
        WorkKind.CredentialDue => "Credential due",
        WorkKind.ClinicUnreachable => "Clinic not reached by mail",
        WorkKind.PolicyProposed => "Policy proposed",
        _ => WorkKinds.Code(kind),
    };

    /// <summary>Why, in sentences where a code has one.</summary>
    public static string Why(OpenWork work)
    {
        var said = work.Reason.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(code => HoldReason.Of(code).Sentence).ToList();
        return said.Count > 0 && work.Kind is WorkKind.Held or WorkKind.Quarantined or WorkKind.AwaitingPatient or WorkKind.EmergencyWords
            ? string.Join(' ', said)
            : Sentence(WorkKinds.Sentence(work.Kind)) + (work.Reason.Length > 0 ? $" ({work.Reason.Replace('-', ' ')})" : string.Empty);
    }

    public static string Owner(WorkItem item, IReadOnlyDictionary<Guid, string> people, UserId me)
    {
        if (item.Work.OwnerId is not { } owner)
        {
            return "nobody";
        }

        var name = owner == me.Value ? "you" : people.GetValueOrDefault(owner, "somebody at the command line");
        return item.Gone switch
        {
            OwnerGone.No => name,
            OwnerGone.Away => $"{name} (away: everyone's)",
            OwnerGone.Disabled => $"{name} (gone: everyone's)",
            _ => $"{name} (silent: everyone's)",
        };
    }

    /// <summary>Why something could not be done with it.</summary>
    public static string Refused(Outcome outcome) => outcome switch
    {
        Outcome.NotFound => "It is done already: somebody was first, or what it waited for has happened.",
        Outcome.NotPossible { Why: TakeWork.Changed } => "A colleague has changed it since you opened the page. Look at it as it is now.",
        Outcome.NotPossible { Why: GiveWork.NotThere } => "Nobody of this name is there. Choose somebody who is.",
        Outcome.NotPossible { Why: SnoozeWork.IsUrgent } => "An emergency cannot be put off.",
        Outcome.NotPossible { Why: SnoozeWork.WrongMoment } => $"Put it off for at most {SnoozeWork.Longest.TotalDays:0} days.",
        Outcome.NotPossible { Why: FinishWork.NotByReading } => "Reading it is not enough: it ends with what answers it, like a release.",
        _ => "It could not be done.",
    };

    /// <summary>What was done with many, behind how many.</summary>
    public static string DoneInBulk(string deed) => deed switch
    {
        "take" => "are yours",
        "pass" => "are everyone's again",
        "give" => "are given",
        "snooze" => "are put off",
        _ => "are done",
    };

    /// <summary>Why one of many was left alone.</summary>
    public static string Skipped(string why) => why switch
    {
        BulkItem.Closed => "was done already: somebody was first, or what it waited for has happened.",
        TakeWork.Changed => "was changed by somebody since you saw it.",
        GiveWork.NotThere => "cannot be given to somebody who is not there.",
        SnoozeWork.IsUrgent => "is an emergency, and cannot be put off.",
        FinishWork.NotByReading => "is not done by reading it: it ends with what answers it.",
        _ => "could not be done.",
    };

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..] + ".";
}
