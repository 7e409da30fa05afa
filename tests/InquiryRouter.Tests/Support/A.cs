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
        new AccreditationBody[]
        {
            new("jci", "Hospital Accreditors", "accreditation", ["*"], [], CountsAsClinical: true, null),
            new("fact", "Cell Therapy Accreditors", "accreditation", ["*"], [], CountsAsClinical: true, null),
            new("iso-9001", "Quality Certifiers", "accreditation", ["*"], [], CountsAsClinical: false, null),
            new("isqua", "Accreditors of Accreditors", "accreditation", ["*"], [], CountsAsClinical: false, null),
            new("cofepris", "the Mexican Licence Office", "accreditation", ["*"], [], CountsAsClinical: false, null),
            new("trials", "the Indian Trial Registry", "accreditation", ["*"], [], CountsAsClinical: false, null),
        },
        [
            Rule("MX", "msc-infusion", RuleOutcome.RequiresCredential, "cofepris"),
            Rule("CA", "msc-infusion", RuleOutcome.Permitted),
            Rule("CA", "autologous-hsct", RuleOutcome.Permitted),
            Rule("DE", "msc-infusion", RuleOutcome.Forbidden),
            Rule("IN", "msc-infusion", RuleOutcome.TrialOnly, "trials"),
        ],
        [],
        [],
        Shipped.Lists);

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
        Credentials = [Credential("jci", "hospital"), Credential("cofepris", "cell-therapy-clinical")],
    };

    /// <summary>Passes every gate as well, and needs no licence.</summary>
    public static Clinic CanadianClinic(string code = "CA-1") =>
        Clinic(code) with { Country = "CA", TimeZone = "America/Toronto", Credentials = [Credential("jci", "hospital")] };

    public static ClinicTreatment Treatment() => new()
    {
        Condition = "lupus", ConditionType = "sle", Treatment = "msc-infusion", CellSources = ["bone-marrow", "umbilical-cord"],
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
