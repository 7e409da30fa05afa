using System.Collections.Frozen;

namespace InquiryRouter.Core.Matching;

/// <summary>What a clinic has been offered lately, and how it answered.</summary>
public sealed record ClinicLoad
{
    public static readonly ClinicLoad None = new();

    /// <summary>Offers that use its capacity of this week, its own week.</summary>
    public int ThisWeek { get; init; }

    /// <summary>Offers made today, its own day.</summary>
    public int Today { get; init; }

    /// <summary>Places kept for inquiries that have been waiting for this clinic longer than the one at hand.</summary>
    public int Kept { get; init; }

    /// <summary>Its fair share of near ties less what it got of them, in millionths of an offer, over the policy's weeks.</summary>
    public long Owed { get; init; }

    /// <summary>Median time to an answer in its own business hours over 12 months, in minutes; null: no answer yet.</summary>
    public int? ResponseMinutes { get; init; }

    /// <summary>Offers over 12 months that were answered or lapsed.</summary>
    public int Answered { get; init; }

    /// <summary>Those of them that it accepted.</summary>
    public int Accepted { get; init; }
}

/// <summary>Why a clinic is not asked (again) about an inquiry.</summary>
public enum Earlier
{
    Asked,
    Declined,
    Expired,
    Withdrawn,
    Returned,

    /// <summary>It has this patient already, by another inquiry that a coordinator linked to this one.</summary>
    SamePatient,
}

/// <summary>Everything about the load that a decision may depend on, recorded with it.</summary>
/// <param name="Clinics">By code; a clinic that is not there has no load.</param>
/// <param name="Earlier">Clinics that were asked before, by code.</param>
public sealed record MatchLoad(IReadOnlyDictionary<string, ClinicLoad> Clinics, IReadOnlyDictionary<string, Earlier> Earlier)
{
    public static readonly MatchLoad None = new(FrozenDictionary<string, ClinicLoad>.Empty, FrozenDictionary<string, Earlier>.Empty);

    /// <summary>
    /// Places kept for who has waited longer than this inquiry, by code: <see cref="Clinics"/> is shared by all, and not copied
    /// for one.
    /// </summary>
    public IReadOnlyDictionary<string, int> Kept { get; init; } = FrozenDictionary<string, int>.Empty;

    public ClinicLoad Of(string clinic)
    {
        var load = Clinics.TryGetValue(clinic, out var found) ? found : ClinicLoad.None;
        return Kept.TryGetValue(clinic, out var kept) ? load with { Kept = kept } : load;
    }
}
