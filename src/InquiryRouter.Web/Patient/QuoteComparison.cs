using System.Globalization;
using InquiryRouter.Application.Patients;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Web.Pages;

namespace InquiryRouter.Web.Patient;

/// <summary>Puts quotes side by side: the same lines for each, in the clinic's currency and the patient's, against what is paid in the United States or in Canada.</summary>
internal sealed class QuoteComparison(PatientCase found, MatchRules rules, Words words, DateTimeOffset now)
{
    private const string GeneralKnowledge = "general knowledge, to be checked";

    // Closer than this is no difference: rates and typical prices are rough.
    private const int SamePercent = 5;

    private readonly ReferenceLists _lists = rules.Lists;

    /// <param name="quotes">Each with what is in it.</param>
    /// <param name="shown">The quote as it is decided on.</param>
    public StatusComparison? Of(IReadOnlyList<(ReferralRecord Referral, QuoteRecord Quote, QuoteContent Content, Core.Matching.Clinic? Clinic)> quotes, Func<ReferralRecord, QuoteContent, StatusQuote> shown)
    {
        if (quotes.Count == 0)
        {
            return null;
        }

        var currency = PatientCurrency();
        var lines = new List<StatusQuoteLine>();
        foreach (var item in QuoteRules.Items.Where(i => quotes.Any(q => q.Content.Items.Any(l => l.Code == i))))
        {
            lines.Add(new(words["quote.item." + item], [.. quotes.Select(q => Cell(q.Content.Items.FirstOrDefault(l => l.Code == item), q.Quote.Currency))]));
        }

        lines.Add(new(words["status.quotes.total"], [.. quotes.Select(q => new StatusQuoteCell(words.Money(q.Quote.Total, q.Quote.Currency)))], Strong: true));
        var converts = quotes.Any(q => q.Quote.Currency != currency);
        if (converts)
        {
            lines.Add(new(words.Text("status.quotes.mine", ("currency", currency)), [.. quotes.Select(q => new StatusQuoteCell(
                _lists.Convert(q.Quote.Total, q.Quote.Currency, currency) is { } amount ? words.Money(Rough(amount), currency) : words["status.quotes.unknownRate"]))]));
        }

        var country = found.Inquiry.Facts.Country == "CA" ? "CA" : "US";
        var baselines = quotes.Select(q => (q.Quote, Baseline: BaselineFor(q.Clinic))).ToList();
        if (baselines.Any(b => b.Baseline is not null))
        {
            lines.Add(new(words.Text("status.quotes.against", ("place", words["price.in." + country])), [.. baselines.Select(b => new StatusQuoteCell(Against(b.Quote, b.Baseline)))]));
        }

        lines.Add(new(words["status.quotes.valid"], [.. quotes.Select(q => new StatusQuoteCell(words.Day(q.Quote.ValidUntil), Mark: IsExpired(q.Quote, q.Clinic) ? words["status.quotes.expired"] : null))]));
        lines.AddRange(QuoteTermsWords.Lines(words, toPatient: true).Select(line => new StatusQuoteLine(line.Label, [.. quotes.Select(q =>
            q.Content.Terms is { } terms && line.Says(terms, q.Quote.Currency) is { } said
                ? new StatusQuoteCell(said) : new StatusQuoteCell(words["status.quotes.unsaid"], Faint: true))])));
        return new StatusComparison(
            [.. quotes.Select(q => shown(q.Referral, q.Content))], lines, [.. Notes(converts ? currency : null, baselines.Select(b => b.Baseline))]);
    }

    private StatusQuoteCell Cell(QuoteItem? item, string currency) =>
        item is null ? new(words["status.quotes.absent"], Faint: true)
        : item.Amount is { } amount ? new(words.Money(amount, currency))
        : new(words["status.quotes.included"]);

    // In the clinic's own day: it is the clinic that holds to it.
    private bool IsExpired(QuoteRecord quote, Core.Matching.Clinic? clinic) => CapWeek.Day(now, clinic?.TimeZone ?? found.Inquiry.Facts.TimeZone) > quote.ValidUntil;

    private BaselinePrice? BaselineFor(Core.Matching.Clinic? clinic)
    {
        var facts = found.Inquiry.Facts;
        var covered = _lists.Treatments.TryGetValue(facts.Treatment, out var wish) ? wish.Covers : [facts.Treatment];
        return clinic?.Treatments.Where(t => t.Condition == facts.Condition && covered.Contains(t.Treatment))
            .Select(t => rules.Baseline(t.Treatment, facts.Condition, facts.Country)).FirstOrDefault(b => b is not null);
    }

    private string Against(QuoteRecord quote, BaselinePrice? baseline)
    {
        if (baseline is null || _lists.InUsd(quote.Total, quote.Currency) is not { } price || _lists.InUsd(baseline.Amount, baseline.Currency) is not ( > 0 and { } home))
        {
            return words["status.quotes.unknownBaseline"];
        }

        var percent = (int)Math.Round((price / home * 100) - 100, MidpointRounding.AwayFromZero);
        return Math.Abs(percent) < SamePercent ? words["status.quotes.same"]
            : words.Text(percent < 0 ? "status.quotes.less" : "status.quotes.more", ("percent", words.Number(Math.Abs(percent))));
    }

    private IEnumerable<StatusQuoteNote> Notes(string? currency, IEnumerable<BaselinePrice?> baselines)
    {
        if (currency is not null && _lists.RatesAsOf is { } day)
        {
            yield return new(words.Text("status.quotes.rates", ("currency", currency), ("day", words.Day(day))));
        }

        foreach (var price in baselines.OfType<BaselinePrice>().Distinct())
        {
            var text = words.Text(
                price.SoldWithoutApproval ? "status.quotes.unapproved" : "status.quotes.baseline", ("place", words["price.in." + price.Country]),
                ("treatment", words.Name(NameKind.Treatments, price.Treatment, _lists.TreatmentName(price.Treatment))), ("amount", words.Money(price.Amount, price.Currency)));
            var ours = price.Source == GeneralKnowledge;
            yield return new(
                ours ? $"{text} {words["status.quotes.source"]} {words["status.quotes.general"]}." : $"{text} {words["status.quotes.source"]}",
                ours ? null : price.Source, price.Reviewed ? null : words["status.quotes.unreviewed"]);
        }
    }

    /// <summary>The currency of the budget; else of the country; else the dollar the rates are in.</summary>
    private string PatientCurrency()
    {
        var facts = found.Inquiry.Facts;
        return IsKnown(facts.BudgetCurrency) ? facts.BudgetCurrency! : OfCountry(facts.Country) is { } own && IsKnown(own) ? own : "USD";
    }

    private bool IsKnown(string? currency) => currency is not null && _lists.Currencies.TryGetValue(currency, out var known) && known.UnitsPerUsd is > 0;

    private static string? OfCountry(string country)
    {
        try
        {
            return new RegionInfo(country).ISOCurrencySymbol;
        }
        catch (ArgumentException)
        {
            // A country the system's tables do not have.
            return null;
        }
    }

    private static decimal Rough(decimal amount) => amount >= 1000 ? Math.Round(amount / 10) * 10 : Math.Round(amount);
}
