using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using InquiryRouter.Web.Console.Inbox;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace InquiryRouter.Web.Console.Inquiries;

/// <summary>Two inquiries side by side: of one patient and matter, or not.</summary>
internal static class PairEndpoints
{
    public const string Pair = "pair";
    public const string Unpair = "unpair";
    public const string OtherParameter = "other";

    public static string PathOf(string reference) => $"{InquiryEndpoints.PathOf(reference)}/{Pair}";

    public static string PathOf(string reference, string other) => $"{PathOf(reference)}?{OtherParameter}={other}";

    public static void MapConsolePairs(this IEndpointRouteBuilder routes)
    {
        var path = PathOf("{reference}");
        routes.MapConsoleGet(path, Access.SeeInquiry, async (
            HttpContext context, ConsoleUser user, ReadInquiry read, RevealIdentity reveal, string reference, [FromQuery] string? other) =>
            await ShowAsync(context, read, reference, other, await ShownAsync(context, user, reveal, reference, other), problem: null));
        routes.MapConsolePost(path, Access.Pair, (
            HttpContext context, ConsoleUser user, PairInquiries pair, ReadInquiry read, string reference, [AsParameters] PairFields fields) =>
            DecideAsync(context, read, reference, fields, Pair, (one, two, seen) => pair.RunAsync(one, two, user.Actor, context.RequestAborted, seen)));
        routes.MapConsolePost($"{InquiryEndpoints.PathOf("{reference}")}/{Unpair}", Access.Pair, (
            HttpContext context, ConsoleUser user, UnpairInquiries unpair, ReadInquiry read, string reference, [AsParameters] PairFields fields) =>
            DecideAsync(context, read, reference, fields, Unpair, (one, two, seen) => unpair.RunAsync(one, two, user.Actor, context.RequestAborted, seen)));
        routes.MapConsolePost($"{path}/identity", Access.SeeIdentity, RevealAsync);
    }

    private static async Task<IResult> DecideAsync(
        HttpContext context, ReadInquiry read, string typed, PairFields fields, string deed, Func<string, string, PairSeen, Task<Pairing>> decide)
    {
        if (!Reference.TryParse(typed, out var reference) || !Reference.TryParse(fields.Other, out var other))
        {
            return ConsolePages.NotFound();
        }

        return await decide(reference, other, new PairSeen(fields.Seen, fields.OtherSeen)) switch
        {
            Pairing.Paired or Pairing.Apart => (await WayBack.FromAsync(context, reference)).To(context, deed, null),
            Pairing.AlreadyDone => await AgainAsync("It had been decided so before."),
            Pairing.Stale => await AgainAsync("One of the two has changed since you opened the page. Press again if it is still right."),
            Pairing.SameInquiry => await AgainAsync("Both are the same inquiry."),
            Pairing.Erased => await AgainAsync("One of the two is erased, and nothing is known of it any more."),
            Pairing.NoPair => await AgainAsync("They are no pair."),
            _ => ConsolePages.NotFound(),
        };

        Task<IResult> AgainAsync(string problem) => ShowAsync(context, read, reference, other, identities: null, problem);
    }

    private static async Task<IResult> RevealAsync(
        HttpContext context, ConsoleUser user, RevealIdentity reveal, string reference, [FromForm] string? other)
    {
        if (!Reference.TryParse(reference, out var one) || !Reference.TryParse(other, out var two))
        {
            return ConsolePages.NotFound();
        }

        var (shown, shownToo) = (
            await reveal.RunAsync(one, user.Id, user.Actor, context.RequestAborted), await reveal.RunAsync(two, user.Id, user.Actor,
                context.RequestAborted));
        var place = (await WayBack.FromAsync(context, one)).Query;
        return ConsolePages.SeeOther(
            context,
            $"{PathOf(one)}?other={two}&{InquiryEndpoints.ShownParameter}={shown:N}.{shownToo:N}{(place.Length > 0 ? "&" + place : null)}");
    }

    // Who both are, where that was asked for minutes ago.
    private static async Task<(Identity?, Identity?)?> ShownAsync(
        HttpContext context, ConsoleUser user, RevealIdentity reveal, string reference, string? other)
    {
        var shown = context.Request.Query[InquiryEndpoints.ShownParameter].ToString().Split('.');
        if (!user.May(Access.SeeIdentity) || shown.Length != 2 || !Reference.TryParse(reference, out var one)
            || !Reference.TryParse(other, out var two))
        {
            return null;
        }

        var (first, second) = (await OfAsync(one, shown[0]), await OfAsync(two, shown[1]));
        return first is null && second is null ? null : (first, second);

        async Task<Identity?> OfAsync(string of, string id) => Guid.TryParseExact(id, "N", out var known)
            ? await reveal.FindAsync(of, user.Id, known, context.RequestAborted)
            : null;
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, ReadInquiry read, string typed, string? typedOther, (Identity? One, Identity? Two)? identities, string? problem)
    {
        var (user, cancellation) = (ConsoleUser.Of(context)!, context.RequestAborted);
        var withTexts = user.May(Access.SeeMessages);
        if (!Reference.TryParse(typed, out var reference) || await read.RunAsync(reference, withTexts, cancellation) is not { } one)
        {
            return ConsolePages.NotFound();
        }

        if (!Reference.TryParse(typedOther, out var other) || await read.RunAsync(other, withTexts, cancellation) is not { } two)
        {
            return ConsolePages.Message(
                StatusCodes.Status404NotFound, "No such inquiry", "No inquiry has the reference you typed to compare with.",
                ("Back", InquiryEndpoints.PathOf(reference)));
        }

        return ConsolePages.Page<PairPage>(
            new PairModel(one, two, one.Pairs.FirstOrDefault(p => p.InquiryId == two.Inquiry.Id || p.OtherId == two.Inquiry.Id), identities, user, problem)
            {
                Place = await context.RequestServices.GetRequiredService<InquiryPlaces>().FindAsync(context, user, one.Inquiry),
            },
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);
    }
}

/// <summary>Whom a decision about two inquiries is about, as they were seen.</summary>
internal sealed record PairFields(
    [FromForm(Name = "other")] string? Other, [FromForm(Name = "seen")] int Seen, [FromForm(Name = "otherSeen")] int OtherSeen);

/// <summary>Two inquiries side by side.</summary>
/// <param name="Pair">What is known of them; null: nothing yet.</param>
/// <param name="Identities">Who they are, once asked for; null: not shown.</param>
/// <param name="Problem">Why nothing was done; null: nothing was tried.</param>
public sealed record PairModel(
    InquiryFile One, InquiryFile Two, InquiryPair? Pair, (Identity? One, Identity? Two)? Identities, ConsoleUser User, string? Problem)
{
    /// <summary>Where the first stands in the list it was opened from.</summary>
    public InquiryPlace Place { get; init; } = InquiryPlace.None;

    public ReferenceLists Lists => One.Network.Rules.Lists;

    public bool MayDecide => User.May(Access.Pair) && One.Inquiry.Id != Two.Inquiry.Id
        && One.Inquiry.State != InquiryState.Erased && Two.Inquiry.State != InquiryState.Erased;

    /// <summary>What is compared: of which, of one, of the other.</summary>
    public IEnumerable<(string What, string? One, string? Two)> Facts =>
    [
        Of("State", i => $"{i.State}"),
        Of("Born", i => $"{i.Facts.BirthYear}"),
        Of("Lives in", i => Lists.CountryName(i.Facts.Country)),
        Of("Writes", i => i.Facts.Language),
        Of("Who asks", i => $"{i.Facts.Relation}".ToLowerInvariant()),
        Of("Condition", i => Lists.ConditionName(i.Facts.Condition) + (i.Facts.ConditionType is { } type ? $" ({type})" : string.Empty)),
        Of("Treatment", i => Lists.TreatmentName(i.Facts.Treatment)),
        Of("Where", i => string.Join(", ", i.Facts.Destinations.Select(Lists.DestinationName))),
        Of("Budget", i => i.Facts.BudgetAmount is { } amount ? FormattableString.Invariant($"{amount:#,0} {i.Facts.BudgetCurrency}") : "none named"),
        Of("When", i => i.Facts.Timeframe.Replace('-', ' ')),
        Of("Came from", i => i.Facts.SourcePage),
    ];

    /// <summary>Who they are, row by row.</summary>
    public IEnumerable<(string What, string? One, string? Two)> Persons => Identities is not var (one, two) ? [] :
    [
        ("Patient", one?.Name, two?.Name), ("Mail", one?.Email, two?.Email), ("Phone", Phone(one), Phone(two)),
        ("Asks for them", one?.InquirerName, two?.InquirerName), ("Their mail", one?.InquirerEmail, two?.InquirerEmail),
    ];

    private (string, string?, string?) Of(string what, Func<Infrastructure.Data.Stores.Intake.InquiryRecord, string?> read) =>
        (what, read(One.Inquiry), read(Two.Inquiry));

    private static string? Phone(Identity? identity) => identity?.Phone is { } phone ? PhoneNumber.Shown(phone) : null;
}
