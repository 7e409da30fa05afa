using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Web.Pages;

namespace InquiryRouter.Web.Intake.Landing;

/// <summary>What a treatment may cost in the network, as a range, beside what is paid in the United States and in Canada.</summary>
internal sealed class LandingPrices(MatchRules rules, Words words)
{
    private const string GeneralKnowledge = "general knowledge, to be checked";
    private const string Currency = "USD";

    // A range for orientation: what a clinic asks is in its quote.
    private const decimal RoundedTo = 100;

    private static readonly string[] s_homes = ["US", "CA"];

    public (IReadOnlyList<Row> Rows, string? RatesOf, IReadOnlyList<Sourced> Sources) Of(
        NetworkOffer offer, IReadOnlyList<Treatment> covered, string condition, DateOnly today)
    {
        var rows = new List<Row>();
        if (offer.Clinics > 0)
        {
            rows.Add(new Row(words.Text("landing.price.network", ("month", words.Month(today))), Range(offer.Prices)));
            rows.Add(new Row(words["landing.price.clinics"], words.Number(offer.Clinics)));
            rows.Add(new Row(words["landing.price.countries"], words.List(offer.Countries.Select(Country).Order(StringComparer.Create(words.Culture, ignoreCase: false)))));
        }

        var sources = new List<Sourced>();
        foreach (var price in covered.SelectMany(t => s_homes.Select(home => rules.Baseline(t.Code, condition, home))).OfType<BaselinePrice>())
        {
            if (price.AsOf is { } day)
            {
                var label = words.Text("landing.price.home", ("place", words["price.in." + price.Country]), ("year", day.Year));
                rows.Add(new Row(covered.Count == 1 ? label : $"{label}: {words.Name(NameKind.Treatments, price.Treatment, rules.Lists.TreatmentName(price.Treatment))}", Amount(price)));
                sources.Add(new Sourced(label, price.Source == GeneralKnowledge ? null : price.Source, price.Reviewed));
            }
        }

        return (rows, offer.Prices is not null && rules.Lists.RatesAsOf is { } rates ? words.Day(rates) : null, sources);
    }

    private string Amount(BaselinePrice price)
    {
        var amount = Money(price.Amount, price.Currency);
        return price.SoldWithoutApproval ? words.Text("landing.price.unapproved", ("amount", amount)) : amount;
    }

    private string Range((decimal From, decimal To)? prices)
    {
        if (prices is not var (from, to))
        {
            return words["landing.price.none"];
        }

        var (low, high) = (Math.Floor(from / RoundedTo) * RoundedTo, Math.Ceiling(to / RoundedTo) * RoundedTo);
        return high - low <= RoundedTo
            ? words.Text("landing.price.one", ("amount", Money(low)))
            : words.Text("landing.price.range", ("from", Money(low)), ("to", Money(high)));
    }

    private string Money(decimal amount, string currency = Currency) => words.LeftToRight(words.Money(amount, currency));

    private string Country(string code) => words.Name(NameKind.Countries, code, rules.Lists.CountryName(code));
}
