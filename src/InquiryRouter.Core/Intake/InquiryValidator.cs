namespace InquiryRouter.Core.Intake;

/// <summary>
/// Turns what was typed into an inquiry, or into one error a field that the sender can act on.
/// </summary>
public sealed class InquiryValidator(ReferenceLists lists, IFieldRules rules)
{
    public const int NameLength = 200;
    public const int CampaignLength = 200;
    public const int MessageLength = 4000;
    public const string ExamplePhone = "+1 213 373 4253";
    private const int OldestAge = 120;

    // As it is typed: with brackets, spaces and an extension.
    private const int LongestPhone = 60;

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

        var name = check.Text("patient.name", form.PatientName, NameLength, "name.missing");
        var country = CountryOf(form, check);
        var email = Email(check, "patient.email", form.PatientEmail, required: self);
        var inquirerName = self ? null : check.Text("inquirer.name", form.InquirerName, NameLength, "inquirerName.missing");
        var inquirerEmail = self ? null : Email(check, "inquirer.email", form.InquirerEmail, required: true);
        var phone = Phone(check, form.PatientPhone, country?.Code);
        var language = LanguageOf(form, check);
        var alsoReads = AlsoReadsOf(form, language, check);
        var timeZone = TimeZoneOf(form, country, check);
        var birthYear = BirthYearOf(form, now, check);
        var condition = ConditionOf(form, check, out var type, out var named);
        var treatment = TreatmentOf(form, check, out var cellSource);
        var destinations = DestinationsOf(form, check);
        var (amount, currency) = BudgetOf(form, check);
        var timeframe = TimeframeOf(form, check);
        var message = check.Optional("message", form.Message, MessageLength, multiline: true);
        var page = PageOf(form, check);
        var campaign = check.Optional("source.campaign", form.SourceCampaign, CampaignLength);
        var consent = ConsentOf(form, check);

        if (check.Errors.Count > 0)
        {
            return (null, check.Errors);
        }

        var inquiry = new NewInquiry(
            new PatientData
            {
                Name = name!, Email = email, Phone = phone, InquirerName = inquirerName, InquirerEmail = inquirerEmail,
                Message = message, ConditionNamed = named, StatusToken = statusToken,
            },
            new InquiryFacts
            {
                Country = country!.Code, Language = language!, AlsoReads = alsoReads, TimeZone = timeZone!, BirthYear = birthYear,
                Relation = relation,
                Condition = condition!, ConditionType = type, Treatment = treatment!, CellSource = cellSource, Destinations = destinations,
                BudgetAmount = amount, BudgetCurrency = currency, Timeframe = timeframe, SourcePage = page, SourceCampaign = campaign,
            },
            consent!);
        return (inquiry, []);
    }

    private static Relation RelationOf(InquiryForm form, Check check)
    {
        switch (Typed.Code(form.InquirerRelation) ?? "self")
        {
            case "self": return Relation.Self;
            case "parent": return Relation.Parent;
            case "carer": return Relation.Carer;
            default:
                check.Add("inquirer.relation", "relation.unknown");
                return Relation.Self;
        }
    }

    private Country? CountryOf(InquiryForm form, Check check)
    {
        var code = Typed.Code(form.PatientCountry)?.ToUpperInvariant();
        if (code is null)
        {
            check.Add("patient.country", "country.missing");
        }
        else if (!lists.Countries.TryGetValue(code, out var country))
        {
            check.Add("patient.country", "country.unknown");
        }
        else
        {
            return country;
        }

        return null;
    }

    private string? Email(Check check, string field, string? typed, bool required)
    {
        var text = Typed.Code(typed);
        if (text is null)
        {
            if (required)
            {
                check.Add(field, "email.missing");
            }

            return null;
        }

        if (rules.TryEmail(text, out var normal))
        {
            return normal;
        }

        check.Add(field, "email.unusable", ("example", "name@example.org"));
        return null;
    }

    private string? Phone(Check check, string? typed, string? country)
    {
        var text = Typed.Number(typed);
        if (text is null)
        {
            return null;
        }

        if (text.Length <= LongestPhone && rules.TryPhone(text, country, out var stored))
        {
            return stored;
        }

        check.Add("patient.phone", "phone.unusable", ("example", ExamplePhone));
        return null;
    }

    private string? LanguageOf(InquiryForm form, Check check)
    {
        // A full tag (es-MX) is what browsers send; the language is its first part.
        var code = (Typed.Code(form.PatientLanguage) ?? "en").Split('-')[0].ToLowerInvariant();
        if (lists.Languages.ContainsKey(code))
        {
            return code;
        }

        check.Add("patient.language", "language.unknown");
        return null;
    }

    private List<string> AlsoReadsOf(InquiryForm form, string? language, Check check)
    {
        const int most = 10;
        var reads = new List<string>(1);
        foreach (var typed in form.PatientAlsoReads ?? [])
        {
            if (Typed.Code(typed)?.Split('-')[0].ToLowerInvariant() is not { } code)
            {
                continue;
            }

            if (!lists.Languages.ContainsKey(code) || reads.Count == most)
            {
                check.Add("patient.alsoReads", "alsoReads.unknown", ("most", most));
                return reads;
            }

            if (code != language && !reads.Contains(code, StringComparer.Ordinal))
            {
                reads.Add(code);
            }
        }

        return reads;
    }

    private string? TimeZoneOf(InquiryForm form, Country? country, Check check)
    {
        if (Typed.Code(form.PatientTimeZone) is not { } typed)
        {
            return country?.TimeZone;
        }

        if (rules.TryTimeZone(typed, out var id))
        {
            return id;
        }

        check.Add("patient.timeZone", "timeZone.unknown", ("example", "America/New_York"));
        return null;
    }

    private static int BirthYearOf(InquiryForm form, DateTimeOffset now, Check check)
    {
        var thisYear = now.UtcDateTime.Year;
        if (form.PatientBirthYear is not { } year)
        {
            check.Add("patient.birthYear", "birthYear.missing");
            return 0;
        }

        if (year < thisYear - OldestAge || year > thisYear)
        {
            check.Add("patient.birthYear", "birthYear.range", ("first", thisYear - OldestAge), ("last", thisYear));
        }

        return year;
    }

    private string? ConditionOf(InquiryForm form, Check check, out string? type, out string? named)
    {
        (type, named) = (null, null);
        var asked = _conditions.Find(Typed.Line(form.Condition));
        if (asked is { Condition: ReferenceLists.OtherCondition })
        {
            // Who did not find theirs in the list may have written a name that we know.
            named = check.Optional("conditionNamed", form.ConditionNamed, ConditionFinder.LongestName);
            if (_conditions.Find(named) is { Condition: not ReferenceLists.OtherCondition } known)
            {
                (asked, named) = (known, null);
            }
        }

        if (asked is not { } found)
        {
            check.Add(
                "condition", "condition.unknown", ("conditions", ListedNames.ByCode(NamedList.Conditions, lists.Conditions.Values.Select(c => new Named(c.Code, c.Name)))),
                ("other", ReferenceLists.OtherCondition));
            return null;
        }

        var condition = lists.Conditions[found.Condition];
        var typed = Typed.Code(form.ConditionType)?.ToLowerInvariant();
        if (typed is not null && condition.Types.All(t => t.Code != typed))
        {
            if (condition.Types.Count == 0)
            {
                check.Add("conditionType", "conditionType.none");
            }
            else
            {
                check.Add("conditionType", "conditionType.unknown", ("types", new ListedNames(NamedList.ConditionTypes, condition.Types)));
            }
        }

        // "Discoid lupus" and a type of its own: the type was chosen, the name only written.
        type = typed ?? found.Type;
        return found.Condition;
    }

    private string? TreatmentOf(InquiryForm form, Check check, out string cellSource)
    {
        cellSource = Typed.Code(form.CellSource)?.ToLowerInvariant() ?? ReferenceLists.AnyCellSource;
        var code = Typed.Code(form.Treatment)?.ToLowerInvariant();
        if (code is null || !lists.Treatments.TryGetValue(code, out var treatment))
        {
            check.Add("treatment", "treatment.unknown", ("treatments", ListedNames.ByCode(NamedList.Treatments, lists.Treatments.Values.Select(t => new Named(t.Code, t.Name)))));
            return null;
        }

        if (cellSource != ReferenceLists.AnyCellSource && !treatment.CellSources.Contains(cellSource, StringComparer.Ordinal))
        {
            check.Add("cellSource", "choice.unknown", ("choices", ListedNames.OfCodes(NamedList.CellSources, [ReferenceLists.AnyCellSource, .. treatment.CellSources])));
        }

        return code;
    }

    private List<string> DestinationsOf(InquiryForm form, Check check)
    {
        const int most = 20;
        var chosen = new List<string>(2);
        foreach (var typed in form.Destinations ?? [])
        {
            var text = Typed.Code(typed);
            if (text is null)
            {
                continue;
            }

            var region = text.ToLowerInvariant();
            var known = region == ReferenceLists.Anywhere || lists.Regions.ContainsKey(region) ? region
                : lists.Countries.ContainsKey(text.ToUpperInvariant()) ? text.ToUpperInvariant() : null;
            if (known is null || chosen.Count == most)
            {
                check.Add(
                    "destinations", "destinations.unknown", ("most", most),
                    ("regions", ListedNames.ByCode(NamedList.Regions, lists.Regions.Values.Where(r => r.Code != ReferenceLists.Anywhere).Select(r => new Named(r.Code, r.Name)))),
                    ("anywhere", ReferenceLists.Anywhere));
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
        var currency = Typed.Code(form.BudgetCurrency)?.ToUpperInvariant();
        if (form.BudgetAmount is not { } amount)
        {
            // A currency without an amount says nothing; a form sends its preselected one.
            return (null, null);
        }

        amount = decimal.Round(amount, 2);
        if (amount is <= 0 or > most)
        {
            check.Add("budget.amount", "budget.range", ("most", most));
        }

        if (currency is null || !lists.Currencies.ContainsKey(currency))
        {
            check.Add("budget.currency", "currency.unknown");
        }

        return (amount, currency);
    }

    private static string TimeframeOf(InquiryForm form, Check check)
    {
        var text = Typed.Code(form.Timeframe)?.ToLowerInvariant() ?? "undecided";
        if (!ReferenceLists.Timeframes.Contains(text, StringComparer.Ordinal))
        {
            check.Add("timeframe", "choice.unknown", ("choices", ListedNames.OfCodes(NamedList.Timeframes, ReferenceLists.Timeframes)));
        }

        return text;
    }

    /// <summary>Whether the address of a page would be stored.</summary>
    public static bool IsUsablePage(string? typed)
    {
        var check = new Check();
        return PageOf(new InquiryForm { SourcePage = typed }, check) is not null;
    }

    private static string? PageOf(InquiryForm form, Check check)
    {
        const int most = 500;
        if (Typed.Code(form.SourcePage) is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var page) || page.Scheme is not ("http" or "https"))
        {
            check.Add("source.page", "page.unknown", ("beginning", "https://"));
            return null;
        }

        // Query, fragment and user part may carry anything, an address or a name included; the page itself is enough.
        var kept = page.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        if (kept.Length > most)
        {
            check.Add("source.page", "page.tooLong", ("most", most));
            return null;
        }

        return kept;
    }

    private static ConsentGiven? ConsentOf(InquiryForm form, Check check)
    {
        if (form.Contact is not true)
        {
            check.Add("consent.contact", "consent.contact");
        }

        var version = check.Text("consent.textVersion", Typed.Code(form.ConsentTextVersion), 40, "consent.version", ("example", "2026-11"));
        return version is null
            ? null
            : new ConsentGiven { ShareWithClinics = form.ShareWithClinics is true, Contact = form.Contact is true, Marketing = form.Marketing is true, TextVersion = version };
    }
}
