namespace InquiryRouter.Core.Matching;

/// <summary>A clinic that passed every gate.</summary>
/// <param name="Score">0 to 1: the sum of its parts.</param>
/// <param name="Offering">Which of <see cref="Clinic.Treatments"/> speaks for it: of those that pass every gate the one with the
/// best score.</param>
public readonly record struct RankedClinic(string Clinic, double Score, ScoreParts Parts, int Offering = 0);

/// <summary>A clinic that did not.</summary>
/// <param name="Gate">The first that stops it; of several things it treats the one that gets furthest counts, which is the most
/// helpful "no".</param>
/// <param name="Reason">One sentence for a coordinator, with the fact it rests on.</param>
public readonly record struct RejectedClinic(string Clinic, Gate Gate, string Reason);

/// <summary>A decision together with the versions it was made from.</summary>
/// <param name="Ranked">Whom to ask, first to last.</param>
/// <param name="Tied">How many of the first share by turns because their scores are equally good; 1: nobody shares.</param>
public sealed record MatchDecision(long NetworkVersion, int PolicyVersion, IReadOnlyList<RankedClinic> Ranked, int Tied)
{
    /// <summary>Every other clinic of the network, in the order of codes.</summary>
    public IReadOnlyList<RejectedClinic> Rejected { get; init; } = [];

    public bool IsHeld => Ranked.Count == 0;

    /// <summary>How many clinics each gate stopped, most first.</summary>
    public IReadOnlyList<(Gate Gate, int Clinics)> Stopped() =>
        [.. Rejected.CountBy(r => r.Gate).OrderByDescending(g => g.Value).ThenBy(g => g.Key).Select(g => (g.Key, g.Value))];
}
