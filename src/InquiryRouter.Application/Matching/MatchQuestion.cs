using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Application.Matching;

/// <summary>How somebody looks at a match.</summary>
public sealed record MatchQuestion
{
    /// <summary>Rows of a group that are shown at once.</summary>
    public const int Rows = 50;

    /// <summary>What would be decided now, not what was decided then.</summary>
    public bool IsNow { get; init; }

    /// <summary>Wishes of the patient that are left open together.</summary>
    public IReadOnlyCollection<Gate> Relaxed { get; init; } = [];

    /// <summary>The stopped clinics of this gate are shown; null: of none.</summary>
    public Gate? Group { get; init; }

    /// <summary>The page of the open group, or of the ranked clinics where none is open; from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Part of a name or a code; null: all.</summary>
    public string? Find { get; init; }

    /// <summary>ISO 3166-1; null: all.</summary>
    public string? Country { get; init; }

    /// <summary>Codes of two clinics to be compared, or of the first of them.</summary>
    public IReadOnlyList<string> Compare { get; init; } = [];

    /// <summary>The code of the clinic of which everything is shown.</summary>
    public string? Clinic { get; init; }

    /// <summary>What of it can be relaxed for this inquiry at all.</summary>
    public IReadOnlyList<Gate> RelaxedFor(InquiryFacts facts) => [.. GateKinds.Wishes(facts).Where(Relaxed.Contains)];

    public bool Includes(Clinic clinic) =>
        (Country is null || clinic.Country == Country)
        && (Find is null || clinic.Name.Contains(Find, StringComparison.OrdinalIgnoreCase)
            || clinic.Code.Contains(Find, StringComparison.OrdinalIgnoreCase));
}
