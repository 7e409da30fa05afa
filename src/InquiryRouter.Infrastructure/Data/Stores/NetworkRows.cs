using System.Globalization;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Infrastructure.Data.Stores;

internal sealed class ClinicRow
{
    public string Code { get; init; } = string.Empty;

    public string Name { get; init; } = string.Empty;

    public bool Active { get; init; }

    public string Country { get; init; } = string.Empty;

    public string City { get; init; } = string.Empty;

    public string TimeZone { get; init; } = string.Empty;

    public string Email { get; init; } = string.Empty;

    public string ContactName { get; init; } = string.Empty;

    public string Languages { get; init; } = string.Empty;

    public string AgeGroups { get; init; } = string.Empty;

    public int WeeklyCap { get; init; }

    public string Opens { get; init; } = string.Empty;

    public string Closes { get; init; } = string.Empty;

    public string WorkDays { get; init; } = string.Empty;

    public Clinic ToClinic(IEnumerable<TreatmentRow> treatments, IEnumerable<CredentialRow> credentials) => new()
    {
        Code = Code, Name = Name, Active = Active, Country = Country, City = City, TimeZone = TimeZone, Email = Email, ContactName = ContactName,
        Languages = Words.Split(Languages), AgeGroups = Words.Split(AgeGroups), WeeklyCap = WeeklyCap,
        Opens = TimeOnly.ParseExact(Opens, "HH:mm", CultureInfo.InvariantCulture), Closes = TimeOnly.ParseExact(Closes, "HH:mm", CultureInfo.InvariantCulture),
        WorkDays = [.. Words.Split(WorkDays).Select(Day)],
        Treatments = [.. treatments.Select(t => t.ToTreatment())],
        Credentials = [.. credentials.Select(c => c.ToCredential())],
    };

    /// <summary>mon, tue, …: as in import files.</summary>
    public static string Short(DayOfWeek day) => day.ToString()[..3].ToLowerInvariant();

    private static DayOfWeek Day(string name) => Enum.GetValues<DayOfWeek>().First(d => Short(d) == name);
}

internal sealed class TreatmentRow
{
    public string ClinicCode { get; init; } = string.Empty;

    public string ConditionCode { get; init; } = string.Empty;

    public string? ConditionType { get; init; }

    public string TreatmentCode { get; init; } = string.Empty;

    public string CellSources { get; init; } = string.Empty;

    public ClinicTreatment ToTreatment() => new()
    {
        Condition = ConditionCode, ConditionType = ConditionType, Treatment = TreatmentCode, CellSources = Words.Split(CellSources),
    };
}

internal sealed class CredentialRow
{
    public string ClinicCode { get; init; } = string.Empty;

    public string Body { get; init; } = string.Empty;

    public string Scope { get; init; } = string.Empty;

    public string Number { get; init; } = string.Empty;

    public DateOnly ValidFrom { get; init; }

    public DateOnly ValidTo { get; init; }

    public string Status { get; init; } = string.Empty;

    public string? VerifiedBy { get; init; }

    public DateOnly? VerifiedAt { get; init; }

    public string? SourceUrl { get; init; }

    public Credential ToCredential() => new()
    {
        Body = Body, Scope = Words.Split(Scope), Number = Number, ValidFrom = ValidFrom, ValidTo = ValidTo, Status = Status,
        VerifiedBy = VerifiedBy, VerifiedAt = VerifiedAt, SourceUrl = SourceUrl,
    };
}
