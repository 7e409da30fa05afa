using System.Collections.Frozen;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Benchmarks.Match;

/// <summary>Reference lists and rules of the size of the shipped ones: 12 conditions, 3 treatments and their family, 25 countries, 10 languages.</summary>
internal static class MatchLists
{
    public static readonly string[] Treatments = ["msc-infusion", "autologous-hsct", "exosome-infusion"];

    public static readonly string[] Conditions =
    [
        "lupus", "multiple-sclerosis", "rheumatoid-arthritis", "scleroderma", "crohn", "ulcerative-colitis", "parkinson", "leukaemia", "heart-failure",
        "type-1-diabetes", "osteoarthritis", "stroke",
    ];

    public static readonly string[] Specialties = ["rheumatology", "neurology", "gastroenterology", "cardiology", "haematology", "orthopaedics"];

    public static readonly string[] Languages = ["en", "es", "de", "fr", "tr", "th", "ja", "ko", "hi", "pt"];

    /// <summary>With the zone and the language of the place.</summary>
    public static readonly (string Country, string Name, string Zone, string Language)[] Places =
    [
        ("MX", "Mexico", "America/Tijuana", "es"), ("CO", "Colombia", "America/Bogota", "es"), ("CR", "Costa Rica", "America/Costa_Rica", "es"),
        ("PA", "Panama", "America/Panama", "es"), ("AR", "Argentina", "America/Argentina/Buenos_Aires", "es"), ("BR", "Brazil", "America/Sao_Paulo", "pt"),
        ("DO", "Dominican Republic", "America/Santo_Domingo", "es"), ("DE", "Germany", "Europe/Berlin", "de"), ("AT", "Austria", "Europe/Vienna", "de"),
        ("CH", "Switzerland", "Europe/Zurich", "de"), ("FR", "France", "Europe/Paris", "fr"), ("ES", "Spain", "Europe/Madrid", "es"),
        ("PT", "Portugal", "Europe/Lisbon", "pt"), ("PL", "Poland", "Europe/Warsaw", "en"), ("UA", "Ukraine", "Europe/Kyiv", "en"),
        ("TR", "Türkiye", "Europe/Istanbul", "tr"), ("GE", "Georgia", "Asia/Tbilisi", "en"), ("IN", "India", "Asia/Kolkata", "hi"),
        ("TH", "Thailand", "Asia/Bangkok", "th"), ("MY", "Malaysia", "Asia/Kuala_Lumpur", "en"), ("SG", "Singapore", "Asia/Singapore", "en"),
        ("JP", "Japan", "Asia/Tokyo", "ja"), ("KR", "South Korea", "Asia/Seoul", "ko"), ("CN", "China", "Asia/Shanghai", "en"), ("AE", "United Arab Emirates", "Asia/Dubai", "en"),
    ];

    public static MatchRules Rules()
    {
        var lists = new ReferenceLists
        {
            Countries = Places.Select(p => new Country(p.Country, p.Name, p.Zone)).Append(new Country("US", "United States", "America/New_York")).ToFrozenDictionary(c => c.Code, StringComparer.Ordinal),
            Languages = Languages.Select(l => new Named(l, l)).ToFrozenDictionary(l => l.Code, StringComparer.Ordinal),
            Currencies = new Currency[] { new("USD", "US dollar", 1), new("EUR", "Euro", 0.86m) }.ToFrozenDictionary(c => c.Code, StringComparer.Ordinal),
            Regions = new Region[]
            {
                new("latin-america", "Latin America", Places[..7].Select(p => p.Country).ToFrozenSet(StringComparer.Ordinal)),
                new("europe", "Europe", Places[7..17].Select(p => p.Country).ToFrozenSet(StringComparer.Ordinal)),
                new("asia", "Asia", Places[15..].Select(p => p.Country).ToFrozenSet(StringComparer.Ordinal)),
            }.ToFrozenDictionary(r => r.Code, StringComparer.Ordinal),
            Conditions = Conditions.Select((c, i) => new Condition(c, c, c == "lupus" ? [new Named("sle", "SLE"), new Named("discoid", "Discoid")] : []) { Specialties = [Specialties[i % 6]] })
                .ToFrozenDictionary(c => c.Code, StringComparer.Ordinal),
            Treatments = Treatments.Select(t => new Treatment(t, t, Set(t), ["bone-marrow", "umbilical-cord", "adipose"])
            {
                RiskClass = t == "autologous-hsct" ? "high" : "moderate",
                Scopes = t == "autologous-hsct" ? ["cell-therapy-clinical"] : ["hospital", "programme", "cell-therapy-clinical"],
                Specialties = t == "autologous-hsct" ? ["haematology"] : [],
            }).Append(new Treatment("stem-cell-therapy", "Stem cell therapy", Set("msc-infusion", "exosome-infusion"), [])).ToFrozenDictionary(t => t.Code, StringComparer.Ordinal),
        };
        return new MatchRules(
            [
                Body("jci", "Joint Commission", "accreditation", true, "*", "hospital", "programme"),
                Body("fact", "Foundation for Cellular Therapy", "accreditation", true, "*", "cell-therapy-clinical", "collection", "processing"),
                Body("nabh", "National Board for Hospitals", "accreditation", true, "IN", "hospital"),
                Body("iso-9001", "Quality system certifiers", "certification", false, "*", "quality-system"),
                Body("licence", "Licence office", "licence", false, "*", "cell-therapy-clinical"),
            ],
            Places.SelectMany((p, i) => Treatments.Select((t, n) => (p.Country, Treatment: t, Kind: (i + n) % 8))).Where(r => r.Kind != 7).Select(r => new CountryRule
            {
                Country = r.Country, Treatment = r.Treatment, Conditions = [], From = null, To = null,
                Outcome = r.Kind switch { 6 => RuleOutcome.Forbidden, 4 or 5 => RuleOutcome.RequiresCredential, _ => RuleOutcome.Permitted },
                Requires = r.Kind is 4 or 5 ? "licence" : null, Summary = "What the law of the country says about the treatment.", Source = "gazette", Reviewed = false,
            }),
            [new FacilitatorPermission("KR", "registration", Number: null, null, null, "gazette", Reviewed: false), new FacilitatorPermission("TR", "certificate", "1", null, null, "gazette", Reviewed: true)],
            [new BaselinePrice("msc-infusion", null, "US", 30000, "USD", "list", Reviewed: false)],
            lists);
    }

    private static AccreditationBody Body(string code, string name, string kind, bool clinical, string country, params string[] covers) =>
        new(code, name, kind, [country], covers, clinical, Note: null);

    private static FrozenSet<string> Set(params string[] codes) => codes.ToFrozenSet(StringComparer.Ordinal);
}
