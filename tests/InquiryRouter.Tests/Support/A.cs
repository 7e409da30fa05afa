using System.Collections.Frozen;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Tests.Support;

/// <summary>A small hand-made network around a clinic in Mexico that passes every gate for <see cref="An.Inquiry"/>.</summary>
internal static class A
{
    /// <summary>
    /// Mexico asks for a licence, Canada permits, Germany forbids, India wants a trial; of Panama nothing is known.
    /// </summary>
    public static readonly MatchRules MatchRules = new(
        [
            Body("jci", "Hospital Accreditors", "accreditation", true, "hospital", "programme", "laboratory"),
            Body("fact", "Cell Therapy Accreditors", "accreditation", true, "cell-therapy-clinical", "collection", "processing"),
            Body("iso-9001", "Quality Certifiers", "certification", false, "quality-system"),
            Body("isqua", "Accreditors of Accreditors", "accreditor-of-accreditors", false, "accreditation-body"),
            Body("cofepris", "the Mexican Licence Office", "licence", false, "cell-therapy-clinical"),
            Body("trials", "the Indian Trial Registry", "registration", false, "clinical-trial"),
        ],
        [
            Rule("MX", "msc-infusion", RuleOutcome.RequiresCredential, "cofepris"),
            Rule("CA", "msc-infusion", RuleOutcome.Permitted),
            Rule("CA", "autologous-hsct", RuleOutcome.Permitted),
            Rule("DE", "msc-infusion", RuleOutcome.Forbidden),
            Rule("IN", "msc-infusion", RuleOutcome.TrialOnly, "trials"),
        ],
        permissions: [],
        baselines: [],
        Shipped.Lists);

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
        Certifications =
        [
            new Certification { Board = "Board of Rheumatology", ValidTo = Moment.Today.AddYears(1), VerifiedBy = "coordinator", VerifiedAt = Moment.Today.AddDays(-7) },
        ],
        Memberships = ["Society of Rheumatology"],
        Experience = [new Experience("lupus", 120)],
        ReferencesCheckedAt = Moment.Today.AddDays(-7),
    };

    /// <summary>Verified and in force.</summary>
    public static Credential Credential(string body, params string[] scope) => new()
    {
        Body = body, Scope = scope, Number = "1", ValidFrom = Moment.Today.AddYears(-1), ValidTo = Moment.Today.AddYears(1), Status = "active",
        VerifiedBy = "coordinator", VerifiedAt = Moment.Today.AddDays(-7), SourceUrl = null,
    };

    public static NetworkSnapshot Network(params Clinic[] clinics) => new(7, clinics, MatchRules);

    /// <summary>What the matcher decides on <see cref="MatchRules"/>, now.</summary>
    public static MatchDecision Decision(InquiryFacts facts, NetworkSnapshot network, MatchLoad? load = null) =>
        Matcher.Match(facts, network, MatchRules, MatchPolicy.Default, load ?? MatchLoad.None, Moment.Now);

    public static MatchLoad Load(string[]? full = null, string[]? tried = null) =>
        new((full ?? []).ToFrozenSet(StringComparer.Ordinal), (tried ?? []).ToFrozenSet(StringComparer.Ordinal));
}
