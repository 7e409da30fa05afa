using InquiryRouter.Core.Mail;
using MimeKit;

namespace InquiryRouter.Infrastructure.Mail.Sending;

/// <summary>
/// Writes .eml files. The name comes from the mail's id and the file appears whole, so that a repeated attempt replaces the same bytes.
/// </summary>
public sealed class PickupTransport(string directory) : IMailTransport
{
    /// <summary>What the name of a file that is being written ends with.</summary>
    public const string Unfinished = ".part";

    /// <summary>The name of a mail's file: its moment and its id, and nothing of what it says.</summary>
    public static string FileName(Guid mailId, DateTimeOffset createdAt) => $"{createdAt.UtcDateTime:yyyyMMdd-HHmmss}-{mailId:N}.eml";

    public async Task<SendResult> SendAsync(Guid mailId, MimeMessage message, MailboxAddress sender, CancellationToken cancellation)
    {
        try
        {
            OwnDirectory.Create(directory);
            var path = Path.Combine(directory, FileName(mailId, message.Date));
            var aside = path + Unfinished;

            // It says who the patient is, and holds the link.
            await using (var stream = OwnFile.Open(aside, FileMode.Create))
            {
                await message.WriteToAsync(MimeFactory.FormatOf(message), stream, CancellationToken.None);
                stream.Flush(flushToDisk: true);
            }

            File.Move(aside, path, overwrite: true);
            return SendResult.Delivered;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new SendResult(SendOutcome.TurnedAway, MailCause.NotWritten);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
