using System.Collections.Frozen;

namespace InquiryRouter.Core.Matching;

/// <summary>Whether a coordinator must say yes before the first offer.</summary>
public enum ApprovalMode
{
    Never,
    Always,

    /// <summary>When one of the conditions of <see cref="Approval"/> holds.</summary>
    When,
}

/// <summary>What follows when every clinic that fits has said no, or as many as the policy allows.</summary>
public enum AfterLastNo
{
    /// <summary>The inquiry is held for a coordinator.</summary>
    Coordinator,

    /// <summary>The patient is asked what could be different; a coordinator sees it as well.</summary>
    Patient,
}

/// <summary>How near ties are shared.</summary>
public enum ShareBy
{
    /// <summary>In proportion to the weekly caps.</summary>
    Capacity,

    /// <summary>The same for each.</summary>
    Equal,
}

/// <param name="ScoreGapBelow">When the first two clinics are closer than this, 0 to 1; null: it does not matter.</param>
public sealed record Approval(
    ApprovalMode Mode, FrozenSet<string> Conditions, FrozenSet<string> Countries, FrozenSet<string> Flags, double? ScoreGapBelow)
{
    public static readonly Approval Never = new(ApprovalMode.Never, [], [], [], null);
}

/// <summary>What each part of a score weighs. Only their proportions count.</summary>
public sealed record ScoreWeights(
    double Experience, double Credential, double Response, double Acceptance, double Price, double Destination, double Language,
    double Headroom)
{
    public double Sum => Experience + Credential + Response + Acceptance + Price + Destination + Language + Headroom;

    /// <summary>The weight of a part out of all, 0 to 1, by its place in <see cref="ScoreParts.Names"/>.</summary>
    public double ShareOf(int part) =>
        new ScoreParts(Experience, Credential, Response, Acceptance, Price, Destination, Language, Headroom)[part] / Sum;
}

/// <summary>The versioned settings of routing. Every decision records the version it was made under; a version never changes.</summary>
public sealed record Policy
{
    /// <summary>The policy shipped with the program.</summary>
    public static readonly Policy Shipped = new()
    {
        Version = 1,
        Name = "shipped",
        Weights = new ScoreWeights(
            Experience: 0.2, Credential: 0.2, Response: 0.1, Acceptance: 0.1, Price: 0.2, Destination: 0.1, Language: 0.05, Headroom: 0.05),
        NearTie = 0.02,
        MostTied = 8,
        FairnessWeeks = 4,
        ShareBy = ShareBy.Capacity,
        BudgetCeiling = 2,
        Approval = Approval.Never with { Mode = ApprovalMode.When, Flags = [ApprovalRules.UnreviewedRule] },
        Parallel = 1,
        MostOffers = 5,
        WindowHours = 16,
        UrgentWindowHours = 8,
        AfterLastNo = AfterLastNo.Coordinator,
    };

    public required int Version { get; init; }

    public required string Name { get; init; }

    public required ScoreWeights Weights { get; init; }

    /// <summary>Clinics whose score is at most this far below the best are equally good: they share by turns.</summary>
    public required double NearTie { get; init; }

    /// <summary>Among how many clinics one turn is reckoned up at most, however many share; 1: nobody shares.</summary>
    public required int MostTied { get; init; }

    /// <summary>The longest a policy may count shares back: what is older is of no use to any.</summary>
    public const int MostFairnessWeeks = 52;

    /// <summary>How far back shares are counted.</summary>
    public required int FairnessWeeks { get; init; }

    public required ShareBy ShareBy { get; init; }

    /// <summary>A clinic that costs more than this many times the budget is not asked; null: the price only counts in the score.</summary>
    public required double? BudgetCeiling { get; init; }

    public required Approval Approval { get; init; }

    /// <summary>How many clinics are asked at the same time.</summary>
    public required int Parallel { get; init; }

    /// <summary>How many clinics are asked in all, under one decision.</summary>
    public required int MostOffers { get; init; }

    /// <summary>Business hours a clinic has to answer; decimals are possible.</summary>
    public required double WindowHours { get; init; }

    /// <summary>The same for a patient who wants to travel as soon as possible.</summary>
    public required double UrgentWindowHours { get; init; }

    public required AfterLastNo AfterLastNo { get; init; }

    /// <summary>
    /// How long this clinic has to answer this inquiry, in its business hours; a clinic may ask for less, never for more.
    /// </summary>
    public TimeSpan WindowFor(string timeframe, Clinic clinic)
    {
        var hours = timeframe == "as-soon-as-possible" ? UrgentWindowHours : WindowHours;
        return TimeSpan.FromHours(Math.Min(hours, clinic.OfferWindowHours ?? double.MaxValue));
    }
}
