using System.Globalization;
using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Application.Mail;

/// <summary>
/// Tells the coordinators in one mail of everything that waits for them: what is new, at most once an hour, and what is open in all, once a day.
/// What is urgent is told at once, by <see cref="AlertCoordinators"/> and those who write of it themselves.
/// </summary>
public sealed class SendDigest(Work work, MailWriter mails)
{
    private const int MostNamed = 50;
    private const int MostTold = 5000;

    /// <summary>The hour of the day, UTC, from which the mail of the day goes out.</summary>
    private const int HourOfTheDay = 6;

    /// <summary>What comes at the same time is told together.</summary>
    private static readonly TimeSpan s_gather = TimeSpan.FromMinutes(15);

    /// <returns>True when a mail was written.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        var now = work.Now;
        var (hour, day) = (AboutHour(now), AboutDay(now));
        var found = await work.ReadAsync(
            async session =>
            {
                var isDay = now.Hour >= HourOfTheDay && !await MailStore.IsWrittenAsync(session, MailKind.WorkDigest, day);
                var untold = await WorkStore.ListUntoldAsync(session, MostTold);
                var isDue = isDay || (untold.Any(w => w.Since <= now - s_gather) && !await MailStore.IsWrittenAsync(session, MailKind.WorkDigest, hour));
                return !isDue ? null : new Found(
                    untold, isDay, isDay ? await WorkStore.CountAsync(session) : [],
                    isDay ? await MailRequestStore.CountWithheldAsync(session, MailKind.Acknowledgement, now - MailAllowance.Day) : 0);
            },
            cancellation);
        if (found is null || (found.Untold.Count == 0 && found.Open.Count == 0 && found.Withheld == 0))
        {
            return false;
        }

        var digest = new WorkDigest(
            [.. found.Untold.Take(MostNamed)], Math.Max(found.Untold.Count - MostNamed, 0), found.Open, found.Withheld);
        return mails.WorkDigest(found.IsDay ? day : hour, digest) is { } mail && await work.WriteAsync(
            async tx =>
            {
                // Another worker may be at the same: one mail is written, and only by it they are told.
                if (!await MailStore.TryAddAsync(tx, mail))
                {
                    return false;
                }

                await WorkStore.ToldAsync(tx, found.Untold.Select(w => w.Seq));
                return true;
            },
            cancellation,
            Priority.Background);
    }

    private static Guid AboutHour(DateTimeOffset now) =>
        MailAbout.Of(Guid.Empty, string.Create(CultureInfo.InvariantCulture, $"work of the hour {now.UtcDateTime:yyyy-MM-ddTHH}"));

    private static Guid AboutDay(DateTimeOffset now) =>
        MailAbout.Of(Guid.Empty, string.Create(CultureInfo.InvariantCulture, $"work of the day {now.UtcDateTime:yyyy-MM-dd}"));

    private sealed record Found(IReadOnlyList<OpenWork> Untold, bool IsDay, IReadOnlyList<WorkCount> Open, long Withheld);
}
