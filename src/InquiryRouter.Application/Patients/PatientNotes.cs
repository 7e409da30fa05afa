using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Patients;

/// <summary>
/// What a patient writes about their inquiry, for <see cref="AddInformation"/>, <see cref="AnswerQuestion"/> and <see cref="AskClinic"/>.
/// </summary>
public sealed class PatientNotes(Work work, Screener screener, PatientVault vault, NetworkCache networks, MailWriter mails)
{
    /// <summary>Not possible: nothing was written.</summary>
    public const string Empty = "empty";

    /// <summary>Not possible: more was written than is kept.</summary>
    public const string TooLong = "too-long";

    /// <summary>Not possible: so much was added already that nobody reads more.</summary>
    public const string TooMany = "too-many";

    private const int MostNotes = 50;
    private const int MostBytes = 100_000;

    /// <summary>Stores what was written where it belongs, tells who may read it, and looks for an emergency in it.</summary>
    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="typed">As it was typed.</param>
    /// <param name="placeIn">Where it belongs; null: nowhere.</param>
    /// <param name="who">Who writes.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    internal async Task<Outcome> WriteAsync(
        InquiryId inquiryId, string typed, Func<PatientCase, NotePlace?> placeIn, Actor who, CancellationToken cancellation)
    {
        var text = Typed.Lines(typed, onlyShowable: true) ?? string.Empty;
        return text.Length == 0 ? new Outcome.NotPossible(Empty)
            : text.Length > InquiryValidator.MessageLength ? new Outcome.NotPossible(TooLong, ("most", InquiryValidator.MessageLength))
            : await work.RunOnCaseAsync(
                inquiryId,
                async found => Decide(found, text, placeIn(found), who, await networks.CurrentAsync(cancellation)),
                cancellation);
    }

    /// <summary>
    /// The note to be stored, or null when it stands there already: pressed twice, a button writes one. Going back and typing something
    /// else writes another.
    /// </summary>
    internal NoteRecord? NoteOf(PatientCase found, NotePlace place, NoteKind kind, string text)
    {
        return FormIds.Free(place.Id, Says) is not { } free ? null : new NoteRecord
        {
            Id = free, InquiryId = found.Inquiry.Id, ReferralId = place.ReferralId, Author = NoteAuthor.Patient, Kind = kind,
            At = Moments.ToMilliseconds(work.Now), Sealed = NoteStore.Seal(vault, found.Patient, text),
        };

        bool? Says(Guid id) =>
            found.Notes.FirstOrDefault(n => n.Id == id) is { } written ? NoteStore.Open(vault, found.Patient, written) == text : null;
    }

    private Decided<Outcome> Decide(PatientCase found, string text, NotePlace? place, Actor who, NetworkSnapshot network)
    {
        if (found.WhyNot(PatientAction.Write) is { } refused)
        {
            return refused;
        }

        if (place is null)
        {
            return Outcome.NotFound.It;
        }

        if (found.Notes.Where(n => n.Author == NoteAuthor.Patient).ToList() is var own
            && (own.Count >= MostNotes || own.Sum(n => n.Sealed.Length) >= MostBytes))
        {
            return new Outcome.NotPossible(TooMany);
        }

        var kind = place.Value.Kind;
        if (NoteOf(found, place.Value, kind, text) is not { } note)
        {
            return Outcome.AlreadyDone.It;
        }

        var (inquiry, patient) = (found.Inquiry, found.Patient);
        var emergency = screener.HasEmergencyWords(text);
        var holds = emergency && found.Moves.EmergencyHolds;

        // A question to a clinic answers nothing that the inquiry waits for.
        var move = kind == NoteKind.Asked && !holds ? null : found.Moves.Written(emergency);
        HistoryEvent deed = kind == NoteKind.Asked && move is null
            ? new HistoryEvent.ClinicAsked(found.Referrals.First(r => r.Id == note.ReferralId).ClinicCode)
            : new HistoryEvent.InformationAdded();
        return Outcome.Done.It.By<Outcome>(
        [
            found.Step(move, who, deed, emergency: holds),
            holds ? new StopWaiting(inquiry.Id) : null,
            move?.Trigger switch
            {
                InquiryTrigger.Hold => new AnnounceHeld(inquiry),
                InquiryTrigger.Release => new AnnounceCleared(inquiry),
                _ => null,
            },
            new AddNote(emergency && !holds ? note with { Signal = HoldReason.Emergency.Code } : note),

            // An emergency that holds nothing is told to the coordinators.
            .. emergency && !holds ? mails.EmergencyAlert(inquiry, patient, note.Id).Select(a => new SendMail(a.Mail)) : [],

            // What comes back to them is told by that.
            !(emergency && !holds) && kind == NoteKind.Answer && move is null
                ? SendMail.If(mails.PatientAnswered(inquiry, patient, note.Id)) : null,
            .. Told(found, note, holds).Select(r => ClinicNotice.To(network, r, (clinic, token) => kind == NoteKind.Asked
                ? mails.PatientQuestion(inquiry, patient, note.Id, r.Id, clinic, token)
                : mails.InformationAdded(inquiry, patient, note.Id, r.Id, clinic, token))),
        ]);
    }

    private static IEnumerable<ReferralRecord> Told(PatientCase found, NoteRecord note, bool holds) => note.Kind == NoteKind.Answer ? []
        : note.ReferralId is null ? found.Readers(holds)
        : found.Hearing(holds).Where(r => note.ReferralId == r.Id && found.Facts.ReadsAnswer(found.Of(r)));
}

/// <summary>Where a note belongs.</summary>
/// <param name="Id">Follows from what it belongs to: pressed twice, a button writes one note.</param>
/// <param name="ReferralId">Whose clinic it is for; null: the inquiry as a whole.</param>
/// <param name="Kind">Information; an answer, which coordinators read and no clinic; or a question to that clinic.</param>
internal readonly record struct NotePlace(Guid Id, ReferralId? ReferralId, NoteKind Kind = NoteKind.Information);
