using System.Globalization;
using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Application.Mail;

/// <summary>In which zone a digest tells moments, and the morning begins, for whoever has chosen none.</summary>
public sealed record DigestZone(string Name);

/// <summary>
/// Tells each coordinator on duty in one mail of what waits: what is theirs or everyone's and new, at most once an hour, and what is open in all, each
/// morning. The common address gets it when there is nobody else who does. What is urgent is told at once, by <see cref="AlertCoordinators"/> and
/// those who write of it themselves.
/// </summary>
public sealed class SendDigest(Work work, MailWriter mails, KeyedHash hash, DigestZone installation)
{
    private const int MostNamed = 50;
    private const int MostTold = 5000;

    /// <summary>The hour of the day, on their clock, from which the mail of the day goes out.</summary>
    private const int HourOfTheDay = 6;

    /// <summary>What comes at the same time is told together.</summary>
    private static readonly TimeSpan s_gather = TimeSpan.FromMinutes(15);

    // The moment of the last deed is kept to the minute.
    private static readonly TimeSpan s_seenToThe = TimeSpan.FromMinutes(2);

    /// <returns>True when a mail was written.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        var onDuty = await work.ReadAsync(session => DutyStore.ListAsync(session, hash), cancellation);
        var readers = onDuty.Where(p => p.WantsDigest).Select(p => new Reader(p.User, ZoneOf(p.User.TimeZone))).ToList();
        if (!onDuty.Any(p => p is { WantsDigest: true, IsReached: true }))
        {
            // The common address: of who reads there nothing is known.
            readers.Add(new Reader(null, ZoneOf(installation.Name)));
        }

        var wrote = false;
        foreach (var reader in readers)
        {
            wrote |= await TellAsync(reader, cancellation);
        }

        return wrote;
    }

    private async Task<bool> TellAsync(Reader reader, CancellationToken cancellation)
    {
        var now = work.Now;
        var (hour, day) = (reader.AboutHour(now), reader.AboutDay(now));
        var found = await work.ReadAsync(
            async session =>
            {
                var isDay = reader.Clock(now).Hour >= HourOfTheDay && !await MailStore.IsWrittenAsync(session, MailKind.WorkDigest, day);
                var untold = await UntoldAsync(session, reader.User);
                var isDue = isDay || (untold.Any(w => w.Since <= now - s_gather) && !await MailStore.IsWrittenAsync(session, MailKind.WorkDigest, hour));
                return !isDue ? null : new Found(
                    untold, isDay, isDay ? await OpenAsync(session, reader.User) : [],
                    isDay ? await MailRequestStore.CountWithheldAsync(session, MailKind.Acknowledgement, now - MailAllowance.Day) : 0);
            },
            cancellation);
        if (found is null || (found.Untold.Count == 0 && found.Open.Count == 0 && found.Withheld == 0))
        {
            return false;
        }

        var (about, digest) = (found.IsDay ? day : hour, new WorkDigest(
            [.. found.Untold.Take(MostNamed)], Math.Max(found.Untold.Count - MostNamed, 0), found.Open, found.Withheld, reader.Zone));
        var mail = reader.User is { } user ? mails.WorkDigest(about, digest, user) : mails.WorkDigest(about, digest);
        return mail is not null && await work.WriteAsync(
            async tx =>
            {
                // Another worker may be at the same: one mail is written, and only by it they are told.
                if (!await MailStore.TryAddAsync(tx, mail))
                {
                    return false;
                }

                var told = found.Untold.Select(w => w.Seq);
                await (reader.User is { } them ? WorkStore.ToldAsync(tx, them.Id, told) : WorkStore.ToldAsync(tx, told));
                return true;
            },
            cancellation,
            Priority.Background);
    }

    private static Task<IReadOnlyList<OpenWork>> UntoldAsync(Session session, AppUser? user) => user is null
        ? WorkStore.ListUntoldAsync(session, MostTold)
        : WorkStore.ListUntoldAsync(session, user.Id, (user.LastSeenAt ?? user.CreatedAt) + s_seenToThe, MostTold);

    private static Task<IReadOnlyList<WorkCount>> OpenAsync(Session session, AppUser? user) =>
        user is null ? WorkStore.CountAsync(session) : WorkStore.CountForAsync(session, user.Id);

    private TimeZoneInfo ZoneOf(string? name) => TimeZoneInfo.TryFindSystemTimeZoneById(name ?? installation.Name, out var zone) ? zone : TimeZoneInfo.Utc;

    private sealed record Found(IReadOnlyList<OpenWork> Untold, bool IsDay, IReadOnlyList<WorkCount> Open, long Withheld);

    /// <param name="User">Null: the common address.</param>
    private sealed record Reader(AppUser? User, TimeZoneInfo Zone)
    {
        public DateTimeOffset Clock(DateTimeOffset now) => TimeZoneInfo.ConvertTime(now, Zone);

        public Guid AboutHour(DateTimeOffset now) => About($"work of the hour {now.UtcDateTime.ToString("yyyy-MM-ddTHH", CultureInfo.InvariantCulture)}");

        public Guid AboutDay(DateTimeOffset now) => About($"work of the day {Clock(now).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");

        private Guid About(string part) => MailAbout.Of(User?.Id.Value ?? Guid.Empty, part);
    }
}
