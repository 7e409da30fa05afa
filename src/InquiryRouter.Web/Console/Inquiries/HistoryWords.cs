using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;

namespace InquiryRouter.Web.Console.Inquiries;

/// <summary>A line of the history as a coordinator reads it.</summary>
internal static class HistoryWords
{
    /// <param name="entry">The line.</param>
    /// <param name="clinicName">Of a clinic's code; null: the codes are said.</param>
    public static string Of(AuditEntry entry, Func<string, string>? clinicName = null) => Of(entry.Event, clinicName ?? (code => code));

    /// <summary>Who did it.</summary>
    public static string Who(AuditEntry entry, Func<string, string> clinicName) => entry.ActorKind switch
    {
        "patient" => "the patient",
        "clinic" => clinicName(entry.ActorName),
        "stage" => "by itself",
        _ => entry.ActorName,
    };

    private static string Of(HistoryEvent said, Func<string, string> clinic) => said switch
    {
        HistoryEvent.Received => "The inquiry was sent",
        HistoryEvent.Corrected => "What is asked for was corrected: it begins anew",
        HistoryEvent.ContactCorrected => "Names or addresses were corrected",
        HistoryEvent.Cleared => "Screening let it go on",
        HistoryEvent.Quarantined it => $"It looks like a robot's: {Plain(it.Reasons)}",
        HistoryEvent.Held it => Of(it, clinic),
        HistoryEvent.PatientAsked it => $"It waits for the patient: {Plain(it.Reason)}{After(it.After, clinic)}",
        HistoryEvent.Released it => Of(it, clinic),
        HistoryEvent.Matched => "Clinics that fit were found",
        HistoryEvent.Approved => "The decision was approved",
        HistoryEvent.Offered.Anew it => $"Offered to {Names(it.To, clinic)}{After(it.After, clinic)}{PassedOver(it, clinic)}",
        HistoryEvent.Offered.ByHand it => $"Offered to {clinic(it.Clinic)}, chosen by a person"
            + (it.Gates.Count > 0 ? $", in spite of: {Plain(it.Gates)}" : string.Empty) + (it.Reason is { } why ? $" ({Plain(why)})" : string.Empty),
        HistoryEvent.Offered.Again it => $"{clinic(it.Clinic)} asked for its offer back, and can answer again",
        HistoryEvent.Offered.AsBefore => "Its clinics can answer again, and their time begins anew",
        HistoryEvent.Accepted.ByClinic it => it.Discloses ? "Accepted; the clinic was shown who the patient is" : "Accepted; the clinic does not see yet who the patient is",
        HistoryEvent.Accepted.ByPatient it => $"The patient chose {clinic(it.Clinic)}, which sees who they are",
        HistoryEvent.AcceptanceUndone it => $"{clinic(it.Clinic)} took its yes back",
        HistoryEvent.Declined it => Of(it, clinic),
        HistoryEvent.Recalled it => $"The offer to {clinic(it.Clinic)} was recalled, which no longer meets: {Plain(it.Gate)}",
        HistoryEvent.QuoteRecalled it => $"The price of {clinic(it.Clinic)} was recalled, which no longer meets: {Plain(it.Gate)}",
        HistoryEvent.Returned it => $"{clinic(it.Clinic)} gave the patient back: {Plain(it.Reason)}",
        HistoryEvent.Booked it => $"Booked with {clinic(it.Clinic)}",
        HistoryEvent.Closed.For it => $"Closed: {Plain(it.Reasons)}",
        HistoryEvent.Closed.AsDuplicate it => $"Closed: the same as {it.Reference}",
        HistoryEvent.Closed.Treated it => $"Closed: treated by {clinic(it.Clinic)}",
        HistoryEvent.Reopened it => $"Opened again: it is not the same as {it.Reference}",
        HistoryEvent.OpenedAgain it => $"Opened again; it had been closed: {Plain(it.Was)}",
        HistoryEvent.TakenBack it => $"Taken back from {clinic(it.Clinic)}: {Plain(it.Reason)}" + Of(it.Then),
        HistoryEvent.Noted => "A note was written",
        HistoryEvent.ClinicWritten it => $"{clinic(it.Clinic)} was written to",
        HistoryEvent.ClinicAnswered => "The clinic answered the coordinators",
        HistoryEvent.Begun it => $"Begun, and can be undone for {Undoing.Time.TotalSeconds:0} seconds: {Deed(it.What)}",
        HistoryEvent.Undone it => $"Undone before anybody was told: {Deed(it.What)}",
        HistoryEvent.Dropped it => $"Not done: {Deed(it.What)}. {Why(it.Why)}",
        HistoryEvent.ClinicLapsed it => $"{clinic(it.Clinic)} no longer meets: {Plain(it.Gate)}",
        HistoryEvent.ClinicRecovered it => $"{clinic(it.Clinic)} meets every requirement again",
        HistoryEvent.Erased it => it.Why is { } why ? $"Erased: {Plain(why)}" : "Erased, as the patient asked",
        HistoryEvent.Beside it => $"{Of(it.Step, clinic)}, beside another clinic that has the patient",
        HistoryEvent.CheckedIn it => $"The patient answered how it goes: {Plain(it.Answer)}",
        HistoryEvent.InformationAdded => "Something was added",
        HistoryEvent.ConsentGiven => "The patient agreed that clinics may see it",
        HistoryEvent.ConsentWithdrawn => "The patient no longer agrees that clinics see it",
        HistoryEvent.Unsubscribed => "The patient wants no more mails about how it goes",
        HistoryEvent.QuoteDeclined it => $"The price of {clinic(it.Clinic)} is not for the patient",
        HistoryEvent.Undelivered it => $"Mail to {clinic(it.Clinic)} did not arrive: its offer ended",
        HistoryEvent.PatientUnreachable => "Mail to the patient does not arrive",
        HistoryEvent.IdentityShown it => $"{clinic(it.Clinic)} was shown who the patient is",
        HistoryEvent.IdentityHidden it => $"{clinic(it.Clinic)} no longer sees who the patient is",
        HistoryEvent.Quoted => "The clinic named a price",
        HistoryEvent.MessageCorrected => "The message was corrected; clinics that have it keep it",
        HistoryEvent.ClinicAsked => "The patient asked the clinic something",
        HistoryEvent.ClinicReplied => "The clinic answered the patient",
        HistoryEvent.QuestionAsked => "The patient was asked something",
        HistoryEvent.Forwarded => "The clinic sent it on to a colleague",
        HistoryEvent.LinkReplaced => "The patient has a new link, and the old one ended",
        HistoryEvent.MailWithheld it => $"A mail was not sent, since too many went there: {Kind(it.Kind)}",
        HistoryEvent.Worked it => Of(it),
        HistoryEvent.MailsDecided it => $"Mails that stood still were {MailDeed(it.What)}: {string.Join(", ", it.Kinds.Select(Kind))}",
        HistoryEvent.Unknown it => $"{Plain(it.Action)} {it.Detail}".TrimEnd(),
        _ => throw new ArgumentOutOfRangeException(nameof(said), said, null),
    };

    private static string Of(HistoryEvent.Held held, Func<string, string> clinic) => held switch
    {
        HistoryEvent.Held.For it => $"It waits for a person: {Plain(it.Reasons)}",
        HistoryEvent.Held.ForApproval it => $"It waits for a person's yes: {Plain(it.Kinds)}",
        HistoryEvent.Held.AfterOffer it => $"It waits for a person: {Plain(it.Reason)}{After(it.After, clinic)}",
        HistoryEvent.Held.GivenBack it => $"It waits for a person: {clinic(it.Clinic)} gave the patient back ({Plain(it.Reason)})",
        HistoryEvent.Held.QuestionUndone => "The question to the patient was taken back: it waits for a person as before",
        HistoryEvent.Held.Because it => $"{Of(it.What, clinic)}: it waits for a person{(it.Emergency ? ", with words of an emergency" : string.Empty)}",
        _ => "It waits for a person",
    };

    private static string Of(HistoryEvent.Released released, Func<string, string> clinic) => released switch
    {
        HistoryEvent.Released.NoDuplicate => "Released: it is no second inquiry of the same patient",
        HistoryEvent.Released.MoreOffers => "Released: more clinics may be asked than the policy's most",
        HistoryEvent.Released.PlaceFreed it => $"{clinic(it.Clinic)} has a place: it goes on",
        HistoryEvent.Released.Because it => $"{Of(it.What, clinic)}: it goes on",
        _ => "Released",
    };

    private static string Of(HistoryEvent.Declined declined, Func<string, string> clinic) => declined switch
    {
        HistoryEvent.Declined.ByClinic it => $"Declined: {Plain(it.Reason)}",
        HistoryEvent.Declined.GivenBack it => $"{clinic(it.Clinic)} gave the patient back: {Plain(it.Reason)}",
        HistoryEvent.Declined.ByPatient it => $"The price of {clinic(it.Clinic)} is not for the patient",
        HistoryEvent.Declined.OfferEnded it => $"The offer to {clinic(it.End.Clinic)} ended: {Ended(it.End.Why)}",
        HistoryEvent.Declined.OfferRecalled it => $"The offer to {clinic(it.Clinic)} was recalled, which no longer meets: {Plain(it.Gate)}",
        _ => "Declined",
    };

    private static string Of(TakenBackThen then) => then switch
    {
        TakenBackThen.IsHeld => "; it waits for a person",
        TakenBackThen.NextIsAsked or TakenBackThen.NextIsAskedAfterYes => "; the next clinic is asked",
        _ => string.Empty,
    };

    private static string Of(HistoryEvent.Worked worked) => $"To do “{Plain(worked.Kind)}” " + worked.What switch
    {
        "taken" => "was taken",
        "given" => "was given to a colleague",
        "passed" => "was given to everyone",
        "snoozed" => "was put off",
        "done" => "was read",
        "freed" => "is everyone's again",
        "restored" => "is as it was before",
        var other => Plain(other),
    };

    private static string Deed(string what) => what switch
    {
        ActionForms.Ask or "question-asked" => "the question to the patient",
        ActionForms.Write or "clinic-written" => "the message to a clinic",
        ActionForms.Offer => "the offer to a clinic",
        ActionForms.TakeBack => "taking it back from a clinic",
        ActionForms.Close => "closing it",
        ActionForms.Release => "releasing it",
        _ => Plain(what),
    };

    private static string Why(string code) => code switch
    {
        "something-happened" => "Something has happened meanwhile that it was not decided on",
        "clinic-not-possible" => "The clinic is not possible any more",
        _ => Enum.GetValues<CoordinatorRefusal>().Where(r => RefusalWords.Code(r) == code).Select(RefusalWords.Of).FirstOrDefault() ?? Plain(code),
    };

    private static string MailDeed(string what) => what switch
    {
        "requeued" => "sent again",
        "set-aside" => "put aside",
        "taken-back" => "brought back",
        _ => Plain(what),
    };

    private static string After(OfferEnd? end, Func<string, string> clinic) =>
        end is null ? string.Empty : $", after {clinic(end.Clinic)} ({Ended(end.Why)})";

    private static string Ended(string why) => why switch
    {
        "expired" => "no answer in time",
        "quote-ended" => "its price ended undecided",
        "mail-undeliverable" => "mail to it did not arrive",
        _ => Plain(why),
    };

    private static string PassedOver(HistoryEvent.Offered.Anew offered, Func<string, string> clinic) => offered.PassedOver.Count == 0 ? string.Empty
        : $"; passed over: {string.Join(", ", offered.PassedOver.Select(p => $"{clinic(p.Clinic)} ({Plain(p.Gate)})"))}";

    private static string Names(IEnumerable<string> codes, Func<string, string> clinic) => string.Join(", ", codes.Select(clinic));

    /// <summary>The kind of a mail: <c>coordinator question</c>.</summary>
    public static string Kind(string kind) =>
        string.Concat(kind.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    private static string Plain(IEnumerable<string> codes) => string.Join(", ", codes.Select(Plain));

    private static string Plain(string code) => code.Replace('-', ' ');
}
