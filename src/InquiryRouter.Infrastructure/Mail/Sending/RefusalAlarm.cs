using System.Collections.Concurrent;
using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Infrastructure.Mail.Sending;

/// <summary>Tells people that mails are refused: once for a cause and day, however many mails it is.</summary>
public sealed partial class RefusalAlarm(MailWriter mails, TimeProvider clock, ILogger<RefusalAlarm> log)
{
    private readonly ConcurrentDictionary<string, DateOnly> _told = new(StringComparer.Ordinal);

    /// <summary>What the coordinators are to read, stored with the outcome; null when they have been told, or have no address.</summary>
    public NewMail? Of(string cause) => _told.TryGetValue(cause, out var day) && day == Today ? null : mails.MailsRefused(cause, Today);

    /// <summary>It is stored.</summary>
    public void Told(string cause)
    {
        var today = Today;
        if (!_told.TryGetValue(cause, out var day) || day != today)
        {
            _told[cause] = today;
            LogRefused(cause, MailCause.Sentence(cause));
        }
    }

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    [LoggerMessage(Level = LogLevel.Error, Message = "Mails are refused: {Cause}. {Sentence} They wait until somebody sends them again; this is said once a day.")]
    private partial void LogRefused(string cause, string sentence);
}
