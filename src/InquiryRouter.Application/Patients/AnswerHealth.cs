using InquiryRouter.Application.Steps;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Patients;

/// <summary>
/// The patient tells of their health, as far as they like, and may change it: what a person must look into first holds the inquiry,
/// clinics that may see it are told, and an emergency is heard as anywhere else.
/// </summary>
public sealed class AnswerHealth(
    Work work, Screener screener, PatientVault vault, NetworkCache networks, MailWriter mails, AnonymousText anonymous)
{
    /// <summary>Not possible: nothing was answered.</summary>
    public const string Empty = PatientNotes.Empty;

    /// <summary>Not possible: an answer is longer than is kept.</summary>
    public const string TooLong = PatientNotes.TooLong;

    /// <summary>Not possible: it was changed so often that nobody reads more.</summary>
    public const string TooMany = PatientNotes.TooMany;

    /// <summary>Not possible: an answer says who they are, or how to reach them, and clinics read it before they may know.</summary>
    public const string NamesSomebody = "names-somebody";

    private const int MostChanges = 20;

    public async Task<Outcome> RunAsync(InquiryId inquiryId, HealthAnswers typed, Actor who, CancellationToken cancellation)
    {
        var answers = Cleaned(typed);
        return IsTooLong(answers) ? new Outcome.NotPossible(TooLong)
            : await work.RunOnCaseAsync(
                inquiryId, async found => Decide(found, answers, who, await networks.CurrentAsync(cancellation), work.Now), cancellation);
    }

    internal Decided<Outcome> Decide(PatientCase found, HealthAnswers answers, Actor who, NetworkSnapshot network, DateTimeOffset now)
    {
        if (found.WhyNot(PatientAction.Write) is { } refused)
        {
            return refused;
        }

        var before = NoteStore.Health(vault, found.Patient, found.Notes);
        if (answers == (before ?? new HealthAnswers()))
        {
            return before is null ? new Outcome.NotPossible(Empty) : Outcome.AlreadyDone.It;
        }

        var data = vault.Open(found.Patient);
        if (anonymous.Hides(answers.Written, found.Inquiry.Facts.Country, data.Name, data.InquirerName))
        {
            return new Outcome.NotPossible(NamesSomebody);
        }

        if (found.Notes.Count(n => n.Kind == NoteKind.Health) >= MostChanges)
        {
            return new Outcome.NotPossible(TooMany);
        }

        var (inquiry, patient) = (found.Inquiry, found.Patient);
        var emergency = screener.HasEmergencyWords(answers.Written);
        HoldReason[] reasons = [.. HealthRules.Reasons(answers, inquiry.Facts).Except(HealthRules.Reasons(before, inquiry.Facts))];
        var move = found.Moves.ToldOfHealth(emergency, reasons);
        var holdsForIt = move?.Reasons.Contains(HoldReason.Emergency) == true;
        var note = new NoteRecord
        {
            Id = Guid.CreateVersion7(), InquiryId = inquiry.Id, ReferralId = null, Author = NoteAuthor.Patient, Kind = NoteKind.Health,
            At = Moments.ToMilliseconds(now), Sealed = NoteStore.Seal(vault, patient, answers.ToString()),
            Signal = emergency && !holdsForIt ? HoldReason.Emergency.Code : null,
        };

        return Outcome.Done.It.By<Outcome>(
        [
            found.Step(move, who, new HistoryEvent.InformationAdded(), emergency: holdsForIt),
            move is null ? null : new StopWaiting(inquiry.Id),
            move is null ? null : new AnnounceHeld(inquiry),
            new AddNote(note),
            .. emergency && !holdsForIt ? mails.EmergencyAlert(inquiry, patient, note.Id).Select(a => new SendMail(a.Mail)) : [],
            .. found.Readers(holds: move is not null).Select(r => ClinicNotice.To(
                network, r, (clinic, token) => mails.InformationAdded(inquiry, patient, note.Id, r.Id, clinic, token))),
        ]);
    }

    private static HealthAnswers Cleaned(HealthAnswers typed) => new()
    {
        Diagnosed = Typed.Lines(typed.Diagnosed, onlyShowable: true), Medicines = Typed.Lines(typed.Medicines, onlyShowable: true),
        Pregnant = Choice(typed.Pregnant), Illness = Choice(typed.Illness), IllnessText = Typed.Lines(typed.IllnessText, onlyShowable: true),
        Flies = Choice(typed.Flies), DrugInduced = Choice(typed.DrugInduced),
    };

    private static string? Choice(string? typed) =>
        typed is not null && HealthAnswers.Choices.Contains(typed, StringComparer.Ordinal) ? typed : null;

    private static bool IsTooLong(HealthAnswers answers) => answers.Diagnosed?.Length > HealthAnswers.ShortLength
        || answers.Medicines?.Length > HealthAnswers.LongLength || answers.IllnessText?.Length > HealthAnswers.LongLength;
}
