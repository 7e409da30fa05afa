using System.Collections.Frozen;
using System.Runtime.CompilerServices;

namespace InquiryRouter.Core.Matching;

/// <summary>What of a clinic the gates look at whoever asks.</summary>
internal readonly record struct ClinicCell(string Code, Gate Closed, int WeeklyCap, int DailyPace);

/// <summary>What offerings for a condition differ in as far as a wish goes: clinics share a few, so a wish is compared with each of them once.</summary>
internal sealed record OfferingKind(string? Type, string Treatment, IReadOnlyList<string> CellSources);

/// <summary>One thing a clinic treats, with all that its gates look at: they are asked in one pass over these. Prices are in US dollars, not a number when not known.</summary>
/// <param name="Kind">Its place among the kinds of the condition.</param>
/// <param name="Number">Its place in the clinic's list of treatments.</param>
/// <param name="Closed">What stops the clinic as a whole.</param>
/// <param name="Gate">The first requirement that is not met on the day.</param>
internal readonly record struct OfferingCell(int Clinic, int Kind, short Country, ushort Number, byte Ages, Gate Closed, Gate Gate, double Price)
{
    public bool IsOpen => Closed == Gate.None && Gate == Gate.None;
}

/// <summary>What an offering is worth, for those that pass the gates.</summary>
/// <param name="MainLanguage">The one the clinic works in.</param>
/// <param name="PriceInUs">What it costs there, for comparison, as in Canada.</param>
internal readonly record struct OfferingWorth(float Experience, float Credential, int MainLanguage, double PriceInUs, double PriceInCanada);

/// <summary>The offerings for a condition, those of a clinic behind each other.</summary>
/// <param name="All">Every one, for the reasons why.</param>
/// <param name="Open">Those that neither the clinic nor a requirement stops on the day: all that can be ranked.</param>
/// <param name="Worth">Of the open ones, place by place.</param>
internal sealed record Offerings(OfferingKind[] Kinds, OfferingCell[] All, OfferingCell[] Open, OfferingWorth[] Worth)
{
    public static readonly Offerings None = new([], [], [], []);
}

/// <summary>
/// A network made ready for matching at a moment: what does not depend on the inquiry is decided once for all of them. Days are the clinics' own,
/// so it holds for a quarter of an hour: midnight falls on one everywhere.
/// </summary>
public sealed class MatchIndex
{
    private const byte Child = 1;
    private const byte Adult = 2;

    private static readonly TimeSpan s_validFor = TimeSpan.FromMinutes(15);

    private readonly FrozenDictionary<string, Offerings> _byCondition;
    private readonly FrozenDictionary<string, ulong[]> _speakers;
    private readonly ulong[] _nobody;
    private readonly FrozenDictionary<string, short> _countries;
    private readonly FrozenDictionary<string, int> _languages;

    // A load is asked about as long as it is the newest one, by many inquiries; when it is gone, so is its place here.
    private readonly ConditionalWeakTable<IReadOnlyDictionary<string, ClinicLoad>, LoadCell[]> _loads = [];

    /// <param name="network">The clinics and their rules.</param>
    /// <param name="now">Any moment of the quarter of an hour.</param>
    public MatchIndex(NetworkSnapshot network, DateTimeOffset now)
    {
        Network = network;
        From = Quarter(now);
        var rules = network.Rules;
        var countries = new Numbers<short>(i => (short)i);
        var languages = new Numbers<int>(i => i);
        var speakers = new Dictionary<string, ulong[]>(StringComparer.Ordinal);
        var offerings = new Dictionary<string, OfferingList>(StringComparer.Ordinal);
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
                new string(clinic.Code),
                !clinic.Active ? Gate.Inactive : clinic.AwayUntil(day) is not null ? Gate.OnLeave : Gate.None,
                clinic.WeeklyCap, clinic.DailyPace ?? int.MaxValue);
            foreach (var language in clinic.Languages)
            {
                var bits = speakers.TryGetValue(language, out var spoken) ? spoken : speakers[language] = new ulong[words];
                bits[i >> 6] |= 1UL << (i & 63);
            }

            var mainLanguage = languages.Of(clinic.Languages.Count > 0 ? clinic.Languages[0] : string.Empty);
            for (var n = 0; n < clinic.Treatments.Length; n++)
            {
                var offering = clinic.Treatments[n];
                if (!offerings.TryGetValue(offering.Condition, out var known))
                {
                    offerings[offering.Condition] = known = new OfferingList();
                }

                var cell = new OfferingCell(
                    i, known.KindOf(offering), countries.Of(clinic.Country), checked((ushort)n), Ages(clinic), Clinics[i].Closed, Requirements.Check(clinic, offering, rules, day),
                    (double?)Requirements.PriceUsd(clinic, offering, rules.Lists, day) ?? double.NaN);
                known.All.Add(cell);
                if (cell.IsOpen)
                {
                    known.Worth.Add(new OfferingWorth(
                        Scores.OfExperience(Requirements.Experience(clinic, offering, rules, day)),
                        Scores.OfAccreditations(Requirements.Accreditations(clinic, offering, rules, day)),
                        mainLanguage, HomePrice(offering, rules, "US"), HomePrice(offering, rules, "CA")));
                }
            }
        }

        _byCondition = offerings.ToFrozenDictionary(o => o.Key, o => o.Value.Freeze(), StringComparer.Ordinal);
        _speakers = speakers.ToFrozenDictionary(StringComparer.Ordinal);
        _countries = countries.Freeze();
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

    internal Offerings OfferingsFor(string condition) => _byCondition.GetValueOrDefault(condition, Offerings.None);

    internal ulong[] SpeakersOf(string language) => _speakers.GetValueOrDefault(language, _nobody);

    internal short? CountryOf(string code) => _countries.TryGetValue(code, out var country) ? country : null;

    internal int LanguageOf(string code) => _languages.GetValueOrDefault(code, -1);

    /// <summary>A load in the order of the clinics, made once for all inquiries that meet it.</summary>
    /// <param name="clinics">Is not changed any more.</param>
    internal LoadCell[] Place(IReadOnlyDictionary<string, ClinicLoad> clinics) =>
        _loads.TryGetValue(clinics, out var placed) ? placed : _loads.GetValue(clinics, c => LoadCell.All(c, Clinics));

    internal static byte AgesOf(bool isChild) => isChild ? Child : Adult;

    private static byte Ages(Clinic clinic) => (byte)(
        (clinic.AgeGroups.Contains("child", StringComparer.Ordinal) ? Child : 0) | (clinic.AgeGroups.Contains("adult", StringComparer.Ordinal) ? Adult : 0));

    private static double HomePrice(ClinicTreatment offering, MatchRules rules, string country) =>
        rules.Baseline(offering.Treatment, offering.Condition, country) is { } baseline
            ? (double?)rules.Lists.InUsd(baseline.Amount, baseline.Currency) ?? double.NaN
            : double.NaN;

    /// <summary>When the quarter of an hour of a moment begins.</summary>
    public static DateTimeOffset Quarter(DateTimeOffset now) => new(now.UtcTicks - (now.UtcTicks % s_validFor.Ticks), TimeSpan.Zero);

    /// <summary>Numbers texts as they come.</summary>
    private sealed class Numbers<T>(Func<int, T> number)
    {
        private readonly Dictionary<string, T> _known = new(StringComparer.Ordinal);

        public int Count => _known.Count;

        public T Of(string text) => _known.TryGetValue(text, out var known) ? known : _known[text] = number(_known.Count);

        public FrozenDictionary<string, T> Freeze() => _known.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Gathers the offerings for a condition.</summary>
    private sealed class OfferingList
    {
        private readonly Dictionary<(string? Type, string Treatment, string CellSources), int> _numbers = [];
        private readonly List<OfferingKind> _kinds = [];

        public List<OfferingCell> All { get; } = [];

        public List<OfferingWorth> Worth { get; } = [];

        public int KindOf(ClinicTreatment offering)
        {
            var kind = (offering.ConditionType, offering.Treatment, string.Join(' ', offering.CellSources));
            if (!_numbers.TryGetValue(kind, out var number))
            {
                _numbers[kind] = number = _kinds.Count;
                _kinds.Add(new OfferingKind(offering.ConditionType, offering.Treatment, offering.CellSources));
            }

            return number;
        }

        public Offerings Freeze() => new([.. _kinds], [.. All], [.. All.Where(c => c.IsOpen)], [.. Worth]);
    }
}
