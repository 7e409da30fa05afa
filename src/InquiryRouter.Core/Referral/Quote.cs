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

    /// <summary>What holds when plans change or something goes wrong; null: an older quote, which does not say.</summary>
    public QuoteTerms? Terms { get; init; }

    public decimal Total => Items.Sum(i => i.Amount ?? 0);
}

/// <summary>Who cancels early enough gets a part of it back.</summary>
/// <param name="Days">At the least, before the treatment.</param>
/// <param name="Percent">Of what was paid.</param>
public sealed record QuoteRefund(int Days, int Percent);

/// <summary>What a price alone does not say. A null or an empty list: the clinic does not say.</summary>
public sealed record QuoteTerms
{
    /// <summary>To be paid beforehand, in the quote's currency.</summary>
    public decimal? Deposit { get; init; }

    /// <summary>Most days first.</summary>
    public IReadOnlyList<QuoteRefund> Refunds { get; init; } = [];

    /// <summary>How many sessions are in the price.</summary>
    public int? Sessions { get; init; }

    /// <summary>The price of each further session.</summary>
    public decimal? FurtherSession { get; init; }

    /// <summary>Who pays when complications come up: a code of <see cref="QuoteRules.Complications"/>.</summary>
    public string? Complications { get; init; }

    public bool Equals(QuoteTerms? other) => other is not null && Deposit == other.Deposit && Sessions == other.Sessions
        && FurtherSession == other.FurtherSession && Complications == other.Complications && Refunds.SequenceEqual(other.Refunds);

    public override int GetHashCode() => HashCode.Combine(Deposit, Sessions, FurtherSession, Complications, Refunds.Count);
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

    /// <summary>Who pays when complications come up.</summary>
    public static readonly IReadOnlyList<string> Complications = ["clinic", "insurance", "patient"];

    /// <summary>As many steps of a refund as a quote may have.</summary>
    public const int MostRefunds = 3;

    private const int MostSessions = 100;

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
        problems.AddRange(content.Items.Where(i => !IsPayable(i.Amount)).Select(i => new QuoteProblem(FieldOf(i.Code), "amount")));

        // A sum of what cannot be paid says nothing.
        if (problems.Count == 0 && content.Total is (<= 0 or > Highest))
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

        return content.Terms is { } terms ? [.. problems, .. Check(terms, content.Total)] : problems;
    }

    /// <summary>The field of an item's amount.</summary>
    public static string FieldOf(string item) => "amount." + item;

    private static IEnumerable<QuoteProblem> Check(QuoteTerms terms, decimal total)
    {
        if (!IsPayable(terms.Deposit) || terms.Deposit > total)
        {
            yield return new("deposit", "deposit");
        }

        // Whoever cancels earlier never gets less back.
        if (terms.Refunds.Count > MostRefunds || terms.Refunds.Any(r => r.Days is < 0 or > 366 || r.Percent is < 0 or > 100)
            || terms.Refunds.Zip(terms.Refunds.Skip(1)).Any(r => r.First.Days <= r.Second.Days || r.First.Percent < r.Second.Percent))
        {
            yield return new("refunds", "refunds");
        }

        if (terms.Sessions is < 1 or > MostSessions)
        {
            yield return new("sessions", "sessions");
        }

        if (!IsPayable(terms.FurtherSession))
        {
            yield return new("furtherSession", "amount");
        }

        if (terms.Complications is { } code && !Complications.Contains(code, StringComparer.Ordinal))
        {
            yield return new("complications", "item");
        }
    }

    private static bool IsPayable(decimal? amount) =>
        amount is not (< 0 or > Highest) && (amount is not { } typed || decimal.Round(typed, 2) == typed);
}
