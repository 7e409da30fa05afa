using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Matching;

/// <param name="Kind">destination, language or budget.</param>
/// <param name="Clinics">How many clinics could be asked if only this were different.</param>
public sealed record Relaxation(string Kind, int Clinics);

/// <param name="Gates">How many clinics each gate stopped, most first.</param>
/// <param name="Relaxations">Those single changes that would find a clinic, most first.</param>
/// <param name="WaitFor">Clinics that lack nothing but a free place.</param>
public sealed record NothingFits(
    IReadOnlyList<(Gate Gate, int Clinics)> Gates, IReadOnlyList<Relaxation> Relaxations, IReadOnlyList<string> WaitFor)
{
    private static readonly (string Kind, Gate Gate)[] s_relaxable =
        [("destination", Gate.Destination), ("language", Gate.Language), ("budget", Gate.Budget)];

    /// <summary>What emptied the list, and what would fill it.</summary>
    public static NothingFits Find(InquiryFacts facts, MatchIndex index, Policy policy, MatchLoad load, DateTimeOffset now)
    {
        var decision = Matcher.Match(facts, index, policy, load, now);
        return new NothingFits(
            decision.Stopped(),
            [.. s_relaxable
                .Select(r => new Relaxation(r.Kind, Matcher.CountWithout([r.Gate], facts, index, policy, load, now)))
                .Where(r => r.Clinics > 0)
                .OrderByDescending(r => r.Clinics)],
            [.. decision.Rejected
                .Where(r => GateList.IsCapacity(r.Gate) && index.Network.ByCode[r.Clinic].WeeklyCap > 0)
                .Select(r => r.Clinic)]);
    }
}
