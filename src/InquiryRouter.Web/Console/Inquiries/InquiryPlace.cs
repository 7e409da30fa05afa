using System.Globalization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Web.Console.Inbox;
using InquiryRouter.Web.Console.List;

namespace InquiryRouter.Web.Console.Inquiries;

/// <summary>Where an inquiry stands in the list it was opened from: what comes before and behind, and how one gets back to it.</summary>
/// <param name="Previous">The address of what comes before; null: nothing.</param>
/// <param name="Next">The address of what comes behind; null: nothing.</param>
/// <param name="NextValue">What a form says of it.</param>
/// <param name="List">The state of the list of all, or <see cref="EveryState"/>; null: it was the inbox.</param>
public sealed record InquiryPlace(string? Previous, string? Next, string? NextValue, string? List)
{
    public const string ListParameter = "list";
    public const string NextField = "next";

    /// <summary>The inquiry that something was done with, when another one is shown now.</summary>
    public const string OfParameter = "of";
    public const string EveryState = "all";

    public static readonly InquiryPlace None = new(null, null, null, null);

    /// <summary>Within a view of the inbox.</summary>
    public static InquiryPlace Of(InboxView view, OpenWork? previous, OpenWork? next) => new(
        previous is null ? null : view.UrlOf(previous), next is null ? null : view.UrlOf(next),
        next?.Reference is { } reference ? string.Create(CultureInfo.InvariantCulture, $"{next.Seq}.{reference}") : null, List: null);

    /// <summary>Within the list of all.</summary>
    public static InquiryPlace Of(string list, string? newer, string? older) =>
        new(
            newer is null ? null : UrlOf(newer, list), older is null ? null : UrlOf(older, list), older is null ? null : $"0.{older}",
            list);

    /// <summary>The address of an inquiry that knows the list of all it was opened from.</summary>
    public static string UrlOf(string reference, string list) => $"{InquiryEndpoints.PathOf(reference)}?{ListQuery(list)}";

    /// <summary>A state by its name, or every; null: the address says neither.</summary>
    public static string? ListOf(string? text) =>
        text == EveryState ? EveryState
        : Enum.TryParse<InquiryState>(text, ignoreCase: true, out var state) && Enum.IsDefined(state) && !char.IsAsciiDigit(text![0])
            ? state.ToString() : null;

    public static InquiryState? StateOf(string list) => list == EveryState ? null : Enum.Parse<InquiryState>(list);

    /// <summary>What goes behind the question mark; null: nothing.</summary>
    public static string? ListQuery(string? list) => ListOf(list) is { } known ? $"{ListParameter}={known}" : null;

    /// <summary>The way back to the list, with its name; null: it was the inbox.</summary>
    public (string Url, string Label)? Back => List is null ? null : (ListModel.Url(StateOf(List)), "Inquiries");

    /// <summary>The address of what a form names as the next one; null: it names none.</summary>
    public static string? Onward(string? value, InboxView view, string? list, string more)
    {
        if (value?.Split('.') is not [var seq, var typed] || !Reference.TryParse(typed, out var reference)
            || !long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var work = number == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{InboxView.WorkParameter}={number}");
        return $"{InquiryEndpoints.PathOf(reference)}?{string.Join(
            '&', new[] { work, view.Query, ListQuery(list), more }.Where(q => !string.IsNullOrEmpty(q)))}";
    }
}
