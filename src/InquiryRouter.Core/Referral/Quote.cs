namespace InquiryRouter.Core.Referral;

/// <summary>One line of a quote.</summary>
/// <param name="Code">One of <see cref="QuoteRules.Items"/>.</param>
/// <param name="Amount">In the quote's currency; null: included in the price of the others.</param>
public sealed record QuoteItem(string Code, decimal? Amount);

/// <summary>What a clinic would ask for the treatment, item by item.</summary>
public sealed record QuoteContent
{
    public required IReadOnlyList<QuoteItem> Items { get; init; }

    /// <summary>What the clinic adds in its own words; null: nothing.</summary>
    public required string? Remark { get; init; }

    public decimal Total => Items.Sum(i => i.Amount ?? 0);
}

/// <summary>What is wrong with a quote as it was typed: the field and the code of the sentence.</summary>
public readonly record struct QuoteProblem(string Field, string Code);

/// <summary>What makes a quote comparable: itemised from one list, in one currency, with a last day.</summary>
public static class QuoteRules
{
    public const int LongestRemark = 2000;

    // A patient who has not decided by then is not kept from other clinics for longer.
    private static readonly TimeSpan s_decisionTime = TimeSpan.FromDays(14);

    // As much as a budget may be.
    private const decimal Highest = 1_000_000_000_000m;

    /// <summary>What may be in a quote, in the order it is shown; a patient compares the same lines.</summary>
    public static readonly IReadOnlyList<string> Items =
    [
        "treatment", "consultation", "tests", "medication", "hospital-stay", "hotel", "airport-transfer", "interpreter", "meals", "follow-up",
        "coordinator", "other",
    ];

    /// <summary>The longest a quote may be valid.</summary>
    public static readonly int MostDays = 366;

    /// <summary>
    /// By when the patient decides on the quote of a clinic that does not have them yet: the end of its last day where the clinic is, or two weeks.
    /// </summary>
    public static DateTimeOffset DecideBy(DateOnly validUntil, Matching.Clinic clinic, DateTimeOffset now)
    {
        var midnight = validUntil.AddDays(1).ToDateTime(TimeOnly.MinValue);
        var end = new DateTimeOffset(midnight, TimeZoneInfo.FindSystemTimeZoneById(clinic.TimeZone).GetUtcOffset(midnight));
        return end < now + s_decisionTime ? end : now + s_decisionTime;
    }

    /// <param name="content">The lines that were filled in.</param>
    /// <param name="validUntil">The last day; null: none was typed.</param>
    /// <param name="today">The clinic's day.</param>
    public static IReadOnlyList<QuoteProblem> Check(QuoteContent content, DateOnly? validUntil, DateOnly today)
    {
        var problems = new List<QuoteProblem>();
        if (content.Items.Any(i => i.Amount is < 0 or > Highest || (i.Amount is { } amount && decimal.Round(amount, 2) != amount)))
        {
            problems.Add(new("items", "amount"));
        }
        else if (content.Total is <= 0 or > Highest)
        {
            problems.Add(new("items", "total"));
        }

        if (content.Items.DistinctBy(i => i.Code, StringComparer.Ordinal).Count() != content.Items.Count
            || content.Items.Any(i => !Items.Contains(i.Code, StringComparer.Ordinal)))
        {
            problems.Add(new("items", "item"));
        }

        if (validUntil is null || validUntil < today || validUntil > today.AddDays(MostDays))
        {
            problems.Add(new("validUntil", "validUntil"));
        }

        if (content.Remark?.Length > LongestRemark)
        {
            problems.Add(new("remark", "remark"));
        }

        return problems;
    }
}
