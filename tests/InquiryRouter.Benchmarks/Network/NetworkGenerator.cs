using System.Globalization;

namespace InquiryRouter.Benchmarks.Network;

/// <summary>
/// Invents clinics, the same ones for the same count and date. Every other one is in Mexico and can take the inquiries of the
/// load; the rest fail at one gate or another (place, condition, lapsed or suspended credential, not active), so that
/// matching has real work to do.
/// </summary>
internal static class NetworkGenerator
{
    public const int MostClinics = 99_999;

    private static readonly Place[] InMexico =
    [
        new("MX", "Tijuana", "America/Tijuana"),
        new("MX", "Monterrey", "America/Monterrey"),
        new("MX", "Guadalajara", "America/Mexico_City"),
        new("MX", "Cancún", "America/Cancun"),
        new("MX", "Mérida", "America/Merida"),
    ];

    private static readonly Place[] Elsewhere =
    [
        new("DE", "Frankfurt", "Europe/Berlin"),
        new("TH", "Bangkok", "Asia/Bangkok"),
        new("JP", "Tokyo", "Asia/Tokyo"),
        new("TR", "Istanbul", "Europe/Istanbul"),
        new("KR", "Seoul", "Asia/Seoul"),
        new("IN", "Chennai", "Asia/Kolkata"),
        new("CO", "Bogotá", "America/Bogota"),
        new("CR", "San José", "America/Costa_Rica"),
    ];

    private static readonly string[] Contacts = ["Dr. Elena Ruiz", "Dr. Marco Silva", "Dr. Ana Torres", "Dr. Luis Vega", "Dr. Sofia Cruz"];

    public static NetworkFile Generate(int clinics, DateOnly asOf) => new(
        "generated for load tests",
        asOf,
        Reviewed: false,
        [.. Enumerable.Range(1, clinics).Select(n => Clinic(n, asOf))]);

    private static ClinicEntry Clinic(int n, DateOnly asOf)
    {
        var eligible = n % 2 == 1;
        // One ineligible clinic in four is a Mexican one that fails at another gate than the place.
        var fault = eligible ? Fault.None : (n / 2 % 8) switch { 0 => Fault.Condition, 4 => (Fault)(2 + (n / 16 % 3)), _ => Fault.Place };
        var places = fault == Fault.Place ? Elsewhere : InMexico;
        var place = places[n / 2 % places.Length];
        var code = string.Create(CultureInfo.InvariantCulture, $"{n:0000}");
        return new ClinicEntry
        {
            Code = $"{place.Country}-{code}",
            Name = $"Load Clinic {code} {place.City}",
            Active = fault != Fault.Inactive,
            Country = place.Country,
            City = place.City,
            TimeZone = place.TimeZone,
            Email = $"clinic{code}@load.example",
            ContactName = Contacts[n % Contacts.Length],
            Contacts = [new ContactEntry(Contacts[(n + 1) % Contacts.Length], "medical", $"medical{code}@load.example")],
            Languages = n % 3 == 0 ? ["en"] : ["en", "es"],
            AgeGroups = n % 5 == 0 ? ["adult", "child"] : ["adult"],
            WeeklyCap = 1_000_000_000,
            Opens = n % 4 == 0 ? "08:00" : "09:00",
            Closes = n % 4 == 0 ? "16:00" : "17:00",
            WorkDays = n % 6 == 0 ? ["mon", "tue", "wed", "thu", "fri", "sat"] : ["mon", "tue", "wed", "thu", "fri"],
            Holidays = [new DateOnly(asOf.Year, 12, 25), new DateOnly(asOf.Year + 1, 1, 1)],
            Treatments = Treatments(n, fault),
            Packages = Packages(n, fault, asOf),
            Physicians = [Physician(n, "rheumatology", asOf), Physician(n + 1, "neurology", asOf)],
            Credentials = Credentials(code, place, Treatments(n, fault), fault, asOf),
        };
    }

    private static TreatmentEntry[] Treatments(int n, Fault fault)
    {
        string[] cells = (n % 3) switch
        {
            0 => ["umbilical-cord"],
            1 => ["umbilical-cord", "bone-marrow"],
            _ => ["bone-marrow", "adipose"],
        };
        return [.. Conditions(n, fault).Select(c => new TreatmentEntry(c, c == "lupus" ? "sle" : null, "msc-infusion", cells))];
    }

    private static PackageEntry[] Packages(int n, Fault fault, DateOnly asOf)
    {
        // 8,600 to 21,900: below, at and above what the patients can pay.
        var price = 8_600 + (n * 37 % 134 * 100);
        string[] includes = n % 2 == 0 ? ["hospital-stay"] : ["hospital-stay", "hotel", "airport-transfer"];
        return [.. Conditions(n, fault).Select(c => new PackageEntry(
            $"Infusion for {c}", "msc-infusion", c, c == "lupus" ? price : price + 900, "USD", includes, asOf.AddMonths(-6), asOf.AddMonths(18)))];
    }

    private static string[] Conditions(int n, Fault fault)
    {
        var other = n % 4 < 2 ? "multiple-sclerosis" : "rheumatoid-arthritis";
        return fault == Fault.Condition ? [other] : n % 7 == 0 ? ["lupus", other] : ["lupus"];
    }

    private static PhysicianEntry Physician(int n, string specialty, DateOnly asOf) => new(
        Contacts[n % Contacts.Length], Active: true, [specialty],
        [new CertificationEntry($"Board of {specialty}", asOf.AddMonths(30), "load", asOf.AddDays(-14))],
        [$"Society of {specialty}"], [new ExperienceEntry(specialty == "rheumatology" ? "lupus" : "multiple-sclerosis", 10 + (n % 190))], asOf.AddDays(-14));

    private static CredentialEntry[] Credentials(
        string code, Place place, TreatmentEntry[] treatments, Fault fault, DateOnly asOf)
    {
        var validTo = fault == Fault.Lapsed ? asOf.AddDays(-20) : asOf.AddMonths(27);
        var status = fault == Fault.Suspended ? "suspended" : "active";
        CredentialEntry Credential(string body, string number, params string[] scope) =>
            new(body, scope, number, asOf.AddMonths(-21), validTo, status, "load", asOf.AddDays(-14), SourceUrl: null);

        var jci = Credential("jci", "JCI-" + code, "hospital", "programme");
        return place.Country == "MX"
            ?
            [
                jci, Credential("fact", "FACT-" + code, "cell-therapy-clinical", "collection"),
                Credential("cofepris", "COF-" + code, "cell-therapy-clinical"),
                Credential("mx-protocol", "PRO-" + code, "cell-therapy-clinical") with
                {
                    Conditions = [.. treatments.Select(t => t.Condition)], Treatments = [treatments[0].Treatment],
                    CellSources = treatments[0].CellSources,
                },
            ]
            : [jci];
    }

    private enum Fault
    {
        None,
        Place,
        Lapsed,
        Suspended,
        Inactive,
        Condition,
    }

    private sealed record Place(string Country, string City, string TimeZone);
}
