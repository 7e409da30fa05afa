using System.Globalization;
using InquiryRouter.Application.Policies;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console.Policies;

/// <summary>The routing policy: the one in force, its versions, and what is proposed. A second person puts a proposal in force.</summary>
internal static class PolicyEndpoints
{
    public const string Path = ConsoleGate.Path + "/policy";
    private const int LongestDays = 730;

    private static readonly Dictionary<string, string> s_done = new(StringComparer.Ordinal)
    {
        ["proposed"] = "It is proposed. Somebody else puts it in force.",
        ["activated"] = "It is in force from the next decision on.",
        ["withdrawn"] = "It is withdrawn.",
        ["cancelled"] = "It is ended.",
    };

    /// <summary>How far back a trial looks by one press.</summary>
    public static readonly IReadOnlyList<(int Days, string Label)> Spans =
        [(7, "a week"), (30, "a month"), (90, "three months"), (365, "a year"), (LongestDays, "two years")];

    public static string PathOf(Guid proposal) => $"{Path}/proposals/{proposal}";

    public static void MapConsolePolicies(this IEndpointRouteBuilder routes)
    {
        routes.MapConsoleGet(Path, Access.SeePolicy, ShowAsync);
        routes.MapConsoleGet($"{Path}/compare", Access.SeePolicy, CompareAsync);
        routes.MapConsoleGet($"{Path}/edit", Access.ManagePolicy, EditAsync);
        routes.MapConsolePost($"{Path}/proposals", Access.ManagePolicy, ProposeAsync);
        routes.MapConsoleGet($"{Path}/proposals/{{id:guid}}", Access.SeePolicy, (HttpContext context, PolicyPages pages, Guid id) =>
            pages.ShowAsync(context, id, s_done.GetValueOrDefault(context.Request.Query["done"].ToString()), null));
        routes.MapConsoleGet(
            $"{Path}/proposals/{{id:guid}}/trials", Access.SeePolicy,
            (HttpContext context, PolicyPages pages, Guid id) => pages.ShowAsync(context, id, null, null), isDeed: false);
        routes.MapConsolePost($"{Path}/proposals/{{id:guid}}/activate", Access.ManagePolicy, ActivateAsync);
        routes.MapConsolePost($"{Path}/proposals/{{id:guid}}/withdraw", Access.ManagePolicy, WithdrawAsync);
        routes.MapConsolePost($"{Path}/proposals/{{id:guid}}/trial", Access.ManagePolicy, TryAsync);
        routes.MapConsolePost($"{Path}/proposals/{{id:guid}}/trial-end", Access.ManagePolicy, EndTrialAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, ConsoleUser user, ReadPolicies read) =>
        ConsolePages.Page<PolicyPage>(new PolicyModel(await read.RunAsync(context.RequestAborted), user.May(Access.ManagePolicy)));

    private static async Task<IResult> CompareAsync(HttpContext context, ReadPolicies read)
    {
        return await FindAsync("from") is { } from && await FindAsync("to") is { } to
            ? ConsolePages.Page<PolicyComparePage>(new PolicyCompareModel(from, to, PolicyTexts.Differences(from, to)))
            : ConsolePages.NotFound();

        async Task<Policy?> FindAsync(string name) =>
            int.TryParse(context.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
                ? await read.AtAsync(version, context.RequestAborted) : null;
    }

    private static async Task<IResult> EditAsync(HttpContext context, PolicyCache policies)
    {
        var policy = await policies.CurrentAsync(context.RequestAborted);
        return ConsolePages.Page<PolicyEditPage>(new PolicyEditModel(policy.Version, PolicyTexts.Of(policy), string.Empty, null, [], []));
    }

    private static async Task<IResult> ProposeAsync(
        HttpContext context, ConsoleUser user, ProposePolicy propose, [FromForm] int? seen, [FromForm] string? remark)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var typed = PolicyFields.All.ToDictionary(f => f.Name, f => form[f.Name].ToString(), StringComparer.Ordinal);
        var outcome = await propose.RunAsync(PolicyTexts.File(typed), seen ?? 0, remark, user.Id, user.Actor, context.RequestAborted);
        return outcome switch
        {
            ProposalOutcome.Done done => ConsolePages.SeeOther(context, $"{PathOf(done.Id)}?done=proposed"),
            ProposalOutcome.Invalid invalid => Again(seen ?? 0, "Something in it cannot be.", invalid.Problems, [], StatusCodes.Status422UnprocessableEntity),
            ProposalOutcome.Stale stale => Again(
                stale.InForce.Version, "Another policy is in force since you opened the page. What you typed is still here: look, and press again.", [],
                stale.Differences, StatusCodes.Status409Conflict),
            _ => Again(seen ?? 0, "This is the policy in force already.", [], [], StatusCodes.Status422UnprocessableEntity),
        };

        IResult Again(
            int version, string sentence, IReadOnlyList<PolicyProblem> problems, IReadOnlyList<PolicyDifference> differences, int status) =>
            ConsolePages.Page<PolicyEditPage>(
                new PolicyEditModel(version, typed, remark ?? string.Empty, sentence, problems, differences), status);
    }

    // A form has one field at least.
    private static async Task<IResult> ActivateAsync(
        HttpContext context, ConsoleUser user, DecidePolicy decide, PolicyPages pages, Guid id, [FromForm] string? proposal) =>
        proposal is null ? ConsolePages.NotFound()
            : await AnswerAsync(context, pages, id, "activated", await decide.ActivateAsync(id, user.Id, user.Actor, context.RequestAborted));

    private static async Task<IResult> WithdrawAsync(
        HttpContext context, ConsoleUser user, DecidePolicy decide, PolicyPages pages, Guid id, [FromForm] string? proposal) =>
        proposal is null ? ConsolePages.NotFound()
            : await AnswerAsync(context, pages, id, "withdrawn", await decide.WithdrawAsync(id, user.Actor, context.RequestAborted));

    private static async Task<IResult> TryAsync(
        HttpContext context, ConsoleUser user, PolicyTrials trials, TimeProvider clock, PolicyPages pages, Guid id, [FromForm] int? days)
    {
        var since = clock.GetUtcNow().AddDays(-Math.Clamp(days ?? Spans[1].Days, 1, LongestDays));
        return await trials.StartAsync(id, since, user.Actor, context.RequestAborted)
            ? ConsolePages.SeeOther(context, PathOf(id))
            : await pages.ShowAsync(context, id, null, "It is being tried already.", StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> EndTrialAsync(HttpContext context, PolicyTrials trials, Guid id, [FromForm] Guid? trial)
    {
        await trials.CancelAsync(trial ?? Guid.Empty, context.RequestAborted);
        return ConsolePages.SeeOther(context, $"{PathOf(id)}?done=cancelled");
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, PolicyPages pages, Guid id, string done, ProposalOutcome outcome) => outcome switch
    {
        ProposalOutcome.Done => ConsolePages.SeeOther(context, $"{PathOf(id)}?done={done}"),
        ProposalOutcome.Decided => await pages.ShowAsync(
            context, id, null, "Somebody has decided on it already.", StatusCodes.Status409Conflict),
        ProposalOutcome.OwnWork => await pages.ShowAsync(
            context, id, null, "You have proposed it: somebody else puts it in force.", StatusCodes.Status409Conflict),
        ProposalOutcome.Stale => await pages.ShowAsync(
            context, id, null, "Another policy is in force than the one this was made from. Propose it anew, from the one in force.",
            StatusCodes.Status409Conflict),
        ProposalOutcome.Invalid invalid => await pages.ShowAsync(
            context, id, null, $"It cannot be in force any more: {invalid.Problems[0].Field} is {invalid.Problems[0].Value}. {invalid.Problems[0].Allowed}",
            StatusCodes.Status409Conflict),
        _ => ConsolePages.NotFound(),
    };
}

/// <summary>The page of a proposal, also after something could not be done with it.</summary>
internal sealed class PolicyPages(ReadPolicies read, PolicyCache policies, TimeProvider clock)
{
    public async Task<IResult> ShowAsync(HttpContext context, Guid id, string? done, string? problem, int status = StatusCodes.Status200OK)
    {
        if (await read.FindAsync(id, context.RequestAborted) is not var (proposal, policy, trials))
        {
            return ConsolePages.NotFound();
        }

        var inForce = await policies.CurrentAsync(context.RequestAborted);
        var was = await read.AtAsync(proposal.BasedOn, context.RequestAborted) ?? inForce;
        var model = new ProposalModel(
            proposal, inForce.Version, PolicyTexts.Differences(was, policy), trials, ConsoleUser.Of(context)!, clock.GetUtcNow(), done, problem);
        return ConsolePages.PageOrPart<ProposalPage, ProposalTrials>(context, model, status);
    }
}
