using InquiryRouter.Core.Referral;

namespace InquiryRouter.Core.Privacy;

/// <summary>
/// Everything held about a patient in one inquiry, as they get it (GDPR, articles 15 and 20). The names are published and only ever added to: in JSON
/// the same in camel case; moments are UTC, days <c>yyyy-MM-dd</c>, codes those of the reference data.
/// </summary>
public sealed record PatientRecord
{
    /// <summary>Always <c>inquiryrouter-patient-record</c>.</summary>
    public string Format { get; init; } = "inquiryrouter-patient-record";

    /// <summary>Raised when a name changes its meaning or goes; names that come do not raise it.</summary>
    public int FormatVersion { get; init; } = 1;

    public required DateTimeOffset ExportedAt { get; init; }

    public required InquiryPart Inquiry { get; init; }

    public required PatientPart Patient { get; init; }

    /// <summary>Who asks for the patient; null: they do themselves.</summary>
    public required InquirerPart? Inquirer { get; init; }

    /// <summary>Oldest first; the last one counts.</summary>
    public required IReadOnlyList<ConsentPart> Consents { get; init; }

    /// <summary>Which clinics were asked, first to last.</summary>
    public required IReadOnlyList<ReferralPart> Referrals { get; init; }

    /// <summary>What the patient chose for single clinics.</summary>
    public required IReadOnlyList<IdentityChoicePart> IdentityChoices { get; init; }

    /// <summary>To which clinics it was shown who the patient is, and since when.</summary>
    public required IReadOnlyList<DisclosurePart> IdentityShownTo { get; init; }

    public required IReadOnlyList<QuotePart> Quotes { get; init; }

    public required IReadOnlyList<NotePart> Notes { get; init; }

    /// <summary>What coordinators have begun to write, and have not sent.</summary>
    public required IReadOnlyList<DraftPart> Drafts { get; init; }

    public required IReadOnlyList<MailPart> Mails { get; init; }

    /// <summary>How the program chose clinics, for each time it did.</summary>
    public required IReadOnlyList<DecisionPart> Decisions { get; init; }

    /// <summary>Clinics where a place is waited for.</summary>
    public required IReadOnlyList<WaitingPart> WaitingFor { get; init; }

    public required IReadOnlyList<FollowUpPart> FollowUps { get; init; }

    public required IReadOnlyList<LinkPart> Links { get; init; }

    /// <summary>References of inquiries that a coordinator found to be of the same person.</summary>
    public required IReadOnlyList<string> SamePerson { get; init; }

    /// <summary>By what the inquiry can be found: kinds of keyed hashes (Mail, Phone, Name, Message, NameWords), which nobody can turn back.</summary>
    public required IReadOnlyList<string> SearchTokens { get; init; }

    /// <summary>Null: nothing looked like a program's.</summary>
    public required SpamPart? Spam { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<HistoryPart> History { get; init; }
}

/// <summary>What was asked.</summary>
public sealed record InquiryPart
{
    public required string Reference { get; init; }

    public required string State { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Why it is held or closed, as codes.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>What a coordinator has sent it on for, as codes.</summary>
    public required IReadOnlyList<string> Released { get; init; }

    public required bool Urgent { get; init; }

    public required string Condition { get; init; }

    public required string? ConditionType { get; init; }

    /// <summary>What the patient calls a condition that is not in the list.</summary>
    public required string? ConditionNamed { get; init; }

    public required string Treatment { get; init; }

    public required string CellSource { get; init; }

    public required IReadOnlyList<string> Destinations { get; init; }

    public required decimal? BudgetAmount { get; init; }

    public required string? BudgetCurrency { get; init; }

    public required string Timeframe { get; init; }

    public required string? Message { get; init; }

    public required string? SourcePage { get; init; }

    public required string? SourceCampaign { get; init; }

    /// <summary>What the form noticed of how it was sent, as codes.</summary>
    public required IReadOnlyList<string> NoticedWhenSent { get; init; }
}

public sealed record PatientPart(string Name, string? Email, string? Phone, string Country, string Language, string TimeZone, int BirthYear)
{
    /// <summary>Languages they read besides.</summary>
    public IReadOnlyList<string> AlsoReads { get; init; } = [];
}

/// <param name="Relation">Parent or Carer.</param>
public sealed record InquirerPart(string Relation, string? Name, string? Email);

/// <param name="Source">Where it was given: form, api, status, unsubscribe.</param>
public sealed record ConsentPart(DateTimeOffset At, bool ShareWithClinics, bool Contact, bool Marketing, string TextVersion, string Source);

/// <param name="Code">Of the clinic.</param>
/// <param name="Name">Null: it has left the network.</param>
public sealed record ClinicPart(string Code, string? Name, string? City, string? Country);

/// <param name="Reason">Of a no or a return, as a code.</param>
public sealed record ReferralPart(
    ClinicPart Clinic, string State, DateTimeOffset OfferedAt, DateTimeOffset AnswerDueBy, DateTimeOffset? AnsweredAt, DateTimeOffset? AcceptedAt, string? Reason)
{
    /// <summary>As the clinic says.</summary>
    public DateOnly? BookedOn { get; init; }

    /// <inheritdoc cref="BookedOn"/>
    public DateOnly? TreatedOn { get; init; }

    /// <inheritdoc cref="BookedOn"/>
    public decimal? PaidAmount { get; init; }

    public string? PaidCurrency { get; init; }

    /// <summary>Since when the patient says that it is not so.</summary>
    public DateTimeOffset? DisputedAt { get; init; }
}

public sealed record IdentityChoicePart(string Clinic, bool MaySeeWhoIAm, DateTimeOffset At);

public sealed record DisclosurePart(string Clinic, DateTimeOffset Since);

/// <param name="ValidUntil">Last day, in the clinic's zone.</param>
/// <param name="Items">Without an amount: included in the others.</param>
/// <param name="Terms">Null: the clinic does not say.</param>
public sealed record QuotePart(
    string Clinic, DateTimeOffset At, decimal Total, string Currency, DateOnly ValidUntil, IReadOnlyList<QuoteLinePart> Items, string? Remark,
    QuoteTerms? Terms);

public sealed record QuoteLinePart(string Item, decimal? Amount);

/// <param name="Author">Patient, Clinic or Coordinator.</param>
/// <param name="Clinic">Null: about the inquiry as a whole.</param>
public sealed record NotePart(DateTimeOffset At, string Author, string Kind, string? Clinic, string Text);

/// <param name="Form">What it was to become: note, ask, close, and so on.</param>
/// <param name="Text">Null: no text was written, only something chosen.</param>
public sealed record DraftPart(DateTimeOffset At, string Form, string? Text);

/// <param name="To">patient (or who asks for them), or other: a clinic, the coordinators.</param>
/// <param name="Text">Of mails to the patient only: the others say nothing about them, and are addressed to somebody else. Secrets of links are left out.</param>
public sealed record MailPart(string Kind, string State, string To, DateTimeOffset CreatedAt, DateTimeOffset? SentAt, string? Subject, string? Text);

/// <param name="Clinics">Those that fitted, best first.</param>
public sealed record DecisionPart(DateTimeOffset At, long NetworkVersion, int PolicyVersion, IReadOnlyList<string> Clinics);

public sealed record WaitingPart(string Clinic, DateTimeOffset Since);

public sealed record FollowUpPart(string Kind, DateTimeOffset DueAt, string State);

/// <param name="Purpose">Status, Referral and others; what a link opens with is known to nobody but who has it.</param>
public sealed record LinkPart(string Purpose, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt);

/// <param name="Reasons">What was noticed, with points.</param>
public sealed record SpamPart(int Score, IReadOnlyList<string> Reasons);

/// <param name="By">patient, clinic CODE, coordinator, or stage NAME: a part of the program.</param>
public sealed record HistoryPart(int Line, DateTimeOffset At, string Action, string By, string? Detail);
