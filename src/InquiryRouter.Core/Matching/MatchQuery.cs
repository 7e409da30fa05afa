using System.Runtime.CompilerServices;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Matching;

/// <summary>One inquiry in the numbers of an index, with the gates.</summary>
internal sealed class MatchQuery
{
    private const byte NotAccepted = 0;
    private const byte Anywhere = 1;
    private const byte ByRegion = 2;
    private const byte ByName = 3;

    private readonly MatchIndex _index;
    private readonly byte[] _destinations;
    private readonly Gate[] _kinds;
    private readonly ulong[] _speakers;
    private readonly ulong _speakAnyway;
    private readonly byte _ages;
    private readonly int _language;
    private readonly double? _budget;
    private readonly bool _fromCanada;
    private readonly OfferingCell[] _all;
    private readonly OfferingCell[] _open;
    private readonly OfferingWorth[] _worth;
    private readonly ScoreWeights _weights;
    private readonly double _steps;
    private readonly double _ceiling;

    /// <param name="without">A gate that is left open, to learn what it costs.</param>
    public MatchQuery(MatchIndex index, InquiryFacts facts, Policy policy, DateTimeOffset now, Gate without = Gate.None)
    {
        var lists = index.Network.Rules.Lists;
        _index = index;
        _ages = MatchIndex.AgesOf(facts.MayBeMinor(now));
        _language = index.LanguageOf(facts.Language);
        _speakers = index.SpeakersOf(facts.Language);
        _speakAnyway = without == Gate.Language ? ulong.MaxValue : 0;
        _budget = lists.InUsd(facts.BudgetAmount, facts.BudgetCurrency) is { } budget ? (double)budget : null;
        _fromCanada = facts.Country == "CA";
        _ceiling = without != Gate.Budget && _budget is > 0 and { } limit && policy.BudgetCeiling is { } times ? limit * times : double.PositiveInfinity;
        _weights = policy.Weights;
        _steps = ScoreParts.Steps / _weights.Sum;
        var offerings = index.OfferingsFor(facts.Condition);
        _all = offerings.All;
        _open = offerings.Open;
        _worth = offerings.Worth;
        _kinds = new Gate[offerings.Kinds.Length];
        for (var i = 0; i < _kinds.Length; i++)
        {
            _kinds[i] = WishFor(offerings.Kinds[i], facts, lists);
        }

        _destinations = new byte[index.CountryCount];
        Accept(without == Gate.Destination ? [ReferenceLists.Anywhere] : facts.Destinations, lists);
    }

    /// <summary>All for the condition.</summary>
    public ReadOnlySpan<OfferingCell> Offerings => _all;

    /// <summary>Those of them that may pass.</summary>
    public ReadOnlySpan<OfferingCell> Open => _open;

    /// <summary>The first of the gates of what is asked for that stops an offering.</summary>
    public static Gate WishFor(OfferingKind kind, InquiryFacts facts, ReferenceLists lists) =>
        kind.Type is not null && kind.Type != facts.ConditionType ? Gate.ConditionType
        : !lists.Treatments.TryGetValue(facts.Treatment, out var wish) || !wish.Covers.Contains(kind.Treatment) ? Gate.Treatment
        : facts.CellSource != ReferenceLists.AnyCellSource && !kind.CellSources.Contains(facts.CellSource, StringComparer.Ordinal) ? Gate.CellSource
        : Gate.None;

    /// <summary>The first gate that stops the clinic with what it offers, before the load is looked at.</summary>
    /// <remarks>
    /// Asked from the last to the first, the first that stops it wins. Nothing is skipped: of random clinics a processor guesses branches wrongly,
    /// which costs more than all these comparisons. Not inlined, because in a loop the compiler makes branches of them again.
    /// </remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Gate Check(in OfferingCell offering)
    {
        var gate = offering.Price > _ceiling ? Gate.Budget : Gate.None;
        gate = ((_speakers[offering.Clinic >> 6] | _speakAnyway) & (1UL << (offering.Clinic & 63))) == 0 ? Gate.Language : gate;
        gate = _destinations[offering.Country] == NotAccepted ? Gate.Destination : gate;
        gate = CheckRequirements(offering, gate);
        return offering.Closed != Gate.None ? offering.Closed : gate;
    }

    /// <summary>The same for what must stay true while an offer is open: whether the clinic may and can treat this patient.</summary>
    public Gate CheckRequirements(in OfferingCell offering) => CheckRequirements(offering, Gate.None);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Gate CheckRequirements(in OfferingCell offering, Gate later)
    {
        var gate = (offering.Ages & _ages) == 0 ? Gate.AgeGroup : later;
        gate = offering.Gate != Gate.None ? offering.Gate : gate;
        var wish = _kinds[offering.Kind];
        return wish != Gate.None ? wish : gate;
    }

    /// <param name="place">Of the offering in <see cref="Open"/>.</param>
    public ScoreParts Score(int place, in LoadCell load)
    {
        ref readonly var offering = ref _open[place];
        ref readonly var worth = ref _worth[place];
        return new ScoreParts(
            Part(worth.Experience, _weights.Experience),
            Part(worth.Credential, _weights.Credential),
            Part(load.Response, _weights.Response),
            Part(load.Acceptance, _weights.Acceptance),
            Part(Scores.OfPrice(offering.Price, _budget, _fromCanada ? worth.PriceInCanada : worth.PriceInUs), _weights.Price),
            Part(_destinations[offering.Country] switch { ByName => 1, ByRegion => 0.8, _ => Scores.Neutral }, _weights.Destination),
            Part(worth.MainLanguage == _language ? 1 : 0.8, _weights.Language),
            Part(load.Headroom, _weights.Headroom));
    }

    private double Part(double value, double weight) => Math.Round(value * weight * _steps) / ScoreParts.Steps;

    private void Accept(IReadOnlyList<string> wishes, ReferenceLists lists)
    {
        foreach (var wish in wishes)
        {
            if (wish == ReferenceLists.Anywhere)
            {
                foreach (ref var country in _destinations.AsSpan())
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
