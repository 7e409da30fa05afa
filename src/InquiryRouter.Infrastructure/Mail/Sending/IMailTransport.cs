using InquiryRouter.Core.Mail;
using MimeKit;

namespace InquiryRouter.Infrastructure.Mail.Sending;

/// <summary>What became of handing a mail over, with a short code for the record (never an address or a server's text).</summary>
public sealed record SendResult(SendOutcome Outcome, string? Code = null)
{
    public static readonly SendResult Delivered = new(SendOutcome.Delivered);
}

/// <summary>One way out for mail, used by one lane of the sender at a time. Failures are outcomes.</summary>
public interface IMailTransport : IAsyncDisposable
{
    Task<SendResult> SendAsync(Guid mailId, MimeMessage message, MailboxAddress sender, CancellationToken cancellation);
}
