using InquiryRouter.Application.Patients;
using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Web.Pages;
using InquiryRouter.Web.Pages.Requests;
using InquiryRouter.Web.Pages.Status;
using Microsoft.AspNetCore.Http;

namespace InquiryRouter.Web.Patient;

/// <summary>Somebody who came with a link that opens an inquiry, and what they sent.</summary>
internal sealed record StatusVisit(InquiryId InquiryId, string Link, IFormCollection Form)
{
    public string Text(string field) => Form[field].ToString();

    /// <summary>The number in a hidden field; 0 when somebody changed it.</summary>
    public int Number(string field) => int.TryParse(Text(field), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;
}

/// <summary>Finds out which inquiry a request is about, and answers it: with the page, or with why there is none.</summary>
internal sealed class StatusVisits(Database database, StatusPages pages, LanguageSet languages, PageLanguage language)
{
    private static readonly TimeSpan s_moment = TimeSpan.FromMinutes(1);

    /// <summary>Answers a GET of a page of the inquiry.</summary>
    /// <param name="context">The request.</param>
    /// <param name="show">The page.</param>
    public async Task<IResult> ShowAsync(HttpContext context, Func<StatusVisit, Task<IResult?>> show)
    {
        if (await LinkCookies.ExchangeAsync(context, LinkPurpose.Status) is { } redirect)
        {
            return redirect;
        }

        var name = context.Request.Query[LinkCookies.NameParameter].ToString();
        if (name.Length > 0 && LinkCookies.Find(context, LinkPurpose.Status, name) is null)
        {
            return PageResults.Page<StatusUnknownPage>("cookies", StatusCodes.Status404NotFound);
        }

        return await FindAsync(context, name) is { } inquiryId && await show(new StatusVisit(inquiryId, name, FormCollection.Empty)) is { } page
            ? page
            : await ExplainAsync(context, name);
    }

    /// <summary>Answers a button: does what it says and leads back to the page, so that to go back and press again does no harm.</summary>
    /// <param name="context">The request.</param>
    /// <param name="act">What was pressed.</param>
    /// <param name="again">The page to show when something typed was wrong; null: the status page.</param>
    /// <param name="repeated">What became of it when the same press, a moment ago, has replaced the link it came with; null: it was another.</param>
    public async Task<IResult> ActAsync(
        HttpContext context, Func<StatusVisit, Task<StatusAnswer>> act, Func<StatusVisit, StatusAnswer, Task<IResult?>>? again = null,
        Func<StatusVisit, Task<StatusAnswer?>>? repeated = null)
    {
        var form = await Forms.ReadAsync(context);
        var name = form[LinkCookies.NameParameter].ToString();
        if (LinkCookies.IsCrossSite(context))
        {
            return await ExplainAsync(context, name);
        }

        if (name.Length > 0 && LinkCookies.Find(context, LinkPurpose.Status, name) is null)
        {
            return PageResults.Page<StatusUnknownPage>("cookies", StatusCodes.Status404NotFound);
        }

        if (await FindAsync(context, name) is not { } inquiryId)
        {
            return repeated is not null && await FindReplacedAsync(context, name) is { } id && await repeated(new StatusVisit(id, name, form)) is { } done
                ? Back(context, name, done)
                : await ExplainAsync(context, name);
        }

        var visit = new StatusVisit(inquiryId, name, form);
        var answer = await act(visit);
        if (answer.Problem is null)
        {
            return Back(context, name, answer);
        }

        var page = again is null ? PageAsync(visit, null, answer.Problem, context.RequestAborted) : again(visit, answer);
        return await page ?? await ExplainAsync(context, name);
    }

    /// <summary>The status page, or null when the inquiry is gone.</summary>
    public async Task<IResult?> PageAsync(StatusVisit visit, string? done, StatusProblem? problem, CancellationToken cancellation) =>
        await pages.LoadAsync(visit.InquiryId, visit.Link, done, problem, cancellation) is { } model
            ? PageResults.Page<StatusPage>(model, problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest)
            : null;

    /// <summary>The inquiry in the reader's language; null when it is gone.</summary>
    public async Task<PatientCase?> CaseAsync(StatusVisit visit, CancellationToken cancellation)
    {
        var found = await database.ReadAsync(session => PatientCase.LoadAsync(session, visit.InquiryId), cancellation);
        if (found is not null)
        {
            language.Prefer(languages.For(found.Inquiry.Facts.Language));
        }

        return found;
    }

    private IResult Back(HttpContext context, string name, StatusAnswer answer)
    {
        var link = answer.Token is null ? name : LinkCookies.Open(context, LinkPurpose.Status, answer.Token);
        return Results.Redirect(language.Url($"/status?{LinkCookies.NameParameter}={link}&{StatusNotice.Parameter}={answer.Notice}"));
    }

    // A link that was ended a moment ago: by the first of two presses.
    private async Task<InquiryId?> FindReplacedAsync(HttpContext context, string name)
    {
        var token = LinkCookies.Find(context, LinkPurpose.Status, name);
        return await database.ReadAsync(session => AccessLinkStore.FindEndedAsync(session, token, LinkPurpose.Status), context.RequestAborted) is { RevokedAt: { } at } link
            && database.Clock.GetUtcNow() - at < s_moment
            ? new InquiryId(link.SubjectId)
            : null;
    }

    private async Task<InquiryId?> FindAsync(HttpContext context, string name)
    {
        var token = LinkCookies.Find(context, LinkPurpose.Status, name);
        var link = await database.ReadAsync(
            session => AccessLinkStore.FindAsync(session, token, LinkPurpose.Status), context.RequestAborted);
        return link is null ? null : new InquiryId(link.SubjectId);
    }

    // The link of an inquiry that was erased says so for ever, to whoever has it; any other that opens nothing offers the way on.
    private async Task<IResult> ExplainAsync(HttpContext context, string name)
    {
        var token = LinkCookies.Find(context, LinkPurpose.Status, name);
        var inquiry = await database.ReadAsync(
            async session => await AccessLinkStore.FindEndedAsync(session, token, LinkPurpose.Status) is { } ended
                ? await InquiryStore.FindAsync(session, new InquiryId(ended.SubjectId))
                : null,
            context.RequestAborted);
        if (inquiry is { State: InquiryState.Erased } && !LinkCookies.IsCrossSite(context))
        {
            // Nothing of it stays in the browser, either.
            LinkCookies.Close(context, LinkPurpose.Status, name);
            return Results.Redirect(language.Url(StatusEndpoints.ErasedPath));
        }

        return PageResults.Page<StatusUnknownPage>(inquiry is null || LinkCookies.IsCrossSite(context) ? "unknown" : "replaced", StatusCodes.Status404NotFound);
    }
}
