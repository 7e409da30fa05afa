using MailKit.Net.Smtp;
using MailKit.Security;

namespace InquiryRouter.Infrastructure.Mail.Sending;

/// <summary>Can the SMTP server be reached, with these settings? Sends nothing.</summary>
public static class SmtpProbe
{
    /// <returns>Null when it can; otherwise why not.</returns>
    public static async Task<string?> TryAsync(MailOptions options, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(5));
        using var client = new SmtpClient();
        try
        {
            await SmtpConnection.OpenAsync(client, options, limit.Token);
            await client.DisconnectAsync(quit: true, limit.Token);
            return null;
        }
        catch (AuthenticationException)
        {
            return "the server refuses Mail:Username and Mail:Password";
        }
        catch (Exception exception)
        {
            return exception is OperationCanceledException ? "no answer within 5 seconds" : exception.Message;
        }
    }
}
