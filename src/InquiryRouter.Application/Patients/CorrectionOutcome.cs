using InquiryRouter.Core.Intake;

namespace InquiryRouter.Application.Patients;

/// <summary>What became of a correction.</summary>
public abstract record CorrectionOutcome
{
    private CorrectionOutcome()
    {
    }

    /// <summary>What was typed is stored now, or was before.</summary>
    /// <param name="Token">The secret of the link that opens the inquiry from now on; null: the one they came with.</param>
    /// <param name="IsMessageOnly">Clinics that consider it keep it, and read the new message.</param>
    public sealed record Done(string? Token = null, bool IsMessageOnly = false) : CorrectionOutcome;

    /// <summary>Something that was typed is wrong: nothing was changed.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : CorrectionOutcome;

    /// <summary>It cannot be corrected as things stand, or there is nothing by that name.</summary>
    public sealed record Refused(Outcome Why) : CorrectionOutcome
    {
        public static readonly Refused Gone = new(Outcome.NotFound.It);
    }
}
