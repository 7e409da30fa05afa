using System.Globalization;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Web.Intake;

/// <summary>Numbers as people type them: "15,000", "15.000", "15 000", "15000.50", "١٥٬٠٠٠".</summary>
internal static class FormNumbers
{
    public const string ExampleYear = "1984";

    public static int? Year(string? typed, List<FieldError> errors)
    {
        if (Typed.Number(typed) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year))
        {
            return year;
        }

        errors.Add(new FieldError("patient.birthYear", "birthYear.number", ("example", ExampleYear)));
        return null;
    }

    public static decimal? Amount(string? typed, List<FieldError> errors)
    {
        if (Typed.Number(typed) is not { } number)
        {
            return null;
        }

        var text = string.Concat(number.Where(c => !char.IsWhiteSpace(c)));
        var lastSeparator = text.LastIndexOfAny(['.', ',']);

        // Separators group thousands, except a last one with one or two digits behind it: that begins the cents.
        var hasCents = lastSeparator >= 0 && text.Length - lastSeparator - 1 is 1 or 2;
        var whole = hasCents ? text[..lastSeparator] : text;
        var cents = hasCents ? text[(lastSeparator + 1)..] : "0";
        whole = whole.Replace(".", string.Empty, StringComparison.Ordinal).Replace(",", string.Empty, StringComparison.Ordinal);
        if (decimal.TryParse($"{whole}.{cents}", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
        {
            return amount;
        }

        errors.Add(new FieldError("budget.amount", "budget.number", ("example", "15000")));
        return null;
    }
}
