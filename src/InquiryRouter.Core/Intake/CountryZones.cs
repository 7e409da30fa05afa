using System.Collections.Frozen;

namespace InquiryRouter.Core.Intake;

/// <summary>
/// Countries whose people do not all live by one clock, with the zones they live in: who comes from one is asked for theirs. Source:
/// zone.tab of tzdata 2025b, less the zones whose clock is the same as a neighbour's today.
/// </summary>
public static class CountryZones
{
    private const string Zones = """
        AU Australia/Sydney Australia/Brisbane Australia/Adelaide Australia/Darwin Australia/Perth
        BR America/Sao_Paulo America/Manaus America/Rio_Branco America/Noronha
        CA America/Toronto America/Winnipeg America/Regina America/Edmonton America/Vancouver America/Halifax America/St_Johns
        CD Africa/Kinshasa Africa/Lubumbashi
        CL America/Santiago America/Punta_Arenas Pacific/Easter
        EC America/Guayaquil Pacific/Galapagos
        ES Europe/Madrid Atlantic/Canary
        ID Asia/Jakarta Asia/Makassar Asia/Jayapura
        MX America/Mexico_City America/Cancun America/Mazatlan America/Hermosillo America/Tijuana
        NZ Pacific/Auckland Pacific/Chatham
        PT Europe/Lisbon Atlantic/Azores
        RU Europe/Moscow Europe/Kaliningrad Europe/Samara Asia/Yekaterinburg Asia/Omsk Asia/Krasnoyarsk
        RU Asia/Irkutsk Asia/Yakutsk Asia/Vladivostok Asia/Magadan Asia/Kamchatka
        US America/New_York America/Chicago America/Denver America/Phoenix America/Los_Angeles America/Anchorage Pacific/Honolulu
        """;

    private static readonly FrozenDictionary<string, string[]> s_byCountry = Zones.Split('\n', StringSplitOptions.TrimEntries)
        .Select(line => line.Split(' '))
        .GroupBy(words => words[0], words => words.Skip(1), StringComparer.Ordinal)
        .ToFrozenDictionary(country => country.Key, country => country.SelectMany(zones => zones).ToArray(), StringComparer.Ordinal);

    /// <summary>The zones people of a country live in; empty: it has one clock.</summary>
    /// <param name="country">ISO 3166-1 alpha-2.</param>
    public static IReadOnlyList<string> Of(string country) => s_byCountry.GetValueOrDefault(country, []);

    /// <summary>Every zone somebody is asked about.</summary>
    public static IEnumerable<string> All => s_byCountry.Values.SelectMany(z => z);
}
