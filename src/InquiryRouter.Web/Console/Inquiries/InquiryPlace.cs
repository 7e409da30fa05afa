using System.Globalization;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Web.Console.Inbox;
using InquiryRouter.Web.Console.List;
using InquiryRouter.Web.Pages.Requests;
using Microsoft.AspNetCore.Http;

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

    /// <summary>The work something was done with, when another inquiry is shown now.</summary>
    public const string WasParameter = "was";

    public static readonly InquiryPlace None = new(null, null, null, null);

    /// <summary>The view of the inbox; everything, where it was opened from elsewhere.</summary>
    public InboxView View { get; init; } = InboxView.All;

    /// <summary>The work of the inbox it was opened for, done or not; null: it was opened from elsewhere.</summary>
    public long? Work { get; init; }

    /// <summary>What the addresses of the other pages of it carry along, behind the question mark; empty: nothing.</summary>
    public string Query => string.Join('&', Fields.Select(f => $"{f.Name}={f.Value}"));

    /// <summary>The same with its question mark.</summary>
    public string Suffix => Query is { Length: > 0 } query ? "?" + query : string.Empty;

    /// <summary>The same as fields of a form.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields =>
    [
        .. Work is { } work ? [(InboxView.WorkParameter, work.ToString(CultureInfo.InvariantCulture))] : Array.Empty<(string, string)>(),
        .. Work is not null && View.Show != InboxView.All.Show ? [(InboxView.ShowParameter, View.Show)] : Array.Empty<(string, string)>(),
        .. Work is not null && View.Kind is { } kind ? [(InboxView.KindParameter, WorkKinds.Code(kind))] : Array.Empty<(string, string)>(),
        .. List is { } list ? [(ListParameter, list)] : Array.Empty<(string, string)>(),
    ];

    /// <summary>Within a view of the inbox.</summary>
    public static InquiryPlace Of(InboxView view, long work, OpenWork? previous, OpenWork? next) => new(
        previous is null ? null : view.UrlOf(previous), next is null ? null : view.UrlOf(next),
        next?.Reference is { } reference ? string.Create(CultureInfo.InvariantCulture, $"{next.Seq}.{reference}") : null, List: null)
    {
        View = view, Work = work,
    };

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

    /// <summary>The way back to the list, with its name.</summary>
    public (string Url, string Label) Back => List is null ? (View.Url(), "Inbox") : (ListModel.Url(StateOf(List)), "Inquiries");

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
            '&', new[] { work, list is null ? view.Query : null, ListQuery(list), more }.Where(q => !string.IsNullOrEmpty(q)))}";
    }
}

/// <summary>Finds where an inquiry stands in the list it was opened from: the address says it, or the form that was sent from its page.</summary>
internal sealed class InquiryPlaces(ListWork list, ListInquiries all)
{
    public async Task<InquiryPlace> FindAsync(HttpContext context, ConsoleUser user, InquiryRecord inquiry)
    {
        var (query, cancellation) = (context.Request.Query, context.RequestAborted);
        var sent = await Forms.ReadAsync(context);
        if (InquiryPlace.ListOf(Said(InquiryPlace.ListParameter)) is { } named)
        {
            var (newer, older) = await all.BesideAsync(InquiryPlace.StateOf(named), inquiry.Reference, cancellation);
            return InquiryPlace.Of(named, newer, older);
        }

        // Done or not: what was opened keeps its place.
        var view = InboxView.Of(Said(InboxView.ShowParameter), Said(InboxView.KindParameter));
        if (!user.May(Access.SeeInbox)
            || !long.TryParse(Said(InboxView.WorkParameter), NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            || await list.FindDoneAsync(seq, inquiry.Id, cancellation) is not { } opened)
        {
            return InquiryPlace.None with { View = view };
        }

        var (previous, next) = await list.BesideAsync(view.FilterFor(user.Id), WorkPlace.Of(opened), cancellation);
        return InquiryPlace.Of(view, seq, previous, next);

        string? Said(string name) => sent[name].ToString() is { Length: > 0 } field ? field : query[name];
    }
}
