using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Screening.Duplicates;

/// <summary>What an inquiry is searched by when somebody knows a name, or how a phone number ends. In memory only: what is stored is hashed.</summary>
public static class NameWords
{
    /// <summary>As many of one inquiry are kept: whoever has more names is found by the first of them.</summary>
    public const int Most = 12;

    /// <summary>Digits that a caller says of a number.</summary>
    public const int PhoneDigits = 6;

    // No word has it: no name is the end of a number.
    private const string PhoneMark = "#";

    /// <summary>The end of the phone, the words of the patient's name, those of who asks for them; each once.</summary>
    public static IReadOnlyList<string> Of(PatientData patient) =>
    [
        .. new[] { patient.Phone is { } phone ? PhoneEnd(PhoneNumber.Key(phone)) : null }.OfType<string>()
            .Concat(PersonName.Of(patient.Name).Heard)
            .Concat(patient.InquirerName is { } inquirer ? PersonName.Of(inquirer).Heard : [])
            .Distinct(StringComparer.Ordinal)
            .Take(Most),
    ];

    /// <summary>The last digits of a number; null: it has too few.</summary>
    public static string? PhoneEnd(string number)
    {
        var digits = PhoneDigitsOf(number);
        return digits.Length < PhoneDigits ? null : PhoneMark + digits[^PhoneDigits..];
    }

    /// <summary>The digits of a number, whatever stands between them; those of other scripts are digits as well.</summary>
    public static string PhoneDigitsOf(string number) =>
        string.Concat(number.Where(char.IsDigit).Select(c => (char)('0' + (int)char.GetNumericValue(c))));
}
