using System.Globalization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Reading;

namespace InquiryRouter.Infrastructure.ReferenceData.Import.Rules;

/// <summary>What a clinic in a file must be; the longest texts are those the database has room for.</summary>
internal sealed class ClinicRules
{
    private const int NameLength = 200;
    private const int CityLength = 100;
    private const int MostAWeek = 1_000_000_000;
    private const int MostOfferHours = 2000;

    // Lists are stored as words with a space between two.
    private const int WordsLength = 200;
    private const int HolidaysLength = 4000;
    private const int MostLeave = 180;
    private const int MostTransplants = 100_000;
    private const int SourceLength = 500;

    private static readonly string[] s_days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    private static readonly string[] s_roles = ["referrals", "medical", "billing", "other"];

    private readonly IFieldRules _fieldRules;
    private readonly ReferenceLists _lists;
    private readonly ProblemList _problems;
    private readonly TreatmentRules _treatments;
    private readonly PackageRules _packages;
    private readonly PhysicianRules _physicians;
    private readonly CredentialRules _credentials;
    private readonly Dictionary<string, long> _lineOf = new(StringComparer.Ordinal);

    public ClinicRules(MatchRules rules, IFieldRules fieldRules, ProblemList problems)
    {
        (_lists, _fieldRules, _problems) = (rules.Lists, fieldRules, problems);
        var codes = new KnownCodes(rules.Lists);
        _treatments = new TreatmentRules(codes, problems);
        _packages = new PackageRules(codes, problems);
        _physicians = new PhysicianRules(codes, problems);
        _credentials = new CredentialRules(rules, codes, problems);
    }

    /// <summary>The clinic, or null and its problems.</summary>
    public Clinic? Check(RawValue raw)
    {
        var code = raw["code"];
        _problems.Clinic = code is { Kind: RawKind.Text } && Typed.Code(code.Text) is { } text && KnownCodes.IsCode(text) ? text : null;
        var clinic = CheckFields(raw);
        _problems.Clinic = null;
        return clinic;
    }

    private Clinic? CheckFields(RawValue raw)
    {
        var before = _problems.Count;
        if (raw.Kind != RawKind.Record)
        {
            _problems.Add(raw.Line, "clinics", raw.ToString(), $"A clinic with {string.Join(", ", ClinicFields.Clinic)}.");
            return null;
        }

        var fields = new ObjectReader(raw, _problems.Reporting, ClinicFields.Clinic);
        var (opens, closes) = Hours(fields);
        var sites = Sites(fields);
        var codes = new SiteCodes([.. sites.Select(s => s.Code)]);
        var clinic = new Clinic
        {
            Code = Code(fields, raw.Line),
            Name = fields.Text("name", NameLength),
            Active = fields.Active(),
            Country = fields.Word("country", _lists.Countries.ContainsKey, "The two capital letters of a country in ISO 3166-1, such as MX."),
            City = fields.Text("city", CityLength),
            TimeZone = TimeZone(fields),
            Email = Email(fields),
            ContactName = fields.Text("contactName", NameLength),
            Phone = Phone(fields),
            Contacts = [.. fields.Entries("contacts", ClinicFields.Contact, Contact, optional: true)],
            Sites = [.. sites],
            Languages = fields.Listed("languages", _lists.Languages.ContainsKey, "the two small letters of a language in ISO 639-1, such as en.", WordsLength),
            AgeGroups = fields.Listed("ageGroups", g => g is "child" or "adult", "child or adult.", WordsLength),
            WeeklyCap = (int)fields.Digits("weeklyCap", 0, MostAWeek, decimals: 0, "A whole number from 0 to 1,000,000,000, in digits only."),
            DailyPace = fields.OptionalDigits("dailyPace", 1, MostAWeek, "Nothing, or a whole number from 1 to 1,000,000,000, in digits only."),
            Opens = opens,
            Closes = closes,
            WorkDays = [.. fields.Listed("workDays", d => Array.IndexOf(s_days, d) >= 0, "mon, tue, wed, thu, fri, sat or sun.", WordsLength)
                .Select(d => (DayOfWeek)Array.IndexOf(s_days, d))],
            Holidays = fields.Dates("holidays", HolidaysLength),
            Leave = Leave(fields),
            Suspensions = [.. fields.Entries("suspensions", ClinicFields.Suspension, Suspension, optional: true)],
            TransplantsPerYear = fields.OptionalDigits(
                "transplantsPerYear", 0, MostTransplants, "Nothing, or a whole number from 0 to 100,000, in digits only."),
            OfferWindowHours = fields.OptionalDigits("offerWindowHours", 1, MostOfferHours, "Nothing, or a whole number of business hours from 1 to 2,000."),
            Treatments = [.. fields.Entries("treatments", ClinicFields.Treatment, entry => _treatments.Check(entry, codes))],
            Packages = [.. fields.Entries("packages", ClinicFields.Package, _packages.Check, optional: true)],
            Physicians = [.. fields.Entries("physicians", ClinicFields.Physician, _physicians.Check, optional: true)],
            Credentials = [.. fields.Entries("credentials", ClinicFields.Credential, entry => _credentials.Check(entry, codes))],
        };
        return _problems.Count == before ? clinic : null;
    }

    private string Code(ObjectReader fields, long line)
    {
        var before = _problems.Count;
        var code = fields.Word("code", KnownCodes.IsCode, KnownCodes.CodeAllowed);
        if (_problems.Count == before && !_lineOf.TryAdd(code, line) && code.Length > 0)
        {
            fields.Add("code", string.Create(CultureInfo.InvariantCulture, $"Each code once in a file; the clinic on line {_lineOf[code]} has it too."));
        }

        return code;
    }

    private string Email(ObjectReader fields)
    {
        var normal = string.Empty;
        fields.Word("email", e => _fieldRules.TryEmail(e, out normal), "An e-mail address that mail can be sent to, such as name@example.org.");
        return normal;
    }

    private string? Phone(ObjectReader fields)
    {
        var stored = string.Empty;
        fields.OptionalWord(
            "phone", p => _fieldRules.TryPhone(p, null, out stored), "Nothing, or a phone number with its country, such as +52 664 123 4567.");
        return stored.Length > 0 ? stored : null;
    }

    private string TimeZone(ObjectReader fields)
    {
        var id = string.Empty;
        fields.Word("timeZone", z => _fieldRules.TryTimeZone(z, out id), "An IANA time zone, such as America/Mexico_City.");
        return id;
    }

    private ContactPerson? Contact(ObjectReader fields)
    {
        var before = _problems.Count;
        var contact = new ContactPerson(
            fields.Text("name", NameLength),
            fields.OneOf("role", s_roles),
            Email(fields));
        return _problems.Count == before ? contact : null;
    }

    /// <summary>The sites, also those of a clinic with other problems: its treatments are checked against them.</summary>
    private IReadOnlyList<Site> Sites(ObjectReader fields)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return fields.Entries("sites", ClinicFields.Site, Read, optional: true);

        Site? Read(ObjectReader entry)
        {
            var code = entry.Word("code", KnownCodes.IsCode, KnownCodes.CodeAllowed);
            if (code.Length > 0 && !seen.Add(code))
            {
                entry.Add("code", "Each site of a clinic has a code of its own; this one stands twice.");
                return null;
            }

            var (name, city) = (entry.Text("name", NameLength), entry.Text("city", CityLength));

            // One with a bad name is still a site that others may name; the clinic is refused anyway.
            return code.Length > 0 ? new Site(code, name, city) : null;
        }
    }

    private IReadOnlyList<Leave> Leave(ObjectReader fields)
    {
        var leave = fields.Entries("leave", ClinicFields.Leave, Read, optional: true);
        if (leave.Count > MostLeave)
        {
            fields.Add("leave", string.Create(CultureInfo.InvariantCulture, $"At most {MostLeave} periods; these are {leave.Count}."));
        }

        return leave;

        Leave? Read(ObjectReader entry)
        {
            var before = _problems.Count;
            var (from, to) = entry.Period("from", "to");
            return _problems.Count == before ? new Leave(from!.Value, to!.Value) : null;
        }
    }

    private Suspension? Suspension(ObjectReader fields)
    {
        var before = _problems.Count;
        var of = fields.OneOf("of", Core.Matching.Suspension.OfClinic, Core.Matching.Suspension.OfProcessor);
        var authority = fields.Text("authority", NameLength);
        var from = fields.Date("from");
        var until = fields.DateFrom("from", from, "until", optional: true);
        var source = fields.Text("source", SourceLength);
        return _problems.Count == before ? new Suspension(of, authority, from!.Value, until, source) : null;
    }

    private static (TimeOnly Opens, TimeOnly Closes) Hours(ObjectReader fields)
    {
        var opens = fields.Time("opens");
        var closes = fields["closes"] is { Kind: RawKind.Text } typed && ClosingTime.TryParse(Typed.Code(typed.Text), out var time)
            ? time
            : default(TimeOnly?);
        if (closes is null)
        {
            fields.Add("closes", "A time of day as HH:mm, such as 17:00, or 24:00 for the end of the day.");
        }
        else if (opens is not null && !ClosingTime.IsAfter(closes.Value, opens.Value))
        {
            fields.Add("closes", string.Create(CultureInfo.InvariantCulture, $"A time of day as HH:mm after opens, which is {opens:HH:mm}."));
        }

        return (opens.GetValueOrDefault(), closes.GetValueOrDefault());
    }
}
