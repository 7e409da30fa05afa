using InquiryRouter.Application.Patients;
using InquiryRouter.Application.Privacy;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Web.Intake;
using InquiryRouter.Web.Pages;
using InquiryRouter.Web.Pages.Status;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace InquiryRouter.Web.Patient;

/// <summary><c>/status</c>: what the patient's link opens. Looking changes nothing, since mail scanners follow links; whatever does is a POST behind a button.</summary>
public static class StatusEndpoints
{
    public static IServiceCollection AddStatusPages(this IServiceCollection services)
    {
        services.AddScoped<StatusPages>();
        services.AddScoped<StatusVisits>();
        services.AddSingleton<PatientDecisions>();
        services.AddSingleton<QuoteDecisions>();
        services.AddSingleton<IdentityDecisions>();
        services.AddSingleton<ConsentDecisions>();
        services.AddSingleton<Additions>();
        services.AddSingleton<Withdrawal>();
        services.AddSingleton<Corrections>();
        services.AddScoped<CorrectionPages>();
        services.AddSingleton<LostLinks>();
        services.AddHostedService(provider => provider.GetRequiredService<LostLinks>());
        return services;
    }

    public static void MapStatus(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/status", (HttpContext context, [FromServices] StatusVisits visits) => visits.ShowAsync(
            context, visit => visits.PageAsync(visit, context.Request.Query[StatusNotice.Parameter], null, context.RequestAborted)));
        routes.MapGet("/status/withdraw", (HttpContext context, [FromServices] StatusVisits visits) => ConfirmAsync(context, visits, "withdraw"));
        routes.MapGet("/status/erase", (HttpContext context, [FromServices] StatusVisits visits) => ConfirmAsync(context, visits, "erase"));
        routes.MapGet("/status/download", DownloadAsync);
        routes.MapGet("/status/correct", (HttpContext context, [FromServices] CorrectionPages pages) => pages.GetAsync(context));
        routes.MapLostLinks();

        Form(routes.MapPost("/status/correct/contact", (HttpContext context, [FromServices] CorrectionPages pages) => pages.ContactAsync(context)));
        Form(routes.MapPost("/status/correct/request", (HttpContext context, [FromServices] CorrectionPages pages) => pages.RequestAsync(context)));
        Button(routes, "/status/quote/decline", (visit, services, stop) => services.GetRequiredService<QuoteDecisions>().DeclineAsync(visit.InquiryId, visit.Number("referral"), stop));
        Button(routes, "/status/identity/show", (visit, services, stop) => services.GetRequiredService<IdentityDecisions>().ShowAsync(visit.InquiryId, visit.Number("referral"), stop));
        Button(routes, "/status/identity/hide", (visit, services, stop) => services.GetRequiredService<IdentityDecisions>().HideAsync(visit.InquiryId, visit.Number("referral"), stop));
        Button(routes, "/status/consent/give", (visit, services, stop) => services.GetRequiredService<ConsentDecisions>().GiveAsync(visit.InquiryId, TextVersion(services), stop));
        Button(routes, "/status/consent/withdraw", (visit, services, stop) => services.GetRequiredService<ConsentDecisions>().WithdrawAsync(visit.InquiryId, TextVersion(services), stop));
        Button(routes, "/status/add", (visit, services, stop) => services.GetRequiredService<Additions>().AddAsync(visit.InquiryId, visit.Text(Additions.InformationField), visit.Text("once"), stop));
        Button(routes, "/status/answer", (visit, services, stop) => services.GetRequiredService<Additions>().AnswerAsync(
            visit.InquiryId, Guid.TryParse(visit.Text("question"), out var question) ? question : Guid.Empty, visit.Text("answer"), stop));
        Button(routes, "/status/check-in", (visit, services, stop) => services.GetRequiredService<Additions>().CheckInAsync(visit.InquiryId, visit.Text("answer"), visit.Text("once"), stop));
        Button(routes, "/status/withdraw", (visit, services, stop) => services.GetRequiredService<Withdrawal>().WithdrawAsync(visit.InquiryId, stop));
        Button(routes, "/status/erase", async (visit, services, stop) =>
        {
            await services.GetRequiredService<Erasure>().EraseAsync(visit.InquiryId, Actor.Patient, cancellation: stop);
            return new StatusOutcome(StatusNotice.Erased);
        });
    }

    /// <summary>Everything held about the patient, as a file of their own.</summary>
    private static Task<IResult> DownloadAsync(HttpContext context, [FromServices] StatusVisits visits, [FromServices] PatientExport export) => visits.ShowAsync(
        context,
        async visit => await visits.CaseAsync(visit, context.RequestAborted) is { } found && await export.ExportAsync(visit.InquiryId, context.RequestAborted) is { } json
            ? Results.File(json, "application/json", $"{found.Inquiry.Reference}.json")
            : null);

    /// <summary>A page that says what a step means, with its button.</summary>
    private static Task<IResult> ConfirmAsync(HttpContext context, StatusVisits visits, string step) => visits.ShowAsync(
        context,
        async visit => await visits.CaseAsync(visit, context.RequestAborted) is { } found
            ? PageResults.Page<StatusConfirmPage>(new StatusConfirmation(step, visit.Link, found.Inquiry.Reference))
            : null);

    private static void Button(IEndpointRouteBuilder routes, string path, Func<StatusVisit, IServiceProvider, CancellationToken, Task<StatusOutcome>> act) =>
        Form(routes.MapPost(path, (HttpContext context, [FromServices] StatusVisits visits) => visits.ActAsync(context, visit => act(visit, context.RequestServices, context.RequestAborted))));

    // The text beside the buttons says the same as the form's, in the language the page is read in.
    private static Func<string, string> TextVersion(IServiceProvider services) => inquiryLanguage =>
    {
        var language = services.GetRequiredService<PageLanguage>();
        language.Prefer(services.GetRequiredService<LanguageSet>().For(inquiryLanguage));
        return FormPage.ConsentTextVersion(language.Words);
    };

    // Other sites are refused by StatusVisits.
    private static void Form(RouteHandlerBuilder route) => route.WithMetadata(new RequestSizeLimitAttribute(ApiEndpoint.BodyLimit)).DisableAntiforgery();
}
