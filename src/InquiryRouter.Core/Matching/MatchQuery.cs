using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Matching;

/// <summary>One inquiry in the numbers of an index, with the gates.</summary>
internal readonly ref struct MatchQuery
{
    private const int AdultAge = 18;

    private const byte NotAccepted = 0;
    private const byte Anywhere = 1;
    private const byte ByRegion = 2;
    private const byte ByName = 3;

    private readonly MatchIndex _index;
    private readonly Span<byte> _destinations;
    private readonly ReadOnlySpan<ulong> _speakers;
    private readonly MatchLoad _load;
    private readonly short _type;
    private readonly ulong _treatments;
    private readonly byte _cells;
    private readonly byte _ages;
    private readonly int _language;
    private readonly double? _budget;
    private readonly bool _fromCanada;
    private readonly double _ceiling;

    /// <param name="destinations">Room for a number for each country of the index.</param>
    /// <param name="without">A gate that is left open, to learn what it costs.</param>
    public MatchQuery(MatchIndex index, InquiryFacts facts, Policy policy, MatchLoad load, DateTimeOffset now, Span<byte> destinations, Gate without = Gate.None)
    {
        var lists = index.Network.Rules.Lists;
        _index = index;
        _load = load;
        _type = index.TypeOf(facts.ConditionType);
        _treatments = index.TreatmentsFor(facts.Treatment);
        _cells = CellSources.Wanted(facts.CellSource);
        _ages = MatchIndex.AgesOf(IsChild(facts, now));
        _language = index.LanguageOf(facts.Language);
        _speakers = index.SpeakersOf(facts.Language);
        _budget = lists.InUsd(facts.BudgetAmount, facts.BudgetCurrency) is { } budget ? (double)budget : null;
        _fromCanada = facts.Country == "CA";
        _ceiling = _budget is > 0 and { } limit && policy.BudgetCeiling is { } times ? limit * times : double.PositiveInfinity;
        _destinations = destinations;
        Without = without;
        Offerings = index.OfferingsFor(facts.Condition);
        Accept(facts.Destinations, lists);
    }

    public ReadOnlySpan<OfferingCell> Offerings { get; }

    public Gate Without { get; }

    // Only the year is known: who turns 18 this year is treated as a child until a coordinator has asked.
    public static bool IsChild(InquiryFacts facts, DateTimeOffset now) => now.UtcDateTime.Year - facts.BirthYear <= AdultAge;

    /// <summary>The first gate that stops the clinic with what it offers, before the load is looked at.</summary>
    public Gate Check(in OfferingCell offering)
    {
        ref readonly var clinic = ref _index.Clinics[offering.Clinic];
        return clinic.Closed != Gate.None ? clinic.Closed
            : CheckRequirements(offering) is not Gate.None and var unmet ? unmet
            : _destinations[clinic.Country] == NotAccepted && Without != Gate.Destination ? Gate.Destination
            : !Speaks(offering.Clinic) && Without != Gate.Language ? Gate.Language
            : offering.Price > _ceiling && Without != Gate.Budget ? Gate.Budget
            : Gate.None;
    }

    /// <summary>The same for what must stay true while an offer is open: whether the clinic may and can treat this patient.</summary>
    public Gate CheckRequirements(in OfferingCell offering) =>
        offering.Type != MatchIndex.AnyType && offering.Type != _type ? Gate.ConditionType
        : (_treatments & (1UL << offering.Treatment)) == 0 ? Gate.Treatment
        : _cells != CellSources.Any && (_cells & offering.Cells) == 0 ? Gate.CellSource
        : offering.Gate != Gate.None ? offering.Gate
        : (_index.Clinics[offering.Clinic].Ages & _ages) == 0 ? Gate.AgeGroup
        : Gate.None;

    /// <summary>The first gate of the load that stops a clinic. A place is asked for last: who is stopped by it lacks nothing else, and is worth waiting for.</summary>
    public Gate CheckLoad(int clinic, string code, ClinicLoad load)
    {
        ref readonly var cell = ref _index.Clinics[clinic];
        return _load.Earlier.TryGetValue(code, out var earlier) ? (earlier == Earlier.SamePatient ? Gate.Conflict : Gate.AlreadyTried)
            : load.ThisWeek + load.Kept >= cell.WeeklyCap ? Gate.WeeklyCap
            : load.Today >= cell.DailyPace ? Gate.DailyPace
            : Gate.None;
    }

    public ScoreParts Score(in OfferingCell offering, ClinicLoad load, ScoreWeights weights)
    {
        ref readonly var clinic = ref _index.Clinics[offering.Clinic];
        var whole = weights.Sum;
        return new ScoreParts(
            Part(offering.Experience, weights.Experience, whole),
            Part(offering.Credential, weights.Credential, whole),
            Part(Scores.OfResponse(load.ResponseMinutes), weights.Response, whole),
            Part(Scores.OfAcceptance(load.Accepted, load.Answered), weights.Acceptance, whole),
            Part(Scores.OfPrice(offering.Price, _budget, _fromCanada ? offering.PriceInCanada : offering.PriceInUs), weights.Price, whole),
            Part(_destinations[clinic.Country] switch { ByName => 1, ByRegion => 0.8, _ => Scores.Neutral }, weights.Destination, whole),
            Part(clinic.MainLanguage == _language ? 1 : 0.8, weights.Language, whole),
            Part(Scores.OfHeadroom(load.ThisWeek, clinic.WeeklyCap), weights.Headroom, whole));
    }

    private static double Part(double value, double weight, double whole) => Math.Round(value * weight / whole, 6);

    private bool Speaks(int clinic) => !_speakers.IsEmpty && (_speakers[clinic >> 6] & (1UL << (clinic & 63))) != 0;

    private void Accept(IReadOnlyList<string> wishes, ReferenceLists lists)
    {
        _destinations.Clear();
        foreach (var wish in wishes)
        {
            if (wish == ReferenceLists.Anywhere)
            {
                foreach (ref var country in _destinations)
                {
                    country = Math.Max(country, Anywhere);
                }
            }
            else if (lists.Regions.TryGetValue(wish, out var region))
            {
                foreach (var code in region.Countries)
                {
                    AcceptCountry(code, ByRegion);
                }
            }
            else
            {
                AcceptCountry(wish, ByName);
            }
        }
    }

    private void AcceptCountry(string code, byte how)
    {
        if (_index.CountryOf(code) is { } country)
        {
            _destinations[country] = Math.Max(_destinations[country], how);
        }
    }
}
