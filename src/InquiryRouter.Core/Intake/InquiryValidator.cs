using System.Globalization;

namespace InquiryRouter.Core.Intake;

/// <summary>
/// Turns what was typed into an inquiry, or into one sentence a field that the sender can act on.
/// Never puts a typed value into a message: messages end up in pages, logs of partners and tickets.
/// </summary>
public sealed class InquiryValidator(ReferenceLists lists, IFieldRules rules)
{
    public const int NameLength = 200;
    public const int MessageLength = 4000;
    private const int OldestAge = 120;

    private readonly ConditionFinder _conditions = new(lists.Conditions.Values);

    /// <summary>Either an inquiry and no errors, or at least one error.</summary>
    /// <param name="form">What was typed.</param>
    /// <param name="statusToken">The secret the patient's status link will carry.</param>
    /// <param name="now">The moment the inquiry arrived.</param>
    public (NewInquiry? Inquiry, IReadOnlyList<FieldError> Errors) Validate(InquiryForm form, string statusToken, DateTimeOffset now)
    {
        var check = new Check();
        var relation = RelationOf(form, check);
        var self = relation == Relation.Self;

        var name = check.Text("patient.name", form.PatientName, NameLength, "Enter the patient's name.");
        var country = CountryOf(form, check);
        var email = Email(check, "patient.email", form.PatientEmail, required: self);
        var inquirerName = self ? null : check.Text("inquirer.name", form.InquirerName, NameLength, "Enter your own name, so that we know whom to answer.");
        var inquirerEmail = self ? null : Email(check, "inquirer.email", form.InquirerEmail, required: true);
        var phone = Phone(check, form.PatientPhone, country?.Code);
        var language = LanguageOf(form, check);
        var timeZone = TimeZoneOf(form, country, check);
        var birthYear = BirthYearOf(form, now, check);
        var condition = ConditionOf(form, check, out var type);
        var treatment = TreatmentOf(form, check, out var cellSource);
        var destinations = DestinationsOf(form, check);
        var (amount, currency) = BudgetOf(form, check);
        var timeframe = TimeframeOf(form, check);
        var message = check.Optional("message", form.Message, MessageLength, multiline: true);
        var page = PageOf(form, check);
        var campaign = check.Optional("source.campaign", form.SourceCampaign, 200);
        var consent = ConsentOf(form, check);

        if (check.Errors.Count > 0)
        {
            return (null, check.Errors);
        }

        var inquiry = new NewInquiry(
            new PatientData
            {
                Name = name!, Email = email, Phone = phone, InquirerName = inquirerName, InquirerEmail = inquirerEmail,
                Message = message, StatusToken = statusToken,
            },
            new InquiryFacts
            {
                Country = country!.Code, Language = language!, TimeZone = timeZone!, BirthYear = birthYear, Relation = relation,
                Condition = condition!, ConditionType = type, Treatment = treatment!, CellSource = cellSource, Destinations = destinations,
                BudgetAmount = amount, BudgetCurrency = currency, Timeframe = timeframe, SourcePage = page, SourceCampaign = campaign,
            },
            consent!);
        return (inquiry, []);
    }

    private static Relation RelationOf(InquiryForm form, Check check)
    {
        switch (Check.Clean(form.InquirerRelation) ?? "self")
        {
            case "self": return Relation.Self;
            case "parent": return Relation.Parent;
            case "carer": return Relation.Carer;
            default:
                check.Add("inquirer.relation", "Say for whom you ask: self, parent or carer.");
                return Relation.Self;
        }
    }

    private Country? CountryOf(InquiryForm form, Check check)
    {
        var code = Check.Clean(form.PatientCountry)?.ToUpperInvariant();
        if (code is null)
        {
            check.Add("patient.country", "Choose the country the patient lives in.");
        }
        else if (!lists.Countries.TryGetValue(code, out var country))
        {
            check.Add("patient.country", "This is not a country code we know. Use the two letters of ISO 3166, like US or MX.");
        }
        else
        {
            return country;
        }

        return null;
    }

    private string? Email(Check check, string field, string? typed, bool required)
    {
        var text = Check.Clean(typed);
        if (text is null)
        {
            if (required)
            {
                check.Add(field, "Enter an e-mail address, so that we can answer you.");
            }

            return null;
        }

        if (rules.TryEmail(text, out var normal))
        {
            return normal;
        }

        check.Add(field, "We cannot send mail to this address. Check it for typing mistakes; it should look like name@example.org.");
        return null;
    }

    private string? Phone(Check check, string? typed, string? country)
    {
        var text = Check.Clean(typed);
        if (text is null)
        {
            return null;
        }

        if (text.Length <= 40 && rules.TryPhone(text, country, out var e164))
        {
            return e164;
        }

        check.Add("patient.phone", "This is not a phone number that can be called. Write it with its country code, like +1 213 373 4253, or leave it empty.");
        return null;
    }

    private string? LanguageOf(InquiryForm form, Check check)
    {
        // A full tag (es-MX) is what browsers send; the language is its first part.
        var code = (Check.Clean(form.PatientLanguage) ?? "en").Split('-')[0].ToLowerInvariant();
        if (lists.Languages.ContainsKey(code))
        {
            return code;
        }

        check.Add("patient.language", "This is not a language code we know. Use the two letters of ISO 639, like en or es.");
        return null;
    }

    private string? TimeZoneOf(InquiryForm form, Country? country, Check check)
    {
        var id = Check.Clean(form.PatientTimeZone);
        if (id is null)
        {
            return country?.TimeZone;
        }

        if (rules.IsTimeZone(id))
        {
            return id;
        }

        check.Add("patient.timeZone", "This is not a time zone we know. Use a name of the IANA list, like America/New_York, or leave it out.");
        return null;
    }

    private static int BirthYearOf(InquiryForm form, DateTimeOffset now, Check check)
    {
        var thisYear = now.UtcDateTime.Year;
        if (form.PatientBirthYear is not { } year)
        {
            check.Add("patient.birthYear", "Enter the patient's year of birth, with four digits. Clinics treat certain age groups only.");
            return 0;
        }

        if (year < thisYear - OldestAge || year > thisYear)
        {
            check.Add("patient.birthYear", string.Create(CultureInfo.InvariantCulture,
                $"Enter a year of birth between {thisYear - OldestAge} and {thisYear}."));
        }

        return year;
    }

    private string? ConditionOf(InquiryForm form, Check check, out string? type)
    {
        type = null;
        if (_conditions.Find(Check.Clean(form.Condition)) is not { } found)
        {
            check.Add("condition", $"Choose a condition from our list: {string.Join(", ", lists.Conditions.Keys.Order(StringComparer.Ordinal).Select(c => $"{lists.ConditionName(c)} ({c})"))}. Use \"{ReferenceLists.OtherCondition}\" for any other.");
            return null;
        }

        var condition = lists.Conditions[found.Condition];
        var typed = Check.Clean(form.ConditionType)?.ToLowerInvariant();
        if (typed is not null && condition.Types.All(t => t.Code != typed))
        {
            check.Add("conditionType", condition.Types.Count == 0
                ? "We tell no types of this condition apart; leave the type out."
                : $"Choose one of the types of this condition ({string.Join(", ", condition.Types.Select(t => t.Code))}), or leave it out when you do not know.");
        }

        // "Discoid lupus" and a type of its own: the type was chosen, the name only written.
        type = typed ?? found.Type;
        return found.Condition;
    }

    private string? TreatmentOf(InquiryForm form, Check check, out string cellSource)
    {
        cellSource = Check.Clean(form.CellSource)?.ToLowerInvariant() ?? ReferenceLists.AnyCellSource;
        var code = Check.Clean(form.Treatment)?.ToLowerInvariant();
        if (code is null || !lists.Treatments.TryGetValue(code, out var treatment))
        {
            check.Add("treatment", $"Choose a treatment from our list: {string.Join(", ", lists.Treatments.Keys.Order(StringComparer.Ordinal).Select(t => $"{lists.TreatmentName(t)} ({t})"))}.");
            return null;
        }

        if (cellSource != ReferenceLists.AnyCellSource && !treatment.CellSources.Contains(cellSource, StringComparer.Ordinal))
        {
            check.Add("cellSource", $"Choose one of: {ReferenceLists.AnyCellSource}, {string.Join(", ", treatment.CellSources)}.");
        }

        return code;
    }

    private List<string> DestinationsOf(InquiryForm form, Check check)
    {
        const int most = 20;
        var chosen = new List<string>(2);
        foreach (var typed in form.Destinations ?? [])
        {
            var text = Check.Clean(typed);
            if (text is null)
            {
                continue;
            }

            var region = text.ToLowerInvariant();
            var known = region == ReferenceLists.Anywhere || lists.Regions.ContainsKey(region) ? region
                : lists.Countries.ContainsKey(text.ToUpperInvariant()) ? text.ToUpperInvariant() : null;
            if (known is null || chosen.Count == most)
            {
                check.Add("destinations", $"Name up to {most} destinations: country codes of ISO 3166 (like MX), regions ({string.Join(", ", lists.Regions.Keys.Order(StringComparer.Ordinal))}), or {ReferenceLists.Anywhere}.");
                return chosen;
            }

            if (!chosen.Contains(known, StringComparer.Ordinal))
            {
                chosen.Add(known);
            }
        }

        if (chosen.Count == 0 || chosen.Contains(ReferenceLists.Anywhere, StringComparer.Ordinal))
        {
            return [ReferenceLists.Anywhere];
        }

        return chosen;
    }

    private (decimal? Amount, string? Currency) BudgetOf(InquiryForm form, Check check)
    {
        // Enough for any currency: 10^12 rupiah are some 60 million dollars.
        const decimal most = 1_000_000_000_000m;
        var currency = Check.Clean(form.BudgetCurrency)?.ToUpperInvariant();
        if (form.BudgetAmount is not { } amount)
        {
            // A currency without an amount says nothing; a form sends its preselected one.
            return (null, null);
        }

        amount = decimal.Round(amount, 2);
        if (amount is <= 0 or > most)
        {
            check.Add("budget.amount", string.Create(CultureInfo.InvariantCulture,
                $"Enter a budget above zero and up to {most:#,0} units of the currency, or leave it empty."));
        }

        if (currency is null || !lists.Currencies.ContainsKey(currency))
        {
            check.Add("budget.currency", "Choose the currency of your budget: three letters of ISO 4217, like USD or EUR.");
        }

        return (amount, currency);
    }

    private static string TimeframeOf(InquiryForm form, Check check)
    {
        var text = Check.Clean(form.Timeframe)?.ToLowerInvariant() ?? "undecided";
        if (!ReferenceLists.Timeframes.Contains(text, StringComparer.Ordinal))
        {
            check.Add("timeframe", $"Choose one of: {string.Join(", ", ReferenceLists.Timeframes)}.");
        }

        return text;
    }

    private static string? PageOf(InquiryForm form, Check check)
    {
        const int most = 500;
        if (Check.Clean(form.SourcePage) is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var page) || page.Scheme is not ("http" or "https"))
        {
            check.Add("source.page", "Give the full address of the page, beginning with https://, or leave it out.");
            return null;
        }

        // Query, fragment and user part may carry anything, an address or a name included; the page itself is enough.
        var kept = page.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        if (kept.Length > most)
        {
            check.Add("source.page", $"This address is too long: up to {most} characters, or leave it out.");
            return null;
        }

        return kept;
    }

    private static ConsentGiven? ConsentOf(InquiryForm form, Check check)
    {
        if (form.Contact is not true)
        {
            check.Add("consent.contact", "We need your permission to contact you about this inquiry; without it nobody could answer you.");
        }

        var version = check.Text("consent.textVersion", form.ConsentTextVersion, 40, "Name the version of the consent text the patient saw, like 2026-11.");
        return version is null
            ? null
            : new ConsentGiven { ShareWithClinics = form.ShareWithClinics is true, Contact = form.Contact is true, Marketing = form.Marketing is true, TextVersion = version };
    }
}
