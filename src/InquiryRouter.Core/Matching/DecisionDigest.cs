using System.Globalization;

namespace InquiryRouter.Core.Matching;

/// <summary>
/// A short sum over everything a decision came to: decisions that rank or score a clinic differently, or stop it at another gate,
/// have different ones. It
/// is stored instead of the lists, so that making a decision again still proves something: a defect of the program, not a forgery.
/// </summary>
public static class DecisionDigest
{
    // FNV-1a.
    private const ulong Start = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static string Of(MatchDecision decision) =>
        Of(decision.Ranked.Select(r => (r.Clinic, r.Score)), decision.Rejected.Select(r => (r.Clinic, GateList.Code(r.Gate))));

    /// <param name="ranked">In their order.</param>
    /// <param name="rejected">In the order of their codes, with the code of the gate.</param>
    public static string Of(IEnumerable<(string Clinic, double Score)> ranked, IEnumerable<(string Clinic, string Gate)> rejected)
    {
        var sum = Start;
        foreach (var (clinic, score) in ranked)
        {
            sum = Add(Add(sum, clinic), (ulong)Math.Round(score * ScoreParts.Steps));
        }

        foreach (var (clinic, gate) in rejected)
        {
            sum = Add(Add(sum, clinic), gate);
        }

        return sum.ToString("x16", CultureInfo.InvariantCulture);
    }

    private static ulong Add(ulong sum, string text)
    {
        foreach (var character in text)
        {
            sum = Add(sum, character);
        }

        return Add(sum, '\n');
    }

    private static ulong Add(ulong sum, ulong number) => unchecked((sum ^ number) * Prime);
}
