using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Referral;

namespace InquiryRouter.Tests.Support;

/// <summary>The lupus inquiry of DESIGN.md in each of its forms; a test changes the one thing it is about.</summary>
internal static class An
{
    /// <summary>As it is sent.</summary>
    public static InquiryForm InquiryForm() => new()
    {
        PatientName = "Ana Example",
        PatientEmail = "ana@example.org",
        PatientPhone = "+1 213 373 4253",
        PatientCountry = "US",
        PatientLanguage = "en",
        PatientTimeZone = "America/New_York",
        PatientBirthYear = 1984,
        InquirerRelation = "self",
        Condition = "lupus",
        ConditionType = "sle",
        Treatment = "stem-cell-therapy",
        CellSource = "any",
        Destinations = ["MX", "latin-america"],
        BudgetAmount = 15000,
        BudgetCurrency = "USD",
        Timeframe = "within-3-months",
        Message = "I have had lupus for ten years.",
        ShareWithClinics = true,
        Contact = true,
        Marketing = false,
        ConsentTextVersion = "2026-11",
        SourcePage = "https://www.example.org/stem-cell-therapy-for-lupus-abroad",
        SourceCampaign = "autumn",
    };

    /// <summary>As matching sees it.</summary>
    public static InquiryFacts Inquiry() => new()
    {
        Country = "US",
        Language = "en",
        TimeZone = "America/New_York",
        BirthYear = 1984,
        Relation = Relation.Self,
        Condition = "lupus",
        ConditionType = "sle",
        Treatment = "stem-cell-therapy",
        CellSource = "any",
        Destinations = ["MX", "latin-america"],
        BudgetAmount = 15000,
        BudgetCurrency = "USD",
        Timeframe = "within-3-months",
        SourcePage = null,
        SourceCampaign = null,
    };

    /// <summary>As screening sees it.</summary>
    public static ScreeningFacts ScreenedInquiry(InquiryFacts? inquiry = null, string? message = "I have had lupus for ten years.", ConsentGiven? consent = null) => new()
    {
        Inquiry = inquiry ?? Inquiry(), Consent = consent ?? Agreement(), PatientName = Patient().Name, Message = message,
    };

    /// <summary>As it is stored, just received.</summary>
    public static InquiryRecord InquiryRecord() => new()
    {
        Id = new InquiryId(new Guid("018f3a52-7c1d-7a2b-9c3d-4e5f60718293")),
        Reference = "IR-7K3M-9Q2P",
        State = InquiryState.Received,
        Version = 1,
        ReceivedAt = Moment.Now,
        ChangedAt = Moment.Now,
        Facts = Inquiry(),
        HoldReasons = [],
        Urgent = false,
        AuditCount = 1,
        AuditHash = new byte[32],
    };

    /// <summary>Offered, not answered.</summary>
    public static ReferralRecord Referral() => new()
    {
        Id = new ReferralId(new Guid("018f3a52-7c1d-7a2b-9c3d-4e5f60718294")), InquiryId = InquiryRecord().Id, N = 1, ClinicCode = "MX-1",
        MatchId = Guid.Empty, State = ReferralState.Offered, Version = 1, OfferedAt = Moment.Now, OfferUntil = Moment.Now.AddDays(2),
        CapWeek = new DateOnly(2026, 11, 16), AnsweredAt = null, Reason = null,
    };

    public static PatientData Patient() => new()
    {
        Name = "Ana Example",
        Email = "ana@example.org",
        Phone = "+12133734253",
        InquirerName = null,
        InquirerEmail = null,
        Message = "I have had lupus for ten years.",
        StatusToken = "status-token",
    };

    public static ConsentGiven Agreement() => new() { ShareWithClinics = true, Contact = true, Marketing = false, TextVersion = "2026-11" };
}
