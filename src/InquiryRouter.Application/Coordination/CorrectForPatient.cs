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
    /// <param name="change">Changes what is stored, as it would be typed.</param>
    /// <param name="who">Who corrects.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<CorrectionForPatient> RunAsync(
        Seen seen, CoordinatorAction action, Action<InquiryForm> change, Actor who, CancellationToken cancellation)
    {
        CoordinatorCase? loaded = null;
        var asked = await work.RunOnSeenAsync(
            seen, action, null,
            found =>
            {
                loaded = found;
                return Task.FromResult<Decided<ActionOutcome>>(ActionOutcome.Done.It);
            },
            cancellation);
        if (asked is not ActionOutcome.Done || loaded is null)
        {
            return new CorrectionForPatient.Not(asked);
        }

        var form = Correction.FormOf(loaded.Inquiry.Facts, vault.Open(loaded.Patient), loaded.Case.Consent);
        change(form);
        var outcome = action == CoordinatorAction.CorrectContact
            ? await contact.RunAsync(loaded.Inquiry.Id, form, linkReplaced: false, who, cancellation)
            : await request.RunAsync(loaded.Inquiry.Id, form, [], who, cancellation);
        return outcome switch
        {
            CorrectionOutcome.Done => new CorrectionForPatient.Done(),
            CorrectionOutcome.Invalid invalid => new CorrectionForPatient.Invalid(invalid.Errors),
            CorrectionOutcome.Refused { Why: Outcome.NotPossible { Why: CorrectContact.ChangedOften } } => new CorrectionForPatient.ChangedOften(),
            _ => new CorrectionForPatient.Not(new ActionOutcome.Refused(CoordinatorRefusal.InHand)),
        };
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
