using InquiryRouter.Application;
using InquiryRouter.Application.Patients;
using InquiryRouter.Application.Privacy;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Web.Intake;
using InquiryRouter.Web.Pages;
using InquiryRouter.Web.Pages.Requests;
using InquiryRouter.Web.Pages.Status;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace InquiryRouter.Web.Patient;

/// <summary>
/// <c>/status</c>: what the patient's link opens. Looking changes nothing, since mail scanners follow links; whatever does is a POST behind a
/// button.
/// </summary>
public static class StatusEndpoints
{
    internal const string InformationField = "information";

    /// <summary>Where the link of an erased inquiry leads, once the browser has forgotten it.</summary>
    internal const string ErasedPath = "/status/erased";

    public static IServiceCollection AddStatusPages(this IServiceCollection services)
    {
        services.AddScoped<StatusPages>();
        services.AddScoped<StatusVisits>();
        services.AddScoped<CorrectionPages>();
        services.AddScoped<HealthPages>();
        services.AddScoped<CopyPages>();
        services.AddSingleton<LostLinkQueue>();
        services.AddHostedService(provider => provider.GetRequiredService<LostLinkQueue>());
        return services;
    }

    public static void MapStatus(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/status", (HttpContext context, [FromServices] StatusVisits visits) => visits.ShowAsync(
            context, visit => visits.PageAsync(visit, context.Request.Query[StatusNotice.Parameter], null, context.RequestAborted)));
        Confirm(routes, "withdraw");
        Confirm(routes, "erase");
        routes.MapGet("/status/download", DownloadAsync);
        routes.MapGet("/status/copy", (HttpContext context, [FromServices] CopyPages pages) => pages.GetAsync(context));

        // What the patient reads is erased as well: their browser says it.
        routes.MapGet(ErasedPath, (HttpContext context) => PageResults.Message(context, StatusCodes.Status410Gone, "status.erased"));
        routes.MapGet("/status/correct", (HttpContext context, [FromServices] CorrectionPages pages) => pages.GetAsync(context));
        routes.MapGet(HealthPages.Path, (HttpContext context, [FromServices] HealthPages pages) => pages.GetAsync(context));
        routes.MapLostLinks();

        Form(routes, "/status/correct/contact", (HttpContext context, [FromServices] CorrectionPages pages) => pages.ContactAsync(context));
        Form(routes, "/status/correct/request", (HttpContext context, [FromServices] CorrectionPages pages) => pages.RequestAsync(context));
        Form(routes, HealthPages.Path, (HttpContext context, [FromServices] HealthPages pages) => pages.PostAsync(context));
        Button<DeclineQuote>(routes, "/status/quote/decline", StatusNotice.QuoteDeclined, (use, visit, stop) =>
            use.RunAsync(visit.InquiryId, visit.Number("referral"), Actor.Patient, stop));
        Button<ShowIdentity>(routes, "/status/identity/show", StatusNotice.IdentityShown, (use, visit, stop) =>
            use.RunAsync(visit.InquiryId, visit.Number("referral"), Actor.Patient, stop));
        Button<HideIdentity>(routes, "/status/identity/hide", StatusNotice.IdentityHidden, (use, visit, stop) =>
            use.RunAsync(visit.InquiryId, visit.Number("referral"), Actor.Patient, stop));
        Button<DisputeTreatment>(routes, "/status/dispute", StatusNotice.Disputed, (use, visit, stop) =>
            use.RunAsync(visit.InquiryId, visit.Number("referral"), Actor.Patient, stop));
        Button<AnswerCheckIn>(routes, "/status/check-in", StatusNotice.CheckedIn, (use, visit, stop) =>
            use.RunAsync(visit.InquiryId, visit.Text("answer"), visit.Text("once"), Actor.Patient, stop));
        Button<WithdrawInquiry>(routes, "/status/withdraw", StatusNotice.Withdrawn, (use, visit, stop) =>
            use.RunAsync(visit.InquiryId, Actor.Patient, stop));
        Button<ChooseZone>(routes, "/status/zone", StatusNotice.ZoneChosen, (use, visit, stop) =>
            use.RunAsync(visit.InquiryId, visit.Text("zone"), Actor.Patient, stop));
        Act<ChangeWish>(routes, "/status/wish", async (use, visit, context) =>
            StatusAnswer.Of(await use.RunAsync(visit.InquiryId, visit.Text("wish"), Actor.Patient, context.RequestAborted), StatusNotice.Corrected));
        Act<GiveConsent>(routes, "/status/consent/give", async (use, visit, context) =>
        {
            var text = await TextVersionAsync(context, visit);
            return StatusAnswer.Of(await use.RunAsync(visit.InquiryId, text, Actor.Patient, context.RequestAborted), StatusNotice.ConsentGiven);
        });
        Act<WithdrawConsent>(routes, "/status/consent/withdraw", async (use, visit, context) =>
        {
            var text = await TextVersionAsync(context, visit);
            return StatusAnswer.Of(await use.RunAsync(visit.InquiryId, text, Actor.Patient, context.RequestAborted), StatusNotice.ConsentWithdrawn);
        });
        Act<ReplaceLink>(routes, "/status/links/end", async (use, visit, context) =>
            StatusAnswer.Of(await use.RunAsync(visit.InquiryId, Actor.Patient, context.RequestAborted), StatusNotice.LinkReplaced));
        Form(routes, "/status/leave", LeaveAsync);
        Act<AddInformation>(routes, "/status/add", async (use, visit, context) =>
        {
            var typed = visit.Text(InformationField);
            var outcome = await use.RunAsync(visit.InquiryId, typed, visit.Text("once"), Actor.Patient, context.RequestAborted);
            return StatusAnswer.OfText(outcome, InformationField, typed);
        });
        Act<AnswerQuestion>(routes, "/status/answer", async (use, visit, context) =>
        {
            var (typed, question) = (visit.Text("answer"), Guid.TryParse(visit.Text("question"), out var id) ? id : Guid.Empty);
            var outcome = await use.RunAsync(visit.InquiryId, question, typed, Actor.Patient, context.RequestAborted);
            return StatusAnswer.OfText(outcome, StatusQuestion.FieldOf(question), typed);
        });
        Act<AskClinic>(routes, "/status/ask", async (use, visit, context) =>
        {
            var (typed, n) = (visit.Text("question"), visit.Number("referral"));
            var outcome = await use.RunAsync(visit.InquiryId, n, typed, visit.Text("once"), Actor.Patient, context.RequestAborted);
            return StatusAnswer.OfText(outcome, StatusClinic.FieldOf(n), typed, StatusNotice.Asked);
        });
        Act<EraseInquiry>(routes, "/status/erase", async (use, visit, context) =>
        {
            await use.RunAsync(visit.InquiryId, Actor.Patient, cancellation: context.RequestAborted);
            return new StatusAnswer(StatusNotice.Erased);
        });
    }

    // Also where its link opens nothing any more.
    private static async Task<IResult> LeaveAsync(HttpContext context) =>
        LinkCookies.Leave(context, (await Forms.ReadAsync(context))[LinkCookies.NameParameter].ToString(), LinkPurpose.Status);

    /// <summary>Everything held about the patient, as a file of their own.</summary>
    private static Task<IResult> DownloadAsync(HttpContext context, [FromServices] StatusVisits visits, [FromServices] ExportPatient export) =>
        visits.ShowAsync(
            context,
            async visit => await export.RunAsync(visit.InquiryId, context.RequestAborted) is { } record
                ? Results.File(PatientRecordJson.Write(record), "application/json", $"{record.Inquiry.Reference}.json")
                : null);

    /// <summary>A page that says what a step means, with its button.</summary>
    private static void Confirm(IEndpointRouteBuilder routes, string step) =>
        routes.MapGet($"/status/{step}", (HttpContext context, [FromServices] StatusVisits visits) => visits.ShowAsync(
            context,
            async visit => await visits.CaseAsync(visit, context.RequestAborted) is { } found
                ? PageResults.Page<StatusConfirmPage>(new StatusConfirmation(step, visit.Link, found.Inquiry.Reference))
                : null));

    /// <summary>A button whose use case needs nothing else said.</summary>
    /// <param name="done">A code of <see cref="StatusNotice"/>: what is said when it is so now.</param>
    private static void Button<TUseCase>(
        IEndpointRouteBuilder routes, string path, string done, Func<TUseCase, StatusVisit, CancellationToken, Task<Outcome>> run)
        where TUseCase : notnull =>
        Act<TUseCase>(routes, path, async (use, visit, context) => StatusAnswer.Of(await run(use, visit, context.RequestAborted), done));

    private static void Act<TUseCase>(
        IEndpointRouteBuilder routes, string path, Func<TUseCase, StatusVisit, HttpContext, Task<StatusAnswer>> act)
        where TUseCase : notnull =>
        Form(routes, path, (HttpContext context, [FromServices] StatusVisits visits, [FromServices] TUseCase use) =>
            visits.ActAsync(context, visit => act(use, visit, context)));

    // The text beside the buttons says the same as the form's, in the language the page is read in.
    private static async Task<string> TextVersionAsync(HttpContext context, StatusVisit visit)
    {
        await context.RequestServices.GetRequiredService<StatusVisits>().CaseAsync(visit, context.RequestAborted);
        return FormPage.ConsentTextVersion(context.RequestServices.GetRequiredService<PageLanguage>().Words);
    }

    // Other sites are refused by StatusVisits.
    private static void Form(IEndpointRouteBuilder routes, string path, Delegate answer) =>
        routes.MapPost(path, answer).WithMetadata(new RequestSizeLimitAttribute(ApiEndpoint.BodyLimit)).DisableAntiforgery();
}
