using System.Buffers;
using System.Text;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using MimeKit;

namespace InquiryRouter.Infrastructure.Mail;

/// <summary>Which addresses we send to: those MimeKit accepts, less the ones that lead nowhere or somewhere else.</summary>
public static class EmailRules
{
    private const int LongestAddress = 254;
    private const string MailTo = "mailto:";

    // The letters, digits and signs of ASCII in full width, in its order.
    private const char FirstWide = '！';
    private const char LastWide = '～';
    private static readonly SearchValues<char> s_quotedOnly = SearchValues.Create("\"(),:;<>[]\\ ");

    /// <summary>True for "Name &lt;address&gt;" with a domain.</summary>
    /// <summary>The domain of who sends; null: there is none.</summary>
    public static string? SenderDomain(string text) => MailboxAddress.TryParse(text, out var from) ? from.Domain : null;

    public static bool IsSender(string text) => MailboxAddress.TryParse(text, out var from) && !string.IsNullOrEmpty(from.Domain);

    /// <summary>
    /// True when mail can be sent to what was typed, cleaned (<see cref="Typed.Code"/>); <paramref name="normal"/> has the domain in lower
    /// case.
    /// </summary>
    public static bool TryNormalise(string? address, out string normal)
    {
        normal = string.Empty;
        var whole = Typed.Code(address) ?? string.Empty;
        var typed = Pasted(whole);
        if (whole.Any(char.IsControl) || typed.Length > LongestAddress || typed.Any(char.IsWhiteSpace) || typed is ['-', ..])
        {
            return false;
        }

        var at = typed.LastIndexOf('@');
        if (at is < 1 or > 64)
        {
            return false;
        }

        // No route to a@localhost, and a@[127.0.0.1] is somebody else's machine.
        var domain = typed.AsSpan(at + 1);
        if (domain.IsEmpty || domain[0] is '[' or '.' or '-' || !domain.Contains('.') || domain[^1] == '.' || domain.Contains("..", StringComparison.Ordinal))
        {
            return false;
        }

        // 127.0.0.1 without brackets: no top-level domain is a number (RFC 3696 section 2).
        if (!domain[(domain.LastIndexOf('.') + 1)..].ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        // The quoted form ("a b"@x.org) exists on paper; here it only hides mistakes.
        if (typed.AsSpan(0, at).IndexOfAny(s_quotedOnly) >= 0)
        {
            return false;
        }

        try
        {
            var mailbox = new MailboxAddress(string.Empty, typed);
            if (!MailboxAddress.TryParse(typed, out var parsed) || parsed.Address != mailbox.Address)
            {
                return false;
            }

            var lower = typed[(at + 1)..].ToLowerInvariant();
            if (Mailbox.AsciiDomain(lower) is null)
            {
                return false;
            }

            normal = typed[..at] + "@" + lower;
            return true;
        }
        catch (ParseException)
        {
            return false;
        }
    }

    // As a mail program copies it ("Ana <ana@x.org>", "mailto:ana@x.org"), and as an East Asian keyboard types it (ａｎａ＠ｘ。ｏｒｇ).
    private static string Pasted(string typed)
    {
        var text = Ascii.IsValid(typed) ? typed : string.Concat(typed.Select(c => c switch
        {
            >= FirstWide and <= LastWide => (char)(c - FirstWide + '!'),
            '。' or '｡' => '.',
            _ => c,
        }));
        if (text is [.., '>'] && text.LastIndexOf('<') is >= 0 and var from && text.Count(c => c == '@') == 1)
        {
            text = text[(from + 1)..^1];
        }

        return text.StartsWith(MailTo, StringComparison.OrdinalIgnoreCase) ? text[MailTo.Length..] : text;
    }
}
