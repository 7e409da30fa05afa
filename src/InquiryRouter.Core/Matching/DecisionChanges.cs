namespace InquiryRouter.Core.Matching;

/// <summary>Where a clinic stands in a decision.</summary>
/// <param name="Rank">Its place, from 1; 0: it is stopped.</param>
/// <param name="Ranked">With the parts of its score, where it is ranked.</param>
/// <param name="Gate">What stops it.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record ClinicPlace(int Rank, RankedClinic Ranked, Gate Gate, string Reason)
{
    public bool IsRanked => Rank > 0;
}

/// <summary>A clinic about which two decisions differ.</summary>
/// <param name="Clinic">Its code.</param>
/// <param name="Then">Null: it was not in the network.</param>
/// <param name="Now">Null: it is not in the network.</param>
public sealed record ClinicChange(string Clinic, ClinicPlace? Then, ClinicPlace? Now)
{
    /// <summary>Whether it could be asked in one of the two only.</summary>
    public bool ChangesWhoIsAsked => Then?.IsRanked == true != (Now?.IsRanked == true);
}

/// <summary>Two decisions about one inquiry, compared.</summary>
public static class DecisionChanges
{
    /// <summary>
    /// The clinics that are ranked, scored or stopped differently: those that could be asked in one of the two only first, then in the
    /// order of codes. A place that changed only because another clinic's did is no difference.
    /// </summary>
    public static IReadOnlyList<ClinicChange> Of(MatchDecision then, MatchDecision now)
    {
        var before = Standings(then);
        var changes = new List<ClinicChange>();
        foreach (var (clinic, (rank, at)) in Standings(now))
        {
            var isNew = !before.Remove(clinic, out var was);
            if (isNew || !AreSame(then, was, now, (rank, at)))
            {
                changes.Add(new ClinicChange(clinic, isNew ? null : Place(then, was), Place(now, (rank, at))));
            }
        }

        changes.AddRange(before.Select(b => new ClinicChange(b.Key, Place(then, b.Value), null)));
        return [.. changes.OrderByDescending(c => c.ChangesWhoIsAsked).ThenBy(c => c.Clinic, StringComparer.Ordinal)];
    }

    private static Dictionary<string, (int Rank, int At)> Standings(MatchDecision decision)
    {
        var standings = new Dictionary<string, (int, int)>(decision.Ranked.Count + decision.Rejected.Count, StringComparer.Ordinal);
        for (var i = 0; i < decision.Ranked.Count; i++)
        {
            standings.Add(decision.Ranked[i].Clinic, (i + 1, i));
        }

        for (var i = 0; i < decision.Rejected.Count; i++)
        {
            standings.Add(decision.Rejected[i].Clinic, (0, i));
        }

        return standings;
    }

    private static bool AreSame(MatchDecision then, (int Rank, int At) was, MatchDecision now, (int Rank, int At) standing) =>
        (was.Rank > 0, standing.Rank > 0) switch
        {
            (true, true) => then.Ranked[was.At].Parts == now.Ranked[standing.At].Parts,
            (false, false) => then.Rejected[was.At].Gate == now.Rejected[standing.At].Gate,
            _ => false,
        };

    private static ClinicPlace Place(MatchDecision decision, (int Rank, int At) place) => place.Rank > 0
        ? new ClinicPlace(place.Rank, decision.Ranked[place.At], Gate.None, string.Empty)
        : new ClinicPlace(0, default, decision.Rejected[place.At].Gate, decision.Rejected[place.At].Reason);
}
