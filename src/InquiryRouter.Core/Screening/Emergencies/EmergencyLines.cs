using System.Collections.Frozen;

namespace InquiryRouter.Core.Screening.Emergencies;

/// <summary>Whom to call in a country.</summary>
/// <param name="Emergency">The number of the ambulance.</param>
/// <param name="CrisisName">A line for people who think of ending their life; null: none is known.</param>
/// <param name="CrisisPhone">Its number.</param>
public sealed record EmergencyLine(string Country, string Emergency, string? CrisisName, string? CrisisPhone);

/// <summary>Whom to call, by country.</summary>
public sealed class EmergencyLines(IEnumerable<EmergencyLine> lines)
{
    private readonly FrozenDictionary<string, EmergencyLine> _byCountry = lines.ToFrozenDictionary(l => l.Country, StringComparer.Ordinal);

    /// <summary>Null: not known for this country.</summary>
    public EmergencyLine? Of(string country) => _byCountry.GetValueOrDefault(country);
}
