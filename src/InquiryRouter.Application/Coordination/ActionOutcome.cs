using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;

namespace InquiryRouter.Application.Coordination;

/// <summary>What became of a coordinator's action on an inquiry. Words are the caller's.</summary>
public abstract record ActionOutcome
{
    /// <summary>A code of <see cref="Invalid"/>: nothing was written.</summary>
    public const string Empty = "empty";

    /// <summary>A code of <see cref="Invalid"/>: more was written than is kept.</summary>
    public const string TooLong = "too-long";

    /// <summary>A code of <see cref="Invalid"/>: this reason says too little without a text.</summary>
    public const string NeedsText = "needs-text";

    /// <summary>A code of <see cref="Invalid"/>: no such reason, or none for this.</summary>
    public const string NoSuchReason = "no-such-reason";

    /// <summary>A code of <see cref="Invalid"/>: the text names the patient, and the clinic does not see who they are.</summary>
    public const string NamesThePatient = "names-the-patient";

    /// <summary>A code of <see cref="Invalid"/>: the patient withdrew it themselves, and only they can want it back.</summary>
    public const string PatientWithdrew = "patient-withdrew";

    /// <summary>A code of <see cref="Invalid"/>: the clinic is not in the network.</summary>
    public const string NoSuchClinic = "no-such-clinic";

    /// <summary>A code of <see cref="Invalid"/>: its time is over, or somebody has seen it already.</summary>
    public const string TooLate = "too-late";

    private ActionOutcome()
    {
    }

    /// <param name="Undo">By which it can be undone for <see cref="Undoing.Time"/>; null: it cannot.</param>
    public sealed record Done(Guid? Undo = null) : ActionOutcome
    {
        public static readonly Done It = new();
    }

    public sealed record NotFound : ActionOutcome
    {
        public static readonly NotFound It = new();
    }

    /// <summary>The inquiry is another one than the one it was decided on: nothing was done.</summary>
    /// <param name="Since">What has happened since, oldest first.</param>
    public sealed record Stale(IReadOnlyList<AuditEntry> Since) : ActionOutcome;

    /// <summary>It cannot be done as things stand.</summary>
    public sealed record Refused(CoordinatorRefusal Why) : ActionOutcome;

    /// <summary>What stands against offering it to this clinic, and was not answered by a reason.</summary>
    public sealed record StandsAgainst(IReadOnlyList<Standing> Standing) : ActionOutcome;

    /// <summary>What was typed or chosen cannot be used.</summary>
    /// <param name="Why">A code.</param>
    public sealed record Invalid(string Why) : ActionOutcome;
}
