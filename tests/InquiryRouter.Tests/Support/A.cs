using System.Collections.Frozen;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Tests.Support;

/// <summary>A small hand-made network around a clinic in Mexico that passes every gate for <see cref="An.Inquiry"/>.</summary>
internal static class A
{
    /// <summary>The shipped lists, with what the cases here rest on written down: a reviewer of the reference data may change it there.</summary>
    public static readonly ReferenceLists Lists = Shipped.Lists with
    {
        Conditions = With(Shipped.Lists.Conditions, "lupus", c => c with { Specialties = ["rheumatology", "dermatology"] }),
        Treatments = With(
            With(Shipped.Lists.Treatments, "msc-infusion", t => t with { Scopes = ["hospital", "programme", "cell-therapy-clinical"], Specialties = [], RiskClass = "moderate" }),
            "autologous-hsct", t => t with { Scopes = ["cell-therapy-clinical"], Specialties = ["haematology"], RiskClass = "high" }),
    };

    public static readonly AccreditationBody[] Bodies =
    [
        Body("jci", "Hospital Accreditors", "accreditation", true, "hospital", "programme", "laboratory"),
        Body("fact", "Cell Therapy Accreditors", "accreditation", true, "cell-therapy-clinical", "collection", "processing"),
        Body("nabh", "Indian Accreditors", "accreditation", true, "hospital") with { Countries = ["IN"] },
        Body("iso-9001", "Quality Certifiers", "certification", false, "quality-system"),
        Body("isqua", "Accreditors of Accreditors", "accreditor-of-accreditors", false, "accreditation-body"),
        Body("cofepris", "the Mexican Licence Office", "licence", false, "cell-therapy-clinical") with { Countries = ["MX"] },
        Body("plan", "the Plan Office", "registration", false, "cell-therapy-clinical"),
        Body("licence", "the Site Office", "licence", false, "cell-therapy-clinical"),
        Body("my-trials", "the Trial Office", "trial-registry", false, "clinical-trial"),
        Body("trials", "the Indian Trial Registry", "trial-registry", false, "clinical-trial") with { Countries = ["IN"] },
    ];

    public static readonly CountryRule[] CountryRules =
    [
        Rule("MX", "msc-infusion", RuleOutcome.RequiresCredential, "cofepris"),
        Rule("CA", "msc-infusion", RuleOutcome.Permitted),
        Rule("CA", "autologous-hsct", RuleOutcome.Permitted),
        Rule("DE", "msc-infusion", RuleOutcome.Forbidden),
        Rule("IN", "msc-infusion", RuleOutcome.TrialOnly, "trials"),
        Rule("KR", "msc-infusion", RuleOutcome.Permitted),
        Rule("TR", "msc-infusion", RuleOutcome.Permitted) with { Reviewed = true },
        Rule("JP", "msc-infusion", RuleOutcome.Permitted),
        Rule("CR", "msc-infusion", RuleOutcome.Undecided),
        Rule("BS", "msc-infusion", RuleOutcome.RequiresCredential, "plan") with { MustName = MustName.All, NotEnough = "licence" },
        Rule("MY", "msc-infusion", RuleOutcome.TrialOnly, "my-trials") with { MustName = MustName.All },
        Rule("BR", "msc-infusion", RuleOutcome.Forbidden) with { Summary = "Not in general." },
        Rule("BR", "msc-infusion", RuleOutcome.Forbidden) with { Conditions = ["lupus"], Summary = "Not every type." },
        Rule("BR", "msc-infusion", RuleOutcome.Permitted) with { Conditions = ["lupus"], ConditionTypes = ["sle"] },
        Rule("BR", "msc-infusion", RuleOutcome.Forbidden) with
        {
            Conditions = ["lupus"], ConditionTypes = ["sle"], CellSources = ["umbilical-cord"], Summary = "Not these cells.",
        },
    ];

    /// <summary>Türkiye's we hold, Korea's we do not.</summary>
    public static readonly FacilitatorPermission[] Permissions =
    [
        new("KR", "registration for foreign patients", Number: null, ValidFrom: null, ValidTo: null, "newmedicalkorea.com", Reviewed: false),
        new("TR", "intermediary's certificate", "TR-77", Moment.Today.AddYears(-1), Moment.Today.AddYears(1), "healthturkiye.com", Reviewed: true),
    ];

    public static readonly BaselinePrice[] Baselines =
    [
        new("msc-infusion", null, "US", 28000, "USD", "price list", Reviewed: false),
        new("msc-infusion", null, "CA", 20000, "USD", "price list", Reviewed: false),
        new("msc-infusion", "crohn", "US", 56000, "USD", "price list", Reviewed: false),
    ];

    /// <summary>
    /// Mexico asks for a licence, Canada and Japan permit, Germany forbids, India wants a trial, Korea and Türkiye a permission of ours; of Panama
    /// nothing is known.
    /// </summary>
    public static readonly MatchRules MatchRules = new(Bodies, CountryRules, Permissions, Baselines, Lists);

    public static AccreditationBody Body(string code, string name, string kind, bool countsAsClinical, params string[] covers) =>
        new(code, name, kind, ["*"], covers, countsAsClinical, Note: null);

    public static CountryRule Rule(string country, string treatment, RuleOutcome outcome, string? requires = null) => new()
    {
        Country = country, Treatment = treatment, Conditions = [], From = null, To = null, Outcome = outcome, Requires = requires,
        Summary = "So the law says.", Source = "gazette", Reviewed = false,
    };

    public static Clinic Clinic(string code = "MX-1") => new()
    {
        Code = code,
        Name = $"Clinic {code}",
        Active = true,
        Country = "MX",
        City = "Tijuana",
        TimeZone = "America/Tijuana",
        Email = "referrals@clinic.example",
        ContactName = "Dr Contact",
        Languages = ["en", "es"],
        AgeGroups = ["adult"],
        WeeklyCap = 10,
        Opens = new TimeOnly(9, 0),
        Closes = new TimeOnly(17, 0),
        WorkDays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday],
        Treatments = [Treatment()],
        Packages = [Package()],
        Physicians = [Physician()],
        Credentials = [Credential("jci", "hospital"), Credential("cofepris", "cell-therapy-clinical")],
    };

    /// <summary>Passes every gate as well, and needs no licence.</summary>
    public static Clinic CanadianClinic(string code = "CA-1") =>
        Clinic(code) with { Country = "CA", TimeZone = "America/Toronto", Credentials = [Credential("jci", "hospital")] };

    /// <summary>The same on the other side of the date.</summary>
    public static Clinic JapaneseClinic(string code = "JP-1") =>
        Clinic(code) with { Country = "JP", City = "Tokyo", TimeZone = "Asia/Tokyo", Credentials = [Credential("jci", "hospital")] };

    public static ClinicTreatment Treatment() => new()
    {
        Condition = "lupus", ConditionType = "sle", Treatment = "msc-infusion", CellSources = ["bone-marrow", "umbilical-cord"],
    };

    public static Package Package() => new()
    {
        Name = "Infusion, all inclusive", Treatment = "msc-infusion", Condition = null, PriceAmount = 14000, PriceCurrency = "USD", Includes = ["hotel"],
        ValidFrom = Moment.Today.AddYears(-1), ValidTo = Moment.Today.AddYears(1),
    };

    /// <summary>Qualified for lupus: specialty, certificate in force, references checked.</summary>
    public static Physician Physician() => new()
    {
        Name = "Dr Physician",
        Active = true,
        Specialties = ["rheumatology"],
        Certifications = [Certification()],
        Memberships = ["Society of Rheumatology"],
        Experience = [new Experience("lupus", 120)],
        ReferencesCheckedAt = Moment.Today.AddDays(-7),
    };

    /// <summary>Verified and in force.</summary>
    public static Certification Certification() =>
        new() { Board = "Board of Rheumatology", ValidTo = Moment.Today.AddYears(1), VerifiedBy = "coordinator", VerifiedAt = Moment.Today.AddDays(-7) };

    /// <summary>Verified and in force.</summary>
    public static Credential Credential(string body, params string[] scope) => new()
    {
        Body = body, Scope = scope, Number = "1", ValidFrom = Moment.Today.AddYears(-1), ValidTo = Moment.Today.AddYears(1), Status = "active",
        VerifiedBy = "coordinator", VerifiedAt = Moment.Today.AddDays(-7), SourceUrl = null,
    };

    public static NetworkSnapshot Network(params Clinic[] clinics) => new(7, clinics, MatchRules);

    /// <summary>The network as it is now.</summary>
    public static MatchIndex Index(params Clinic[] clinics) => new(Network(clinics), Moment.Now);

    /// <summary>What the matcher decides on <see cref="MatchRules"/>, now.</summary>
    public static MatchDecision Decision(InquiryFacts facts, NetworkSnapshot network, MatchLoad? load = null, Policy? policy = null) =>
        Matcher.Match(facts, new MatchIndex(network, Moment.Now), policy ?? Policy.Shipped, load ?? MatchLoad.None, Moment.Now);

    /// <summary>What stops one clinic, if anything, and the sentence that says so; the sentence is empty when nothing does.</summary>
    public static (Gate Gate, string Sentence) Answer(
        InquiryFacts facts, Clinic clinic, MatchLoad? load = null, Policy? policy = null, MatchIndex? index = null)
    {
        index ??= Index(clinic);
        load ??= MatchLoad.None;
        policy ??= Policy.Shipped;
        var answer = Rejected(facts, index, policy, load, Moment.Now)
            .FirstOrDefault(r => r.Clinic == clinic.Code, (Clinic: clinic.Code, Gate: Gate.None, Sentence: string.Empty));
        Assert.Equal(answer.Gate, Matcher.Check(clinic.Code, facts, index, policy, load, Moment.Now));
        return (answer.Gate, answer.Sentence);
    }

    /// <summary>Every clinic that is not ranked, in the order of codes, with the gate that stops it and the sentence that says so.</summary>
    public static IReadOnlyList<(string Clinic, Gate Gate, string Sentence)> Rejected(
        InquiryFacts facts, MatchIndex index, Policy policy, MatchLoad load, DateTimeOffset now) =>
        [.. Matcher.Match(facts, index, policy, load, now).Rejected.Select(r => (r.Clinic, r.Gate, r.Reason))];

    /// <summary>The name a gate is stored by.</summary>
    public static string Code(Gate gate) => GateList.Code(gate);

    /// <summary>A load of which only the clinics named know something: full weeks, earlier answers.</summary>
    public static MatchLoad Load(string[]? full = null, string[]? tried = null) =>
        new(
            (full ?? []).ToFrozenDictionary(c => c, _ => new ClinicLoad { ThisWeek = 10 }, StringComparer.Ordinal),
            (tried ?? []).ToFrozenDictionary(c => c, _ => Earlier.Asked, StringComparer.Ordinal));

    /// <summary>A load of one clinic.</summary>
    public static MatchLoad Load(string clinic, ClinicLoad load) =>
        new(new Dictionary<string, ClinicLoad>(StringComparer.Ordinal) { [clinic] = load }, FrozenDictionary<string, Earlier>.Empty);

    /// <summary>What one clinic said before.</summary>
    public static MatchLoad Load(string clinic, Earlier earlier) =>
        new(FrozenDictionary<string, ClinicLoad>.Empty, new Dictionary<string, Earlier>(StringComparer.Ordinal) { [clinic] = earlier });

    private static FrozenDictionary<string, T> With<T>(FrozenDictionary<string, T> rows, string code, Func<T, T> change) =>
        rows.ToFrozenDictionary(r => r.Key, r => r.Key == code ? change(r.Value) : r.Value, StringComparer.Ordinal);
}
