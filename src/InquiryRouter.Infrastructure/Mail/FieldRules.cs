using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using InquiryRouter.Core.Intake;
using PhoneNumbers;
using PhoneNumber = InquiryRouter.Core.Intake.PhoneNumber;

namespace InquiryRouter.Infrastructure.Mail;

/// <summary>Addresses by MimeKit, phone numbers by libphonenumber, time zones by the machine's IANA data.</summary>
public sealed class FieldRules : IFieldRules
{
    private static readonly SearchValues<char> s_zoneCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_+-");

    // "Extension" and "internal" in Arabic, which the library does not know.
    private static readonly string[] s_extensionWords = ["التحويلة", "تحويلة", "داخلي"];

    private const string Abroad = "00";
    private const int Mexico = 52;
    private const int MexicanDigits = 10;

    // A zero in front is no digit of the number, as the library has it.
    private static readonly string[] s_oldMexican = ["1", "44", "45"];

    // Whatever the case it is typed in.
    private static readonly Lazy<FrozenDictionary<string, string>> s_spelled = new(() =>
        TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).Concat(ZoneNames.Old).Distinct(StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(id => id, StringComparer.OrdinalIgnoreCase));

    private readonly PhoneNumberUtil _phones = PhoneNumberUtil.GetInstance();
    private readonly ConcurrentDictionary<string, bool> _zones = new(StringComparer.Ordinal);

    public bool TryEmail(string? typed, out string normal) => EmailRules.TryNormalise(typed, out normal);

    public bool TryPhone(string? typed, string? country, out string stored)
    {
        stored = string.Empty;
        try
        {
            var text = Typed.Number(typed) ?? string.Empty;
            foreach (var word in s_extensionWords)
            {
                text = text.Replace(word, " ext. ", StringComparison.Ordinal);
            }

            if (TryParse(text, country, out stored))
            {
                return true;
            }

            // As it is dialled from most countries, wherever the patient is.
            return text.StartsWith(Abroad, StringComparison.Ordinal) && TryParse("+" + text[Abroad.Length..], null, out stored);
        }
        catch (NumberParseException)
        {
            return false;
        }
    }

    public IEnumerable<TextPlace> PhonesIn(string text, string? country) =>
        _phones.FindNumbers(text, country).Select(found => new TextPlace(found.Start, found.Length));

    private bool TryParse(string text, string? country, out string stored)
    {
        var number = _phones.Parse(text, country);
        var valid = _phones.IsValidNumber(number) ? number : WithoutOldPrefix(number);
        if (valid is null || !_phones.IsValidNumber(valid))
        {
            stored = string.Empty;
            return false;
        }

        stored = PhoneNumber.Of(_phones.Format(valid, PhoneNumberFormat.E164), number.Extension);
        return true;
    }

    /// <summary>Cards and contacts still have what was dialled in Mexico until 2019: 1 from abroad; 01, 044 and 045 there.</summary>
    private PhoneNumbers.PhoneNumber? WithoutOldPrefix(PhoneNumbers.PhoneNumber number)
    {
        var digits = number.NationalNumber.ToString(CultureInfo.InvariantCulture);
        return number.CountryCode == Mexico
            && s_oldMexican.FirstOrDefault(
                p => digits.Length == p.Length + MexicanDigits && digits.StartsWith(p, StringComparison.Ordinal)) is { } prefix
                ? _phones.Parse($"+{Mexico}{digits[prefix.Length..]}", null)
                : null;
    }

    public bool TryTimeZone(string? typed, out string id)
    {
        var name = Typed.Code(typed) ?? string.Empty;
        id = ZoneNames.Today(s_spelled.Value.GetValueOrDefault(name, name));
        if (IsKnown(id))
        {
            return true;
        }

        // A machine with older data may know the older name only.
        id = name;
        return ZoneNames.IsOld(name) && IsKnown(name);
    }

    private bool IsKnown(string id)
    {
        if (id.Length is 0 or > 64 || id.AsSpan().ContainsAnyExcept(s_zoneCharacters) || !IsName(id))
        {
            return false;
        }

        if (_zones.ContainsKey(id))
        {
            return true;
        }

        var known = TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId && zone.Id == id;
        if (known)
        {
            // Only names that exist: the number of entries is bounded by the list.
            _zones.TryAdd(id, true);
        }

        return known;
    }

    // The directory of zones holds more than names of the list: localtime, posixrules, and a copy of all under posix/ and right/.
    private static bool IsName(string id) =>
        id == "UTC" || ZoneNames.IsOld(id) || (id.Contains('/', StringComparison.Ordinal)
            && !id.StartsWith("posix/", StringComparison.Ordinal) && !id.StartsWith("right/", StringComparison.Ordinal));
}
