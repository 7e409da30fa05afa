using System.Collections.Concurrent;
using InquiryRouter.Core.Referral;

namespace InquiryRouter.Core.Matching;

/// <summary>
/// A network for matching at a moment: what does not depend on the inquiry is answered once for all of them, for a condition when it
/// is first asked for or for each by <see cref="Ready"/>, and clinics that do not treat it are left out. Days are the clinics' own: it
/// says the same until one begins, which falls on a quarter of an hour everywhere.
/// </summary>
public sealed class MatchIndex
{
    private static readonly TimeSpan s_validFor = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, Offering[][]> _byCondition = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateOnly> _days;

    /// <param name="network">The clinics and their rules.</param>
    /// <param name="now">Any moment of the quarter of an hour.</param>
    /// <param name="near">Of another moment: of the same network, its clinics are taken over where it is the same day. Null: none.</param>
    public MatchIndex(NetworkSnapshot network, DateTimeOffset now, MatchIndex? near = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        Network = network;
        From = Quarter(now);
        _days = network.Clinics.Select(c => c.TimeZone).Distinct(StringComparer.Ordinal)
            .ToDictionary(z => z, z => CapWeek.Day(From, z), StringComparer.Ordinal);
        var known = ReferenceEquals(near?.Network, network) ? near!.Clinics : null;
        var laws = new LawBook(network.Rules);
        Clinics = [.. network.Clinics.Select((c, place) => known?[place] is { } there && there.Day == _days[c.TimeZone]
            ? there : new ClinicOnDay(c, _days[c.TimeZone], laws))];
    }

    public NetworkSnapshot Network { get; }

    /// <summary>The quarter of an hour it holds for begins here.</summary>
    public DateTimeOffset From { get; }

    /// <summary>In the order of <see cref="NetworkSnapshot.Clinics"/>.</summary>
    internal IReadOnlyList<ClinicOnDay> Clinics { get; }

    /// <summary>Whether it may be used at a moment.</summary>
    public bool HoldsAt(DateTimeOffset now) => From <= now && now < From + s_validFor;

    /// <summary>Whether it says the same at a moment, near or far: it is the same day at each clinic.</summary>
    public bool IsOfDaysAt(DateTimeOffset moment) =>
        HoldsAt(moment) || _days.All(d => d.Value == CapWeek.Day(moment, d.Key));

    /// <summary>When the quarter of an hour of a moment begins.</summary>
    public static DateTimeOffset Quarter(DateTimeOffset now) => new(now.UtcTicks - (now.UtcTicks % s_validFor.Ticks), TimeSpan.Zero);

    /// <summary>Answers for each condition now, so that no inquiry waits for it.</summary>
    public MatchIndex Ready()
    {
        foreach (var condition in Network.Rules.Lists.Conditions.Keys)
        {
            OfferingsFor(condition);
        }

        return this;
    }

    /// <summary>What each clinic offers for a condition, at the clinic's place; empty where it is nothing.</summary>
    internal IReadOnlyList<Offering[]> OfferingsFor(string condition) => _byCondition.GetOrAdd(
        condition, c => [.. Clinics.Select(clinic => clinic.OfferingsFor(c).ToArray())]);

    /// <summary>A clinic of the network; null: it is not there.</summary>
    internal ClinicOnDay? Find(string clinic) => Network.PositionOf(clinic) is >= 0 and var place ? Clinics[place] : null;
}
