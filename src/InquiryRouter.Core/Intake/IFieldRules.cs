namespace InquiryRouter.Core.Intake;

/// <summary>Checks that need a library or the machine's own data; everything else the validator decides itself.</summary>
public interface IFieldRules
{
    /// <summary>True when mail can be sent to what was typed, cleaned; <paramref name="normal"/> is the form to store.</summary>
    bool TryEmail(string? typed, out string normal);

    /// <summary>
    /// True when the number that was typed, cleaned, can exist; <paramref name="stored"/> is the form to store (<see cref="PhoneNumber"/>).
    /// </summary>
    /// <param name="country">ISO 3166-1 code used for a number without a country prefix, or null.</param>
    bool TryPhone(string? typed, string? country, out string stored);

    /// <summary>Phone numbers that can exist, where a text has them.</summary>
    /// <param name="country">As in <see cref="TryPhone"/>.</param>
    IEnumerable<TextPlace> PhonesIn(string text, string? country);

    /// <summary>
    /// True for an IANA time zone this machine knows; <paramref name="id"/> is the form to store: the name it has today
    /// (<c>Asia/Kolkata</c> for <c>Asia/Calcutta</c>).
    /// </summary>
    bool TryTimeZone(string? typed, out string id);
}

/// <summary>A piece of a text.</summary>
public readonly record struct TextPlace(int Start, int Length)
{
    /// <summary>Behind its last character.</summary>
    public int End => Start + Length;
}
