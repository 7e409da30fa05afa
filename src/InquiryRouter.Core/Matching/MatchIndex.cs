using System.Collections.Frozen;

namespace InquiryRouter.Core.Matching;

/// <summary>What of a clinic the gates and the score look at, in numbers.</summary>
internal readonly record struct ClinicCell(string Code, int MainLanguage, Gate Closed, int WeeklyCap, int DailyPace);

/// <summary>One thing a clinic treats, with all that its gates look at: they are asked in one pass over these. Prices are in US dollars, not a number when not known.</summary>
/// <param name="Closed">What stops the clinic as a whole.</param>
/// <param name="Gate">The first requirement that is not met on the day.</param>
internal readonly record struct OfferingCell(
    int Clinic, short Country, short Type, byte Treatment, byte Cells, byte Ages, Gate Closed, Gate Gate, double Price)
{
    public bool IsOpen => Closed == Gate.None && Gate == Gate.None;
}

/// <summary>What an offering is worth, for those that pass the gates.</summary>
/// <param name="PriceInUs">What it costs there, for comparison, as in Canada.</param>
internal readonly record struct OfferingWorth(float Experience, float Credential, double PriceInUs, double PriceInCanada);

/// <summary>The offerings for a condition, those of a clinic behind each other.</summary>
/// <param name="All">Every one, for the reasons why.</param>
/// <param name="Open">Those that neither the clinic nor a requirement stops on the day: all that can be ranked.</param>
/// <param name="Worth">Of the open ones, place by place.</param>
internal sealed record Offerings(OfferingCell[] All, OfferingCell[] Open, OfferingWorth[] Worth);

/// <summary>
/// A network made ready for matching at a moment: what does not depend on the inquiry is decided once for all of them. Days are the clinics' own,
/// so it holds for a quarter of an hour: midnight falls on one everywhere.
/// </summary>
public sealed class MatchIndex
{
    private const byte Child = 1;
    private const byte Adult = 2;

    // One bit each.
    private const int MostTreatments = 64;

    internal const short AnyType = -1;

    private static readonly TimeSpan s_validFor = TimeSpan.FromMinutes(15);
    private static readonly Offerings s_none = new([], [], []);

    private readonly FrozenDictionary<string, Offerings> _byCondition;
    private readonly FrozenDictionary<string, ulong[]> _speakers;
    private readonly ulong[] _nobody;
    private readonly FrozenDictionary<string, short> _countries;
    private readonly FrozenDictionary<string, short> _types;
    private readonly FrozenDictionary<string, byte> _treatments;
    private readonly FrozenDictionary<string, int> _languages;

    /// <param name="network">The clinics and their rules.</param>
    /// <param name="now">Any moment of the quarter of an hour.</param>
    public MatchIndex(NetworkSnapshot network, DateTimeOffset now)
    {
        Network = network;
        From = Quarter(now);
        var rules = network.Rules;
        var countries = new Numbers<short>(i => (short)i);
        var types = new Numbers<short>(i => (short)i);
        var treatments = new Numbers<byte>(i => (byte)i);
        var languages = new Numbers<int>(i => i);
        var speakers = new Dictionary<string, ulong[]>(StringComparer.Ordinal);
        var offerings = new Dictionary<string, (List<OfferingCell> All, List<OfferingWorth> Worth)>(StringComparer.Ordinal);
        var words = (network.Clinics.Count + 63) / 64;
        _nobody = new ulong[words];
        Clinics = new ClinicCell[network.Clinics.Count];
        Days = new DateOnly[network.Clinics.Count];
        var dayOf = new Dictionary<string, DateOnly>(StringComparer.Ordinal);
        for (var i = 0; i < network.Clinics.Count; i++)
        {
            var clinic = network.Clinics[i];
            var day = dayOf.TryGetValue(clinic.TimeZone, out var found) ? found : dayOf[clinic.TimeZone] = Referral.CapWeek.Day(From, clinic.TimeZone);
            Days[i] = day;
            Clinics[i] = new ClinicCell(
                new string(clinic.Code), languages.Of(clinic.Languages.Count > 0 ? clinic.Languages[0] : string.Empty),
                !clinic.Active ? Gate.Inactive : clinic.AwayUntil(day) is not null ? Gate.OnLeave : Gate.None,
                clinic.WeeklyCap, clinic.DailyPace ?? int.MaxValue);
            foreach (var language in clinic.Languages)
            {
                var bits = speakers.TryGetValue(language, out var spoken) ? spoken : speakers[language] = new ulong[words];
                bits[i >> 6] |= 1UL << (i & 63);
            }

            foreach (var offering in clinic.Treatments)
            {
                if (!offerings.TryGetValue(offering.Condition, out var known))
                {
                    offerings[offering.Condition] = known = ([], []);
                }

                var cell = new OfferingCell(
                    i, countries.Of(clinic.Country), offering.ConditionType is null ? AnyType : types.Of(offering.ConditionType), treatments.Of(offering.Treatment),
                    CellSources.Bits(offering.CellSources), Ages(clinic), Clinics[i].Closed, Requirements.Check(clinic, offering, rules, day),
                    (double?)Requirements.PriceUsd(clinic, offering, rules.Lists, day) ?? double.NaN);
                known.All.Add(cell);
                if (cell.IsOpen)
                {
                    known.Worth.Add(new OfferingWorth(
                        Scores.OfExperience(Requirements.Experience(clinic, offering, rules, day)),
                        Scores.OfAccreditations(Requirements.Accreditations(clinic, offering, rules, day)),
                        HomePrice(offering, rules, "US"), HomePrice(offering, rules, "CA")));
                }
            }
        }

        if (treatments.Count > MostTreatments)
        {
            throw new InvalidOperationException($"The clinics offer {treatments.Count} treatments; the index has room for {MostTreatments}.");
        }

        _byCondition = offerings.ToFrozenDictionary(o => o.Key, o => new Offerings([.. o.Value.All], [.. o.Value.All.Where(c => c.IsOpen)], [.. o.Value.Worth]), StringComparer.Ordinal);
        _speakers = speakers.ToFrozenDictionary(StringComparer.Ordinal);
        _countries = countries.Freeze();
        _types = types.Freeze();
        _treatments = treatments.Freeze();
        _languages = languages.Freeze();
        Texts = new ReasonTexts(this);
        Pieces = new ReasonPieces(this);
    }

    public NetworkSnapshot Network { get; }

    /// <summary>The quarter of an hour it holds for begins here.</summary>
    public DateTimeOffset From { get; }

    internal ClinicCell[] Clinics { get; }

    /// <summary>The day it is at each clinic.</summary>
    internal DateOnly[] Days { get; }

    internal ReasonTexts Texts { get; }

    internal ReasonPieces Pieces { get; }

    internal int CountryCount => _countries.Count;

    /// <summary>Whether it may be used at a moment.</summary>
    public bool HoldsAt(DateTimeOffset now) => From <= now && now < From + s_validFor;

    internal Offerings OfferingsFor(string condition) => _byCondition.GetValueOrDefault(condition, s_none);

    internal ReadOnlySpan<ulong> SpeakersOf(string language) => _speakers.GetValueOrDefault(language, _nobody);

    internal short? CountryOf(string code) => _countries.TryGetValue(code, out var country) ? country : null;

    internal short TypeOf(string? code) => code is null ? (short)-2 : _types.GetValueOrDefault(code, (short)-2);

    internal int LanguageOf(string code) => _languages.GetValueOrDefault(code, -1);

    /// <summary>A bit for each treatment that fulfils the wish.</summary>
    internal ulong TreatmentsFor(string wish)
    {
        var bits = 0UL;
        if (Network.Rules.Lists.Treatments.TryGetValue(wish, out var treatment))
        {
            foreach (var covered in treatment.Covers)
            {
                bits |= _treatments.TryGetValue(covered, out var number) ? 1UL << number : 0;
            }
        }

        return bits;
    }

    internal static byte AgesOf(bool isChild) => isChild ? Child : Adult;

    private static byte Ages(Clinic clinic) => (byte)(
        (clinic.AgeGroups.Contains("child", StringComparer.Ordinal) ? Child : 0) | (clinic.AgeGroups.Contains("adult", StringComparer.Ordinal) ? Adult : 0));

    private static double HomePrice(ClinicTreatment offering, MatchRules rules, string country) =>
        rules.Baseline(offering.Treatment, offering.Condition, country) is { } baseline
            ? (double?)rules.Lists.InUsd(baseline.Amount, baseline.Currency) ?? double.NaN
            : double.NaN;

    private static DateTimeOffset Quarter(DateTimeOffset now) => new(now.UtcTicks - (now.UtcTicks % s_validFor.Ticks), TimeSpan.Zero);

    /// <summary>Numbers texts as they come.</summary>
    private sealed class Numbers<T>(Func<int, T> number)
    {
        private readonly Dictionary<string, T> _known = new(StringComparer.Ordinal);

        public int Count => _known.Count;

        public T Of(string text) => _known.TryGetValue(text, out var known) ? known : _known[text] = number(_known.Count);

        public FrozenDictionary<string, T> Freeze() => _known.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
