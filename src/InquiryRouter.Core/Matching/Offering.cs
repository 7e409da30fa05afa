using InquiryRouter.Core.Matching.Gates;

namespace InquiryRouter.Core.Matching;

/// <summary>A clinic on a day of its own, with the answers that are the same for every inquiry of the day.</summary>
internal sealed class ClinicOnDay
{
    private readonly Offering?[] _offerings;

    public ClinicOnDay(Clinic clinic, DateOnly day, LawBook laws)
    {
        Clinic = clinic;
        Day = day;
        Laws = laws;
        Closed = new Question(this).FirstNo(GateList.OfClinic);
        _offerings = new Offering?[clinic.Treatments.Length];
    }

    public Clinic Clinic { get; }

    public DateOnly Day { get; }

    public MatchRules Rules => Laws.Rules;

    /// <summary>Looks up what the law says.</summary>
    public LawBook Laws { get; }

    /// <summary>What stops the clinic as a whole; null: nothing.</summary>
    public Stop? Closed { get; }

    public IEnumerable<Offering> OfferingsFor(string condition) =>
        Clinic.Treatments.Index().Where(t => t.Item.Condition == condition).Select(t => Offering(t.Index));

    /// <param name="number">Its place in <see cref="Clinic.Treatments"/>.</param>
    // Two that ask at once may make two: they are equal, and either may stay.
    public Offering Offering(int number) => _offerings[number] ??= new Offering(this, Clinic.Treatments[number], number);
}

/// <summary>
/// One thing a clinic treats, on a day of the clinic, with the answers and values that are the same for every inquiry of the day.
/// </summary>
internal sealed class Offering
{
    // Asked by a gate: what cannot be found out stops the clinic there.
    private readonly Lazy<IReadOnlyList<(CountryRule Rule, IReadOnlyList<string?> CellSources)>?> _law;

    private OfferingScores? _scores;

    /// <param name="number">Its place in <see cref="Clinic.Treatments"/>.</param>
    public Offering(ClinicOnDay at, ClinicTreatment treats, int number)
    {
        At = at;
        Treats = treats;
        Number = number;
        _law = new Lazy<IReadOnlyList<(CountryRule, IReadOnlyList<string?>)>?>(() => LawOf(treats));
        Requirement = new Question(at, this).FirstNo(GateList.OfRequirements);
        Known = at.Closed is { } closed && !(Requirement?.Gate < closed.Gate) ? closed : Requirement;
    }

    public ClinicOnDay At { get; }

    public ClinicTreatment Treats { get; }

    public int Number { get; }

    public Clinic Clinic => At.Clinic;

    public DateOnly Day => At.Day;

    public MatchRules Rules => At.Rules;

    public string CountryName => Rules.Lists.CountryName(Clinic.Country);

    public string ConditionName => Rules.Lists.ConditionName(Treats.Condition);

    public string TreatmentName => Rules.Lists.TreatmentName(Treats.Treatment);

    /// <summary>
    /// What the country's law says about it: each rule with the cell sources it is for, since the law may differ by them and the clinic
    /// offers them all. Null: for one of them nothing is known.
    /// </summary>
    public IReadOnlyList<(CountryRule Rule, IReadOnlyList<string?> CellSources)>? Law => _law.Value;

    /// <summary>The first requirement that is not met; null: all are.</summary>
    public Stop? Requirement { get; }

    /// <summary>The first no that does not depend on who asks.</summary>
    public Stop? Known { get; }

    /// <summary>The packages for it that are valid on the day.</summary>
    public IEnumerable<Package> Packages => Clinic.Packages.Where(
        p => p.Treatment == Treats.Treatment && (p.Condition is null || p.Condition == Treats.Condition) && p.IsValid(Day));

    /// <summary>What it is worth to whoever asks: only of what meets every requirement.</summary>
    public OfferingScores Scores => _scores ??= OfferingScores.Of(this);

    private List<(CountryRule Rule, IReadOnlyList<string?> CellSources)>? LawOf(ClinicTreatment treats)
    {
        var law = new List<(CountryRule Rule, IReadOnlyList<string?> CellSources)>();
        foreach (var source in treats.CellSources.Count == 0 ? (IEnumerable<string?>)[null] : treats.CellSources)
        {
            var asked = new LawBook.Case(Clinic.Country, treats.Treatment, treats.Condition, Day, treats.ConditionType, source);
            foreach (var rule in At.Laws.RulesFor(asked))
            {
                if (rule is null)
                {
                    return null;
                }

                var at = law.FindIndex(l => l.Rule == rule);
                if (at < 0)
                {
                    law.Add((rule, [source]));
                }
                else
                {
                    law[at] = (rule, [.. law[at].CellSources, source]);
                }
            }
        }

        return law;
    }

    /// <summary>
    /// Whether a credential is for the site where it is done. One without a site is for all; what is done at no stated site is
    /// done at the main one.
    /// </summary>
    public bool IsAtSiteOf(Credential credential) =>
        credential.Site is null || credential.Site == (Treats.Site ?? (Clinic.Sites.IsDefaultOrEmpty ? null : Clinic.Sites[0].Code));
}

/// <summary>What an offering is worth, whoever asks, on a day of the clinic.</summary>
/// <param name="PriceUsd">The lowest price of its packages, in US dollars; null: there is none, or its currency has no rate.</param>
/// <param name="Experience">The value of that part of the score, 0 to 1; so the next one.</param>
internal sealed record OfferingScores(double? PriceUsd, double Experience, double Accreditations)
{
    public static OfferingScores Of(Offering offering) => new(
        (double?)offering.Packages.Min(p => offering.Rules.Lists.InUsd(p.PriceAmount, p.PriceCurrency)),
        Matching.Scores.OfExperience(offering),
        Matching.Scores.OfAccreditations(offering));
}
