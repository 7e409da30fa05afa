using MimeKit;

namespace InquiryRouter.Infrastructure.Mail;

/// <summary>What a mail says and to whom, fixed when it was decided on; stored sealed.</summary>
public sealed record MailContent
{
    public required string ToName { get; init; }

    public required string ToAddress { get; init; }

    public required string Subject { get; init; }

    public required string Text { get; init; }

    public required string Html { get; init; }

    /// <summary>ISO 639-1 of the words; null in mails stored before there were several languages.</summary>
    public string? Language { get; init; }

    /// <summary>Where one click unsubscribes; null: purely transactional.</summary>
    public string? UnsubscribeUrl { get; init; }
}

/// <summary>Makes the message of a content. The same content, id and date give the same bytes, so that a second attempt can be recognised as one mail.</summary>
public sealed class MimeFactory
{
    private readonly string? _name;
    private readonly string _address;
    private readonly string _localPart;
    private readonly string _domain;

    public MimeFactory(MailOptions options)
    {
        var from = MailboxAddress.Parse(options.From);
        (_name, _address, _localPart, _domain) = (from.Name, from.Address, from.LocalPart, from.Domain);
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
        message.To.Add(new MailboxAddress(content.ToName, content.ToAddress));
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
        return message;
    }
}
