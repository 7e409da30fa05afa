using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Languages;
using Microsoft.AspNetCore.Http;

namespace InquiryRouter.Web.Console.Inquiries;

/// <summary>A form of the page that a link opens, and what stands in it.</summary>
/// <param name="Action">Which form.</param>
/// <param name="Reason">What is chosen; null: nothing.</param>
/// <param name="Text">What is written; null: nothing.</param>
/// <param name="Clinic">The code of a clinic; null: none.</param>
public sealed record OpenedAction(string Action, string? Reason = null, string? Text = null, string? Clinic = null)
{
    private const string OpenParameter = "open";
    private const string WishesParameter = "wishes";
    private const string ClinicParameter = "clinic";
    private const int LongestCode = 40;
    private const string WishesTemplate = "wishes";

    /// <summary>The page with this form open.</summary>
    public static string Url(string reference, string action, InquiryPlace place) =>
        $"{InquiryEndpoints.PathOf(reference)}?{OpenParameter}={action}{More(place)}#{action}";

    /// <summary>The page with the offer to a clinic.</summary>
    public static string UrlOfOffer(string reference, string clinic, InquiryPlace place) =>
        $"{InquiryEndpoints.PathOf(reference)}?{OpenParameter}={ActionEndpoints.Offer}&{ClinicParameter}={Uri.EscapeDataString(clinic)}"
        + $"{More(place)}#{ActionEndpoints.Offer}";

    /// <summary>The page with the question to the patient whether these wishes may be different.</summary>
    public static string UrlOfWishes(string reference, IEnumerable<Gate> wishes, InquiryPlace place) =>
        $"{InquiryEndpoints.PathOf(reference)}?{OpenParameter}={ActionEndpoints.Ask}"
        + $"&{WishesParameter}={string.Join(',', wishes.Select(GateList.Code))}{More(place)}#{ActionEndpoints.Ask}";

    private static string More(InquiryPlace place) => place.Query is { Length: > 0 } query ? "&" + query : string.Empty;

    /// <param name="query">Of the address.</param>
    /// <param name="facts">What is asked for.</param>
    /// <param name="words">Of the patient.</param>
    /// <returns>Null: none is opened.</returns>
    public static OpenedAction? Of(IQueryCollection query, InquiryFacts facts, Words words)
    {
        if (query[OpenParameter].ToString() is not { Length: > 0 and < 20 } action)
        {
            return null;
        }

        var asked = query[WishesParameter].ToString().Split(',').Select(GateList.Of).OfType<Gate>()
            .Intersect(GateKinds.Wishes(facts)).ToList();
        return action != ActionEndpoints.Ask || asked.Count == 0
            ? new OpenedAction(action, Clinic: query[ClinicParameter].ToString() is { Length: > 0 and <= LongestCode } clinic ? clinic : null)
            : new OpenedAction(action, WishesTemplate, string.Join('\n', asked.Select(g => "- " + words[$"ask.wish.{GateList.Code(g)}"])));
    }
}
