using InquiryRouter.Web.Pages;

namespace InquiryRouter.Web.Clinic;

/// <summary>What a clinic sees behind its link.</summary>
public sealed record ReferralPageModel
{
    public required string Reference { get; init; }

    public required string ClinicName { get; init; }

    public required string Headline { get; init; }

    public required string Explanation { get; init; }

    /// <summary>The inquiry without anything that names the patient.</summary>
    public required IReadOnlyList<Row> Summary { get; init; }

    /// <summary>Who the patient is; empty until the clinic has accepted, or when the patient wants to decide first.</summary>
    public required IReadOnlyList<Row> Patient { get; init; }

    /// <summary>What patient and clinic have written, oldest first: label is who and when.</summary>
    public required IReadOnlyList<Row> Notes { get; init; }

    /// <summary>The clinic's newest quote, line by line; empty: none.</summary>
    public required IReadOnlyList<Row> Quote { get; init; }

    /// <summary>What the clinic can do now.</summary>
    public required ReferralActions Can { get; init; }

    public required string Link { get; init; }

    public required IReadOnlyList<Choice> DeclineReasons { get; init; }

    public required IReadOnlyList<Choice> ReturnReasons { get; init; }

    public required QuoteFormModel QuoteForm { get; init; }

    /// <summary>People of the clinic it can be forwarded to.</summary>
    public required IReadOnlyList<Choice> Colleagues { get; init; }

    /// <summary>What was wrong with the last answer; null: nothing.</summary>
    public string? Error { get; init; }

    /// <summary>What was done just now; null: nothing.</summary>
    public string? Done { get; init; }
}

/// <summary>The buttons that do something where the referral stands.</summary>
public sealed record ReferralActions
{
    /// <summary>Accept and decline.</summary>
    public bool Answer { get; init; }

    public bool Undo { get; init; }

    public bool Quote { get; init; }

    /// <summary>Ask the patient.</summary>
    public bool Ask { get; init; }

    public bool Book { get; init; }

    public bool Complete { get; init; }

    /// <summary>Give the patient back.</summary>
    public bool Return { get; init; }

    public bool Forward { get; init; }
}

/// <summary>The form of a quote: one line for each thing that may be in it.</summary>
public sealed record QuoteFormModel
{
    public required IReadOnlyList<QuoteLine> Lines { get; init; }

    public required IReadOnlyList<Choice> Currencies { get; init; }

    public required string Currency { get; init; }

    /// <summary>yyyy-MM-dd, as a date field has it.</summary>
    public required string ValidUntil { get; init; }

    public required string Remark { get; init; }

    /// <summary>What is wrong, by field: items, currency, validUntil, remark.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string? ProblemOf(string field) => Problems.GetValueOrDefault(field);
}

/// <param name="Amount">As it was typed.</param>
public sealed record QuoteLine(string Code, string Label, string Amount, bool Included);

/// <summary>A clinic's referrals in one list.</summary>
public sealed record ClinicListModel
{
    public required string ClinicName { get; init; }

    public required string Link { get; init; }

    public required IReadOnlyList<ClinicListRow> Referrals { get; init; }

    /// <summary>The last day of the clinic's pause, in words; null: it takes referrals.</summary>
    public required string? PausedUntil { get; init; }

    /// <summary>yyyy-MM-dd, for the date field.</summary>
    public required string Today { get; init; }

    public required string LastDay { get; init; }

    public string? Error { get; init; }

    public string? Done { get; init; }
}

/// <param name="Url">Opens the referral; the list's own link is in it.</param>
public sealed record ClinicListRow(string Reference, string Url, string State, string Since, string? DueBy);
