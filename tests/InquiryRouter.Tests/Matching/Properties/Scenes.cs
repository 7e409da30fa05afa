using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching.Properties;

/// <summary>Random scenes: what fits, with a few things changed about each clinic, the inquiry and the policy, so that every gate stops some and some pass all.</summary>
public static class Scenes
{
    private static readonly DateOnly s_today = Moment.Today;

    private static readonly Func<Clinic, Clinic>[] s_clinics =
    [
        c => c with { Active = false },
        c => c with { Leave = [new Leave(s_today, s_today)] },
        c => c with { Leave = [new Leave(s_today.AddDays(-9), s_today.AddDays(-1)), new Leave(s_today.AddDays(1), s_today.AddDays(3))] },
        c => c with { PausedUntil = s_today },
        c => c with { MailFailsSince = Moment.Now.AddDays(-1) },
        c => c with { TimeZone = "Asia/Tokyo" },
        c => c with { TimeZone = "Pacific/Honolulu" },
        c => c with { Country = "CA" },
        c => c with { Country = "DE" },
        c => c with { Country = "IN" },
        c => c with { Country = "KR" },
        c => c with { Country = "TR" },
        c => c with { Country = "PA" },
        c => c with { Country = "JP" },
        c => c with { Treatments = [] },
        c => c with { Treatments = [.. c.Treatments, A.Treatment() with { ConditionType = null }] },
        c => c with { Treatments = [A.Treatment() with { Condition = "crohn", ConditionType = null }, .. c.Treatments] },
        c => c with { Treatments = [A.Treatment() with { ConditionType = "discoid" }, .. c.Treatments.Skip(1)] },
        c => c with { Treatments = [.. c.Treatments, A.Treatment() with { Treatment = "autologous-hsct", CellSources = ["bone-marrow"] }] },
        c => c with { Treatments = [.. c.Treatments.Select(t => t with { CellSources = ["adipose"] })] },
        c => c with { Treatments = [.. c.Treatments.Select(t => t with { CellSources = [] })] },
        c => c with { Treatments = [.. c.Treatments.Select((t, i) => t with { Site = i % 2 == 0 ? "south" : null })], Sites = [new Site("main", "Main", "A"), new Site("south", "South", "B")] },
        c => c with { Sites = [new Site("main", "Main", "A"), new Site("south", "South", "B")] },
        c => c with
        {
            Sites = [new Site("main", "Main", "A"), new Site("south", "South", "B")], Treatments = [.. c.Treatments, A.Treatment() with { Site = "south" }],
            Credentials = [.. c.Credentials, A.Credential("fact", "cell-therapy-clinical") with { Site = "south" }],
        },
        c => c with { Suspensions = [new Suspension("clinic", "Ministry", s_today, s_today, "gazette")] },
        c => c with { Suspensions = [new Suspension("processor", "Ministry", s_today.AddDays(-9), s_today.AddDays(-1), "gazette")] },
        c => c with { Country = "BS", Credentials = [.. c.Credentials, Plan()] },
        c => c with { Country = "BS", Credentials = [.. c.Credentials, Plan() with { CellSources = ["bone-marrow"] }] },
        c => c with { Country = "MY", Credentials = [.. c.Credentials, Plan() with { Body = "my-trials", Scope = ["clinical-trial"] }] },
        c => c with { Country = "BR" },
        c => c with { Country = "CR" },
        c => c with { Treatments = [.. c.Treatments.Select(t => t with { CellSources = ["bone-marrow"] })] },
        c => c with { Credentials = [.. c.Credentials.Select((x, i) => i % 2 == 0 ? x with { Conditions = ["lupus"], CellSources = ["bone-marrow"] } : x)] },
        c => c with { Credentials = [] },
        c => c with { Credentials = [.. c.Credentials.Select(x => x with { ValidTo = s_today })] },
        c => c with { Credentials = [.. c.Credentials.Select((x, i) => i % 2 == 0 ? x with { ValidTo = s_today.AddDays(-1) } : x)] },
        c => c with { Credentials = [.. c.Credentials.Select((x, i) => i % 2 == 1 ? x with { VerifiedBy = null } : x)] },
        c => c with { Credentials = [.. c.Credentials.Select(x => x with { Status = "suspended" })] },
        c => c with { Credentials = [.. c.Credentials.Select((x, i) => x with { Site = i % 2 == 0 ? "main" : "south" })] },
        c => c with { Credentials = [.. c.Credentials, A.Credential("fact", "cell-therapy-clinical")] },
        c => c with { Credentials = [.. c.Credentials, A.Credential("fact", "processing"), A.Credential("iso-9001", "quality-system")] },
        c => c with { Credentials = [.. c.Credentials, A.Credential("trials", "clinical-trial", "lupus", "msc-infusion"), A.Credential("nabh", "hospital")] },
        c => c with { Country = "IN", Credentials = [.. c.Credentials, A.Credential("trials", "clinical-trial", "crohn", "msc-infusion")] },
        c => c with { Credentials = [.. c.Credentials, A.Credential("trials", "lupus", "crohn", "msc-infusion", "autologous-hsct")] },
        c => c with { Credentials = [A.Credential("nabh", "hospital"), A.Credential("cofepris", "cell-therapy-clinical"), A.Credential("jci")] },
        c => c with { Credentials = [A.Credential("best-clinics", "hospital"), A.Credential("jci", "cell-therapy-clinical", "laboratory")] },
        c => c with { Physicians = [] },
        c => c with { Physicians = [.. c.Physicians.Select(p => p with { Active = false })] },
        c => c with { Physicians = [.. c.Physicians.Select(p => p with { Specialties = ["cardiology"] })] },
        c => c with { Physicians = [.. c.Physicians, A.Physician() with { Specialties = ["haematology", "gastroenterology"], Experience = [new Experience("crohn", 44), new Experience("lupus", 300)] }] },
        c => c with { Physicians = [.. c.Physicians.Select(p => p with { Certifications = [A.Certification() with { ValidTo = s_today }] })] },
        c => c with { Physicians = [.. c.Physicians.Select(p => p with { Certifications = [A.Certification() with { VerifiedBy = null }], ReferencesCheckedAt = null })] },
        c => c with { AgeGroups = ["child"] },
        c => c with { AgeGroups = ["child", "adult"] },
        c => c with { AgeGroups = [] },
        c => c with { Languages = ["es"] },
        c => c with { Languages = ["es", "en"] },
        c => c with { Languages = [] },
        c => c with { Packages = [] },
        c => c with { Packages = [.. c.Packages.Select(p => p with { PriceAmount = 47_000 })] },
        c => c with { Packages = [.. c.Packages, A.Package() with { PriceAmount = 9_000, ValidTo = s_today.AddDays(-1) }, A.Package() with { Condition = "crohn", PriceAmount = 3_000 }] },
        c => c with { Packages = [A.Package() with { PriceAmount = 500_000, PriceCurrency = "MXN" }, A.Package() with { Treatment = "autologous-hsct", PriceAmount = 60_000 }] },
        c => c with { WeeklyCap = 0 },
        c => c with { WeeklyCap = 3 },
        c => c with { DailyPace = 1 },
    ];

    private static readonly Func<InquiryFacts, InquiryFacts>[] s_inquiries =
    [
        f => f, f => f,
        f => f with { ConditionType = null },
        f => f with { ConditionType = "discoid" },
        f => f with { Condition = "crohn", ConditionType = null },
        f => f with { Condition = "not-in-the-list", ConditionType = null },
        f => f with { Treatment = "autologous-hsct" },
        f => f with { Treatment = "msc-infusion" },
        f => f with { CellSource = "adipose" },
        f => f with { CellSource = "bone-marrow" },
        f => f with { BirthYear = 2008 },
        f => f with { BirthYear = 2007 },
        f => f with { Destinations = ["CA", "IN"] },
        f => f with { Destinations = ["latin-america", "TR", "asia"] },
        f => f with { Language = "es" },
        f => f with { Language = "fr" },
        f => f with { BudgetAmount = 6_000, BudgetCurrency = "USD" },
        f => f with { BudgetAmount = 90_000, BudgetCurrency = "MXN" },
        f => f with { BudgetAmount = null, BudgetCurrency = null },
        f => f with { Country = "CA", BudgetAmount = null, BudgetCurrency = null },
    ];

    private static readonly Func<Policy, Policy>[] s_policies =
    [
        p => p, p => p with { MostTied = 1 }, p => p with { NearTie = 0 }, p => p with { NearTie = 0.5, MostTied = 50 }, p => p with { BudgetCeiling = null },
        p => p with { BudgetCeiling = 1 }, p => p with { ShareBy = ShareBy.Equal }, p => p with { Weights = new ScoreWeights(1, 0, 0, 3, 0, 0, 0, 7) },
        p => p with { Weights = new ScoreWeights(1, 1, 0, 0, 1, 1, 1, 1) },
    ];

    private static readonly ClinicLoad[] s_loads =
    [
        ClinicLoad.None, new() { ThisWeek = 10 }, new() { ThisWeek = 2, Today = 1 }, new() { ThisWeek = 8, Kept = 2 }, new() { Owed = 700_000, Answered = 9, Accepted = 8, ResponseMinutes = 45 },
        new() { Owed = -900_000, Answered = 4, Accepted = 0, ResponseMinutes = 700 }, new() { ThisWeek = 5, Owed = 200_000, ResponseMinutes = 4000, Answered = 1, Accepted = 1 },
    ];

    private static readonly CountryRule[][] s_rules =
    [
        [], [], [A.Rule("MX", "msc-infusion", RuleOutcome.Permitted)], [A.Rule("MX", "msc-infusion", RuleOutcome.Forbidden) with { From = s_today.AddDays(1) }],
        [A.Rule("CA", "msc-infusion", RuleOutcome.TrialOnly, "trials") with { Conditions = ["crohn"] }, A.Rule("JP", "msc-infusion", RuleOutcome.Forbidden) with { To = s_today }],
        [A.Rule("PA", "msc-infusion", RuleOutcome.RequiresCredential, "fact"), A.Rule("MX", "autologous-hsct", RuleOutcome.Permitted)],
        [A.Rule("IN", "msc-infusion", RuleOutcome.Permitted) with { Conditions = ["lupus"], From = s_today, To = s_today }],
    ];

    private static readonly DateTimeOffset[] s_moments =
        [Moment.Now, new(2026, 11, 18, 14, 59, 59, TimeSpan.Zero), new(2026, 11, 18, 15, 0, 0, TimeSpan.Zero), new(2026, 11, 18, 9, 59, 0, TimeSpan.Zero), new(2026, 11, 18, 10, 0, 0, TimeSpan.Zero)];

    private static Credential Plan() => A.Credential("plan", "cell-therapy-clinical") with
    {
        Conditions = ["lupus"], Treatments = ["msc-infusion"], CellSources = ["bone-marrow", "umbilical-cord"],
    };

    public static Gen<Scene> Any =>
        from count in Gen.Choose(1, 60)
        from clinics in Gen.CollectToArray(Enumerable.Range(1, count), ClinicOf)
        from loads in Gen.Elements(s_loads).ArrayOf(count)
        from earlier in Gen.Choose(0, 60).ArrayOf(count)
        from facts in Changed(An.Inquiry() with { Destinations = ["anywhere"] }, s_inquiries, 2)
        from policy in Changed(Policy.Shipped, s_policies, 2)
        from rules in Gen.Elements(s_rules)
        from now in Gen.Elements(s_moments)
        let codes = clinics.Select(c => c.Code).ToList()
        select new Scene(
            [.. clinics], [.. rules, .. A.CountryRules], facts, policy,
            codes.Zip(loads).Where(l => l.Second != ClinicLoad.None).ToDictionary(l => l.First, l => l.Second, StringComparer.Ordinal),
            codes.Zip(earlier).Where(e => Enum.IsDefined((Earlier)e.Second)).ToDictionary(e => e.First, e => (Earlier)e.Second, StringComparer.Ordinal),
            now);

    /// <summary>What the properties take; a scene that fails is made smaller clinic by clinic.</summary>
    public static Arbitrary<Scene> Arbitrary() => Arb.From(Any, Smaller);

    private static IEnumerable<Scene> Smaller(Scene scene) => scene.Clinics.Count < 2 ? [] : scene.Clinics.Select(c => scene.Without(c.Code));

    private static Gen<Clinic> ClinicOf(int number) =>
        from kind in Gen.Elements<Func<string, Clinic>>(A.Clinic, A.Clinic, A.CanadianClinic, A.JapaneseClinic)
        from clinic in Changed(kind(string.Create(CultureInfo.InvariantCulture, $"C-{number * 37 % 61:00}")), s_clinics, 5)
        select clinic;

    private static Gen<T> Changed<T>(T fitting, Func<T, T>[] changes, int most) =>
        from count in Gen.Choose(0, most)
        from chosen in Gen.Elements(changes).ArrayOf(count)
        select chosen.Aggregate(fitting, (t, change) => change(t));
}
