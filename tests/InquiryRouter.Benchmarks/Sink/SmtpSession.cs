using System.Net.Sockets;
using System.Text;

namespace InquiryRouter.Benchmarks.Sink;

/// <summary>One SMTP connection, parsed as bytes. Pipelined commands are answered together, in one write.</summary>
internal sealed class SmtpSession(Socket socket, SmtpSink sink)
{
    private const int LargestMail = 256 * 1024;
    private const int LongestLine = 2048;
    private const int MostRecipients = 100;

    private readonly Recipient[] _recipients = new Recipient[MostRecipients];
    private byte[] _in = new byte[16 * 1024];
    private byte[] _out = new byte[1024];
    private int _start;
    private int _end;
    private int _searched;
    private int _replying;
    private int _recipientCount;
    private bool _inMail;
    private bool _inData;
    private bool _quit;

    public async Task RunAsync()
    {
        Reply("220 sink.load.example ESMTP\r\n"u8);
        while (true)
        {
            await SendRepliesAsync();
            if (_quit)
            {
                return;
            }

            MakeRoom();
            var received = await socket.ReceiveAsync(_in.AsMemory(_end), SocketFlags.None);
            if (received == 0)
            {
                return;
            }

            _end += received;
            while (!_quit && (_inData ? TryEndMail() : TryCommand()))
            {
            }
        }
    }

    private async ValueTask SendRepliesAsync()
    {
        for (var sent = 0; sent < _replying;)
        {
            sent += await socket.SendAsync(_out.AsMemory(sent, _replying - sent), SocketFlags.None);
        }

        _replying = 0;
    }

    /// <summary>Bytes not yet understood move to the front; the buffer grows for a mail that is longer than it.</summary>
    private void MakeRoom()
    {
        if (_start > 0)
        {
            _in.AsSpan(_start.._end).CopyTo(_in);
            _end -= _start;
            _searched = Math.Max(0, _searched - _start);
            _start = 0;
        }

        if (_end == _in.Length)
        {
            Array.Resize(ref _in, _in.Length * 2);
        }
    }

    private bool TryCommand()
    {
        var waiting = _in.AsSpan(_start.._end);
        var lineEnd = waiting.IndexOf((byte)'\n');
        if (lineEnd < 0)
        {
            if (waiting.Length > LongestLine)
            {
                Refuse("500 5.5.2 line too long\r\n"u8);
            }

            return false;
        }

        // DATA's own line end stays: it is the first half of the dot line that ends an empty mail.
        var line = waiting[..lineEnd].TrimEnd((byte)'\r');
        Command(line);
        _start += _inData ? lineEnd - 1 : lineEnd + 1;
        _searched = _start;
        return true;
    }

    private void Command(ReadOnlySpan<byte> line)
    {
        if (Is(line, "MAIL FROM:"u8))
        {
            (_inMail, _recipientCount) = (true, 0);
            Reply("250 2.1.0 OK\r\n"u8);
        }
        else if (Is(line, "RCPT TO:"u8))
        {
            AddRecipient(line[8..]);
        }
        else if (Is(line, "DATA"u8))
        {
            _inData = _recipientCount > 0;
            Reply(_inData ? "354 go on\r\n"u8 : "503 5.5.1 no recipient\r\n"u8);
        }
        else if (Is(line, "EHLO"u8))
        {
            Reply("250-sink.load.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE 262144\r\n"u8);
        }
        else if (Is(line, "HELO"u8))
        {
            Reply("250 sink.load.example\r\n"u8);
        }
        else if (Is(line, "RSET"u8))
        {
            (_inMail, _recipientCount) = (false, 0);
            Reply("250 2.0.0 OK\r\n"u8);
        }
        else if (Is(line, "NOOP"u8))
        {
            Reply("250 2.0.0 OK\r\n"u8);
        }
        else if (Is(line, "QUIT"u8))
        {
            Refuse("221 2.0.0 bye\r\n"u8);
        }
        else
        {
            Reply("500 5.5.1 unknown command\r\n"u8);
        }
    }

    private void AddRecipient(ReadOnlySpan<byte> path)
    {
        if (!_inMail)
        {
            Reply("503 5.5.1 MAIL first\r\n"u8);
        }
        else if (_recipientCount == MostRecipients)
        {
            Reply("452 4.5.3 too many recipients\r\n"u8);
        }
        else
        {
            _recipients[_recipientCount++] = Recipient.Read(path);
            Reply("250 2.1.5 OK\r\n"u8);
        }
    }

    private bool TryEndMail()
    {
        // The mark may have come in two halves: look back over its length.
        var mark = "\r\n.\r\n"u8;
        var from = Math.Max(_start, _searched - mark.Length + 1);
        var at = _in.AsSpan(from.._end).IndexOf(mark);
        if (at < 0)
        {
            _searched = _end;
            if (_end - _start > LargestMail)
            {
                Refuse("552 5.3.4 too large\r\n"u8);
            }

            return false;
        }

        // Dots stay stuffed: neither a reference nor a Message-ID begins a line with one.
        var mail = _in.AsSpan(_start..(from + at + 2));
        sink.Take(_recipients.AsSpan(0, _recipientCount), mail.Length > 2 ? mail[2..] : mail);
        _start = from + at + mark.Length;
        _searched = _start;
        (_inData, _inMail, _recipientCount) = (false, false, 0);
        Reply("250 2.0.0 OK\r\n"u8);
        return true;
    }

    private void Refuse(ReadOnlySpan<byte> reply)
    {
        Reply(reply);
        _quit = true;
    }

    private void Reply(ReadOnlySpan<byte> reply)
    {
        if (_replying + reply.Length > _out.Length)
        {
            Array.Resize(ref _out, _out.Length * 2);
        }

        reply.CopyTo(_out.AsSpan(_replying));
        _replying += reply.Length;
    }

    private static bool Is(ReadOnlySpan<byte> line, ReadOnlySpan<byte> command) =>
        line.Length >= command.Length && Ascii.EqualsIgnoreCase(line[..command.Length], command);
}
