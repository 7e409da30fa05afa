using InquiryRouter.Application.Patients;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Web.Pages;

namespace InquiryRouter.Web.Patient;

/// <summary>What has happened to an inquiry, as its patient reads it: a code's sentence, never what a clinic wrote to us.</summary>
/// <param name="clinicName">By code.</param>
/// <param name="checkIn">The code of an answer to a check-in.</param>
internal sealed class StatusHistory(PatientCase found, Words words, Func<string, string> clinicName, Func<NoteRecord, string> checkIn)
{
    private readonly List<(DateTimeOffset At, string Text)> _events = [];

    /// <summary>Newest first; of two things at one moment the later step.</summary>
    public IReadOnlyList<Row> Rows(Func<DateTimeOffset, string> at)
    {
        _events.Add((found.Inquiry.ReceivedAt, words["status.history.received"]));
        foreach (var referral in found.Referrals)
        {
            AddReferral(referral);
        }

        foreach (var note in found.Notes)
        {
            AddNote(note);
        }

        foreach (var consent in found.Consents.Skip(1))
        {
            _events.Add((consent.At, words[consent.Consent.ShareWithClinics ? "status.history.consentGiven" : "status.history.consentWithdrawn"]));
        }

        foreach (var entry in found.History)
        {
            AddEntry(entry);
        }

        return [.. _events.Index().OrderByDescending(e => e.Item.At).ThenByDescending(e => e.Index).Select(e => new Row(at(e.Item.At), e.Item.Text))];
    }

    private void AddReferral(ReferralRecord referral)
    {
        Add(referral.OfferedAt, "asked", referral.ClinicCode);
        foreach (var quote in found.Quotes.Where(q => q.ReferralId == referral.Id))
        {
            Add(quote.At, "quoted", referral.ClinicCode);
        }

        // A yes may be the patient's own, to a quote: then it is told as their choice.
        if (referral.AcceptedAt is { } accepted && !found.History.Any(e => e.At == accepted && e.ActorKind == Actor.Patient.Kind))
        {
            Add(accepted, "accepted", referral.ClinicCode);
        }

        if (KeyOfEnd(referral) is { } key)
        {
            Add(EndOf(referral), key, referral.ClinicCode);
        }
    }

    private static string? KeyOfEnd(ReferralRecord referral) => referral.State switch
    {
        ReferralState.Declined => "declined." + Known(DeclineReason.All, referral.Reason),
        ReferralState.Returned => "returned." + Known(ReturnReason.All, referral.Reason),
        ReferralState.Expired => "expired",
        ReferralState.Completed => "completed",
        ReferralState.Withdrawn => "withdrawn." + KeyOfWithdrawal(referral.Reason),
        _ => null,
    };

    // What a recall names is a requirement; a reason of a newer program says nothing that might not be true.
    private static string KeyOfWithdrawal(string? reason) => reason switch
    {
        WithdrawReason.Placed or WithdrawReason.QuoteEnded or WithdrawReason.PatientDeclined or WithdrawReason.PatientWithdrew
            or WithdrawReason.ConsentWithdrawn or WithdrawReason.Corrected or WithdrawReason.MailUndeliverable or WithdrawReason.Closed
            or TakeBackReason.PatientAsked or TakeBackReason.ClinicSilent or TakeBackReason.ClinicAsked => reason,
        _ => reason is not null && GateList.Of(reason) is not null ? "requirement" : "other",
    };

    private static string Known(IReadOnlyList<string> codes, string? reason) => codes.Contains(reason, StringComparer.Ordinal) ? reason! : "other";

    // A referral keeps when it was first answered; what ended it after a yes stands in the history.
    private DateTimeOffset EndOf(ReferralRecord referral)
    {
        var answered = referral.AnsweredAt ?? referral.OfferedAt;
        return referral.AcceptedAt is null && referral.State != ReferralState.Returned && found.QuoteOf(referral) is null ? answered : found.History.LastOrDefault(Ends)?.At ?? answered;

        bool Ends(AuditEntry entry) => entry.At > answered
            && (entry.ActorName == referral.ClinicCode || entry.Event is HistoryEvent.Closed || entry.Event.Clinics.Contains(referral.ClinicCode, StringComparer.Ordinal));
    }

    private void AddNote(NoteRecord note)
    {
        var clinic = found.Referrals.FirstOrDefault(r => r.Id == note.ReferralId)?.ClinicCode;
        switch (note.Author, note.Kind)
        {
            case (NoteAuthor.Clinic, NoteKind.Question) when clinic is not null:
                Add(note.At, "question", clinic);
                break;
            case (NoteAuthor.Coordinator, NoteKind.Question):
                Add(note.At, "questionUs");
                break;
            case (NoteAuthor.Patient, NoteKind.Answer):
                Add(note.At, "answeredUs");
                break;
            case (NoteAuthor.Patient, NoteKind.Information):
                Add(note.At, clinic is null ? "added" : "answered", clinic);
                break;
            case (NoteAuthor.Patient, NoteKind.Asked) when clinic is not null:
                Add(note.At, "youAsked", clinic);
                break;
            case (NoteAuthor.Clinic, NoteKind.Reply) when clinic is not null:
                Add(note.At, "replied", clinic);
                break;
            case (NoteAuthor.Patient, NoteKind.Health):
                Add(note.At, "health");
                break;
            case (NoteAuthor.Patient, NoteKind.CheckIn):
                _events.Add((note.At, words.Text("status.history.checkIn", ("answer", words["status.checkIn." + checkIn(note)]))));
                break;
        }
    }

    private void AddEntry(AuditEntry entry)
    {
        var byPatient = entry.ActorKind == Actor.Patient.Kind;
        switch (entry.Event)
        {
            case HistoryEvent.Held.QuestionUndone:
                break;
            case HistoryEvent.OpenedAgain:
                Add(entry.At, "openedAgain");
                break;
            case HistoryEvent.Held.For { Reasons: [var only] } when only == HoldReason.NoConsentToShare.Code:
                Add(entry.At, "waitsForConsent");
                break;
            case HistoryEvent.Held or HistoryEvent.Quarantined when !byPatient:
                Add(entry.At, "held");
                break;
            case HistoryEvent.Released or HistoryEvent.Approved when entry.ActorKind == "coordinator":
                Add(entry.At, "released");
                break;
            case HistoryEvent.Offered.Again again:
                Add(entry.At, "again", again.Clinic);
                break;
            case HistoryEvent.AcceptanceUndone or HistoryEvent.Beside { Step: HistoryEvent.AcceptanceUndone }:
                Add(entry.At, "undone", entry.ActorName);
                break;
            case HistoryEvent.Booked or HistoryEvent.Beside { Step: HistoryEvent.Booked } when entry.ActorKind == "clinic":
                Add(entry.At, "booked", entry.ActorName);
                break;
            case HistoryEvent.IdentityShown shown:
                Add(entry.At, "shown", shown.Clinic);
                break;
            case HistoryEvent.IdentityHidden hidden:
                Add(entry.At, "hidden", hidden.Clinic);
                break;
            case HistoryEvent.Accepted.ByPatient accepted:
                Add(entry.At, "shown", accepted.Clinic);
                break;
            case HistoryEvent.ContactCorrected:
            case HistoryEvent.Held.Because { What: HistoryEvent.ContactCorrected } or HistoryEvent.Released.Because { What: HistoryEvent.ContactCorrected }:
                Add(entry.At, "contact");
                break;
            case HistoryEvent.MessageCorrected or HistoryEvent.Held.Because { What: HistoryEvent.MessageCorrected }:
                Add(entry.At, "message");
                break;
            case HistoryEvent.LinkReplaced:
                Add(entry.At, "linkReplaced");
                break;
            case HistoryEvent.Corrected:
                Add(entry.At, "corrected");
                break;
            case HistoryEvent.Closed closed:
                Add(entry.At, closed is HistoryEvent.Closed.For why && why.Reasons.Contains(HoldReason.PatientWithdrew.Code, StringComparer.Ordinal) ? "withdrew" : "closed");
                break;
        }
    }

    private void Add(DateTimeOffset at, string key, string? clinic = null) => _events.Add((at, clinic is null
        ? words["status.history." + key]
        : words.Text("status.history." + key, ("clinic", clinicName(clinic)))));
}
