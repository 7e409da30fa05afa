using System.Globalization;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Web.Intake;

/// <summary>Numbers as people type them: "15,000", "15.000", "15 000", "15000.50", "$15k", "15 mil €", "١٥٬٠٠٠".</summary>
internal static class FormNumbers
{
    public const string ExampleYear = "1984";

    // Of two digits, those that can be no age of a child and no year of this century yet.
    private const int FirstOfTwoDigits = 30;
    private const int LastCentury = 1900;

    private static readonly Dictionary<string, decimal> s_times = new(StringComparer.Ordinal)
    {
        ["K"] = 1000, ["THOUSAND"] = 1000, ["MIL"] = 1000, ["ألف"] = 1000, ["الف"] = 1000, ["آلاف"] = 1000, ["الاف"] = 1000,
        ["M"] = 1_000_000, ["MIO"] = 1_000_000, ["MILLION"] = 1_000_000, ["MILLÓN"] = 1_000_000, ["MILLON"] = 1_000_000,
        ["MILLONES"] = 1_000_000, ["مليون"] = 1_000_000,
    };

    private static readonly Dictionary<string, string> s_currencies = new(StringComparer.Ordinal)
    {
        ["€"] = "EUR", ["EURO"] = "EUR", ["EUROS"] = "EUR", ["يورو"] = "EUR", ["£"] = "GBP", ["₹"] = "INR", ["₺"] = "TRY", ["₩"] = "KRW",
        ["฿"] = "THB",
    };

    // Which dollar or peso it is says the list beside it.
    private static readonly string[] s_anyCurrency =
        ["$", "US", "DOLLAR", "DOLLARS", "DÓLAR", "DÓLARES", "DOLARES", "PESOS", "دولار", "دولارًا", "دولاراً", "DE"];

    public static int? Year(string? typed, List<FieldError> errors)
    {
        if (Typed.Number(typed)?.TrimStart('\'', '’') is not { Length: > 0 } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year))
        {
            return text.Length == 2 && year >= FirstOfTwoDigits ? LastCentury + year : year;
        }

        errors.Add(new FieldError("patient.birthYear", "birthYear.number", ("example", ExampleYear)));
        return null;
    }

    /// <summary>An amount, and the currency that was written beside it; null: none was, the list says which.</summary>
    public static (decimal? Amount, string? Currency) Money(string? typed, List<FieldError> errors)
    {
        if (Typed.Number(typed)?.ToUpperInvariant() is not { } text)
        {
            return default;
        }

        var first = text.AsSpan().IndexOfAnyInRange('0', '9');
        var last = text.AsSpan().LastIndexOfAnyInRange('0', '9');
        if (first >= 0 && !text[..first].Contains('-', StringComparison.Ordinal) && Number(text[first..(last + 1)]) is { } amount
            && Around($"{text[..first]} {text[(last + 1)..]}") is var (times, currency) && times > 0)
        {
            return (amount * times, currency);
        }

        errors.Add(new FieldError("budget.amount", "budget.number", ("example", "15000")));
        return default;
    }

    /// <summary>An amount alone, where its currency stands elsewhere.</summary>
    public static decimal? Amount(string? typed, List<FieldError> errors)
    {
        if (Typed.Number(typed) is not { } text)
        {
            return null;
        }

        if (Number(text) is { } amount)
        {
            return amount;
        }

        errors.Add(new FieldError("budget.amount", "budget.number", ("example", "15000")));
        return null;
    }

    private static decimal? Number(string typed)
    {
        var text = string.Concat(typed.Where(c => !char.IsWhiteSpace(c) && c is not ('\'' or '’')));
        var lastSeparator = text.LastIndexOfAny(['.', ',']);

        // Separators group thousands, except a last one with one or two digits behind it: that begins the cents.
        var hasCents = lastSeparator >= 0 && text.Length - lastSeparator - 1 is 1 or 2;
        var whole = hasCents ? text[..lastSeparator] : text;
        var cents = hasCents ? text[(lastSeparator + 1)..] : "0";
        whole = whole.Replace(".", string.Empty, StringComparison.Ordinal).Replace(",", string.Empty, StringComparison.Ordinal);
        return decimal.TryParse($"{whole}.{cents}", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

    /// <summary>What stands around a number: how many times it, and which currency. 0 times: something that is not understood.</summary>
    private static (decimal Times, string? Currency) Around(string text)
    {
        var (times, currency) = (1m, (string?)null);
        foreach (var word in Words(text))
        {
            if (s_times.TryGetValue(word, out var factor) && times == 1)
            {
                times = factor;
            }
            else if (s_currencies.GetValueOrDefault(word, word is { Length: 3 } && word.All(char.IsAsciiLetterUpper) ? word : string.Empty)
                is { Length: > 0 } named && currency is null)
            {
                currency = named;
            }
            else if (!s_anyCurrency.Contains(word, StringComparer.Ordinal))
            {
                return (0, null);
            }
        }

        return (times, currency);
    }

    // Letters that stand together, and every other sign for itself; "15000.-" says nothing more by its end.
    private static IEnumerable<string> Words(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (end < text.Length && (char.IsLetter(text[end]) || char.GetUnicodeCategory(text[end]) == UnicodeCategory.NonSpacingMark))
            {
                end++;
            }

            if (end > at)
            {
                yield return text[at..end];
            }
            else if (!char.IsWhiteSpace(text[at]) && text[at] is not ('.' or '-' or ','))
            {
                yield return text[at].ToString();
            }

            at = Math.Max(end, at + 1);
        }
    }
}
