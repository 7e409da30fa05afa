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
