using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Languages;

namespace InquiryRouter.Web.Intake.Landing;

/// <summary>A sentence about a treatment, and where it was read.</summary>
/// <param name="Link">The address of the source; null: none is known.</param>
public sealed record KnownFact(string Text, string Cite, string? Link);

/// <summary>What is known of a treatment for a condition, and what has gone wrong with it.</summary>
public sealed record KnownFacts
{
    /// <summary>What trials have found, then where it is approved.</summary>
    public required IReadOnlyList<KnownFact> Found { get; init; }

    /// <summary>False: no trial of this treatment for this condition can be named.</summary>
    public required bool HasTrial { get; init; }

    public required IReadOnlyList<KnownFact> Risks { get; init; }

    /// <summary>Risks of one way of giving the cells, with the name of the way.</summary>
    public required IReadOnlyList<(string Route, KnownFact Risk)> RisksByRoute { get; init; }

    /// <summary>A person at the operator has confirmed each of them.</summary>
    public required bool Reviewed { get; init; }

    public static KnownFacts Of(IReadOnlyList<TreatmentFact> facts, Words words)
    {
        KnownFact Said(TreatmentFact fact) => new(words.Name(NameKind.Facts, fact.Code, fact.Text), fact.Cite, fact.Link);

        var risks = facts.Where(f => f.Kind == TreatmentFact.Risk).ToList();
        return new KnownFacts
        {
            Found =
            [
                .. new[] { TreatmentFact.Finding, TreatmentFact.Approval }.SelectMany(kind => facts.Where(f => f.Kind == kind)).Select(Said),
            ],
            HasTrial = facts.Any(f => f.Kind == TreatmentFact.Finding),
            Risks = [.. risks.Where(f => f.Routes.Count == 0).Select(Said)],
            RisksByRoute =
            [
                .. risks.Where(f => f.Routes.Count > 0)
                    .Select(f => (words.List(f.Routes.Select(r => words["route." + r])), Said(f))),
            ],
            Reviewed = facts.All(f => f.Reviewed),
        };
    }
}
