using MimeKit;

namespace InquiryRouter.FaultTests.Support.Mail;

/// <summary>One arrival of one mail.</summary>
/// <param name="MailId">From the Message-ID.</param>
/// <param name="Recipient">The address it was handed over for.</param>
/// <param name="Text">Its plain part.</param>
/// <param name="Bytes">Exactly what came.</param>
internal sealed record ArrivedMail(Guid MailId, string Recipient, string Text, byte[] Bytes)
{
    /// <param name="bytes">The message.</param>
    /// <param name="recipient">Of the envelope; without one, the header tells.</param>
    public static ArrivedMail Parse(byte[] bytes, string? recipient = null)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        using var message = MimeMessage.Load(stream);
        var id = message.MessageId ?? throw new FormatException("A mail without a Message-ID arrived.");
        return new ArrivedMail(
            Guid.ParseExact(id[..id.IndexOf('@', StringComparison.Ordinal)], "N"),
            recipient ?? message.To.Mailboxes.Single().Address,
            message.TextBody ?? "",
            bytes);
    }
}

/// <summary>The mails of a pickup directory.</summary>
internal static class PickupFolder
{
    /// <exception cref="InvalidOperationException">A mail that was begun was never finished.</exception>
    public static IReadOnlyList<ArrivedMail> Read(string dataDirectory)
    {
        var folder = Path.Combine(dataDirectory, "mail");
        var half = Directory.EnumerateFiles(folder).Where(f => !f.EndsWith(".eml", StringComparison.Ordinal)).Select(Path.GetFileName).ToList();
        return half.Count == 0
            ? [.. Directory.EnumerateFiles(folder).Select(f => ArrivedMail.Parse(File.ReadAllBytes(f)))]
            : throw new InvalidOperationException($"Half-written mails were left: {string.Join(", ", half)}");
    }
}
