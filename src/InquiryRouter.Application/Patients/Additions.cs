using System.Text;
using InquiryRouter.Core.FollowUp;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Patients;

/// <summary>What the patient writes on the page: information, answers to clinics, answers to check-ins.</summary>
public sealed class Additions(Database database, PatientDecisions decisions, Screener screener, PatientVault vault, NetworkCache networks, MailWriter mails)
{
    public const string InformationField = "information";

    /// <summary>Adds information for every clinic that may see the inquiry.</summary>
    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="typed">As it was typed.</param>
    /// <param name="once">Of the page it was typed on.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<StatusOutcome> AddAsync(Guid inquiryId, string typed, string once, CancellationToken cancellation) =>
        WriteAsync(inquiryId, InformationField, typed, _ => new NotePlace(NoteId.Of(inquiryId, "information " + once), null), cancellation);

    /// <summary>Answers a question of a clinic: that clinic reads it.</summary>
    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="questionId">Which question.</param>
    /// <param name="typed">As it was typed.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<StatusOutcome> AnswerAsync(Guid inquiryId, Guid questionId, string typed, CancellationToken cancellation) => WriteAsync(
        inquiryId, "answer-" + questionId.ToString("N"), typed,
        found => found.Notes.FirstOrDefault(n => n.Id == questionId && n.Kind == NoteKind.Question) is { } question ? new NotePlace(NoteId.OfAnswer(questionId), question.ReferralId) : null,
        cancellation);

    /// <summary>"How is it going?" When nobody has been in touch, the coordinators hear of it.</summary>
    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="answer">A code of <see cref="CheckInAnswer"/>.</param>
    /// <param name="once">Of the page it was answered on.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<StatusOutcome> CheckInAsync(Guid inquiryId, string answer, string once, CancellationToken cancellation) => decisions.DecideAsync(
        inquiryId,
        async (found, patient) =>
        {
            var having = found.Referrals.Where(r => ReferralTransitions.IsHeld(r.State) && r.AcceptedAt is not null).ToList();
            if (found.IsOver || having.Count == 0 || !CheckInAnswer.All.Contains(answer, StringComparer.Ordinal))
            {
                return StatusOutcome.Moved;
            }

            var place = new NotePlace(NoteId.Of(inquiryId, "check-in " + once), having.Count == 1 ? having[0].Id : null);
            if (NoteOf(found, patient, place, NoteKind.CheckIn, answer) is { } note)
            {
                var alert = CheckInAnswer.IsForCoordinators(answer)
                    ? mails.CheckInAnswered(found.Inquiry, patient, note.Id, answer, [.. having.Select(r => r.ClinicCode)]) : null;
                await database.WriteAsync(
                    async tx =>
                    {
                        await InquiryStore.RecordAsync(tx, found.Inquiry, AuditAction.CheckedIn, Actor.Patient, answer);
                        await NoteStore.AddAsync(tx, note);
                        await AddAsync(tx, alert);
                        if (answer == CheckInAnswer.Stop)
                        {
                            await InquiryStore.StopCheckInsAsync(tx, inquiryId);
                            await FollowUpStore.StopAsync(tx, inquiryId, FollowUpKind.CheckIn);
                        }
                    },
                    Priority.Interactive,
                    cancellation);
            }

            return new(StatusNotice.CheckedIn);
        },
        cancellation);

    private Task<StatusOutcome> WriteAsync(Guid inquiryId, string field, string typed, Func<PatientCase, NotePlace?> placeIn, CancellationToken cancellation)
    {
        var text = Clean(typed);
        if (text.Length is 0 or > InquiryValidator.MessageLength)
        {
            return Task.FromResult(new StatusOutcome(StatusNotice.Moved, new StatusProblem(field, text.Length == 0 ? "status.problem.empty" : "status.problem.tooLong", typed)));
        }

        return decisions.DecideAsync(
            inquiryId,
            async (found, patient) =>
            {
                if (found.IsOver || placeIn(found) is not { } place)
                {
                    return StatusOutcome.Moved;
                }

                if (NoteOf(found, patient, place, NoteKind.Information, text) is { } note)
                {
                    await StoreAsync(found, patient, note, screener.HasEmergencyWords(text), cancellation);
                }

                return new(StatusNotice.Added);
            },
            cancellation);
    }

    private async Task StoreAsync(PatientCase found, SealedPatient patient, NoteRecord note, bool emergency, CancellationToken cancellation)
    {
        var inquiry = found.Inquiry;

        // An addition is told to those that have it in hand and may read it; an answer to who asked, as long as they may still act on it.
        var network = await networks.CurrentAsync(cancellation);
        var told = found.Referrals.Where(r => note.ReferralId is null ? ReferralTransitions.IsHeld(r.State) && found.MaySee(r) : note.ReferralId == r.Id && found.Shares && found.Current.Contains(r))
            .Select(r => ClinicNotice.Prepare(network, r, (clinic, token) => mails.InformationAdded(inquiry, patient, note.Id, r.Id, clinic, token)))
            .OfType<ClinicNotice>().ToList();

        // An emergency holds the inquiry, as it would have at the beginning. Where a clinic has the patient, a hold would take it away from there: the coordinators are told.
        var holds = emergency && !found.AwaitsScreening && !inquiry.Urgent && inquiry.State is not (InquiryState.Accepted or InquiryState.Booked);
        var alert = emergency && !holds ? mails.EmergencyAlert(inquiry, patient, note.Id) : null;
        await database.WriteAsync(
            async tx =>
            {
                // The line of history first: of two presses at once the second finds it there, and looks again.
                if (holds)
                {
                    var move = new InquiryMove(
                        InquiryTrigger.Hold, Actor.Patient, $"{AuditAction.InformationAdded} {HoldReason.Emergency.Code}",
                        [HoldReason.Emergency, .. inquiry.HoldReasons.Where(HoldReason.IsOfScreening)]);
                    await LoadStore.StopWaitingAsync(tx, inquiry.Id);
                    await OutboxStore.AddAsync(tx, new InquiryHeld { InquiryId = inquiry.Id, Version = await InquiryStore.MoveAsync(tx, inquiry, move) });
                }
                else if (inquiry.State == InquiryState.AwaitingPatient)
                {
                    // This is what we waited for. When the clinics had come to an end, asking the same ones the same question comes to that end again: a coordinator reads it.
                    if (inquiry.HoldReasons.Contains(HoldReason.NoClinicLeft) || inquiry.HoldReasons.Contains(HoldReason.OfferLimit))
                    {
                        var held = await InquiryStore.MoveAsync(tx, inquiry, new InquiryMove(InquiryTrigger.Hold, Actor.Patient, AuditAction.InformationAdded, inquiry.HoldReasons));
                        await OutboxStore.AddAsync(tx, new InquiryHeld { InquiryId = inquiry.Id, Version = held });
                    }
                    else
                    {
                        var version = await InquiryStore.MoveAsync(tx, inquiry, new InquiryMove(InquiryTrigger.Release, Actor.Patient, AuditAction.InformationAdded));
                        await OutboxStore.AddAsync(tx, new InquiryCleared { InquiryId = inquiry.Id, Version = version });
                    }
                }
                else
                {
                    await InquiryStore.RecordAsync(tx, inquiry, AuditAction.InformationAdded, Actor.Patient);
                }

                await NoteStore.AddAsync(tx, note);
                await AddAsync(tx, alert);
                foreach (var notice in told)
                {
                    await notice.ApplyAsync(tx);
                }
            },
            Priority.Interactive,
            cancellation);
    }

    // Null when it stands there already: pressed twice, a button writes one note. Going back and typing something else writes another.
    private NoteRecord? NoteOf(PatientCase found, SealedPatient patient, NotePlace place, NoteKind kind, string text)
    {
        var id = FormIds.Free(place.Id, given => found.Notes.FirstOrDefault(n => n.Id == given) is { } written ? NoteStore.Open(vault, patient, written) == text : null);
        return id is null ? null : new NoteRecord
        {
            Id = id.Value, InquiryId = found.Inquiry.Id, ReferralId = place.ReferralId, Author = NoteAuthor.Patient, Kind = kind,
            At = Moments.ToMilliseconds(database.Clock.GetUtcNow()), Sealed = NoteStore.Seal(vault, patient, text),
        };
    }

    private static Task AddAsync(Tx tx, NewMail? mail) => mail is null ? Task.CompletedTask : MailStore.AddAsync(tx, mail);

    // As the form does; what cannot be shown is left out rather than refused: a pasted report is full of it.
    private static string Clean(string typed)
    {
        var text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(typed)).ReplaceLineEndings("\n");
        return string.Concat(text.Where(c => !char.IsControl(c) || c is '\n' or '\t')).Trim().Normalize(NormalizationForm.FormC);
    }

    private readonly record struct NotePlace(Guid Id, Guid? ReferralId);
}
