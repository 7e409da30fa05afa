using System.Globalization;
using InquiryRouter.Application.Network;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.ReferenceData;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console.Rules;

/// <summary>The reference files: what a rule says, where it was read, and who has reviewed it.</summary>
internal static class ReferenceEndpoints
{
    public const string Path = ConsoleGate.Path + "/reference";
    private const int PageSize = 25;
    private const int LongestWord = 100;

    public static string PathOf(string name) => $"{Path}/{name}";

    public static void MapConsoleReference(this IEndpointRouteBuilder routes)
    {
        routes.MapConsoleGet(Path, Access.SeePolicy, async (HttpContext context, ReadReviews read) =>
            ConsolePages.Page<ReferenceListPage>(new ReferenceListModel(await read.ListAsync(context.RequestAborted))));
        routes.MapConsoleGet($"{Path}/{{name}}", Access.SeePolicy, (HttpContext context, ConsoleUser user, ReadReviews read, NetworkCache networks, string name) =>
            ShowAsync(context, user, read, networks, name, null));
        routes.MapConsolePost($"{Path}/{{name}}/review", Access.ReviewRules, ReviewAsync);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, ConsoleUser user, ReadReviews read, NetworkCache networks, string name, RefusedReview? refused, int status = StatusCodes.Status200OK)
    {
        if (await read.FindAsync(name, context.RequestAborted) is not { } desk)
        {
            return ConsolePages.NotFound();
        }

        var names = new ReferenceNames((await networks.CurrentAsync(context.RequestAborted)).Rules.Lists);
        var query = context.Request.Query;
        var find = Typed.Line(query["q"]) is { Length: > 0 and <= LongestWord } word ? word : null;
        var after = int.TryParse(query["after"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var onlyOpen = query["show"] == "unreviewed";
        var found = desk.Rows.Where(r => r.Number > after && (!onlyOpen || r.Reviewed == false) && Has(r, find, names)).Take(PageSize + 1).ToList();
        return ConsolePages.Page<ReferencePage>(
            new ReferenceModel(
                desk, [.. found.Take(PageSize)], found.Count > PageSize, find, onlyOpen, after, user.May(Access.ReviewRules),
                query["done"] == "1" ? "It is on record, with your name and the moment." : null, refused,
                names),
            status);
    }

    private static async Task<IResult> ReviewAsync(
        HttpContext context, ConsoleUser user, ReviewRule review, ReadReviews read, NetworkCache networks, string name, [FromForm] string? row, [FromForm] bool? reviewed,
        [FromForm] string? remark)
    {
        var outcome = await review.RunAsync(
            name, row ?? string.Empty, reviewed != false, remark, user.Id, user.Actor, context.RequestAborted);
        return outcome switch
        {
            ReviewOutcome.Done or ReviewOutcome.AlreadyDone => ConsolePages.SeeOther(context, $"{PathOf(name)}?done=1#row-{Anchor(row)}"),
            ReviewOutcome.Refused refused => await ShowAsync(
                context, user, read, networks, name, new RefusedReview(row, remark, refused.Problems[0].ToString()), StatusCodes.Status409Conflict),
            _ => await ShowAsync(
                context, user, read, networks, name,
                new RefusedReview(row, remark, "This row says something else now than what you have read, or is gone. Read it again."),
                StatusCodes.Status409Conflict),
        };
    }

    /// <summary>What a row is found by on its page.</summary>
    public static string Anchor(string? hash) => hash is { Length: 64 } && hash.All(char.IsAsciiHexDigit) ? hash[..12] : "none";

    private static bool Has(ReviewedRow row, string? find, ReferenceNames names) => find is null
        || row.Title.Contains(find, StringComparison.OrdinalIgnoreCase) || names.Title(row).Contains(find, StringComparison.OrdinalIgnoreCase)
        || row.Fields.Any(f => f.Text.Contains(find, StringComparison.OrdinalIgnoreCase));
}

public sealed record ReferenceListModel(IReadOnlyList<ListedReferenceFile> Files);

/// <summary>A review that could not be done, with what was typed.</summary>
public sealed record RefusedReview(string? Row, string? Remark, string Problem);

/// <param name="Find">What was looked for; null: nothing.</param>
/// <param name="OnlyOpen">Only those nobody has reviewed.</param>
/// <param name="After">The last row of the page before; 0: the first page.</param>
public sealed record ReferenceModel(
    ReferenceDesk Desk, IReadOnlyList<ReviewedRow> Rows, bool HasMore, string? Find, bool OnlyOpen, int After, bool MayReview, string? Done,
    RefusedReview? Refused, ReferenceNames Names)
{
    public int Unreviewed => Desk.Rows.Count(r => r.Reviewed == false);

    public string Url(bool onlyOpen, int after = 0)
    {
        var query = string.Join('&', new[]
        {
            onlyOpen ? "show=unreviewed" : null,
            Find is null ? null : $"q={Uri.EscapeDataString(Find)}",
            after == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"after={after}"),
        }.OfType<string>());
        return query.Length == 0 ? ReferenceEndpoints.PathOf(Desk.Name) : $"{ReferenceEndpoints.PathOf(Desk.Name)}?{query}";
    }
}
