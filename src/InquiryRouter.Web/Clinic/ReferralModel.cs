using InquiryRouter.Core.Referral;
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

    /// <summary>What the patient tells of their health, as the summary is shown.</summary>
    public required IReadOnlyList<Row> Health { get; init; }

    /// <summary>What may have caused the illness, in a sentence each.</summary>
    public required IReadOnlyList<string> HealthNotes { get; init; }

    /// <summary>Who the patient is; empty until the clinic has accepted, or when the patient wants to decide first.</summary>
    public required IReadOnlyList<Row> Patient { get; init; }

    /// <summary>What patient and clinic have written, oldest first: label is who and when.</summary>
    public required IReadOnlyList<Row> Notes { get; init; }

    /// <summary>What the patient has asked the clinic, oldest first.</summary>
    public required IReadOnlyList<ReferralAsked> Asked { get; init; }

    /// <summary>The clinic's newest quote, line by line; empty: none.</summary>
    public required IReadOnlyList<Row> Quote { get; init; }

    /// <summary>What the clinic can do now.</summary>
    public required IReadOnlySet<ClinicAction> Actions { get; init; }

    /// <summary>Who of the clinic gave its newest answer; null: nobody in particular.</summary>
    public required string? AnsweredBy { get; init; }

    /// <summary>yyyy-MM-dd: the clinic's day.</summary>
    public required string Today { get; init; }

    /// <summary>What the clinic has said of a booking and a treatment.</summary>
    public required IReadOnlyList<Row> Reported { get; init; }

    /// <summary>The clinic has said no.</summary>
    public required bool HasDeclined { get; init; }

    public required string Link { get; init; }

    public required IReadOnlyList<Choice> DeclineReasons { get; init; }

    public required IReadOnlyList<Choice> ReturnReasons { get; init; }

    public required QuoteFormModel QuoteForm { get; init; }

    /// <summary>People of the clinic it can be forwarded to.</summary>
    public required IReadOnlyList<Choice> Colleagues { get; init; }

    public required ReferralShown Shown { get; init; }

    /// <summary>Whether there is a button for it.</summary>
    public bool Can(ClinicAction action) => Actions.Contains(action);

    /// <summary>Whether there is a button for one of these.</summary>
    public bool CanAny(params IEnumerable<ClinicAction> actions) => actions.Any(Can);

    /// <summary>Whether this form was sent and refused: it stands open, with what was typed.</summary>
    public bool WasRefused(string form) => Shown.Typed?.Form == form;

    /// <summary>What was chosen in this form before it was refused; empty: nothing.</summary>
    public string ChosenIn(string form) => WasRefused(form) ? Shown.Typed!.Choice ?? string.Empty : string.Empty;

    /// <summary>What was written in this form before it was refused, as a text area takes it: it drops the first line break.</summary>
    public string WrittenIn(string form) => "\n" + (WasRefused(form) ? Shown.Typed!.Text : string.Empty);
}

/// <summary>Something the patient asks the clinic.</summary>
/// <param name="Reply">What it has answered; null: nothing yet.</param>
public sealed record ReferralAsked(Guid Id, string At, string Text, string? Reply);

/// <summary>What the page of a referral says of the last step.</summary>
/// <param name="Error">What was wrong with it; null: nothing.</param>
/// <param name="Done">What was done just now; null: nothing.</param>
/// <param name="Quote">The form of a quote as it was typed, with what is wrong with it; null: an empty one.</param>
/// <param name="Typed">What was typed in another form that was refused; null: in none.</param>
/// <param name="Report">What was typed of a booking or a treatment and refused; null: nothing.</param>
public sealed record ReferralShown(string? Error = null, string? Done = null, QuoteFormModel? Quote = null, ReferralTyped? Typed = null,
    TreatmentTyped? Report = null);

/// <summary>A form that was refused, as it was typed.</summary>
/// <param name="Form">The last part of the address it is sent to.</param>
/// <param name="Choice">What was chosen from its list; null: nothing.</param>
/// <param name="Text">What was written in it; empty: nothing.</param>
public sealed record ReferralTyped(string Form, string? Choice, string Text);

/// <summary>The form of a quote: one line for each thing that may be in it.</summary>
public sealed record QuoteFormModel
{
    public required IReadOnlyList<QuoteLine> Lines { get; init; }

    public required IReadOnlyList<Choice> Currencies { get; init; }

    public required string Currency { get; init; }

    /// <summary>yyyy-MM-dd, as a date field has it.</summary>
    public required string ValidUntil { get; init; }

    public required string Remark { get; init; }

    public required QuoteTermsTyped Terms { get; init; }

    /// <summary>Who may pay for complications.</summary>
    public required IReadOnlyList<Choice> Complications { get; init; }

    /// <summary>What is wrong, by field: items, amount.treatment, currency, validUntil, remark, deposit and so on.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string? ProblemOf(string field) => Problems.GetValueOrDefault(field);
}

/// <summary>What a quote says beside its price, as it was typed.</summary>
/// <param name="Refunds">A row each, of days and percent.</param>
public sealed record QuoteTermsTyped(
    string Deposit, IReadOnlyList<(string Days, string Percent)> Refunds, string Sessions, string FurtherSession, string Complications);

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
