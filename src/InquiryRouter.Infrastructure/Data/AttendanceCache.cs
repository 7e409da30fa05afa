using System.Diagnostics;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Infrastructure.Data;

/// <summary>
/// Whether a coordinator can be reached, in memory: by their address, when it takes mail, or in the console. Pages and mails choose their words by it.
/// It may be a moment old.
/// </summary>
/// <param name="coordinatorAddress">Where all of them are written to; null: nowhere.</param>
public sealed partial class AttendanceCache(
    Database database, KeyedHash hash, string? coordinatorAddress, TimeProvider clock, ILogger<AttendanceCache> log) : IDisposable
{
    private static readonly TimeSpan s_longestAge = TimeSpan.FromSeconds(2);

    private readonly byte[]? _mailbox = coordinatorAddress is null ? null : hash.OfAddress(coordinatorAddress);
    private readonly SemaphoreSlim _looking = new(1, 1);
    private volatile Seen? _seen;

    /// <summary>As it was when somebody looked last; true before that.</summary>
    public bool IsAttended => _seen?.IsAttended ?? true;

    /// <summary>Those whom urgent work is mailed to, as it was when somebody looked last.</summary>
    public IReadOnlyList<PersonOnDuty> OnDuty => _seen?.OnDuty ?? [];

    /// <summary>Looks, unless that was done a moment ago. A database that does not answer leaves it as it was.</summary>
    public async Task<bool> LookAsync(CancellationToken cancellation)
    {
        if (IsFresh(_seen))
        {
            return IsAttended;
        }

        // Somebody is looking already: what was known will do, if anything was.
        if (!await _looking.WaitAsync(_seen is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellation))
        {
            return IsAttended;
        }

        try
        {
            if (!IsFresh(_seen))
            {
                var was = _seen?.IsAttended;
                var (now, onDuty) = await database.ReadAsync(
                    async session =>
                    {
                        var users = await UserStore.ListAsync(session);
                        return (await AskAsync(session, users), await DutyStore.OfAsync(session, users, hash));
                    },
                    cancellation);
                _seen = new Seen(now, onDuty, clock.GetUtcNow(), Stopwatch.GetTimestamp());
                Tell(was, now);
            }
        }
        catch (DatabaseUnavailableException)
        {
            // Whoever asks the database next says so.
        }
        finally
        {
            _looking.Release();
        }

        return IsAttended;
    }

    public void Dispose() => _looking.Dispose();

    private async Task<bool> AskAsync(Session session, IEnumerable<AppUser> users)
    {
        if (_mailbox is not null && !await MailStore.IsSuppressedAsync(session, _mailbox))
        {
            return true;
        }

        var now = session.Now;
        return users.Any(u => Attendance.IsReached(u.Roles, u.IsThere(now), u.LastSeenAt, now));
    }

    private void Tell(bool? was, bool now)
    {
        if (!now && was is not false)
        {
            LogNobody();
        }
        else if (now && was is false)
        {
            LogSomebody();
        }
    }

    private bool IsFresh(Seen? seen) =>
        seen is not null && (clock.GetUtcNow() - seen.At).Duration() < s_longestAge && Stopwatch.GetElapsedTime(seen.Ticks) < s_longestAge;

    [LoggerMessage(Level = LogLevel.Warning, Message = "No coordinator can be reached: nobody reads what patients write, and pages and mails tell them so. "
        + "Set Mail:CoordinatorAddress to an address that takes mail, or invite somebody: InquiryRouter user add MAIL --role coordinator.")]
    private partial void LogNobody();

    [LoggerMessage(Level = LogLevel.Information, Message = "A coordinator can be reached again: pages and mails say the usual.")]
    private partial void LogSomebody();

    private sealed record Seen(bool IsAttended, IReadOnlyList<PersonOnDuty> OnDuty, DateTimeOffset At, long Ticks);
}
