using System.Collections.Concurrent;
using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Infrastructure.Mail.Sending;

/// <summary>Tells people that mails are refused: once for a cause and day, however many mails it is.</summary>
public sealed partial class RefusalAlarm(MailWriter mails, TimeProvider clock, ILogger<RefusalAlarm> log)
{
    private readonly ConcurrentDictionary<string, DateOnly> _told = new(StringComparer.Ordinal);

    /// <summary>What the coordinators are to be told of a cause, stored with the outcome it follows from; null when today's has been stored.</summary>
    public Alarm? Of(string cause)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return _told.TryGetValue(cause, out var day) && day == today ? null : new(cause, today, mails.MailsRefused(cause, today));
    }

    /// <summary>It is stored.</summary>
    /// <remarks>For the day it was made for: with the day of now, a mail refused across midnight would count as told on a day that has no alarm.</remarks>
    public void Told(Alarm alarm)
    {
        if (!_told.TryGetValue(alarm.Cause, out var day) || day != alarm.Day)
        {
            _told[alarm.Cause] = alarm.Day;
            LogRefused(alarm.Cause, MailCause.Sentence(alarm.Cause));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Mails are refused: {Cause}. {Sentence} They wait until somebody sends them again; this is said once a day.")]
    private partial void LogRefused(string cause, string sentence);

    /// <summary>A cause on a day.</summary>
    /// <param name="Cause">Why mails are refused.</param>
    /// <param name="Day">In UTC.</param>
    /// <param name="Mail">Null when the coordinators have no address.</param>
    public sealed record Alarm(string Cause, DateOnly Day, NewMail? Mail);
}
