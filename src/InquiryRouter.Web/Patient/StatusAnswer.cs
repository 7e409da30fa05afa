using InquiryRouter.Application;
using InquiryRouter.Application.Patients;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Web.Patient;

/// <summary>What the page says next: the one place where what became of something the patient did is put into words.</summary>
/// <param name="Notice">A code of <see cref="StatusNotice"/>.</param>
/// <param name="Problem">Not null: nothing was done, and the page is shown again with it.</param>
/// <param name="Errors">What is wrong with the fields of a form that is shown again.</param>
/// <param name="Token">The secret of the link that opens the page from now on; null: the one it was opened with.</param>
internal sealed record StatusAnswer(
    string Notice, StatusProblem? Problem = null, IReadOnlyList<FieldError>? Errors = null, string? Token = null)
{
    /// <summary>Of a button.</summary>
    /// <param name="outcome">What became of it.</param>
    /// <param name="done">A code of <see cref="StatusNotice"/>: what is said when it is so now, by this press or one before.</param>
    public static StatusAnswer Of(Outcome outcome, string done) => new(outcome switch
    {
        Outcome.Done or Outcome.AlreadyDone => done,
        Outcome.NotPossible { Why: ShowIdentity.ClinicLapsed } => StatusNotice.Lapsed,
        _ => StatusNotice.Moved,
    });

    /// <summary>Of a text.</summary>
    /// <param name="outcome">What became of it.</param>
    /// <param name="field">The id of its field on the page.</param>
    /// <param name="typed">What was typed.</param>
    /// <param name="done">A code of <see cref="StatusNotice"/>.</param>
    public static StatusAnswer OfText(Outcome outcome, string field, string typed, string done = StatusNotice.Added) => outcome switch
    {
        Outcome.NotPossible { Why: PatientNotes.Empty } => Again(field, "status.problem.empty", typed),
        Outcome.NotPossible { Why: PatientNotes.TooLong } => Again(field, "status.problem.tooLong", typed),
        Outcome.NotPossible { Why: PatientNotes.TooMany } => Again(field, "status.problem.tooMany", typed),
        _ => Of(outcome, done),
    };

    /// <summary>Of a correction.</summary>
    /// <inheritdoc cref="Of(Outcome, string)"/>
    public static StatusAnswer Of(CorrectionOutcome outcome, string done) => outcome switch
    {
        CorrectionOutcome.Done { IsMessageOnly: true } => new(StatusNotice.MessageCorrected),
        CorrectionOutcome.Done { Token: var token } => new(done, Token: token),
        CorrectionOutcome.Invalid { Errors: var errors } => new(
            StatusNotice.Moved, new StatusProblem(errors[0].Field, errors[0].Code, string.Empty), errors),
        CorrectionOutcome.Refused { Why: Outcome.NotPossible { Why: CorrectContact.ChangedOften } } => new(StatusNotice.ChangedOften),
        _ => new(StatusNotice.Moved),
    };

    private static StatusAnswer Again(string field, string key, string typed) => new(StatusNotice.Moved, new StatusProblem(field, key, typed));
}

/// <summary>What was wrong with a field that was sent.</summary>
/// <param name="Field">Its id on the page.</param>
/// <param name="Key">Of the sentence.</param>
/// <param name="Typed">Kept, so that nothing typed is lost.</param>
public sealed record StatusProblem(string Field, string Key, string Typed);
