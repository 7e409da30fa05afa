using System.Collections.Immutable;

namespace InquiryRouter.Core.Matching;

/// <summary>A clinic of the network with everything a match looks at. What it pays the facilitator is not here, so that no match can look at it.</summary>
public sealed record Clinic
{
    public required string Code { get; init; }

    public required string Name { get; init; }

    public required bool Active { get; init; }

    /// <summary>ISO 3166-1 alpha-2. All sites lie in it; in another country it is another clinic.</summary>
    public required string Country { get; init; }

    /// <summary>Of the main site.</summary>
    public required string City { get; init; }

    /// <summary>IANA time zone; offer windows, days and weeks run in it.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Where referral mails go.</summary>
    public required string Email { get; init; }

    public required string ContactName { get; init; }

    /// <summary>Where a patient whom the clinic has accepted can call (<see cref="Intake.PhoneNumber"/>); null: it does not say.</summary>
    public string? Phone { get; init; }

    /// <summary>Further people at the clinic.</summary>
    public ImmutableArray<ContactPerson> Contacts { get; init; } = [];

    /// <summary>Empty: one site, the main one.</summary>
    public ImmutableArray<Site> Sites { get; init; } = [];

    /// <summary>ISO 639-1; the first is the one the clinic works in.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>child, adult.</summary>
    public required IReadOnlyList<string> AgeGroups { get; init; }

    /// <summary>The most referrals the clinic takes in a week that begins on Monday.</summary>
    public required int WeeklyCap { get; init; }

    /// <summary>The most it takes in one day; null: as many as the week allows.</summary>
    public int? DailyPace { get; init; }

    public required TimeOnly Opens { get; init; }

    /// <summary>Midnight is the end of the day (<see cref="ClosingTime"/>).</summary>
    public required TimeOnly Closes { get; init; }

    public required IReadOnlyList<DayOfWeek> WorkDays { get; init; }

    /// <summary>Days it is closed although they are work days: they are no business time.</summary>
    public IReadOnlyList<DateOnly> Holidays { get; init; } = [];

    /// <summary>Periods in which it takes no referrals.</summary>
    public IReadOnlyList<Leave> Leave { get; init; } = [];

    /// <summary>The last day of a pause the clinic has asked for on its page, in its zone; null: none. Kept apart from <see cref="Leave"/>, which an import replaces.</summary>
    public DateOnly? PausedUntil { get; init; }

    /// <summary>Since when mail to <see cref="Email"/> fails for good; null: it arrives. Kept apart from what an import replaces; another address ends it.</summary>
    public DateTimeOffset? MailFailsSince { get; init; }

    /// <summary>What authorities have suspended of it, past and present.</summary>
    public ImmutableArray<Suspension> Suspensions { get; init; } = [];

    /// <summary>Transplants of blood-forming cells its centre does in a year; null: it does not say, or does none.</summary>
    public int? TransplantsPerYear { get; init; }

    /// <summary>The most business hours it wants to have for an answer; null: what the policy says.</summary>
    public int? OfferWindowHours { get; init; }

    public required ImmutableArray<ClinicTreatment> Treatments { get; init; }

    public ImmutableArray<Package> Packages { get; init; } = [];

    public ImmutableArray<Physician> Physicians { get; init; } = [];

    public required ImmutableArray<Credential> Credentials { get; init; }

    /// <summary>The last day of the leave or pause it is in on a day; null: it takes referrals.</summary>
    public DateOnly? AwayUntil(DateOnly day)
    {
        DateOnly? until = PausedUntil >= day ? PausedUntil : null;
        foreach (var leave in Leave)
        {
            if (leave.Includes(day) && !(leave.To < until))
            {
                until = leave.To;
            }
        }

        return until;
    }
}

/// <param name="Role">referrals, medical, billing or other.</param>
public sealed record ContactPerson(string Name, string Role, string Email);

public sealed record Site(string Code, string Name, string City);

/// <param name="From">First day, in the clinic's zone.</param>
/// <param name="To">Last day.</param>
public sealed record Leave(DateOnly From, DateOnly To)
{
    public bool Includes(DateOnly day) => From <= day && day <= To;
}

/// <summary>An authority has suspended the clinic, or who prepares its cells; that stops it like a credential that has lapsed.</summary>
/// <param name="Of">clinic or processor.</param>
/// <param name="Authority">Who suspended it, by name.</param>
/// <param name="From">First day, in the clinic's zone.</param>
/// <param name="Until">Last day; null: until it is lifted.</param>
/// <param name="Source">Where it was read.</param>
public sealed record Suspension(string Of, string Authority, DateOnly From, DateOnly? Until, string Source)
{
    public const string OfClinic = "clinic";
    public const string OfProcessor = "processor";

    public bool IsInForce(DateOnly day) => From <= day && !(Until < day);
}

/// <summary>One thing a clinic treats: a condition (one type of it, or all) with a treatment from given cell sources, at one site or all.</summary>
public sealed record ClinicTreatment
{
    public required string Condition { get; init; }

    /// <summary>Null: every type of the condition.</summary>
    public required string? ConditionType { get; init; }

    public required string Treatment { get; init; }

    public required IReadOnlyList<string> CellSources { get; init; }

    /// <summary>Code of the site where it is done; null: the main one.</summary>
    public string? Site { get; init; }

    /// <summary>How the cells are given, one of <see cref="Intake.ReferenceLists.Routes"/>; null: the clinic does not say.</summary>
    public string? Route { get; init; }
}

/// <summary>A price for a treatment with what it includes.</summary>
public sealed record Package
{
    public required string Name { get; init; }

    public required string Treatment { get; init; }

    /// <summary>Null: for every condition treated with it.</summary>
    public required string? Condition { get; init; }

    public required decimal PriceAmount { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string PriceCurrency { get; init; }

    /// <summary>What the price includes, item by item, as codes (<c>hotel</c>, <c>airport-transfer</c>).</summary>
    public required IReadOnlyList<string> Includes { get; init; }

    public required DateOnly ValidFrom { get; init; }

    public required DateOnly ValidTo { get; init; }

    public bool IsValid(DateOnly day) => ValidFrom <= day && day <= ValidTo;
}

/// <summary>A physician; source of what to ask of one: placidway.com, Stem Cell Therapy for Lupus Abroad, "choosing a provider".</summary>
public sealed record Physician
{
    public required string Name { get; init; }

    public required bool Active { get; init; }

    /// <summary>Codes such as <c>rheumatology</c>; the conditions say which of them qualify.</summary>
    public required IReadOnlyList<string> Specialties { get; init; }

    public required ImmutableArray<Certification> Certifications { get; init; }

    /// <summary>Associations of the specialty, by name.</summary>
    public IReadOnlyList<string> Memberships { get; init; } = [];

    public ImmutableArray<Experience> Experience { get; init; } = [];

    /// <summary>When somebody at the operator checked the references; null: nobody has.</summary>
    public DateOnly? ReferencesCheckedAt { get; init; }
}

/// <summary>A board's certificate of a physician; it counts only when verified and in force.</summary>
public sealed record Certification
{
    /// <summary>The board, by name, with its country.</summary>
    public required string Board { get; init; }

    /// <summary>Null: it does not end.</summary>
    public required DateOnly? ValidTo { get; init; }

    public required string? VerifiedBy { get; init; }

    public required DateOnly? VerifiedAt { get; init; }

    public bool IsInForce(DateOnly day) => VerifiedBy is not null && VerifiedAt <= day && (ValidTo is null || day <= ValidTo);
}

/// <param name="Condition">Code of the condition.</param>
/// <param name="Patients">Treated for it with cells, in all.</param>
public sealed record Experience(string Condition, int Patients);
