using System.Collections.Immutable;
using System.Globalization;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Intake;

namespace InquiryRouter.Infrastructure.Data.Stores.Matching.Networks;

/// <summary>A clinic between two versions of the network, without its children.</summary>
internal sealed class ClinicRow
{
    public long Seq { get; init; }

    /// <summary>Of the network: since when it is so.</summary>
    public long FromVersion { get; init; }

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

    public int? DailyPace { get; init; }

    public string Opens { get; init; } = string.Empty;

    public string Closes { get; init; } = string.Empty;

    public string WorkDays { get; init; } = string.Empty;

    public string Holidays { get; init; } = string.Empty;

    public string LeavePeriods { get; init; } = string.Empty;

    public int? OfferWindowHours { get; init; }

    public DateOnly? PausedUntil { get; init; }

    public DateTimeOffset? MailFailsSince { get; init; }

    public int? TransplantsPerYear { get; init; }

    public string? Phone { get; init; }

    public Clinic ToClinic(ClinicChildren children) => new()
    {
        Code = Code, Name = Name, Active = Active, Country = Country, City = City, TimeZone = TimeZone, Email = Email,
        ContactName = ContactName, Phone = Phone,
        Languages = CodeList.Split(Languages), AgeGroups = CodeList.Split(AgeGroups), WeeklyCap = WeeklyCap, DailyPace = DailyPace,
        Opens = TimeOnly.ParseExact(Opens, "HH:mm", CultureInfo.InvariantCulture),
        Closes = ClosingTime.TryParse(Closes, out var closes) ? closes : throw new FormatException("Not a closing time."),
        WorkDays = [.. CodeList.Split(WorkDays).Select(NetworkWords.ToDayOfWeek)],
        Holidays = [.. CodeList.Split(Holidays).Select(NetworkWords.ToDay)],
        Leave = [.. CodeList.Split(LeavePeriods).Select(NetworkWords.ToLeave)],
        Suspensions = [.. children.Suspensions[Seq].Select(s => s.ToSuspension())], TransplantsPerYear = TransplantsPerYear,
        OfferWindowHours = OfferWindowHours, PausedUntil = PausedUntil, MailFailsSince = MailFailsSince,
        Sites = [.. children.Sites[Seq].Select(s => s.ToSite())],
        Contacts = [.. children.Contacts[Seq].Select(c => c.ToContact())],
        Treatments = [.. children.Treatments[Seq].Select(t => t.ToTreatment())],
        Packages = [.. children.Packages[Seq].Select(p => p.ToPackage())],
        Physicians = Physicians(children),
        Credentials = [.. children.Credentials[Seq].Select(c => c.ToCredential())],
    };

    private ImmutableArray<Physician> Physicians(ClinicChildren children)
    {
        var certifications = children.Certifications[Seq].ToLookup(c => c.PhysicianN);
        return [.. children.Physicians[Seq].Select(p => p.ToPhysician(certifications[p.N]))];
    }
}

/// <summary>What belongs to clinics, by the key of their row and in its order.</summary>
internal sealed record ClinicChildren(
    ILookup<long, SiteRow> Sites,
    ILookup<long, ContactRow> Contacts,
    ILookup<long, TreatmentRow> Treatments,
    ILookup<long, PackageRow> Packages,
    ILookup<long, PhysicianRow> Physicians,
    ILookup<long, CertificationRow> Certifications,
    ILookup<long, CredentialRow> Credentials,
    ILookup<long, SuspensionRow> Suspensions);

/// <summary>How lists are written into one column.</summary>
internal static class NetworkWords
{
    private const string Day = "yyyy-MM-dd";

    /// <summary>mon, tue, …: as in import files.</summary>
    public static string Of(DayOfWeek day) => day.ToString()[..3].ToLowerInvariant();

    public static DayOfWeek ToDayOfWeek(string name) => Enum.GetValues<DayOfWeek>().First(d => Of(d) == name);

    public static string Of(DateOnly day) => day.ToString(Day, CultureInfo.InvariantCulture);

    public static DateOnly ToDay(string word) => DateOnly.ParseExact(word, Day, CultureInfo.InvariantCulture);

    /// <summary>Two days with a slash between them, as ISO 8601 writes an interval.</summary>
    public static string Of(Leave leave) => $"{Of(leave.From)}/{Of(leave.To)}";

    public static Leave ToLeave(string word) => new(ToDay(word[..Day.Length]), ToDay(word[(Day.Length + 1)..]));

    public static string Of(Experience experience) => string.Create(CultureInfo.InvariantCulture, $"{experience.Condition}={experience.Patients}");

    public static Experience ToExperience(string word)
    {
        var sign = word.IndexOf('=', StringComparison.Ordinal);
        return new Experience(word[..sign], int.Parse(word.AsSpan(sign + 1), CultureInfo.InvariantCulture));
    }

    /// <summary>Names have spaces and no line breaks.</summary>
    public static string JoinNames(IEnumerable<string> names) => string.Join('\n', names);

    public static string[] SplitNames(string names) => names.Length == 0 ? [] : names.Split('\n');
}
