using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Languages;

namespace InquiryRouter.Web.Pages;

/// <summary>What a quote says beside its price: the same words for the clinic that wrote it and for the patient.</summary>
internal static class QuoteTermsWords
{
    private const string Patient = "patient";

    /// <summary>The four lines, each with what it says of a quote; null: the quote does not say.</summary>
    /// <param name="words">Of who reads it.</param>
    /// <param name="toPatient">The patient does.</param>
    public static IReadOnlyList<(string Label, Func<QuoteTerms, string, string?> Says)> Lines(Words words, bool toPatient) =>
    [
        (words["quote.deposit"], (terms, currency) => terms.Deposit is { } amount ? words.Money(amount, currency) : null),
        (words[toPatient ? "status.quotes.refunds" : "quote.refunds"], (terms, _) => Refunds(terms, words)),
        (words["quote.sessions"], (terms, currency) => Sessions(terms, currency, words)),
        (words["quote.complications"], (terms, _) => terms.Complications is { } code
            ? words[toPatient && code == Patient ? "status.quotes.complications.patient" : "quote.complications." + code] : null),
    ];

    private static string? Refunds(QuoteTerms terms, Words words) => terms.Refunds.Count == 0 ? null
        : string.Join('\n', terms.Refunds.Select(r => words.Text(
            r.Days == 0 ? "quote.refund.later" : "quote.refund", ("days", words.Number(r.Days)), ("percent", words.Number(r.Percent)))));

    private static string? Sessions(QuoteTerms terms, string currency, Words words)
    {
        var said = new List<string>();
        if (terms.Sessions is { } number)
        {
            said.Add(words.Text("quote.sessions.included", ("number", words.Number(number))));
        }

        if (terms.FurtherSession is { } amount)
        {
            said.Add(words.Text("quote.sessions.further", ("amount", words.Money(amount, currency))));
        }

        return said.Count == 0 ? null : string.Join('\n', said);
    }
}
