using System.Collections.Frozen;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Matching;

/// <summary>What the network has for a wish, without naming a clinic: a treatment, or a family of them, for a condition.</summary>
/// <param name="Clinics">How many meet what law, permission, accreditation and staff ask for; those on leave too, because they
/// come back.</param>
/// <param name="Countries">Where these are, ISO 3166-1, each once, sorted.</param>
/// <param name="Prices">Lowest and highest of their packages in force, in US dollars at the rates of the lists; null: there is
/// none with a known rate.</param>
public sealed record NetworkOffer(int Clinics, IReadOnlyList<string> Countries, (decimal From, decimal To)? Prices)
{
    /// <summary>
    /// Every wish some active clinic has a treatment for, by treatment and condition. A wish none has is not there: nothing is said about
    /// what nobody offers. One that law or accreditation stops at every clinic today is there with none: that may change tomorrow.
    /// </summary>
    public static FrozenDictionary<(string Treatment, string Condition), NetworkOffer> AllOf(MatchIndex index)
    {
        ArgumentNullException.ThrowIfNull(index);
        var lists = index.Network.Rules.Lists;
        var offers = new Dictionary<(string, string), NetworkOffer>();
        foreach (var condition in lists.Conditions.Keys.Where(c => c != ReferenceLists.OtherCondition))
        {
            var offerings = index.OfferingsFor(condition).SelectMany(o => o).Where(o => o.At.Closed?.Gate is not (Gate.Inactive or Gate.Suspended)).ToList();
            foreach (var treatment in lists.Treatments.Values)
            {
                var covered = offerings.FindAll(o => treatment.Covers.Contains(o.Treats.Treatment));
                if (covered.Count > 0)
                {
                    offers.Add((treatment.Code, condition), Of(covered.FindAll(o => o.Requirement is null), lists));
                }
            }
        }

        return offers.ToFrozenDictionary();
    }

    private static NetworkOffer Of(List<Offering> offerings, ReferenceLists lists)
    {
        var clinics = offerings.Select(o => o.Clinic).DistinctBy(c => c.Code, StringComparer.Ordinal).ToList();
        var prices = offerings.SelectMany(o => o.Packages)
            .Select(p => lists.InUsd(p.PriceAmount, p.PriceCurrency)).OfType<decimal>().ToList();
        return new NetworkOffer(
            clinics.Count, [.. clinics.Select(c => c.Country).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            prices.Count == 0 ? null : (prices.Min(), prices.Max()));
    }
}
