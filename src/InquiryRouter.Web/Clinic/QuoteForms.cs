using System.Globalization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
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

    // What packages call otherwise than quotes do.
    private static readonly Dictionary<string, string> s_itemOfPackage = new(StringComparer.Ordinal) { ["laboratory-tests"] = "tests" };

    /// <summary>A form nothing was typed into yet.</summary>
    public static QuoteFormModel Empty(ReferenceLists lists, Words words, string? currency, DateOnly today) =>
        From(lists, words, new QuoteContent { Items = [], Remark = null }, currency ?? "USD", null, today);

    /// <summary>A form that begins with a quote.</summary>
    /// <param name="until">Its last day, if that has not come yet; null: as long as an empty form proposes.</param>
    public static QuoteFormModel From(
        ReferenceLists lists, Words words, QuoteContent content, string currency, DateOnly? until, DateOnly today)
    {
        var terms = content.Terms ?? new QuoteTerms();
        return new QuoteFormModel
        {
            Lines =
            [
                .. QuoteRules.Items.Select(code => content.Items.FirstOrDefault(i => i.Code == code) is { } item
                    ? new QuoteLine(code, words["quote.item." + code], Plain(item.Amount), Included: item.Amount is null)
                    : new QuoteLine(code, words["quote.item." + code], string.Empty, Included: false)),
            ],
            Currencies = Currencies(lists, words),
            Currency = currency,
            ValidUntil = Day(until is { } last && last >= today ? last : today.AddDays(ValidDays)),
            Remark = content.Remark ?? string.Empty,
            Terms = new QuoteTermsTyped(
                Plain(terms.Deposit), Rows([.. terms.Refunds.Select(r => (Plain(r.Days), Plain(r.Percent)))]), Plain(terms.Sessions),
                Plain(terms.FurtherSession), terms.Complications ?? string.Empty),
            Complications = Complications(words),
        };
    }

    /// <summary>What a clinic has told us it asks: one price, with what is in it.</summary>
    public static QuoteContent ContentOf(Package package) => new()
    {
        Items =
        [
            new QuoteItem("treatment", package.PriceAmount),
            .. package.Includes.Select(i => s_itemOfPackage.GetValueOrDefault(i, i)).Distinct(StringComparer.Ordinal)
                .Where(i => i != "treatment" && QuoteRules.Items.Contains(i, StringComparer.Ordinal)).Select(i => new QuoteItem(i, null)),
        ],
        Remark = null,
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
            var field = QuoteRules.FieldOf(code);
            var typed = form[field].ToString();
            var included = form[$"included.{code}"].ToString() == "true";
            lines.Add(new QuoteLine(code, words["quote.item." + code], typed, included));
            if (Amount(typed, field, words, problems) is { } amount)
            {
                items.Add(new QuoteItem(code, amount));
                if (included)
                {
                    problems[field] = words["quote.error.both"];
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
        DateOnly? until =
            DateOnly.TryParseExact(Typed.Number(lastDay), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? day : null;
        var typedTerms = TypedTerms(form);
        var content = new QuoteContent
        {
            Items = items, Remark = remark.Length == 0 ? null : remark, Terms = Terms(typedTerms, words, problems),
        };
        foreach (var problem in QuoteRules.Check(content, until, today))
        {
            problems.TryAdd(problem.Field, words["quote.error." + problem.Code]);
        }

        // Where an amount could not be read, there is no sum to speak of.
        if (problems.Keys.Any(k => k.StartsWith(QuoteRules.FieldOf(string.Empty), StringComparison.Ordinal)))
        {
            problems.Remove("items");
        }

        var model = new QuoteFormModel
        {
            Lines = lines, Currencies = Currencies(lists, words), Currency = currency, ValidUntil = lastDay, Remark = remark,
            Terms = typedTerms,
            Complications = Complications(words), Problems = problems,
        };
        return (problems.Count == 0 ? content : null, currency, until ?? default, model);
    }

    private static QuoteTermsTyped TypedTerms(IFormCollection form) => new(
        form["deposit"].ToString(),
        [.. Enumerable.Range(1, QuoteRules.MostRefunds).Select(n => (form[$"refund.days.{n}"].ToString(), form[$"refund.percent.{n}"].ToString()))],
        form["sessions"].ToString(), form["furtherSession"].ToString(), form["complications"].ToString());

    private static QuoteTerms? Terms(QuoteTermsTyped typed, Words words, Dictionary<string, string> problems)
    {
        var refunds = new List<QuoteRefund>();
        foreach (var (days, percent) in typed.Refunds.Where(r => Typed.Number(r.Days + r.Percent) is not null))
        {
            if (Number(days) is { } least && Number(percent.Replace("%", string.Empty, StringComparison.Ordinal)) is { } part)
            {
                refunds.Add(new QuoteRefund(least, part));
            }
            else
            {
                problems["refunds"] = words["quote.error.refunds"];
            }
        }

        var sessions = Number(typed.Sessions);
        if (sessions is null && Typed.Number(typed.Sessions) is not null)
        {
            problems["sessions"] = words["quote.error.sessions"];
        }

        var terms = new QuoteTerms
        {
            Deposit = Amount(typed.Deposit, "deposit", words, problems), Refunds = [.. refunds.OrderByDescending(r => r.Days)], Sessions = sessions,
            FurtherSession = Amount(typed.FurtherSession, "furtherSession", words, problems),
            Complications = typed.Complications.Length == 0 ? null : typed.Complications,
        };
        return terms == new QuoteTerms() ? null : terms;
    }

    private static decimal? Amount(string typed, string field, Words words, Dictionary<string, string> problems)
    {
        var amount = FormNumbers.Amount(typed, []);
        if (amount is null && Typed.Number(typed) is not null)
        {
            problems[field] = words["quote.error.amount"];
        }

        return amount;
    }

    private static int? Number(string typed) =>
        int.TryParse(Typed.Number(typed), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IReadOnlyList<(string Days, string Percent)> Rows(IReadOnlyList<(string Days, string Percent)> refunds) =>
        [.. refunds, .. Enumerable.Repeat((string.Empty, string.Empty), QuoteRules.MostRefunds - refunds.Count)];

    private static string Plain(decimal? amount) => amount?.ToString("0.##", CultureInfo.InvariantCulture) ?? string.Empty;

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static IReadOnlyList<Choice> Complications(Words words) =>
        [.. QuoteRules.Complications.Select(c => new Choice(c, words["quote.complications." + c]))];

    private static IReadOnlyList<Choice> Currencies(ReferenceLists lists, Words words) =>
    [
        .. lists.Currencies.Values.OrderBy(c => c.Code, StringComparer.Ordinal)
            .Select(c => new Choice(c.Code, $"{c.Code} – {words.Name(NameKind.Currencies, c.Code, c.Name)}")),
    ];
}
