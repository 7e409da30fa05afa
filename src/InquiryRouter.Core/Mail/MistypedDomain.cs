namespace InquiryRouter.Core.Mail;

/// <summary>
/// Domains that one slip of a finger makes of those most people have their mail at (<c>gmial.com</c>). Whether it was one, only who typed
/// it knows: they are asked, and never corrected.
/// </summary>
public static class MistypedDomain
{
    private static readonly string[] s_common =
    [
        "gmail.com", "googlemail.com", "hotmail.com", "hotmail.es", "outlook.com", "outlook.es", "yahoo.com", "yahoo.es", "yahoo.com.mx",
        "yahoo.co.uk", "icloud.com", "protonmail.com",
    ];

    // Real ones that are as near.
    private static readonly string[] s_others =
        ["ymail.com", "email.com", "mail.com", "hotmail.de", "hotmail.se", "outlook.de", "yahoo.se", "yahoo.de"];

    /// <summary>What was probably meant by the domain of an address; null: nothing else.</summary>
    public static string? Meant(string? address)
    {
        if (address is null || address.LastIndexOf('@') is not (> 0 and var at)
            || Mailbox.AsciiDomain(address[(at + 1)..]) is not { } domain
            || s_common.Contains(domain, StringComparer.Ordinal) || s_others.Contains(domain, StringComparer.Ordinal))
        {
            return null;
        }

        return s_common.FirstOrDefault(c => IsOneSlipFrom(domain, c));
    }

    // One letter more, less or another, or two that have changed places.
    private static bool IsOneSlipFrom(string typed, string meant)
    {
        var (shorter, longer) = typed.Length <= meant.Length ? (typed, meant) : (meant, typed);
        if (longer.Length - shorter.Length > 1)
        {
            return false;
        }

        var same = shorter.AsSpan().CommonPrefixLength(longer);
        var (rest, other) = (shorter[same..], longer[same..]);
        return shorter.Length < longer.Length
            ? rest == other[1..]
            : rest[1..] == other[1..] || (rest.Length > 1 && rest[0] == other[1] && rest[1] == other[0] && rest[2..] == other[2..]);
    }
}
