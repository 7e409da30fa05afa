using System.Buffers;
using System.Globalization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Infrastructure.ReferenceData.Import;

/// <summary>What a clinic in a file must be; the longest texts are those the database has room for.</summary>
internal sealed class ClinicRules
{
    /// <summary>What <see cref="IsWord"/> allows: codes of lower-case letters, digits and hyphens, such as what a price includes.</summary>
    public const string WordAllowed = "a code of 2 to 40 of a to z, 0 to 9 and -.";

    private const int NameLength = 200;
    private const int CityLength = 100;
    private const int MostAWeek = 1_000_000_000;

    // Lists are stored as words with a space between two.
    private const int WordsLength = 200;

    private static readonly SearchValues<char> s_codeCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
    private static readonly SearchValues<char> s_wordCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly string[] s_days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private readonly IFieldRules _fieldRules;
    private readonly ReferenceLists _lists;
    private readonly ProblemList _problems;
    private readonly TreatmentRules _treatments;
    private readonly CredentialRules _credentials;
    private readonly Dictionary<string, long> _lineOf = new(StringComparer.Ordinal);

    public ClinicRules(MatchRules rules, IFieldRules fieldRules, ProblemList problems)
    {
        (_lists, _fieldRules, _problems) = (rules.Lists, fieldRules, problems);
        _treatments = new TreatmentRules(rules.Lists, problems);
        _credentials = new CredentialRules(rules, problems);
    }

    public static bool IsWord(string text) => text.Length is >= 2 and <= 40 && !text.AsSpan().ContainsAnyExcept(s_wordCharacters);

    /// <summary>The clinic, or null and its problems.</summary>
    public Clinic? Check(RawValue raw)
    {
        var before = _problems.Count;
        if (raw.Kind != RawKind.Object)
        {
            _problems.Add(raw.Line, "clinics", raw.ToString(), $"A clinic with {string.Join(", ", ClinicFields.Clinic)}.");
            return null;
        }

        var fields = new FieldReader(raw, string.Empty, ClinicFields.Clinic, _problems);
        var (opens, closes) = Hours(fields);
        var clinic = new Clinic
        {
            Code = Code(fields, raw.Line),
            Name = fields.Text("name", NameLength),
            Active = fields.TrueOrFalse("active", whenAbsent: true),
            Country = fields.Word("country", _lists.Countries.ContainsKey, "The two capital letters of a country in ISO 3166-1, such as MX."),
            City = fields.Text("city", CityLength),
            TimeZone = fields.Word("timeZone", _fieldRules.IsTimeZone, "An IANA time zone, such as America/Mexico_City."),
            Email = Email(fields),
            ContactName = fields.Text("contactName", NameLength),
            Languages = fields.Words("languages", _lists.Languages.ContainsKey, "the two small letters of a language in ISO 639-1, such as en.", WordsLength),
            AgeGroups = fields.Words("ageGroups", g => g is "child" or "adult", "child or adult.", WordsLength),
            WeeklyCap = (int)fields.Number("weeklyCap", 0, MostAWeek, decimals: 0, "A whole number from 0 to 1,000,000,000, in digits only."),
            Opens = opens,
            Closes = closes,
            WorkDays = [.. fields.Words("workDays", d => Array.IndexOf(s_days, d) >= 0, "mon, tue, wed, thu, fri, sat or sun.", WordsLength)
                .Select(d => (DayOfWeek)Array.IndexOf(s_days, d))],
            Treatments = [.. fields.Entries("treatments", ClinicFields.Treatment, _treatments.Check)],
            Credentials = [.. fields.Entries("credentials", ClinicFields.Credential, _credentials.Check)],
        };
        return _problems.Count == before ? clinic : null;
    }

    private string Code(FieldReader fields, long line)
    {
        var before = _problems.Count;
        var code = fields.Word(
            "code", c => c.Length is >= 2 and <= 40 && !c.AsSpan().ContainsAnyExcept(s_codeCharacters), "A code of 2 to 40 of A to Z, 0 to 9 and -.");
        if (_problems.Count == before && !_lineOf.TryAdd(code, line) && code.Length > 0)
        {
            fields.Add("code", fields["code"], string.Create(CultureInfo.InvariantCulture, $"Each code once in a file; the clinic on line {_lineOf[code]} has it too."));
        }

        return code;
    }

    private string Email(FieldReader fields)
    {
        var normal = string.Empty;
        fields.Word("email", e => _fieldRules.TryEmail(e, out normal), "An e-mail address that mail can be sent to, such as name@example.org.");
        return normal;
    }

    private static (TimeOnly Opens, TimeOnly Closes) Hours(FieldReader fields)
    {
        var opens = fields.Time("opens");
        var closes = fields.Time("closes");
        if (closes <= opens)
        {
            fields.Add("closes", fields["closes"], string.Create(CultureInfo.InvariantCulture, $"A time of day as HH:mm after opens, which is {opens:HH:mm}."));
        }

        return (opens.GetValueOrDefault(), closes.GetValueOrDefault());
    }
}
