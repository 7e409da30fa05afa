using System.Collections.Frozen;
using System.Collections.Immutable;

namespace InquiryRouter.Core.Matching;

/// <summary>One thing a clinic treats: a condition (one type of it, or all) with a treatment from given cell sources, at a price.</summary>
public sealed record ClinicTreatment
{
    public required string Condition { get; init; }

    /// <summary>Null: every type of the condition.</summary>
    public required string? ConditionType { get; init; }

    public required string Treatment { get; init; }

    public required IReadOnlyList<string> CellSources { get; init; }

    public required decimal? PriceAmount { get; init; }

    public required string? PriceCurrency { get; init; }

    /// <summary>What the price includes, as codes (<c>hotel</c>, <c>airport-transfer</c>).</summary>
    public required IReadOnlyList<string> Includes { get; init; }
}

/// <summary>
/// An accreditation, licence or registration a clinic says it holds; it counts only when verified and in force.
/// Fields after FHIR's VerificationResult.
/// </summary>
public sealed record Credential
{
    /// <summary>Code of the issuing body in the reference data.</summary>
    public required string Body { get; init; }

    public required IReadOnlyList<string> Scope { get; init; }

    public required string Number { get; init; }

    public required DateOnly ValidFrom { get; init; }

    public required DateOnly ValidTo { get; init; }

    /// <summary>active, conditional, suspended, withdrawn, denied, expired or unknown.</summary>
    public required string Status { get; init; }

    /// <summary>Who checked it with the issuer; null: only claimed by the clinic.</summary>
    public required string? VerifiedBy { get; init; }

    public required DateOnly? VerifiedAt { get; init; }

    public required string? SourceUrl { get; init; }

    public bool IsVerified => VerifiedBy is not null && VerifiedAt is not null;

    /// <summary>Verified, active, and <paramref name="day"/> lies between its dates, both included.</summary>
    public bool IsInForce(DateOnly day) => IsVerified && Status == "active" && ValidFrom <= day && day <= ValidTo;
}

/// <summary>A clinic of the network with everything a match looks at.</summary>
public sealed record Clinic
{
    public required string Code { get; init; }

    public required string Name { get; init; }

    public required bool Active { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string Country { get; init; }

    public required string City { get; init; }

    /// <summary>IANA time zone; offer windows run in it.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Where referral mails go.</summary>
    public required string Email { get; init; }

    public required string ContactName { get; init; }

    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>child, adult.</summary>
    public required IReadOnlyList<string> AgeGroups { get; init; }

    /// <summary>The most referrals the clinic takes in a week that begins on Monday.</summary>
    public required int WeeklyCap { get; init; }

    public required TimeOnly Opens { get; init; }

    public required TimeOnly Closes { get; init; }

    public required IReadOnlyList<DayOfWeek> WorkDays { get; init; }

    public required ImmutableArray<ClinicTreatment> Treatments { get; init; }

    public required ImmutableArray<Credential> Credentials { get; init; }
}

/// <summary>All clinics at one version. Immutable: a change makes a new snapshot.</summary>
public sealed class NetworkSnapshot
{
    public NetworkSnapshot(long version, IReadOnlyList<Clinic> clinics)
    {
        Version = version;
        Clinics = [.. clinics.OrderBy(c => c.Code, StringComparer.Ordinal)];
        ByCode = Clinics.ToFrozenDictionary(c => c.Code, StringComparer.Ordinal);
    }

    public long Version { get; }

    /// <summary>Ordered by code, so that a decision does not depend on how they were read.</summary>
    public IReadOnlyList<Clinic> Clinics { get; }

    public FrozenDictionary<string, Clinic> ByCode { get; }
}
