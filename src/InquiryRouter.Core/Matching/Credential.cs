namespace InquiryRouter.Core.Matching;

/// <summary>
/// An accreditation, licence or registration a clinic says it holds; it counts only when verified and in force.
/// Fields after FHIR's VerificationResult.
/// </summary>
public sealed record Credential
{
    /// <summary>Code of the issuing body in the reference data.</summary>
    public required string Body { get; init; }

    /// <summary>Who recognises the issuer, by name.</summary>
    public string? IssuerRecognisedBy { get; init; }

    /// <summary>The programme or standard, with its edition (<c>Hospital, 8th edition</c>).</summary>
    public string? Programme { get; init; }

    /// <summary>
    /// The activities it covers, as codes (<c>hospital</c>, <c>cell-therapy-clinical</c>); of a trial registration also the
    /// conditions and treatments of the trial.
    /// </summary>
    public required IReadOnlyList<string> Scope { get; init; }

    /// <summary>
    /// The conditions it names, as codes; empty: none in particular. A law that asks for a credential of this treatment of this
    /// condition is met by one that names both.
    /// </summary>
    public IReadOnlyList<string> Conditions { get; init; } = [];

    /// <summary>The treatments it names; empty: none in particular.</summary>
    public IReadOnlyList<string> Treatments { get; init; } = [];

    /// <summary>What the cells may be taken from; empty: it does not say.</summary>
    public IReadOnlyList<string> CellSources { get; init; } = [];

    /// <summary>Code of the one site it covers; null: all sites of the clinic.</summary>
    public string? Site { get; init; }

    public required string Number { get; init; }

    public required DateOnly ValidFrom { get; init; }

    public required DateOnly ValidTo { get; init; }

    /// <summary>active, conditional, suspended, withdrawn, denied, expired or unknown.</summary>
    public required string Status { get; init; }

    /// <summary>Who checked it with the issuer; null: only claimed by the clinic.</summary>
    public required string? VerifiedBy { get; init; }

    public required DateOnly? VerifiedAt { get; init; }

    /// <summary>When to check again, if earlier than 90 days after <see cref="VerifiedAt"/> (30 for a licence).</summary>
    public DateOnly? NextCheck { get; init; }

    public required string? SourceUrl { get; init; }

    /// <summary>SHA-256 of the document or page it was verified with, in hex.</summary>
    public string? EvidenceHash { get; init; }

    /// <summary>Everything it is of, scopes first.</summary>
    public IEnumerable<string> Named() => [.. Scope, .. Conditions, .. Treatments, .. CellSources];

    public bool IsVerified => VerifiedBy is not null && VerifiedAt is not null;

    /// <summary>Verified by then, active, and <paramref name="day"/> lies between its dates, both included.</summary>
    public bool IsInForce(DateOnly day) => IsVerified && VerifiedAt <= day && Status == "active" && ValidFrom <= day && day <= ValidTo;
}
