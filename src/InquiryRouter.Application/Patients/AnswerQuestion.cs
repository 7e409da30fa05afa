using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Intake;

namespace InquiryRouter.Application.Patients;

/// <summary>The patient answers a question: the clinic that asked reads it, or the coordinators.</summary>
public sealed class AnswerQuestion(PatientNotes notes)
{
    /// <param name="inquiryId">Which inquiry.</param>
    /// <param name="questionId">Which question.</param>
    /// <param name="typed">As it was typed.</param>
    /// <param name="who">Who answers.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns><see cref="PatientNotes.Empty"/> and <see cref="PatientNotes.TooLong"/> say what is wrong with the text.</returns>
    public Task<Outcome> RunAsync(
        InquiryId inquiryId, Guid questionId, string typed, Actor who, CancellationToken cancellation) => notes.WriteAsync(
        inquiryId,
        typed,
        found => found.Notes.FirstOrDefault(n => n.Id == questionId && n.Kind == NoteKind.Question) is { } question
            ? new NotePlace(
                NoteStore.AnswerId(questionId), question.ReferralId,
                question.Author == NoteAuthor.Coordinator ? NoteKind.Answer : NoteKind.Information)
            : null,
        who,
        cancellation);
}
