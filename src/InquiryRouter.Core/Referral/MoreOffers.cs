using System.Globalization;

namespace InquiryRouter.Core.Referral;

/// <summary>
/// A coordinator's word that an inquiry may be offered further although the policy's most have been made. It is kept in the history, as
/// <c>more-offers-after N</c>: the offers up to the Nth do not count any more.
/// </summary>
public static class MoreOffers
{
    private const string Code = "more-offers-after";

    /// <param name="made">How many offers the inquiry has had.</param>
    public static string Detail(int made) => string.Create(CultureInfo.InvariantCulture, $"{Code} {made}");

    /// <summary>The last offer that does not count any more; 0: all do.</summary>
    /// <param name="details">Of the history, in any order.</param>
    public static int After(IEnumerable<string?> details) => details
        .Select(d => d?.Split(' ') is [Code, var made] && int.TryParse(made, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0)
        .DefaultIfEmpty()
        .Max();
}
