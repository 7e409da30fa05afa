using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Clinics;

/// <summary>What a clinic writes about its referral: sent twice it is written once.</summary>
/// <param name="Action">What it is to the clinic.</param>
/// <param name="Kind">What it is to who reads it.</param>
/// <param name="Said">What the history says of it.</param>
internal sealed record ClinicNote(ClinicAction Action, NoteKind Kind, HistoryEvent Said)
{
    /// <param name="found">The referral.</param>
    /// <param name="patient">Whose it is.</param>
    /// <param name="formId">Of the form.</param>
    /// <param name="text">What was written.</param>
    /// <param name="who">Who writes.</param>
    /// <param name="vault">Seals it.</param>
    /// <param name="tell">The mail about it, by its id; null: nobody is mailed.</param>
    public Decided<Outcome> Decide(
        ReferralCase found, SealedPatient patient, Guid formId, string text, Actor who, PatientVault vault, Func<Guid, SendMail?> tell)
    {
        var free = FormIds.Free(
            formId, id => found.Notes.FirstOrDefault(n => n.Id == id) is { } stored ? NoteStore.Open(vault, patient, stored) == text : null);
        if (free is not { } id)
        {
            return Outcome.AlreadyDone.It;
        }

        if (found.WhyNot(Action) is { } refused)
        {
            return refused;
        }

        return Outcome.Done.It.By<Outcome>(
            // First what a second press cannot do as well: it looks again, and finds what was written there.
            new WriteHistory(found.Inquiry, Said, who),
            AddNote.If(found.Note(vault, patient, Kind, text) is { } note ? note with { Id = id } : null),
            tell(id));
    }
}
