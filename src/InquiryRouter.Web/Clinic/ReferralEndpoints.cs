using InquiryRouter.Application;
using InquiryRouter.Application.Clinics;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Web.Pages;
using InquiryRouter.Web.Pages.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace InquiryRouter.Web.Clinic;

/// <summary>
/// <c>/referral</c>: what a clinic's link opens. Looking changes nothing, since mail scanners follow links; what a clinic does is a POST behind
/// a button.
/// </summary>
public static class ReferralEndpoints
{
    private const string DoneParameter = "done";
    private const int LongestText = 2000;
    internal const long BodyLimit = 64 * 1024;

    // What the page says after a step; nothing else of an address is shown.
    private static readonly string[] s_done =
    [
        "undone", "reopened", "quoted", "asked", "answered", "replied", "forwarded", "booked", "list-sent",
        "quoted-masked", "asked-masked", "replied-masked",
    ];

    public static IServiceCollection AddReferralPages(this IServiceCollection services)
    {
        services.AddSingleton<ClinicLinks>();
        services.AddScoped<ReferralPages>();
        services.AddScoped<ClinicListPages>();
        return services;
    }

    public static void MapReferral(this IEndpointRouteBuilder routes)
    {
        var limit = new RequestSizeLimitAttribute(BodyLimit);
        routes.MapGet("/referral", GetAsync);
        Button<AcceptReferral>(
            "accept", (accept, visit) => accept.RunAsync(visit.Referral.Id, visit.Who, visit.Cancellation, visit.Person));
        Button<UndoAcceptance>("undo", (undo, visit) => undo.RunAsync(visit.Referral.Id, visit.Who, visit.Cancellation), "undone");
        Button<ReopenOffer>("reopen", (reopen, visit) => reopen.RunAsync(visit.Referral.Id, visit.Who, visit.Cancellation), "reopened");
        Report<BookReferral>(
            "book", (book, visit, says) => book.RunAsync(visit.Referral.Id, says, visit.Who, visit.Cancellation), "booked");
        Report<CompleteReferral>(
            "complete", (complete, visit, says) => complete.RunAsync(visit.Referral.Id, says, visit.Who, visit.Cancellation), isPast: true);
        routes.MapPost("/referral/decline", DeclineAsync).WithMetadata(limit).DisableAntiforgery();
        routes.MapPost("/referral/return", ReturnAsync).WithMetadata(limit).DisableAntiforgery();
        routes.MapPost("/referral/quote", QuoteAsync).WithMetadata(limit).DisableAntiforgery();
        routes.MapPost("/referral/ask", AskAsync).WithMetadata(limit).DisableAntiforgery();
        routes.MapPost("/referral/reply", ReplyAsync).WithMetadata(limit).DisableAntiforgery();
        routes.MapPost("/referral/answer-us", AnswerAsync).WithMetadata(limit).DisableAntiforgery();
        routes.MapPost("/referral/forward", ForwardAsync).WithMetadata(limit).DisableAntiforgery();
        routes.MapPost("/referral/list-link", SendListLinkAsync).WithMetadata(limit).DisableAntiforgery();

        void Report<TUseCase>(
            string action, Func<TUseCase, Visit, ReportedTreatment, Task<Outcome>> press, string? done = null, bool isPast = false)
            where TUseCase : class =>
            routes.MapPost(
                $"/referral/{action}",
                async (HttpContext context, ClinicLinks links, ReferralPages pages, PageLanguage language, ReferenceLists lists,
                        TimeProvider clock, [FromServices] TUseCase useCase) =>
                    await VisitAsync(context, links, pages) is { } visit
                        ? await ReportAsync(
                            visit, language, lists, CapWeek.Day(clock.GetUtcNow(), visit.Clinic.TimeZone), action, isPast,
                            async says => await visit.AfterAsync(await press(useCase, visit, says), done))
                        : Unknown(context))
                .WithMetadata(limit).DisableAntiforgery();

        void Button<TUseCase>(string action, Func<TUseCase, Visit, Task<Outcome>> press, string? done = null)
            where TUseCase : class =>
            routes.MapPost(
                $"/referral/{action}",
                async (HttpContext context, ClinicLinks links, ReferralPages pages, [FromServices] TUseCase useCase) =>
                    await VisitAsync(context, links, pages) is { } visit
                        ? await visit.AfterAsync(await press(useCase, visit), done)
                        : Unknown(context))
                .WithMetadata(limit).DisableAntiforgery();
    }

    // What a clinic says of a booking or a treatment: its day, which for a treatment has been, and the amount if it says one.
    private static async Task<IResult> ReportAsync(
        Visit visit, PageLanguage language, ReferenceLists lists, DateOnly today, string form, bool isPast,
        Func<ReportedTreatment, Task<IResult>> report)
    {
        var typed = TreatmentForms.Read(visit.Context.Request.Form, lists, today, isPast);
        return typed.Problem is { } problem
            ? await visit.ShowAsync(
                new ReferralShown(language[problem], Report: typed.Form with { Form = form, Problem = language[problem] }),
                StatusCodes.Status400BadRequest)
            : await report(typed.Says);
    }

    private static async Task<IResult> GetAsync(HttpContext context, ClinicLinks links, ReferralPages pages, PageLanguage language)
    {
        if (await LinkCookies.ExchangeAsync(
            context, LinkPurpose.Referral, token => links.IsTheirsAsync(token, LinkPurpose.Referral, context.RequestAborted)) is { } redirect)
        {
            return redirect;
        }

        var link = context.Request.Query[LinkCookies.NameParameter].ToString();
        if (await links.FindAsync(context, link) is { } referral && await pages.PreferAsync(referral, context.RequestAborted) is { } clinic)
        {
            var done = context.Request.Query[DoneParameter].ToString();
            var shown = new ReferralShown(Done: s_done.Contains(done, StringComparer.Ordinal) ? language[$"referral.done.{done}"] : null);
            return await new Visit(context, pages, language, referral, clinic, link).ShowAsync(shown);
        }

        // A link that has ended says so, and the clinic, not the visitor, can have a new one.
        if (await links.FindEndedAsync(context, link) is { } ended && await pages.PreferAsync(ended, context.RequestAborted) is not null)
        {
            if (await pages.IsErasedAsync(ended, context.RequestAborted))
            {
                return PageResults.Message(context, StatusCodes.Status410Gone, "referral.erased");
            }

            return PageResults.Page<EndedLinkPage>(new EndedLinkModel(link), StatusCodes.Status410Gone);
        }

        return Unknown(context);
    }

    private static async Task<IResult> DeclineAsync(
        HttpContext context, ClinicLinks links, ReferralPages pages, DeclineReferral decline, PageLanguage language,
        [FromForm] string? reason, [FromForm] string? remark)
    {
        if (await VisitAsync(context, links, pages) is not { } visit)
        {
            return Unknown(context);
        }

        var typed = new ReferralTyped("decline", reason, Clean(remark));
        return reason is null || !DeclineReason.All.Contains(reason, StringComparer.Ordinal)
            ? await visit.RefuseAsync(language["referral.error.declineReason"], typed)
            : IsTooLong(typed.Text) ? await visit.RefuseAsync(TooLong(language), typed)
            : await visit.AfterAsync(await decline.RunAsync(
                visit.Referral.Id, reason, typed.Text, visit.Who, visit.Cancellation, visit.Person));
    }

    private static async Task<IResult> ReturnAsync(
        HttpContext context, ClinicLinks links, ReferralPages pages, ReturnPatient giveBack, PageLanguage language,
        [FromForm] string? reason, [FromForm] string? remark)
    {
        if (await VisitAsync(context, links, pages) is not { } visit)
        {
            return Unknown(context);
        }

        var typed = new ReferralTyped("return", reason, Clean(remark));
        return reason is null || !ReturnReason.All.Contains(reason, StringComparer.Ordinal)
            ? await visit.RefuseAsync(language["referral.error.returnReason"], typed)
            : IsTooLong(typed.Text) ? await visit.RefuseAsync(TooLong(language), typed)
            : await visit.AfterAsync(await giveBack.RunAsync(visit.Referral.Id, reason, typed.Text, visit.Who, visit.Cancellation));
    }

    private static async Task<IResult> QuoteAsync(
        HttpContext context, ClinicLinks links, ReferralPages pages, QuoteReferral quote, PageLanguage language, ReferenceLists lists,
        TimeProvider clock)
    {
        if (await VisitAsync(context, links, pages) is not { } visit)
        {
            return Unknown(context);
        }

        var today = CapWeek.Day(clock.GetUtcNow(), visit.Clinic.TimeZone);
        var (content, currency, validUntil, form) = QuoteForms.Read(context.Request.Form, lists, language.Words, today);
        if (content is null)
        {
            return await visit.ShowAsync(new ReferralShown(language["referral.error.quote"], Quote: form), StatusCodes.Status400BadRequest);
        }

        var typed = new TypedQuote(visit.FormId(), content, currency, validUntil);
        return await visit.AfterAsync(
            await quote.RunAsync(visit.Referral.Id, typed, visit.Who, visit.Cancellation, visit.Person), visit.Said("quoted", content.Remark));
    }

    private static async Task<IResult> AskAsync(
        HttpContext context, ClinicLinks links, ReferralPages pages, AskQuestion ask, PageLanguage language, [FromForm] string? question)
    {
        if (await VisitAsync(context, links, pages) is not { } visit)
        {
            return Unknown(context);
        }

        var typed = new ReferralTyped("ask", null, Clean(question));
        return typed.Text.Length == 0 ? await visit.RefuseAsync(language["referral.error.question"], typed)
            : IsTooLong(typed.Text) ? await visit.RefuseAsync(TooLong(language), typed)
            : await visit.AfterAsync(
                await ask.RunAsync(visit.Referral.Id, visit.FormId(), typed.Text, visit.Who, visit.Cancellation),
                visit.Said("asked", typed.Text));
    }

    private static async Task<IResult> ReplyAsync(
        HttpContext context, ClinicLinks links, ReferralPages pages, AnswerPatient answer, PageLanguage language,
        [FromForm] string? question, [FromForm] string? text)
    {
        if (await VisitAsync(context, links, pages) is not { } visit)
        {
            return Unknown(context);
        }

        var typed = new ReferralTyped("reply", question, Clean(text));
        return typed.Text.Length == 0 ? await visit.RefuseAsync(language["referral.error.answer"], typed)
            : IsTooLong(typed.Text) ? await visit.RefuseAsync(TooLong(language), typed)
            : await visit.AfterAsync(
                await answer.RunAsync(
                    visit.Referral.Id, Guid.TryParse(question, out var id) ? id : Guid.Empty, typed.Text, visit.Who, visit.Cancellation),
                visit.Said("replied", typed.Text));
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context, ClinicLinks links, ReferralPages pages, AnswerCoordinator answer, PageLanguage language, [FromForm] string? text)
    {
        if (await VisitAsync(context, links, pages) is not { } visit)
        {
            return Unknown(context);
        }

        var typed = new ReferralTyped("answer-us", null, Clean(text));
        return typed.Text.Length == 0 ? await visit.RefuseAsync(language["referral.error.answer"], typed)
            : IsTooLong(typed.Text) ? await visit.RefuseAsync(TooLong(language), typed)
            : await visit.AfterAsync(
                await answer.RunAsync(visit.Referral.Id, visit.FormId(), typed.Text, visit.Who, visit.Cancellation), "answered");
    }

    private static async Task<IResult> ForwardAsync(
        HttpContext context, ClinicLinks links, ReferralPages pages, ForwardReferral forward, PageLanguage language,
        [FromForm] string? colleague)
    {
        if (await VisitAsync(context, links, pages) is not { } visit)
        {
            return Unknown(context);
        }

        return await forward.RunAsync(visit.Referral.Id, visit.FormId(), colleague, visit.Who, visit.Cancellation) switch
        {
            Outcome.NotPossible { Why: ClinicCodes.NotAColleague } =>
                await visit.RefuseAsync(language["referral.error.forward"], new ReferralTyped("forward", colleague, string.Empty)),
            Outcome.NotPossible { Why: ClinicCodes.TooManyForwards } =>
                await visit.ShowAsync(new ReferralShown(language["referral.error.forwardTooMany"]), StatusCodes.Status429TooManyRequests),
            var outcome => await visit.AfterAsync(outcome, "forwarded"),
        };
    }

    private static async Task<IResult> SendListLinkAsync(
        HttpContext context, ClinicLinks links, ReferralPages pages, SendClinicListLink send, PageLanguage language)
    {
        var link = await LinkOfFormAsync(context);
        if (LinkCookies.IsCrossSite(context)
            || (await links.FindAsync(context, link) ?? await links.FindEndedAsync(context, link)) is not { } referral)
        {
            return Unknown(context);
        }

        await pages.PreferAsync(referral, context.RequestAborted);

        // The same answer whether it was sent now or a moment ago: it goes to the clinic's own address either way.
        await send.RunAsync(referral.Id, context.RequestAborted);
        return PageResults.Message(StatusCodes.Status200OK, language["referral.listSent.title"], language["referral.listSent.text"]);
    }

    private static async Task<Visit?> VisitAsync(HttpContext context, ClinicLinks links, ReferralPages pages)
    {
        var link = await LinkOfFormAsync(context);
        return !LinkCookies.IsCrossSite(context) && await links.FindVisitAsync(context, link) is { } opened
            && await pages.PreferAsync(opened.Referral, context.RequestAborted) is { } clinic
            ? new Visit(context, pages, context.RequestServices.GetRequiredService<PageLanguage>(), opened.Referral, clinic, link!)
            {
                Person = opened.Person,
            }
            : null;
    }

    private static async Task<string?> LinkOfFormAsync(HttpContext context) => (await Forms.ReadAsync(context))["link"].ToString();

    // As a browser counts them: a new line is one character, however it is sent.
    private static string Clean(string? text) => Typed.Lines(text, onlyShowable: true) ?? string.Empty;

    private static bool IsTooLong(string text) => text.Length > LongestText;

    private static string TooLong(PageLanguage language) => language.Text("referral.error.tooLong", ("most", LongestText));

    internal static RazorComponentResult<MessagePage> Unknown(HttpContext context) =>
        PageResults.Message(context, StatusCodes.Status404NotFound, "referral.unknown");

    /// <summary>A clinic before the page of one of its referrals.</summary>
    private sealed record Visit(
        HttpContext Context, ReferralPages Pages, PageLanguage Language, ReferralRecord Referral, Core.Matching.Clinic Clinic, string Link)
    {
        /// <summary>Whom at the clinic the link was sent to; null: no one in particular.</summary>
        public byte[]? Person { get; init; }

        public CancellationToken Cancellation => Context.RequestAborted;

        public Actor Who => Actor.Clinic(Referral.ClinicCode);

        /// <summary>A form carries an id of its own: sent twice, it is one quote, one question, one forward. Of this referral: an id that
        /// another one has used is nobody's here.</summary>
        public Guid FormId() =>
            Guid.TryParse(Context.Request.Form["id"].ToString(), out var id) ? MailAbout.Of(Referral.Id.Value, $"form {id:N}") : Guid.CreateVersion7();

        /// <summary>What the page says after something that the patient reads: a part of it may wait until they have chosen the clinic.</summary>
        public string Said(string done, string? text) =>
            Referral.AcceptedAt is null && Context.RequestServices.GetRequiredService<AnonymousText>().Hides(text, Clinic.Country)
                ? done + "-masked" : done;

        // The page says what is now; going back and pressing again changes nothing.
        public async Task<IResult> AfterAsync(Outcome outcome, string? done = null) => outcome switch
        {
            Outcome.Done or Outcome.AlreadyDone => Back(done),
            Outcome.NotPossible { Why: ClinicCodes.NoConsent } =>
                await ShowAsync(new ReferralShown(Language["referral.error.noConsent"]), StatusCodes.Status409Conflict),
            Outcome.NotPossible => await ShowAsync(new ReferralShown(Language["referral.error.ended"]), StatusCodes.Status409Conflict),
            _ => Unknown(Context),
        };

        private IResult Back(string? done) =>
            Results.Redirect(Language.Url(
                $"/referral?{LinkCookies.NameParameter}={Link}{(done is null ? null : $"&{DoneParameter}={done}")}"));

        /// <summary>Nothing was done; what was typed is still there.</summary>
        public Task<IResult> RefuseAsync(string error, ReferralTyped typed) =>
            ShowAsync(new ReferralShown(error, Typed: typed), StatusCodes.Status400BadRequest);

        public async Task<IResult> ShowAsync(ReferralShown shown, int status = StatusCodes.Status200OK) =>
            await Pages.LoadAsync(Referral, Link, shown, Cancellation) is { } model
                ? PageResults.Page<ReferralPage>(model, status)
                : Unknown(Context);
    }
}

/// <param name="Link">The short name of the link that has ended.</param>
public sealed record EndedLinkModel(string Link);
