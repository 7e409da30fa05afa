namespace InquiryRouter.Core.Intake;

/// <summary>
/// A phone number as it is stored: E.164, with its extension behind it as RFC 3966 has it (<c>+16082719000;ext=11</c>). Whether it can
/// exist is another question (<see cref="IFieldRules.TryPhone"/>).
/// </summary>
public static class PhoneNumber
{
    private const string ExtensionMark = ";ext=";

    // Digits of a number behind the country code, there.
    private const int Digits = 10;

    /// <param name="e164">The number.</param>
    /// <param name="extension">Null or empty: none.</param>
    public static string Of(string e164, string? extension) => string.IsNullOrEmpty(extension) ? e164 : e164 + ExtensionMark + extension;

    /// <summary>As a person reads it, and may type it again: <c>+16082719000 ext. 11</c>.</summary>
    public static string Shown(string stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return stored.Replace(ExtensionMark, " ext. ", StringComparison.Ordinal);
    }

    /// <summary>As a link that dials it, the extension after it.</summary>
    public static string Link(string stored) => "tel:" + stored;

    /// <summary>
    /// Equal for numbers that ring at one place: without the extension, in Argentina without the 9 of a mobile phone that is dialled from
    /// abroad, in Mexico without the 1 that was needed until 2020.
    /// </summary>
    public static string Key(string stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var number = stored.Split(';')[0];
        return WithoutToken(number, "+54", '9') ?? WithoutToken(number, "+52", '1') ?? number;
    }

    private static string? WithoutToken(string number, string country, char token) =>
        number.Length == country.Length + 1 + Digits && number.StartsWith(country, StringComparison.Ordinal)
        && number[country.Length] == token
            ? country + number[(country.Length + 1)..]
            : null;
}
