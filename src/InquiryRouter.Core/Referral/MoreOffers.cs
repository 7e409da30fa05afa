using System.Globalization;

namespace InquiryRouter.Core.Referral;

/// <summary>
/// A coordinator's word that an inquiry may be offered further although the policy's most have been made: the offers up to the Nth do not count
/// any more. The history says so, as <c>more-offers-after N</c>.
/// </summary>
public static class MoreOffers
{
    private const string Code = "more-offers-after";

    /// <param name="made">How many offers the inquiry has had.</param>
    public static string Detail(int made) => string.Create(CultureInfo.InvariantCulture, $"{Code} {made}");
}
