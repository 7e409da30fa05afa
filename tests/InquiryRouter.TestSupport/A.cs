using System.Security.Cryptography;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;
using InquiryRouter.Infrastructure.ReferenceData;
using InquiryRouter.Infrastructure.ReferenceData.Import;
using Xunit;

namespace InquiryRouter.TestSupport;

/// <summary>Things the tests are about, whole and valid; a test changes what it is about.</summary>
internal static class A
{
    public static readonly MasterKey MasterKey = MasterKey.Parse(Convert.ToBase64String(RandomNumberGenerator.GetBytes(MasterKey.Length)), "the test");

    public static readonly PatientVault Vault = new(MasterKey);

    public static readonly ReferenceLists Lists = ReferenceDataFiles.LoadLists();

    public static readonly MatchRules Rules = ReferenceDataFiles.LoadRules(Lists);

    /// <summary>The shipped files with the country rules of the demo network, which the demo calls reviewed.</summary>
    public static readonly ReferenceFiles DemoFiles = ReferenceFiles.Shipped.With(ReferenceDataFiles.DemoCountryRules());

    /// <summary>A clinic in Mexico that passes every gate for <see cref="An.Inquiry"/>; of several, the first code is asked first.</summary>
    public static Clinic Clinic(string code) => new()
    {
        Code = code,
        Name = $"Clínica {code}",
        Active = true,
        Country = "MX",
        City = "Mérida",
        TimeZone = "America/Mexico_City",
        Email = $"referrals@{code.ToLowerInvariant()}.clinic.example",
        ContactName = $"Contact of {code}",
        Languages = ["en", "es"],
        AgeGroups = ["adult"],
        WeeklyCap = 1000,
        Opens = new TimeOnly(9, 0),
        Closes = new TimeOnly(17, 0),
        WorkDays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday],
        Treatments = [Treatment()],
        Packages = [Package()],
        Physicians = [Physician()],
        Credentials = [Credential("jci", "hospital"), Protocol()],
    };

    public static ClinicTreatment Treatment() => new()
    {
        Condition = "lupus", ConditionType = null, Treatment = "msc-infusion", CellSources = ["umbilical-cord", "bone-marrow"],
    };

    public static Package Package() => new()
    {
        Name = "Infusion, all inclusive", Treatment = "msc-infusion", Condition = null, PriceAmount = 14500.50m, PriceCurrency = "USD",
        Includes = ["hotel", "airport-transfer"], ValidFrom = new DateOnly(2020, 1, 1), ValidTo = new DateOnly(2090, 12, 31),
    };

    /// <summary>Qualified for lupus: specialty, certificate in force, references checked.</summary>
    public static Physician Physician() => new()
    {
        Name = "Dra. Íñiguez",
        Active = true,
        Specialties = ["rheumatology"],
        Certifications =
        [
            new Certification
            {
                Board = "Consejo Mexicano de Reumatología", ValidTo = new DateOnly(2090, 12, 31), VerifiedBy = "coordinator", VerifiedAt = new DateOnly(2026, 10, 1),
            },
        ],
        Memberships = ["Colegio Mexicano de Reumatología"],
        Experience = [new Experience("lupus", 120)],
        ReferencesCheckedAt = new DateOnly(2026, 10, 1),
    };

    /// <summary>What the rules of the demo network ask of a Mexican clinic.</summary>
    public static Credential Protocol() => Credential("mx-protocol", "cell-therapy-clinical") with
    {
        Conditions = ["lupus", "crohn", "rheumatoid-arthritis"], Treatments = ["msc-infusion"], CellSources = ["umbilical-cord", "bone-marrow", "adipose"],
    };

    public static Credential Credential(string body, string scope) => new()
    {
        Body = body, Scope = [scope], Number = $"N-{body}", ValidFrom = new DateOnly(2020, 1, 1), ValidTo = new DateOnly(2090, 12, 31),
        Status = "active", VerifiedBy = "coordinator", VerifiedAt = new DateOnly(2026, 10, 1), SourceUrl = "https://register.example/1",
    };

    public static IReadOnlyList<Clinic> DemoNetwork()
    {
        using var stream = ReferenceDataFiles.OpenDemoNetwork();
        var read = ClinicImport.Read(stream, ImportFormat.Json, Rules, new FieldRules());
        Assert.Empty(read.Problems);
        return read.Clinics;
    }

    /// <summary>Every field filled, with accents, other scripts and emoji where text is free.</summary>
    public static NewInquiry NewInquiry() => new(
        new PatientData
        {
            Name = "Ana Peña Łukasz 王小明 🦋", Email = "ana@patient.example", Phone = "+12133734253", InquirerName = "Zoë O’Brien",
            InquirerEmail = "zoe@carer.example", Message = "Línea uno\nDwa: „cudzysłów” 👩🏽‍⚕️", StatusToken = AccessLinkStore.NewToken(),
        },
        new InquiryFacts
        {
            Country = "US", Language = "es", TimeZone = "America/New_York", BirthYear = 1984, Relation = Relation.Carer, Condition = "lupus",
            ConditionType = "sle", Treatment = "stem-cell-therapy", CellSource = "umbilical-cord", Destinations = ["MX", "latin-america"],
            BudgetAmount = 15000.55m, BudgetCurrency = "USD", Timeframe = "within-3-months",
            SourcePage = "https://www.example.org/lupus-é-狼瘡", SourceCampaign = "Otoño – 秋 🍂", IntakeFlags = ["honeypot"],
        },
        new ConsentGiven { ShareWithClinics = true, Contact = true, Marketing = false, TextVersion = "2026-11" });

    /// <summary>Everything empty that may be.</summary>
    public static NewInquiry SparseInquiry() => new(
        new PatientData
        {
            Name = "Bo", Email = "bo@patient.example", Phone = null, InquirerName = null, InquirerEmail = null, Message = null,
            StatusToken = AccessLinkStore.NewToken(),
        },
        new InquiryFacts
        {
            Country = "DE", Language = "en", TimeZone = "Europe/Berlin", BirthYear = 1950, Relation = Relation.Self, Condition = "other",
            ConditionType = null, Treatment = "stem-cell-therapy", CellSource = "any", Destinations = ["anywhere"], BudgetAmount = null,
            BudgetCurrency = null, Timeframe = "undecided", SourcePage = null, SourceCampaign = null,
        },
        new ConsentGiven { ShareWithClinics = false, Contact = true, Marketing = true, TextVersion = "1" });

    public static byte[] RandomHash() => RandomNumberGenerator.GetBytes(32);
}
