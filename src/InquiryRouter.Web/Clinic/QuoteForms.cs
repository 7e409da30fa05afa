using System.Globalization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Web.Intake;
using InquiryRouter.Web.Pages;
using Microsoft.AspNetCore.Http;

namespace InquiryRouter.Web.Clinic;

/// <summary>The form of a quote: what was typed becomes a quote, and one that cannot stand becomes the same form again.</summary>
internal static class QuoteForms
{
    private const int ValidDays = 60;

    /// <summary>A form nothing was typed into yet.</summary>
    public static QuoteFormModel Empty(ReferenceLists lists, Words words, string? currency, DateOnly today) => new()
    {
        Lines = [.. QuoteRules.Items.Select(i => new QuoteLine(i, words["quote.item." + i], string.Empty, Included: false))],
        Currencies = Currencies(lists, words),
        Currency = currency ?? "USD",
        ValidUntil = today.AddDays(ValidDays).ToString("O", CultureInfo.InvariantCulture),
        Remark = string.Empty,
    };

    /// <summary>Reads what was typed.</summary>
    /// <returns>The quote, or null and the form with what is wrong.</returns>
    public static (QuoteContent? Content, string Currency, DateOnly ValidUntil, QuoteFormModel Form) Read(
        IFormCollection form, ReferenceLists lists, Words words, DateOnly today)
    {
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        var items = new List<QuoteItem>();
        var lines = new List<QuoteLine>();
        foreach (var code in QuoteRules.Items)
        {
            var typed = form[$"amount.{code}"].ToString();
            var included = form[$"included.{code}"].ToString() == "true";
            lines.Add(new QuoteLine(code, words["quote.item." + code], typed, included));
            if (Typed.Number(typed) is not null)
            {
                if (FormNumbers.Amount(typed, []) is { } amount)
                {
                    items.Add(new QuoteItem(code, amount));
                }
                else
                {
                    problems["items"] = words["quote.error.amount"];
                }
            }
            else if (included)
            {
                items.Add(new QuoteItem(code, null));
            }
        }

        var currency = Typed.Code(form["currency"]) ?? string.Empty;
        if (!lists.Currencies.ContainsKey(currency))
        {
            problems["currency"] = words["quote.error.currency"];
        }

        var remark = Typed.Lines(form["remark"], onlyShowable: true) ?? string.Empty;
        var lastDay = form["validUntil"].ToString();
        DateOnly? until = DateOnly.TryParseExact(Typed.Number(lastDay), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;
        var content = new QuoteContent { Items = items, Remark = remark.Length == 0 ? null : remark };
        foreach (var problem in QuoteRules.Check(content, until, today))
        {
            problems.TryAdd(problem.Field, words["quote.error." + problem.Code]);
        }

        var model = new QuoteFormModel
        {
            Lines = lines, Currencies = Currencies(lists, words), Currency = currency, ValidUntil = lastDay, Remark = remark, Problems = problems,
        };
        return (problems.Count == 0 ? content : null, currency, until ?? default, model);
    }

    private static IReadOnlyList<Choice> Currencies(ReferenceLists lists, Words words) =>
    [
        .. lists.Currencies.Values.OrderBy(c => c.Code, StringComparer.Ordinal)
            .Select(c => new Choice(c.Code, $"{c.Code} – {words.Name(NameKind.Currencies, c.Code, c.Name)}")),
    ];
}
