using System.Globalization;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using Microsoft.AspNetCore.Http;

namespace InquiryRouter.Web.Console.Inbox;

/// <summary>Which work somebody looks at: the address says it, so that a view can be kept, sent, and gone back to.</summary>
/// <param name="Show">One of <see cref="Shows"/>.</param>
/// <param name="Kind">Only this kind; null: all.</param>
public sealed record InboxView(string Show, WorkKind? Kind)
{
    public const string ShowParameter = "show";
    public const string KindParameter = "kind";
    public const string AfterParameter = "after";
    public const string BeforeParameter = "before";
    public const string WorkParameter = "work";

    /// <summary>The views, and what they are called.</summary>
    public static readonly IReadOnlyList<(string Show, string Label, string Key)> Shows =
    [
        ("all", "Everything", "1"), ("mine", "Mine", "2"), ("free", "Nobody's", "3"), ("later", "Put off", "4"),
    ];

    public static readonly InboxView All = new("all", null);

    /// <summary>What an address says; anything else means everything.</summary>
    public static InboxView Of(HttpRequest request) => Of(request.Query[ShowParameter], request.Query[KindParameter]);

    public static InboxView Of(string? show, string? kind) => new(
        Shows.Any(s => s.Show == show) ? show! : All.Show, WorkKinds.Of(kind ?? string.Empty));

    public WorkFilter FilterFor(UserId user) => new()
    {
        Kinds = Kind is { } kind ? [kind] : [],
        OwnerId = Show == "mine" ? user.Value : null,
        Free = Show == "free",
        Snoozed = Show == "later",
    };

    /// <summary>What goes behind <c>?</c>; empty for everything.</summary>
    public string Query => string.Join('&', new[]
    {
        Show == All.Show ? null : $"{ShowParameter}={Show}",
        Kind is { } kind ? $"{KindParameter}={WorkKinds.Code(kind)}" : null,
    }.OfType<string>());

    public string Url(string? more = null)
    {
        var query = string.Join('&', new[] { Query, more ?? string.Empty }.Where(q => q.Length > 0));
        return query.Length == 0 ? ConsoleGate.Path : $"{ConsoleGate.Path}?{query}";
    }

    /// <summary>The page of what a piece of work is about, which knows the list it was opened from; null: it has none.</summary>
    public string? UrlOf(OpenWork work) => work.Reference is { } reference
        ? $"{ConsoleGate.Path}/inquiries/{reference}?{string.Join('&', new[] { $"{WorkParameter}={Number(work.Seq)}", Query }.Where(q => q.Length > 0))}"
        : work.ClinicCode is { } clinic ? Clinics.ClinicEndpoints.PathOf(clinic)
        : work.Kind == WorkKind.PolicyProposed ? Policies.PolicyEndpoints.Path
        : null;

    public string UrlAfter(OpenWork last) => Url($"{AfterParameter}={Text(WorkPlace.Of(last))}");

    public string UrlBefore(OpenWork first) => Url($"{BeforeParameter}={Text(WorkPlace.Of(first))}");

    /// <summary>A place of an address; null: it is none.</summary>
    public static WorkPlace? Place(string? text) =>
        text?.Split('.') is [var urgent, var due, var seq] && urgent is "0" or "1"
        && long.TryParse(due, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms < 253_402_300_800_000
        && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new WorkPlace(urgent == "1", DateTimeOffset.FromUnixTimeMilliseconds(ms), number)
            : null;

    private static string Text(WorkPlace place) =>
        $"{(place.Urgent ? 1 : 0)}.{Number(place.DueAt.ToUnixTimeMilliseconds())}.{Number(place.Seq)}";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
