using System.Net.Sockets;
using InquiryRouter.Core.Mail;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace InquiryRouter.Infrastructure.Mail.Sending;

/// <summary>One SMTP connection that is kept open between mails.</summary>
public sealed class SmtpTransport(MailOptions options) : IMailTransport
{
    /// <summary>"Service not available, closing transmission channel" (RFC 5321, 4.2.2).</summary>
    private const int ClosingDown = 421;

    // For one mail, from the connection to the last answer.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private SmtpClient? _client;
    private DotWatch? _watch;
    private bool _takesUnicode;

    public async Task<SendResult> SendAsync(Guid mailId, MimeMessage message, MailboxAddress sender, CancellationToken cancellation)
    {
        // A connection that was kept may have been closed by the server meanwhile, with or without a word: before the first byte of this mail, a
        // new one is no retry.
        var kept = _client is not null;
        var result = await TrySendAsync(message, sender, cancellation);
        return kept && result is { Outcome: SendOutcome.TurnedAway } or { Outcome: SendOutcome.TryAgain, Code: MailCause.ConnectionLost }
            ? await TrySendAsync(message, sender, cancellation)
            : result;
    }

    public async ValueTask DisposeAsync() => await DropAsync(politely: true);

    private async Task<SendResult> TrySendAsync(MimeMessage message, MailboxAddress sender, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_limit);
        try
        {
            await ConnectAsync(limit.Token);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            await DropAsync(politely: false);
            return new SendResult(SendOutcome.Unreachable, exception is AuthenticationException ? MailCause.SignInFailed : MailCause.NotConnected);
        }

        // Without SMTPUTF8 such a name could only be changed on the way, into that of another mailbox.
        var unicode = message.To.Mailboxes.Any(m => Mailbox.NeedsUnicode(m.Address));
        if (unicode && !_takesUnicode)
        {
            return new SendResult(SendOutcome.Refused, MailCause.NoUnicodeAddresses);
        }

        // Asked for only where it is needed: a server further on may not have it.
        _client!.Capabilities = unicode ? _client.Capabilities | SmtpCapabilities.UTF8 : _client.Capabilities & ~SmtpCapabilities.UTF8;
        _watch!.Reset();
        try
        {
            await _client.SendAsync(MimeFactory.FormatOf(message), message, sender, message.To.Mailboxes, limit.Token);
            return SendResult.Delivered;
        }
        catch (SmtpCommandException exception)
        {
            var result = Understand(exception);
            if (result.Outcome == SendOutcome.TurnedAway)
            {
                await DropAsync(politely: false);
            }

            return result;
        }
        catch (ServiceNotAuthenticatedException)
        {
            await DropAsync(politely: false);
            return new SendResult(SendOutcome.TurnedAway, RefusalReason.SignIn);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The type alone does not tell: what was written does.
            var unknown = _watch.DotWritten;
            await DropAsync(politely: false);
            return unknown
                ? new SendResult(SendOutcome.Unknown, MailCause.NoAnswer)
                : new SendResult(SendOutcome.TryAgain, exception switch
                {
                    OperationCanceledException or TimeoutException => MailCause.TimedOut,
                    SmtpProtocolException or IOException or SocketException or ServiceNotConnectedException or ObjectDisposedException => MailCause.ConnectionLost,
                    _ => exception.GetType().Name,
                });
        }
    }

    private static SendResult Understand(SmtpCommandException exception)
    {
        var reply = (int)exception.StatusCode;
        var at = exception.ErrorCode switch
        {
            SmtpErrorCode.SenderNotAccepted => RefusedAt.Sender,
            SmtpErrorCode.RecipientNotAccepted => RefusedAt.Recipient,
            _ => RefusedAt.Content,
        };
        var refusal = RefusalReader.Read(reply, status: null, exception.Message, at);
        return new SendResult(
            refusal.Meaning switch
            {
                RefusalMeaning.DeadAddress => SendOutcome.HardBounce,
                RefusalMeaning.NeedsPerson => SendOutcome.Refused,

                // Behind the content it is about this mail: some servers say so to what they find suspicious.
                _ => reply == ClosingDown && at != RefusedAt.Content ? SendOutcome.TurnedAway : SendOutcome.Deferred,
            },
            refusal.Reason,
            RefusalReader.Codes(reply, exception.Message));
    }

    private async Task ConnectAsync(CancellationToken cancellation)
    {
        if (_client is { IsConnected: true })
        {
            return;
        }

        await DropAsync(politely: false);
        _watch = new DotWatch();
        _client = new SmtpClient(_watch) { Timeout = (int)s_limit.TotalMilliseconds };
        await SmtpConnection.OpenAsync(_client, options, cancellation);

        // To announce its size every mail would be written twice; ours are far below any server's limit.
        _takesUnicode = _client.Capabilities.HasFlag(SmtpCapabilities.UTF8);
        _client.Capabilities &= ~SmtpCapabilities.Size;
    }

    private async Task DropAsync(bool politely)
    {
        if (_client is null)
        {
            return;
        }

        try
        {
            if (politely && _client.IsConnected)
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
                await _client.DisconnectAsync(quit: true, limit.Token);
            }
        }
        catch (Exception)
        {
            // It is being dropped anyway.
        }

        _client.Dispose();
        _client = null;
    }

    /// <summary>Notices whether the end of the mail (CRLF . CRLF) was written. The content cannot hold it: leading dots are doubled.</summary>
    private sealed class DotWatch : IProtocolLogger
    {
        private static ReadOnlySpan<byte> End => "\r\n.\r\n"u8;

        private int _matched;

        public bool DotWritten { get; private set; }

        public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

        public void Reset()
        {
            DotWritten = false;
            _matched = 0;
        }

        public void LogConnect(Uri uri)
        {
        }

        public void LogClient(byte[] buffer, int offset, int count)
        {
            foreach (var b in buffer.AsSpan(offset, count))
            {
                _matched = b == End[_matched] ? _matched + 1 : b == End[0] ? 1 : 0;
                if (_matched == End.Length)
                {
                    DotWritten = true;
                    _matched = 2;
                }
            }
        }

        public void LogServer(byte[] buffer, int offset, int count)
        {
        }

        public void Dispose()
        {
        }
    }
}
