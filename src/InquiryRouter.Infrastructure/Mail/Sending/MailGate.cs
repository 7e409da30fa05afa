using InquiryRouter.Core;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Infrastructure.Mail.Sending;

/// <summary>
/// Whether the mail server takes mails from us. When it does not, all mails wait and one at a time finds out whether it does again: ever more
/// slowly, for as long as it takes. The first answer opens the gate to all. One for all connections of a process.
/// </summary>
public sealed partial class MailGate(TimeProvider clock, ILogger<MailGate> log)
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(5);

    // Seldom enough for a server that counts wrong passwords, and soon enough for patients who wait.
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_alarmAfter = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_alarmEvery = TimeSpan.FromHours(1);

    // Longer than handing over one mail takes: after it, whoever asked has not come back.
    private static readonly TimeSpan s_longestTry = TimeSpan.FromMinutes(3);

    private readonly Lock _lock = new();
    private Outage? _outage;
    private DateTimeOffset _answeredAt;

    /// <summary>Since when the server cannot be used, and why; null: nothing is known that stands against it.</summary>
    public (DateTimeOffset Since, string Code)? Shut
    {
        get
        {
            lock (_lock)
            {
                return _outage is { } outage ? (outage.Since, outage.Code) : null;
            }
        }
    }

    /// <summary>How many mails may be claimed now; raises the alarm when it is time.</summary>
    /// <param name="most">While the server takes mails.</param>
    /// <returns>1 when one mail is to find out whether it takes them again; 0: wait.</returns>
    public int Admits(int most)
    {
        lock (_lock)
        {
            if (_outage is not { } outage)
            {
                return most;
            }

            var now = clock.GetUtcNow();
            if (now >= outage.AlarmAt)
            {
                LogStillShut(outage.Code, (now - outage.Since).TotalMinutes);
                outage.AlarmAt = now + s_alarmEvery;
            }

            return now < outage.TryAt ? 0 : 1;
        }
    }

    /// <summary>This mail finds out.</summary>
    public void Ask(Guid mail)
    {
        lock (_lock)
        {
            if (_outage is { } outage)
            {
                (outage.Asking, outage.TryAt) = (mail, clock.GetUtcNow() + s_longestTry);
            }
        }
    }

    /// <summary>Whether a mail may be handed over now.</summary>
    public bool Lets(Guid mail)
    {
        lock (_lock)
        {
            return _outage is null || _outage.Asking == mail;
        }
    }

    /// <summary>The server has answered: yes or no to this mail.</summary>
    public void Answered(Guid mail)
    {
        lock (_lock)
        {
            _answeredAt = clock.GetUtcNow();
            if (_outage?.Asking == mail)
            {
                LogOpen((_answeredAt - _outage.Since).TotalMinutes);
                _outage = null;
            }
        }
    }

    /// <summary>The mail came to nothing that speaks of the server as a whole: it is no answer, and no outage by itself.</summary>
    public void NotAnswered(Guid mail)
    {
        lock (_lock)
        {
            if (_outage?.Asking == mail)
            {
                _outage.Again(clock.GetUtcNow());
            }
        }
    }

    /// <summary>The server could not be used.</summary>
    /// <param name="mail">For which mail.</param>
    /// <param name="begunAt">When the attempt began.</param>
    /// <param name="code">Why.</param>
    /// <returns>False: it has answered others meanwhile, so that only this connection has to wait.</returns>
    public bool Failed(Guid mail, DateTimeOffset begunAt, string code)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (_outage is { } outage)
            {
                if (outage.Asking == mail)
                {
                    outage.Code = code;
                    outage.Again(now);
                }

                return true;
            }

            if (_answeredAt > begunAt)
            {
                return false;
            }

            _outage = new Outage { Code = code, Since = now, AlarmAt = now + s_alarmAfter };
            _outage.Again(now);
            LogShut(code);
            return true;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mail server cannot be used ({Code}): mails wait, and one at a time finds out whether it can be used again.")]
    private partial void LogShut(string code);

    [LoggerMessage(Level = LogLevel.Error, Message = "The mail server has not been usable for {Minutes:0} minutes ({Code}); no mail leaves. 'InquiryRouter doctor' says more.")]
    private partial void LogStillShut(string code, double minutes);

    [LoggerMessage(Level = LogLevel.Information, Message = "The mail server takes mails again, after {Minutes:0.#} minutes. All that wait are sent now.")]
    private partial void LogOpen(double minutes);

    private sealed class Outage
    {
        private int _failures;

        public required string Code { get; set; }

        public required DateTimeOffset Since { get; init; }

        public required DateTimeOffset AlarmAt { get; set; }

        /// <summary>When the next mail may find out.</summary>
        public DateTimeOffset TryAt { get; set; }

        /// <summary>The mail that finds out at this moment.</summary>
        public Guid? Asking { get; set; }

        public void Again(DateTimeOffset now)
        {
            _failures++;
            (Asking, TryAt) = (null, now + Backoff.Delay(_failures, s_firstPause, s_longestPause));
        }
    }
}
