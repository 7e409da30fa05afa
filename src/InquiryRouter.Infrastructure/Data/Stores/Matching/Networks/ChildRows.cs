using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Intake;

namespace InquiryRouter.Infrastructure.Data.Stores.Matching.Networks;

/// <summary>A row that belongs to a clinic's.</summary>
internal abstract class ChildRow
{
    public long ClinicSeq { get; init; }
}

internal sealed class SiteRow : ChildRow
{
    public string Code { get; init; } = string.Empty;

    public string Name { get; init; } = string.Empty;

    public string City { get; init; } = string.Empty;

    public Site ToSite() => new(Code, Name, City);
}

internal sealed class ContactRow : ChildRow
{
    public string Name { get; init; } = string.Empty;

    public string Role { get; init; } = string.Empty;

    public string Email { get; init; } = string.Empty;

    public ContactPerson ToContact() => new(Name, Role, Email);
}

internal sealed class TreatmentRow : ChildRow
{
    public string ConditionCode { get; init; } = string.Empty;

    public string? ConditionType { get; init; }

    public string TreatmentCode { get; init; } = string.Empty;

    public string CellSources { get; init; } = string.Empty;

    public string? Site { get; init; }

    public string? Route { get; init; }

    public ClinicTreatment ToTreatment() => new()
    {
        Condition = ConditionCode, ConditionType = ConditionType, Treatment = TreatmentCode, CellSources = CodeList.Split(CellSources), Site = Site,
        Route = Route,
    };
}

internal sealed class PackageRow : ChildRow
{
    public string Name { get; init; } = string.Empty;

    public string TreatmentCode { get; init; } = string.Empty;

    public string? ConditionCode { get; init; }

    public decimal PriceAmount { get; init; }

    public string PriceCurrency { get; init; } = string.Empty;

    public string Includes { get; init; } = string.Empty;

    public DateOnly ValidFrom { get; init; }

    public DateOnly ValidTo { get; init; }

    public Package ToPackage() => new()
    {
        Name = Name, Treatment = TreatmentCode, Condition = ConditionCode, PriceAmount = PriceAmount, PriceCurrency = PriceCurrency,
        Includes = CodeList.Split(Includes), ValidFrom = ValidFrom, ValidTo = ValidTo,
    };
}

internal sealed class PhysicianRow : ChildRow
{
    public int N { get; init; }

    public string Name { get; init; } = string.Empty;

    public bool Active { get; init; }

    public string Specialties { get; init; } = string.Empty;

    public string Memberships { get; init; } = string.Empty;

    public string Experience { get; init; } = string.Empty;

    public DateOnly? ReferencesCheckedAt { get; init; }

    public Physician ToPhysician(IEnumerable<CertificationRow> certifications) => new()
    {
        Name = Name, Active = Active, Specialties = CodeList.Split(Specialties), Certifications = [.. certifications.Select(c => c.ToCertification())],
        Memberships = NetworkWords.SplitNames(Memberships), Experience = [.. CodeList.Split(Experience).Select(NetworkWords.ToExperience)],
        ReferencesCheckedAt = ReferencesCheckedAt,
    };
}

internal sealed class CertificationRow : ChildRow
{
    public int PhysicianN { get; init; }

    public string Board { get; init; } = string.Empty;

    public DateOnly? ValidTo { get; init; }

    public string? VerifiedBy { get; init; }

    public DateOnly? VerifiedAt { get; init; }

    public Certification ToCertification() => new() { Board = Board, ValidTo = ValidTo, VerifiedBy = VerifiedBy, VerifiedAt = VerifiedAt };
}

internal sealed class CredentialRow : ChildRow
{
    public string Body { get; init; } = string.Empty;

    public string? IssuerRecognisedBy { get; init; }

    public string? Programme { get; init; }

    public string Scope { get; init; } = string.Empty;

    public string Conditions { get; init; } = string.Empty;

    public string Treatments { get; init; } = string.Empty;

    public string CellSources { get; init; } = string.Empty;

    public string? Site { get; init; }

    public string Number { get; init; } = string.Empty;

    public DateOnly ValidFrom { get; init; }

    public DateOnly ValidTo { get; init; }

    public string Status { get; init; } = string.Empty;

    public string? VerifiedBy { get; init; }

    public DateOnly? VerifiedAt { get; init; }

    public DateOnly? NextCheck { get; init; }

    public string? SourceUrl { get; init; }

    public string? EvidenceHash { get; init; }

    public Credential ToCredential() => new()
    {
        Body = Body, IssuerRecognisedBy = IssuerRecognisedBy, Programme = Programme, Scope = CodeList.Split(Scope), Site = Site, Number = Number,
        ValidFrom = ValidFrom, ValidTo = ValidTo, Status = Status, VerifiedBy = VerifiedBy, VerifiedAt = VerifiedAt, NextCheck = NextCheck,
        SourceUrl = SourceUrl, EvidenceHash = EvidenceHash, Conditions = CodeList.Split(Conditions), Treatments = CodeList.Split(Treatments),
        CellSources = CodeList.Split(CellSources),
    };
}

internal sealed class SuspensionRow : ChildRow
{
    public string SuspendedPart { get; init; } = string.Empty;

    public string Authority { get; init; } = string.Empty;

    public DateOnly FromDay { get; init; }

    public DateOnly? UntilDay { get; init; }

    public string Source { get; init; } = string.Empty;

    public Suspension ToSuspension() => new(SuspendedPart, Authority, FromDay, UntilDay, Source);
}
