using System.Collections.Frozen;
using System.Globalization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Benchmarks.Match;

/// <summary>
/// Invents clinics in the terms of Core, the same ones for the same count, spread over all that can stop one: each treats one to four of twelve
/// conditions, and of those that treat the patient's some fail by type, treatment, law, credential, physician, wish, language, price or load.
/// </summary>
internal static class MatchNetwork
{
    public static readonly DateTimeOffset Now = new(2026, 11, 18, 12, 0, 0, TimeSpan.Zero);

    private static readonly DateOnly s_today = DateOnly.FromDateTime(Now.UtcDateTime);

    /// <summary>Asks for the commonest: lupus, in two regions and two countries, with a budget.</summary>
    public static readonly InquiryFacts Inquiry = new()
    {
        Country = "US", Language = "en", TimeZone = "America/New_York", BirthYear = 1984, Relation = Relation.Self, Condition = "lupus", ConditionType = "sle",
        Treatment = "stem-cell-therapy", CellSource = "any", Destinations = ["MX", "latin-america", "asia", "DE", "ES"], BudgetAmount = 15000, BudgetCurrency = "USD",
        Timeframe = "within-3-months", SourcePage = null, SourceCampaign = null,
    };

    public static NetworkSnapshot Generate(int clinics)
    {
        var random = new Random(20261118);
        return new NetworkSnapshot(1, [.. Enumerable.Range(1, clinics).Select(n => Clinic(n, random))], MatchLists.Rules());
    }

    /// <summary>Most clinics have had some referrals and have answered some; one in thirty is full, and three were asked before.</summary>
    public static MatchLoad Load(NetworkSnapshot network)
    {
        var random = new Random(7);
        return new MatchLoad(
            network.Clinics.Where(_ => random.Next(5) > 0).ToDictionary(c => new string(c.Code), c => Load(c, random), StringComparer.Ordinal),
            network.Clinics.Take(3).ToFrozenDictionary(c => c.Code, _ => Earlier.Declined, StringComparer.Ordinal));
    }

    private static ClinicLoad Load(Clinic clinic, Random random)
    {
        var answered = random.Next(40);
        return new ClinicLoad
        {
            ThisWeek = random.Next(30) == 0 ? clinic.WeeklyCap : random.Next(clinic.WeeklyCap), Today = random.Next(2), Owed = random.Next(-600_000, 600_000),
            ResponseMinutes = answered == 0 ? null : random.Next(20, 2000), Answered = answered, Accepted = random.Next(answered + 1),
        };
    }

    private static Clinic Clinic(int n, Random random)
    {
        var place = MatchLists.Places[random.Next(MatchLists.Places.Length)];
        string[] conditions = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => MatchLists.Conditions[Math.Max(0, random.Next(-1, MatchLists.Conditions.Length))]).Distinct(StringComparer.Ordinal)];
        return new Clinic
        {
            Code = string.Create(CultureInfo.InvariantCulture, $"{place.Country}-{n:000000}"),
            Name = string.Create(CultureInfo.InvariantCulture, $"Clinic {n}"),
            Active = random.Next(20) > 0,
            Country = place.Country,
            City = place.Name,
            TimeZone = place.Zone,
            Email = "referrals@clinic.example",
            ContactName = "Dr Contact",
            Languages = random.Next(4) > 0 ? [.. new[] { place.Language, "en" }.Distinct(StringComparer.Ordinal)] : [place.Language],
            AgeGroups = random.Next(10) > 0 ? ["adult"] : ["child"],
            WeeklyCap = random.Next(2, 20),
            DailyPace = random.Next(5) == 0 ? random.Next(1, 4) : null,
            Opens = new TimeOnly(9, 0),
            Closes = new TimeOnly(17, 0),
            WorkDays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday],
            Leave = random.Next(25) == 0 ? [new Leave(s_today.AddDays(-2), s_today.AddDays(5))] : [],
            Treatments = [.. conditions.Select(c => new ClinicTreatment
            {
                Condition = c, ConditionType = c == "lupus" && random.Next(5) == 0 ? "discoid" : null,
                Treatment = MatchLists.Treatments[Math.Max(0, random.Next(-4, 3))], CellSources = ["umbilical-cord", "bone-marrow"],
            })],
            Packages = [.. MatchLists.Treatments.Select(t => new Package
            {
                Name = t, Treatment = t, Condition = null, PriceAmount = random.Next(60, 350) * 100, PriceCurrency = random.Next(3) == 0 ? "EUR" : "USD", Includes = ["hotel"],
                ValidFrom = s_today.AddDays(-100), ValidTo = s_today.AddDays(random.Next(8) == 0 ? -1 : 100),
            })],
            Physicians = [.. conditions.Where(_ => random.Next(6) > 0).Select(c => Physician(c, random))],
            Credentials = [.. Credentials(random)],
        };
    }

    private static Physician Physician(string condition, Random random) => new()
    {
        Name = "Dr Ana Pérez", Active = random.Next(15) > 0, Specialties = [MatchLists.Specialties[Array.IndexOf(MatchLists.Conditions, condition) % 6]],
        Certifications = [new Certification { Board = "Board", ValidTo = s_today.AddDays(random.Next(-30, 800)), VerifiedBy = random.Next(12) > 0 ? "coordinator" : null, VerifiedAt = s_today.AddDays(-9) }],
        Experience = [new Experience(condition, random.Next(400))], ReferencesCheckedAt = random.Next(2) == 0 ? s_today.AddDays(-30) : null,
    };

    private static IEnumerable<Credential> Credentials(Random random)
    {
        if (random.Next(10) > 1)
        {
            yield return Credential("jci", random, "hospital");
        }

        if (random.Next(4) == 0)
        {
            yield return Credential("fact", random, random.Next(3) == 0 ? ["processing"] : ["cell-therapy-clinical", "collection"]);
        }

        if (random.Next(3) == 0)
        {
            yield return Credential("iso-9001", random, "quality-system");
        }

        if (random.Next(3) > 0)
        {
            yield return Credential("licence", random, "cell-therapy-clinical");
        }
    }

    private static Credential Credential(string body, Random random, params string[] scope) => new()
    {
        Body = body, Scope = scope, Number = "1", ValidFrom = s_today.AddDays(-400), ValidTo = s_today.AddDays(random.Next(-60, 700)),
        Status = random.Next(15) == 0 ? "suspended" : "active", VerifiedBy = random.Next(10) > 0 ? "coordinator" : null, VerifiedAt = s_today.AddDays(-9), SourceUrl = null,
    };
}
