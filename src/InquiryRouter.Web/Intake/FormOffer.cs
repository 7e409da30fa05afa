using System.Collections.Frozen;
using InquiryRouter.Core.Intake;
using InquiryRouter.Web.Intake.Landing;

namespace InquiryRouter.Web.Intake;

/// <summary>
/// Where there are clinics, and what they speak: the form does not offer a wish that nobody could meet as if somebody could.
/// </summary>
/// <param name="Countries">ISO 3166-1; null: nothing is known, and everything is offered.</param>
/// <param name="Regions">Codes of regions with one of these countries.</param>
/// <param name="Languages">ISO 639-1.</param>
public sealed record FormOffer(FrozenSet<string>? Countries, FrozenSet<string> Regions, FrozenSet<string> Languages)
{
    public bool HasCountry(string code) => Countries is null || Countries.Contains(code);

    public bool HasRegion(string code) => Countries is null || Regions.Contains(code);

    /// <param name="known">What the network offers; null: it could not be asked.</param>
    /// <param name="typed">Where the form says for what, it is of clinics for that.</param>
    /// <param name="lists">The regions.</param>
    public static FormOffer Of(KnownOffers? known, IReadOnlyDictionary<string, IReadOnlyList<string>> typed, ReferenceLists lists)
    {
        var languages = known?.Index.Network.Clinics.Where(c => c.Active).SelectMany(c => c.Languages)
            .ToFrozenSet(StringComparer.Ordinal) ?? [];
        var countries = known?.All.GetValueOrDefault((First("treatment"), First("condition"))) is { Clinics: > 0 } asked
            ? asked.Countries.ToFrozenSet(StringComparer.Ordinal)
            : known?.All.Values.SelectMany(o => o.Countries).ToFrozenSet(StringComparer.Ordinal);
        return countries is null or { Count: 0 }
            ? new FormOffer(null, [], languages)
            : new FormOffer(
                countries,
                lists.Regions.Values.Where(r => r.Countries.Overlaps(countries)).Select(r => r.Code).ToFrozenSet(StringComparer.Ordinal),
                languages);

        string First(string field) => typed.TryGetValue(field, out var values) && values.Count > 0 ? values[0] : string.Empty;
    }
}
