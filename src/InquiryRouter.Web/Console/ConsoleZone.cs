using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace InquiryRouter.Web.Console;

/// <summary>The time zone in which a page of the console shows moments: of who looks, else the installation's.</summary>
public sealed class ConsoleZone(TimeZoneInfo zone)
{
    public string Name => zone.Id;

    private bool IsUtc => zone.BaseUtcOffset == TimeSpan.Zero && !zone.SupportsDaylightSavingTime;

    public static ConsoleZone Of(HttpContext context)
    {
        var chosen = ConsoleUser.Of(context)?.User.TimeZone ?? context.RequestServices.GetRequiredService<ConsoleOptions>().TimeZone;

        // A zone that this machine does not know any more is no reason to show nothing.
        return new ConsoleZone(TimeZoneInfo.TryFindSystemTimeZoneById(chosen, out var known) ? known : TimeZoneInfo.Utc);
    }

    /// <summary>To the minute: <c>Mon 30 Nov 2026 11:03</c>, and UTC where it is that.</summary>
    public string Moment(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("ddd d MMM yyyy HH:mm", CultureInfo.InvariantCulture) + (IsUtc ? " UTC" : string.Empty);

    /// <summary>What is shown when one points at it: both, so that nobody has to reckon.</summary>
    public string Title(DateTimeOffset at) => IsUtc ? Moment(at) : $"{Moment(at)} {Name}, {ConsoleWords.Moment(at)} UTC";

    /// <summary>The same moment on a clock elsewhere, with the day where it is another; null: it shows the same, or is not known.</summary>
    public string? Elsewhere(DateTimeOffset at, string otherZone)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(otherZone, out var other))
        {
            return null;
        }

        var (here, there) = (TimeZoneInfo.ConvertTime(at, zone), TimeZoneInfo.ConvertTime(at, other));
        return here.Offset == there.Offset ? null
            : there.ToString(here.Date == there.Date ? "HH:mm" : "ddd HH:mm", CultureInfo.InvariantCulture);
    }
}
