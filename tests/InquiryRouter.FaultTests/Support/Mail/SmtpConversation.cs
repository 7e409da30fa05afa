using System.Net.Sockets;
using System.Text;

namespace InquiryRouter.FaultTests.Support.Mail;

/// <summary>What matters of a mail when the program is gone a moment later.</summary>
internal enum SmtpMoment
{
    /// <summary>The program has asked to send; the mail has not begun.</summary>
    Data,

    /// <summary>The whole mail has arrived and is taken; the program does not know yet.</summary>
    FinalDot,

    /// <summary>The answer that it is taken is on its way.</summary>
    Taken,
}

/// <summary>The server's part of one SMTP connection, as much of it as the program needs.</summary>
internal static class SmtpConversation
{
    private const string Ok = "250 2.0.0 OK";

    /// <param name="stream">The connection.</param>
    /// <param name="take">Called for each mail with its recipient and its bytes, before the mail is acknowledged.</param>
    /// <param name="passing">Called at each moment of a mail, before it goes on.</param>
    public static async Task HoldAsync(NetworkStream stream, Func<string, byte[], Task> take, Func<SmtpMoment, Task> passing)
    {
        // One character a byte, so that nothing is lost on the way.
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await using var writer = new StreamWriter(stream, Encoding.Latin1) { AutoFlush = true, NewLine = "\r\n" };
        var recipient = "";
        await writer.WriteLineAsync("220 sink.fault.example ESMTP");
        while (await reader.ReadLineAsync() is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await writer.WriteAsync("250-sink.fault.example\r\n250-PIPELINING\r\n250 8BITMIME\r\n");
                    break;
                case "RCPT":
                    recipient = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
                    await writer.WriteLineAsync(AnswerTo(recipient));
                    break;
                case "DATA":
                    await passing(SmtpMoment.Data);
                    await writer.WriteLineAsync("354 go on");
                    if (await ReadMailAsync(reader) is not { } mail)
                    {
                        return;
                    }

                    await take(recipient, mail);
                    await passing(SmtpMoment.FinalDot);
                    await writer.WriteLineAsync(Ok);
                    await passing(SmtpMoment.Taken);
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 2.0.0 bye");
                    return;
                case "MAIL" or "RSET" or "NOOP":
                    await writer.WriteLineAsync(Ok);
                    break;
                default:
                    await writer.WriteLineAsync("500 5.5.1 unknown command");
                    break;
            }
        }
    }

    // As real servers do, with the address in the text.
    private static string AnswerTo(string recipient) => recipient switch
    {
        _ when recipient.StartsWith("nobody", StringComparison.Ordinal) => $"550 5.1.1 <{recipient}>: there is no such mailbox here",
        _ when recipient.StartsWith("refused", StringComparison.Ordinal) => $"554 5.7.1 <{recipient}>: not wanted",
        _ => Ok,
    };

    /// <summary>The mail up to its dot, dots unstuffed; null when the connection ended before.</summary>
    private static async Task<byte[]?> ReadMailAsync(StreamReader reader)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line == ".")
            {
                return Encoding.Latin1.GetBytes(mail.ToString());
            }

            mail.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        return null;
    }
}
