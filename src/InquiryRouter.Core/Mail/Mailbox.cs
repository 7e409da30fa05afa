using System.Globalization;
using System.Text;

namespace InquiryRouter.Core.Mail;

/// <summary>The mailbox behind an address, which can be written in more than one way.</summary>
public static class Mailbox
{
    private static readonly IdnMapping s_idn = new();

    /// <summary>
    /// Equal for every way to write one mailbox: in lower case, the domain as the DNS has it (<c>xn--mnchen-3ya.de</c> for
    /// <c>münchen.de</c>). What searches, duplicates, lost links and suppressions go by.
    /// </summary>
    public static string Key(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var at = address.LastIndexOf('@');
        if (at < 0)
        {
            return Lower(address);
        }

        var domain = address[(at + 1)..];
        return $"{Lower(address[..at])}@{AsciiDomain(domain) ?? Lower(domain)}";
    }

    /// <summary>A domain as the DNS and SMTP have it, in lower case; null: it cannot be one.</summary>
    public static string? AsciiDomain(string domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        if (Ascii.IsValid(domain))
        {
            return domain.ToLowerInvariant();
        }

        try
        {
            return s_idn.GetAscii(Lower(domain)).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>
    /// An address as SMTP has it: the domain in ASCII when the name before the @ is (any server takes it then), otherwise as it is.
    /// </summary>
    public static string OnWire(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var at = address.LastIndexOf('@');
        return at > 0 && !NeedsUnicode(address) && AsciiDomain(address[(at + 1)..]) is { } domain ? $"{address[..at]}@{domain}" : address;
    }

    /// <summary>True when its name before the @ is in letters only a server with SMTPUTF8 (RFC 6531) can take.</summary>
    public static bool NeedsUnicode(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.LastIndexOf('@') is > 0 and var at && !Ascii.IsValid(address.AsSpan(0, at));
    }

    private static string Lower(string text) =>
        Ascii.IsValid(text) ? text.ToLowerInvariant() : text.Normalize(NormalizationForm.FormC).ToLowerInvariant();
}
