using InquiryRouter.Core.Mail;
using MimeKit;

namespace InquiryRouter.Infrastructure.Mail.Sending;

/// <summary>What became of handing a mail over.</summary>
/// <param name="Outcome">What follows from it.</param>
/// <param name="Code">Why, as a short code: never an address or a server's text.</param>
/// <param name="Reply">The codes of the server's answer, like <c>550 5.7.1</c>.</param>
public sealed record SendResult(SendOutcome Outcome, string? Code = null, string? Reply = null)
{
    public static readonly SendResult Delivered = new(SendOutcome.Delivered);
}

/// <summary>One way out for mail, used by one lane of the sender at a time. Failures are outcomes.</summary>
public interface IMailTransport : IAsyncDisposable
{
    Task<SendResult> SendAsync(Guid mailId, MimeMessage message, MailboxAddress sender, CancellationToken cancellation);
}
