using System.Collections.Frozen;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Matching;

/// <summary>Weights and limits of routing, under a version that every decision records.</summary>
public sealed record MatchPolicy
{
    /// <summary>The policy shipped with the program.</summary>
    public static readonly MatchPolicy Default = new()
    {
        Version = 1, DestinationWeight = 0.3, PriceWeight = 0.35, CredentialWeight = 0.35,
    };

    public required int Version { get; init; }

    public required double DestinationWeight { get; init; }

    public required double PriceWeight { get; init; }

    public required double CredentialWeight { get; init; }
}

/// <summary>Everything about the load that a decision may depend on, recorded with it.</summary>
/// <param name="FullClinics">Codes of clinics that have reached their cap this week.</param>
/// <param name="TriedClinics">Codes of clinics that were offered this inquiry before.</param>
public sealed record MatchLoad(FrozenSet<string> FullClinics, FrozenSet<string> TriedClinics)
{
    public static readonly MatchLoad None = new(FrozenSet<string>.Empty, FrozenSet<string>.Empty);
}

/// <summary>One part of a score: its value from 0 to 1, before the weight.</summary>
public readonly record struct ScoreParts(double Destination, double Price, double Credential);

/// <summary>A clinic that passed every gate.</summary>
public sealed record RankedClinic(string Clinic, double Score, ScoreParts Parts);

/// <summary>A clinic that did not, and the first gate that stopped it.</summary>
public readonly record struct RejectedClinic(string Clinic, Gate Gate);

/// <summary>A decision together with the versions it was made from. Every clinic of the network is in exactly one of the lists.</summary>
public sealed record MatchDecision(
    long NetworkVersion,
    int PolicyVersion,
    IReadOnlyList<RankedClinic> Ranked,
    IReadOnlyList<RejectedClinic> Rejected);

/// <summary>
/// Ranks the clinics that may and can treat a patient. A function of its arguments only: no clock, no I/O, and what
/// a clinic pays is not among them.
/// </summary>
public static class Matcher
{
    public static MatchDecision Match(
        InquiryFacts facts, NetworkSnapshot network, MatchRules rules, MatchPolicy policy, MatchLoad load, DateTimeOffset now)
    {
        var ranked = new List<RankedClinic>();
        var rejected = new List<RejectedClinic>(network.Clinics.Count);
        foreach (var clinic in network.Clinics)
        {
            if (Gates.Check(facts, clinic, rules, load, now, out var offering) is { } gate)
            {
                rejected.Add(new RejectedClinic(clinic.Code, gate));
            }
            else
            {
                var parts = Score(facts, clinic, offering!, rules, now);
                var score = (parts.Destination * policy.DestinationWeight) + (parts.Price * policy.PriceWeight) + (parts.Credential * policy.CredentialWeight);
                ranked.Add(new RankedClinic(clinic.Code, Math.Round(score, 6), parts));
            }
        }

        // Clinics come in code order, and the sort is stable: equal scores keep it.
        return new MatchDecision(network.Version, policy.Version, [.. ranked.OrderByDescending(r => r.Score)], rejected);
    }

    private static ScoreParts Score(InquiryFacts facts, Clinic clinic, ClinicTreatment offering, MatchRules rules, DateTimeOffset now) =>
        new(DestinationFit(facts, clinic, rules.Lists), 0.5, CredentialStrength(clinic, rules, now));

    // A named country is a wish, a region a direction, "anywhere" none.
    private static double DestinationFit(InquiryFacts facts, Clinic clinic, ReferenceLists lists)
    {
        var best = 0.5;
        foreach (var destination in facts.Destinations)
        {
            if (destination == clinic.Country)
            {
                return 1;
            }

            if (lists.Regions.TryGetValue(destination, out var region) && region.Countries.Contains(clinic.Country))
            {
                best = 0.8;
            }
        }

        return best;
    }

    // The first verified clinical credential in force opens the gate; each further one strengthens.
    private static double CredentialStrength(Clinic clinic, MatchRules rules, DateTimeOffset now)
    {
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        var bodies = 0;
        for (var i = 0; i < clinic.Credentials.Length; i++)
        {
            if (Counts(clinic.Credentials[i]) && !CountedBefore(i))
            {
                bodies++;
            }
        }

        return Math.Min(1, 0.4 + (0.3 * bodies));

        bool Counts(Credential credential) => credential.IsInForce(day) && Gates.CoversClinicalCare(credential, rules);

        bool CountedBefore(int end)
        {
            for (var i = 0; i < end; i++)
            {
                if (clinic.Credentials[i].Body == clinic.Credentials[end].Body && Counts(clinic.Credentials[i]))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
