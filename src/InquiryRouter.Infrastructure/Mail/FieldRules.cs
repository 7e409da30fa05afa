using System.Buffers;
using System.Collections.Concurrent;
using InquiryRouter.Core.Intake;
using PhoneNumbers;

namespace InquiryRouter.Infrastructure.Mail;

/// <summary>Addresses by MimeKit, phone numbers by libphonenumber, time zones by the machine's IANA data.</summary>
public sealed class FieldRules : IFieldRules
{
    private static readonly SearchValues<char> s_zoneCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_+-");

    private readonly PhoneNumberUtil _phones = PhoneNumberUtil.GetInstance();
    private readonly ConcurrentDictionary<string, bool> _zones = new(StringComparer.Ordinal);

    public bool TryEmail(string? typed, out string normal) => EmailRules.TryNormalise(typed, out normal);

    public bool TryPhone(string? typed, string? country, out string e164)
    {
        e164 = string.Empty;
        try
        {
            var number = _phones.Parse(Typed.Number(typed), country);
            if (!_phones.IsValidNumber(number))
            {
                return false;
            }

            e164 = _phones.Format(number, PhoneNumberFormat.E164);
            return true;
        }
        catch (NumberParseException)
        {
            return false;
        }
    }

    public bool IsTimeZone(string id)
    {
        if (id.Length is 0 or > 64 || id.AsSpan().ContainsAnyExcept(s_zoneCharacters) || !IsPlace(id))
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
    private static bool IsPlace(string id) =>
        id == "UTC" || (id.Contains('/', StringComparison.Ordinal)
            && !id.StartsWith("posix/", StringComparison.Ordinal) && !id.StartsWith("right/", StringComparison.Ordinal));
}
