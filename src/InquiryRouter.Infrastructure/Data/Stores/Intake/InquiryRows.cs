using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening;

namespace InquiryRouter.Infrastructure.Data.Stores.Intake;

/// <summary>Rows as Dapper reads them: settable properties, the column names.</summary>
internal class InquiryRow
{
    public InquiryId Id { get; init; }

    public string Reference { get; init; } = string.Empty;

    public InquiryState State { get; init; }

    public int Version { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    public Relation Relation { get; init; }

    public string Country { get; init; } = string.Empty;

    public string Language { get; init; } = string.Empty;

    public string AlsoReads { get; init; } = string.Empty;

    public string TimeZone { get; init; } = string.Empty;

    public int BirthYear { get; init; }

    public string ConditionCode { get; init; } = string.Empty;

    public string? ConditionType { get; init; }

    public string TreatmentCode { get; init; } = string.Empty;

    public string CellSource { get; init; } = string.Empty;

    public string Destinations { get; init; } = string.Empty;

    public decimal? BudgetAmount { get; init; }

    public string? BudgetCurrency { get; init; }

    public string Timeframe { get; init; } = string.Empty;

    public string? SourcePage { get; init; }

    public string? SourceCampaign { get; init; }

    public string IntakeFlags { get; init; } = string.Empty;

    public string HoldReasons { get; init; } = string.Empty;

    public string Released { get; init; } = string.Empty;

    public bool Urgent { get; init; }

    public bool WantsNoCheckIns { get; init; }

    public int CountsOffersAfter { get; init; }

    public int AuditCount { get; init; }

    public byte[] AuditHash { get; init; } = [];

    public InquiryRecord ToRecord() => new()
    {
        Id = Id, Reference = Reference, State = State, Version = Version, ReceivedAt = ReceivedAt, ChangedAt = ChangedAt,
        HoldReasons = [.. CodeList.Split(HoldReasons).Select(HoldReason.Of)], Urgent = Urgent,
        Released = [.. CodeList.Split(Released).Select(HoldReason.Of)],
        WantsNoCheckIns = WantsNoCheckIns, CountsOffersAfter = CountsOffersAfter, AuditCount = AuditCount, AuditHash = AuditHash,
        Facts = new InquiryFacts
        {
            Country = Country, Language = Language, AlsoReads = CodeList.Split(AlsoReads), TimeZone = TimeZone, BirthYear = BirthYear,
            Relation = Relation, Condition = ConditionCode,
            ConditionType = ConditionType, Treatment = TreatmentCode, CellSource = CellSource, Destinations = CodeList.Split(Destinations),
            BudgetAmount = BudgetAmount, BudgetCurrency = BudgetCurrency, Timeframe = Timeframe, SourcePage = SourcePage,
            SourceCampaign = SourceCampaign, IntakeFlags = CodeList.Split(IntakeFlags),
        },
    };
}

internal sealed class ConsentRow
{
    public bool ShareWithClinics { get; init; }

    public bool Contact { get; init; }

    public bool Marketing { get; init; }

    public string TextVersion { get; init; } = string.Empty;

    public string Source { get; init; } = string.Empty;

    public DateTimeOffset At { get; init; }

    public ConsentGiven ToConsent() => new() { ShareWithClinics = ShareWithClinics, Contact = Contact, Marketing = Marketing, TextVersion = TextVersion };
}

internal sealed class HeldRow
{
    public InquiryId Id { get; init; }

    public string Reference { get; init; } = string.Empty;

    public InquiryState State { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    public bool Urgent { get; init; }

    public Relation Relation { get; init; }

    public string HoldReasons { get; init; } = string.Empty;

    public HeldInquiry ToHeld() => new(Id, Reference, State, ChangedAt, Urgent, Relation, [.. CodeList.Split(HoldReasons).Select(HoldReason.Of)]);
}

/// <summary>Lists of codes in one column: codes have no spaces.</summary>
internal static class CodeList
{
    public static string Join(IEnumerable<string> words) => string.Join(' ', words);

    public static string[] Split(string words) => words.Length == 0 ? [] : words.Split(' ');
}
