using InquiryRouter.Application.Patients;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Coordination;

/// <summary>
/// A coordinator corrects on the patient's behalf what they could correct on their page, by the same rules. Only the patient gets the new link of an
/// address that was changed.
/// </summary>
public sealed class CorrectForPatient(Work work, PatientVault vault, CorrectContact contact, CorrectRequest request)
{
    /// <param name="seen">Which inquiry.</param>
    /// <param name="action"><see cref="CoordinatorAction.CorrectContact"/> or <see cref="CoordinatorAction.CorrectRequest"/>.</param>
    /// <param name="change">Changes what is stored, as it would be typed; asked again when somebody else was first.</param>
    /// <param name="who">Who corrects.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task<CorrectionForPatient> RunAsync(
        Seen seen, CoordinatorAction action, Action<InquiryForm> change, Actor who, CancellationToken cancellation) => work.RunAsync(
        session => CoordinatorWork.LoadAsync(session, seen.Reference),
        async loaded => CoordinatorWork.WhyNot(loaded, seen, action, null) is { } refused
            ? new CorrectionForPatient.Not(refused)
            : await DecideAsync(loaded.Found!, action, change, who, cancellation),
        cancellation);

    private async Task<Decided<CorrectionForPatient>> DecideAsync(
        CoordinatorCase found, CoordinatorAction action, Action<InquiryForm> change, Actor who, CancellationToken cancellation)
    {
        var form = Correction.FormOf(found.Inquiry.Facts, vault.Open(found.Patient), found.Case.Consent);
        change(form);
        var (outcome, steps) = action == CoordinatorAction.CorrectContact
            ? await contact.DecideAsync(found.Case, form, linkReplaced: false, who, cancellation)
            : await request.DecideAsync(found.Case, form, [], who, cancellation);
        return new Decided<CorrectionForPatient>(
            outcome switch
            {
                CorrectionOutcome.Done => new CorrectionForPatient.Done(),
                CorrectionOutcome.Invalid invalid => new CorrectionForPatient.Invalid(invalid.Errors),
                CorrectionOutcome.Refused { Why: Outcome.NotPossible { Why: CorrectContact.ChangedOften } } => new CorrectionForPatient.ChangedOften(),
                _ => new CorrectionForPatient.Not(new ActionOutcome.Refused(CoordinatorRefusal.InHand)),
            },
            steps);
    }
}

/// <summary>What became of a correction on the patient's behalf.</summary>
public abstract record CorrectionForPatient
{
    private CorrectionForPatient()
    {
    }

    /// <summary>It is stored now, or was before.</summary>
    public sealed record Done : CorrectionForPatient;

    /// <summary>Something is wrong with it: nothing was changed.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : CorrectionForPatient;

    /// <summary>The address was changed too often, or too many inquiries were moved to this one.</summary>
    public sealed record ChangedOften : CorrectionForPatient;

    /// <summary>It is not possible as things stand.</summary>
    public sealed record Not(ActionOutcome Why) : CorrectionForPatient;
}
