using System.Text.Json.Serialization;
using InquiryRouter.Core.Matching.Gates;

namespace InquiryRouter.Core.Matching;

/// <summary>
/// The parts of a score: what each adds to it, its value from 0 to 1 times its share of the weights. What a clinic pays is no part, and no
/// function here can see it.
/// </summary>
public readonly record struct ScoreParts(
    double Experience, double Credential, double Response, double Acceptance, double Price, double Destination, double Language,
    double Headroom)
{
    /// <summary>Parts are rounded to millionths.</summary>
    public const double Steps = 1_000_000;

    public static readonly IReadOnlyList<string> Names =
        ["experience", "credential", "response", "acceptance", "price", "destination", "language", "headroom"];

    public double this[int part] => part switch
    {
        0 => Experience,
        1 => Credential,
        2 => Response,
        3 => Acceptance,
        4 => Price,
        5 => Destination,
        6 => Language,
        7 => Headroom,
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, null),
    };

    /// <summary>At most 1: eight rounded parts may come to a few millionths more.</summary>
    [JsonIgnore]
    public double Sum => Math.Min(
        1, Math.Round((Experience + Credential + Response + Acceptance + Price + Destination + Language + Headroom) * Steps) / Steps);
}

/// <summary>The value of each part of a score, 0 to 1. What is not known is neutral, neither praise nor blame.</summary>
internal static class Scores
{
    private const double Neutral = 0.5;

    private const double MuchExperience = 500;
    private const double FastMinutes = 60;
    private const double SlowMinutes = 24 * 60;

    private static readonly double s_slow = Math.Log(SlowMinutes / FastMinutes);

    /// <summary>What an offering that passed every gate is worth to an inquiry.</summary>
    public static ScoreParts Of(Offering offering, Asking asking)
    {
        var (values, weights) = (ValuesOf(offering, asking), asking.Policy.Weights);
        var steps = ScoreParts.Steps / weights.Sum;
        return new ScoreParts(
            Part(values.Experience, weights.Experience),
            Part(values.Credential, weights.Credential),
            Part(values.Response, weights.Response),
            Part(values.Acceptance, weights.Acceptance),
            Part(values.Price, weights.Price),
            Part(values.Destination, weights.Destination),
            Part(values.Language, weights.Language),
            Part(values.Headroom, weights.Headroom));

        double Part(double value, double weight) => Math.Round(value * weight * steps) / ScoreParts.Steps;
    }

    /// <summary>The value of each part, 0 to 1, before it is weighed.</summary>
    public static ScoreParts ValuesOf(Offering offering, Asking asking)
    {
        var load = asking.Load.Of(offering.Clinic.Code);
        return new ScoreParts(
            offering.Scores.Experience,
            offering.Scores.Accreditations,
            OfResponse(load.ResponseMinutes),
            OfAcceptance(load.Accepted, load.Answered),
            OfPrice(offering, asking),
            OfDestination(asking.HowWanted(offering.Clinic.Country)),
            OfLanguage(offering.Clinic.Languages, asking.Reads),
            OfHeadroom(load.ThisWeek, offering.Clinic.WeeklyCap));
    }

    /// <summary>How far two scores are apart, in the millionths they are rounded to: 0.82 lies exactly 0.02 above 0.8.</summary>
    public static double Apart(double one, double other) => Math.Round(Math.Abs(one - other) * ScoreParts.Steps) / ScoreParts.Steps;

    /// <summary>
    /// Patients with the condition that the qualified physician with the most of them has treated; references that nobody checked
    /// count half. Grows
    /// with the logarithm: the hundredth patient teaches less than the tenth.
    /// </summary>
    public static float OfExperience(Offering offering)
    {
        var most = PhysicianGate.Qualified(offering).Select(Patients).DefaultIfEmpty().Max();
        return (float)Math.Min(1, Math.Log(1 + most) / Math.Log(1 + MuchExperience));

        int Patients(Physician physician)
        {
            var patients = physician.Experience.Where(e => e.Condition == offering.Treats.Condition).Sum(e => e.Patients);
            return physician.ReferencesCheckedAt is null ? patients / 2 : patients;
        }
    }

    /// <summary>The first accreditation opens the gate; one of cell therapy itself, and each further body, strengthens.</summary>
    public static float OfAccreditations(Offering offering)
    {
        var good = AccreditationGate.Good(offering).ToList();
        var bodies = good.Select(c => c.Body).Distinct(StringComparer.Ordinal).Count();
        var ofCellTherapy = good.Exists(c => c.Scope.Contains("cell-therapy-clinical", StringComparer.Ordinal));
        return (float)Math.Min(1, 0.25 + (0.25 * bodies) + (ofCellTherapy ? 0.25 : 0));
    }

    /// <summary>1 within an hour of business time, falling to 0 at 24 hours of it, by the logarithm.</summary>
    private static double OfResponse(int? minutes) => minutes is not { } m ? Neutral
        : Math.Clamp(1 - (Math.Log(Math.Max(m, FastMinutes) / FastMinutes) / s_slow), 0, 1);

    /// <summary>Of few answers little is concluded: one yes and one no are counted before the first.</summary>
    private static double OfAcceptance(int accepted, int answered) => (accepted + 1.0) / (answered + 2.0);

    /// <summary>1 within the budget, 0 from half as much again; without a budget 1 at half the price at home, 0 at that price.</summary>
    private static double OfPrice(Offering offering, Asking asking)
    {
        if (offering.Scores.PriceUsd is not { } price)
        {
            return Neutral;
        }

        if (asking.BudgetUsd is > 0 and { } budget)
        {
            return Math.Clamp(1 - (((price / budget) - 1) / 0.5), 0, 1);
        }

        var home = offering.Rules.Baseline(offering.Treats.Treatment, offering.Treats.Condition, asking.Facts.Country);
        return (double?)asking.Lists.InUsd(home?.Amount, home?.Currency) is > 0 and { } atHome
            ? Math.Clamp((1 - (price / atHome)) / 0.5, 0, 1)
            : Neutral;
    }

    private static double OfDestination(Wanted? wanted) => wanted switch
    {
        Wanted.ByName => 1,
        Wanted.ByRegion => 0.8,
        _ => Neutral,
    };

    /// <summary>0 only where the wish is left open: nobody speaks it there, and an interpreter would have to.</summary>
    private static double OfLanguage(IReadOnlyList<string> spoken, IReadOnlyList<string> reads)
    {
        var best = 0.0;
        for (var i = 0; i < reads.Count && best < 1; i++)
        {
            best = spoken is [var main, ..] && main == reads[i] ? 1 : spoken.Contains(reads[i], StringComparer.Ordinal) ? 0.8 : best;
        }

        return best;
    }

    /// <summary>The free part of the week's places.</summary>
    private static double OfHeadroom(int taken, int cap) => cap < 1 ? 0 : Math.Clamp(1 - ((double)taken / cap), 0, 1);
}
