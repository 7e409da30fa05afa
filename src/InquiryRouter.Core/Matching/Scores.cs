namespace InquiryRouter.Core.Matching;

/// <summary>
/// The parts of a score: what each adds to it, its value from 0 to 1 times its share of the weights. What a clinic pays is no part, and no
/// function here can see it.
/// </summary>
public readonly record struct ScoreParts(
    double Experience, double Credential, double Response, double Acceptance, double Price, double Destination, double Language, double Headroom)
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
    public double Sum => Math.Min(1, Math.Round((Experience + Credential + Response + Acceptance + Price + Destination + Language + Headroom) * Steps) / Steps);
}

/// <summary>The value of each part of a score, 0 to 1. What is not known is neutral, neither praise nor blame.</summary>
internal static class Scores
{
    public const double Neutral = 0.5;

    private const double MuchExperience = 500;
    private const double FastMinutes = 60;
    private const double SlowMinutes = 24 * 60;

    private static readonly double s_slow = Math.Log(SlowMinutes / FastMinutes);

    /// <summary>How far two scores are apart, in the millionths they are rounded to: 0.82 lies exactly 0.02 above 0.8.</summary>
    public static double Apart(double one, double other) => Math.Round(Math.Abs(one - other) * ScoreParts.Steps) / ScoreParts.Steps;

    /// <summary>Grows with the logarithm: the hundredth patient teaches less than the tenth.</summary>
    public static float OfExperience(int patients) => (float)Math.Min(1, Math.Log(1 + patients) / Math.Log(1 + MuchExperience));

    /// <summary>The first accreditation opens the gate; one of cell therapy itself, and each further body, strengthens.</summary>
    public static float OfAccreditations((int Bodies, bool CellTherapy) found) =>
        (float)Math.Min(1, 0.25 + (0.25 * found.Bodies) + (found.CellTherapy ? 0.25 : 0));

    /// <summary>1 within an hour of business time, falling to 0 at 24 hours of it, by the logarithm.</summary>
    public static double OfResponse(int? minutes) => minutes is not { } m ? Neutral
        : Math.Clamp(1 - (Math.Log(Math.Max(m, FastMinutes) / FastMinutes) / s_slow), 0, 1);

    /// <summary>Of few answers little is concluded: one yes and one no are counted before the first.</summary>
    public static double OfAcceptance(int accepted, int answered) => (accepted + 1.0) / (answered + 2.0);

    /// <summary>1 within the budget, 0 from half as much again; without a budget 1 at half the price at home, 0 at that price.</summary>
    public static double OfPrice(double price, double? budget, double atHome) =>
        double.IsNaN(price) ? Neutral
        : budget is > 0 and { } limit ? Math.Clamp(1 - (((price / limit) - 1) / 0.5), 0, 1)
        : atHome > 0 ? Math.Clamp((1 - (price / atHome)) / 0.5, 0, 1)
        : Neutral;

    /// <summary>The free part of the week's places.</summary>
    public static double OfHeadroom(int taken, int cap) => cap < 1 ? 0 : Math.Clamp(1 - ((double)taken / cap), 0, 1);
}
