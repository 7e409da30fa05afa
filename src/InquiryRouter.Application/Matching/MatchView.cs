using InquiryRouter.Core.Matching;

namespace InquiryRouter.Application.Matching;

/// <summary>What is shown of a match: bounded, however many clinics the network has.</summary>
public sealed record MatchView
{
    /// <summary>What is looked at: then where that can be shown and was not asked otherwise.</summary>
    public required ExplainedDecision Side { get; init; }

    public required bool IsNow { get; init; }

    /// <summary>The wishes that are left open.</summary>
    public required IReadOnlyList<Gate> Relaxed { get; init; }

    /// <summary>What would come of it with them open; without any, the decision itself.</summary>
    public required MatchDecision Shown { get; init; }

    /// <summary>The gates that stop a clinic which treats what is asked for, most first.</summary>
    public required IReadOnlyList<GateGroup> Gates { get; init; }

    /// <summary>Clinics that lack nothing but a place, and take some.</summary>
    public required IReadOnlyList<string> LackAPlace { get; init; }

    /// <summary>Clinics that treat what is asked for and are stopped by something else.</summary>
    public required int Stopped { get; init; }

    /// <summary>Clinics that treat something else.</summary>
    public required int TreatOther { get; init; }

    public required Rows<RankedRow> Ranked { get; init; }

    /// <summary>The stopped clinics of the gate that was opened; null: none was.</summary>
    public required Rows<StoppedRow>? Group { get; init; }

    /// <summary>Countries with a clinic in what is listed, with their names.</summary>
    public required IReadOnlyList<(string Code, string Name)> Countries { get; init; }

    /// <summary>The clinics about which then and now differ: as many as are shown, and how many there are.</summary>
    public required Rows<ClinicChange> Changes { get; init; }

    /// <summary>Two clinics side by side; null: nobody asked, or one of them is not in the network.</summary>
    public required ClinicComparison? Comparison { get; init; }

    /// <summary>Everything about one clinic; null: nobody asked, or it is not in the network.</summary>
    public required ClinicExplanation? Clinic { get; init; }

    public static MatchView Of(ExplainedMatch match, MatchQuestion question)
    {
        var isNow = question.IsNow || match.Then is null;
        var side = isNow ? match.Now : match.Then!;
        var (facts, index, policy, load, at) = side.Inputs;
        var relaxed = question.RelaxedFor(facts);
        var shown = relaxed.Count == 0 ? side.Decision : Matcher.Match(facts, index, policy, load, at, relaxed);
        var stopped = side.Decision.Stopped().ToDictionary(s => s.Gate, s => s.Clinics);
        var treatOther = stopped.Where(s => IsOther(s.Key)).Sum(s => s.Value);
        var lackAPlace = side.Decision.Rejected
            .Where(r => GateList.IsCapacity(r.Gate) && index.Network.ByCode[r.Clinic].WeeklyCap > 0).Select(r => r.Clinic).ToList();
        var changes = match.Then is null ? [] : DecisionChanges.Of(match.Then.Decision, match.Now.Decision);
        var group = question.Group is { } gate
            ? shown.Rejected.Where(r => r.Gate == gate).Select(r => (r, Clinic: index.Network.ByCode[r.Clinic])).ToList()
            : null;
        var listed = group?.Select(g => g.Clinic) ?? shown.Ranked.Select(r => index.Network.ByCode[r.Clinic]);
        return new MatchView
        {
            Side = side,
            IsNow = isNow,
            Relaxed = relaxed,
            Shown = shown,
            Gates = [.. Groups(side, stopped, relaxed)],
            LackAPlace = lackAPlace,
            Stopped = side.Decision.Rejected.Count - treatOther - lackAPlace.Count,
            TreatOther = treatOther,
            Ranked = Rows.Of(
                shown.Ranked.Index().Select(r => new RankedRow(r.Index + 1, r.Item, index.Network.ByCode[r.Item.Clinic], []))
                    .Where(r => question.Includes(r.Clinic)),
                group is null ? question.Page : 1,
                r => relaxed.Count == 0 ? r
                    : r with { Unmet = ClinicExplanation.Unmet(relaxed, r.Ranked, facts, index, policy, load, at) }),
            Group = group is null ? null : Rows.Of(
                group.Where(g => question.Includes(g.Clinic))
                    .Select(g => new StoppedRow(g.Clinic, g.r.Reason, null)),
                question.Page,
                r => r with { OpensOn = GateKinds.OpensOn(question.Group!.Value, r.Clinic, at) }),
            Countries = [.. listed.Select(c => c.Country).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(c => (c, index.Network.Rules.Lists.CountryName(c)))],
            Changes = Rows.Of(changes, 1, c => c),
            Comparison = question.Compare is [var one, var other] ? ClinicComparison.Of(one, other, shown, side.Inputs) : null,
            Clinic = question.Clinic is null ? null : ClinicExplanation.Of(question.Clinic, facts, index, policy, load, at),
        };
    }

    /// <summary>Whether the clinics it stops treat something else than is asked for.</summary>
    private static bool IsOther(Gate gate) => gate is Gate.Condition or Gate.Treatment;

    private static IEnumerable<GateGroup> Groups(ExplainedDecision side, Dictionary<Gate, int> stopped, IReadOnlyList<Gate> relaxed)
    {
        var (facts, index, policy, load, at) = side.Inputs;
        return GateList.All.Where(g => !IsOther(g))
            .Select(gate =>
            {
                var kind = GateKinds.Of(gate, facts);
                int? more = kind != GateKind.Wish ? null
                    : Matcher.CountWithout([gate], facts, index, policy, load, at) - side.Decision.Ranked.Count;
                return new GateGroup(
                    gate, kind, stopped.GetValueOrDefault(gate), GateKinds.OpenedBy(gate, facts), more, relaxed.Contains(gate));
            })
            .Where(g => g.Clinics > 0 || g.More > 0 || g.IsRelaxed)
            .OrderByDescending(g => g.Clinics).ThenBy(g => g.Gate);
    }
}

/// <summary>The clinics one gate stops.</summary>
/// <param name="Gate">Which.</param>
/// <param name="Kind">Whose it is to open.</param>
/// <param name="Clinics">How many clinics get no further.</param>
/// <param name="OpenedBy">What would open it, in a sentence.</param>
/// <param name="More">How many more clinics could be asked if only this wish were different; null: it is no wish.</param>
/// <param name="IsRelaxed">Whether it is left open.</param>
public sealed record GateGroup(Gate Gate, GateKind Kind, int Clinics, string OpenedBy, int? More, bool IsRelaxed);

/// <param name="Rank">From 1, among all that are ranked.</param>
/// <param name="Ranked">With the parts of its score.</param>
/// <param name="Clinic">Its record.</param>
/// <param name="Unmet">The wishes left open that it does not meet.</param>
public sealed record RankedRow(int Rank, RankedClinic Ranked, Clinic Clinic, IReadOnlyList<Gate> Unmet);

/// <param name="Clinic">Its record.</param>
/// <param name="Reason">Why not, in a sentence.</param>
/// <param name="OpensOn">The first day, its own, on which it is free by itself; null: never by itself.</param>
public sealed record StoppedRow(Clinic Clinic, string Reason, DateOnly? OpensOn);

/// <summary>A page of rows.</summary>
/// <param name="Items">At most <see cref="MatchQuestion.Rows"/>.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Page">From 1; one that is too high is the last.</param>
public sealed record Rows<T>(IReadOnlyList<T> Items, int Total, int Page)
{
    public int First => Total == 0 ? 0 : ((Page - 1) * MatchQuestion.Rows) + 1;

    public int Last => Total == 0 ? 0 : First + Items.Count - 1;

    public bool HasMore => Last < Total;
}

internal static class Rows
{
    /// <param name="all">In their order.</param>
    /// <param name="page">Which of them is shown.</param>
    /// <param name="finish">Adds what only the shown ones need.</param>
    public static Rows<T> Of<T>(IEnumerable<T> all, int page, Func<T, T> finish)
    {
        var found = all as IReadOnlyList<T> ?? [.. all];
        var shown = Math.Clamp(page, 1, Math.Max(1, (found.Count + MatchQuestion.Rows - 1) / MatchQuestion.Rows));
        return new Rows<T>(
            [.. found.Skip((shown - 1) * MatchQuestion.Rows).Take(MatchQuestion.Rows).Select(finish)], found.Count, shown);
    }
}

/// <summary>Two clinics, part by part.</summary>
public sealed record ClinicComparison(ComparedClinic One, ComparedClinic Other)
{
    /// <summary>What the second has more or less of, the most first, where both are ranked; parts that are equal are left out.</summary>
    public IReadOnlyList<(string Part, double Points)> Differences => Of(One.Ranked, Other.Ranked);

    /// <inheritdoc cref="Differences"/>
    public static IReadOnlyList<(string Part, double Points)> Of(RankedClinic? one, RankedClinic? other) => one is { } a && other is { } b
        ? [
            .. ScoreParts.Names.Select((name, part) => (name, Points: Math.Round(b.Parts[part] - a.Parts[part], 6)))
                .Where(d => d.Points != 0).OrderByDescending(d => Math.Abs(d.Points)),
        ]
        : [];

    internal static ClinicComparison? Of(string one, string other, MatchDecision decision, DecisionInputs inputs) =>
        ComparedClinic.Of(one, decision, inputs) is { } first && ComparedClinic.Of(other, decision, inputs) is { } second
            ? new ClinicComparison(first, second)
            : null;
}

/// <param name="Clinic">Its record.</param>
/// <param name="Rank">From 1; 0: it is stopped.</param>
/// <param name="Ranked">With the parts of its score; null: it is stopped.</param>
/// <param name="Values">The value of each part, before it is weighed; null: it is stopped.</param>
/// <param name="Gate">What stops it.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record ComparedClinic(Clinic Clinic, int Rank, RankedClinic? Ranked, ScoreParts? Values, Gate Gate, string Reason)
{
    internal static ComparedClinic? Of(string code, MatchDecision decision, DecisionInputs inputs)
    {
        if (!inputs.Index.Network.ByCode.TryGetValue(code, out var clinic))
        {
            return null;
        }

        foreach (var (place, ranked) in decision.Ranked.Index())
        {
            if (ranked.Clinic == code)
            {
                var values = ClinicExplanation.Of(code, inputs.Facts, inputs.Index, inputs.Policy, inputs.Load, inputs.At)!
                    .Offerings.First(o => o.Number == ranked.Offering).Values;
                return new ComparedClinic(clinic, place + 1, ranked, values, Gate.None, string.Empty);
            }
        }

        var stopped = decision.Rejected.First(r => r.Clinic == code);
        return new ComparedClinic(clinic, 0, null, null, stopped.Gate, stopped.Reason);
    }
}
