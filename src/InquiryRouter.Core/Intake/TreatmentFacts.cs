namespace InquiryRouter.Core.Intake;

/// <summary>
/// One thing a patient is told about a treatment before they decide: what a trial found, where it is approved, or what has gone wrong.
/// </summary>
public sealed record TreatmentFact
{
    /// <summary>What a trial or a society of physicians has found.</summary>
    public const string Finding = "finding";

    /// <summary>Where it is approved, or allowed, and for what.</summary>
    public const string Approval = "approval";

    /// <summary>What has gone wrong, or may.</summary>
    public const string Risk = "risk";

    public static readonly IReadOnlyList<string> Kinds = [Finding, Approval, Risk];

    public required string Code { get; init; }

    public required string Kind { get; init; }

    public required IReadOnlyList<string> Treatments { get; init; }

    /// <summary>Conditions it is about; empty: any.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = [];

    /// <summary>Ways of giving the cells (<see cref="ReferenceLists.Routes"/>) that a risk is of; empty: of all.</summary>
    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>In plain English; other languages have their own sentence for the code.</summary>
    public required string Text { get; init; }

    /// <summary>Where it was read, as short as a link.</summary>
    public required string Cite { get; init; }

    /// <summary>Where that stands; null: no address is known.</summary>
    public string? Link { get; init; }

    public required bool Reviewed { get; init; }

    internal bool SpeaksOf(string treatment, string condition) =>
        Treatments.Contains(treatment, StringComparer.Ordinal)
        && (Conditions.Count == 0 || Conditions.Contains(condition, StringComparer.Ordinal));
}

/// <summary>The sober facts of treatments: read by pages and mails, never by a match.</summary>
/// <param name="facts">What matters most comes first.</param>
/// <param name="lists">Say which treatments a wish may come to.</param>
public sealed class TreatmentFacts(IReadOnlyList<TreatmentFact> facts, ReferenceLists lists)
{
    /// <summary>All of them.</summary>
    public IReadOnlyList<TreatmentFact> All => facts;

    /// <summary>What is known of a treatment, or of all that a wish may come to, for a condition.</summary>
    public IReadOnlyList<TreatmentFact> Of(string treatment, string condition)
    {
        IEnumerable<string> covered = lists.Treatments.TryGetValue(treatment, out var wish) ? wish.Covers : [treatment];
        return [.. facts.Where(f => covered.Any(t => f.SpeaksOf(t, condition)))];
    }

    /// <summary>
    /// The same in as few sentences as a mail has room for: what was found of this condition, and the risk of every way of giving it.
    /// </summary>
    public IReadOnlyList<TreatmentFact> Brief(string treatment, string condition)
    {
        var known = Of(treatment, condition);
        TreatmentFact?[] brief =
        [
            known.FirstOrDefault(f => f.Kind == TreatmentFact.Finding) ?? known.FirstOrDefault(f => f.Kind == TreatmentFact.Approval),
            known.FirstOrDefault(f => f is { Kind: TreatmentFact.Risk, Routes.Count: 0 }),
        ];
        return [.. brief.OfType<TreatmentFact>()];
    }
}
