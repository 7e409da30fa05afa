using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Brands;
using MimeKit;

namespace InquiryRouter.Infrastructure.Mail.Sending;

/// <summary>Makes the message of a content. The same content, id and date give the same bytes, so that a second attempt can be recognised as one mail.</summary>
public sealed class MimeFactory
{
    private static readonly FormatOptions s_unicode = Unicode();

    private readonly string _name;
    private readonly string? _reply;
    private readonly string _address;
    private readonly string _localPart;
    private readonly string _domain;
    private readonly DkimKey? _key;

    /// <param name="options">The sender of all mails, and the key that signs them.</param>
    /// <param name="brand">Who writes, and where answers go; null: nobody has said.</param>
    /// <exception cref="DkimKeyException">The settings of the signature cannot work.</exception>
    public MimeFactory(MailOptions options, Brand? brand = null)
    {
        _key = DkimKey.Load(options);
        var from = MailboxAddress.Parse(options.From);
        (_address, _localPart, _domain) = (from.Address, from.LocalPart, from.Domain);
        _name = string.IsNullOrWhiteSpace(from.Name) ? (brand ?? Brand.Demo).Name : from.Name;
        _reply = brand?.ReplyAddress;
    }

    /// <summary>The return path names the mail (VERP): a bounce tells which one it is about.</summary>
    public MailboxAddress Sender(Guid mailId) => new(string.Empty, $"{_localPart}+{mailId:N}@{_domain}");

    public MimeMessage Create(Guid mailId, DateTimeOffset createdAt, MailContent content)
    {
        var message = new MimeMessage
        {
            MessageId = $"{mailId:N}@{_domain}",
            Date = createdAt,
            Subject = content.Subject,
            Body = new MultipartAlternative
            {
                Boundary = $"=_{mailId:N}",
            },
        };
        // A new address for each message: it would keep every message alive that it was ever in.
        message.From.Add(new MailboxAddress(_name, _address));
        if (_reply is not null)
        {
            message.ReplyTo.Add(new MailboxAddress(_name, _reply));
        }

        message.To.Add(new MailboxAddress(content.ToName, Mailbox.OnWire(content.ToAddress)));
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        if (content.UnsubscribeUrl is { } unsubscribe)
        {
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{unsubscribe}>");
            message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        }

        var alternatives = (MultipartAlternative)message.Body;
        if (content.Language is { } language)
        {
            alternatives.Headers.Add(HeaderId.ContentLanguage, language);
        }

        alternatives.Add(new TextPart("plain") { Text = content.Text, ContentTransferEncoding = ContentEncoding.QuotedPrintable });
        alternatives.Add(new TextPart("html") { Text = content.Html, ContentTransferEncoding = ContentEncoding.QuotedPrintable });
        _key?.Sign(message, FormatOf(message));
        return message;
    }

    /// <summary>How a message is written: with addresses as they are (RFC 6532) only where one cannot be written otherwise.</summary>
    public static FormatOptions FormatOf(MimeMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.To.Mailboxes.Any(m => Mailbox.NeedsUnicode(m.Address)) ? s_unicode : FormatOptions.Default;
    }

    private static FormatOptions Unicode()
    {
        var options = FormatOptions.Default.Clone();
        options.International = true;
        return options;
    }
}
