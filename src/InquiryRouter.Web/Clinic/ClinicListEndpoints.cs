using System.Globalization;
using InquiryRouter.Application;
using InquiryRouter.Application.Clinics;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Clinic;

/// <summary><c>/referral/list</c>: a clinic's referrals in one list, by a link mailed to its own address; here it pauses, too.</summary>
public static class ClinicListEndpoints
{
    private const int MostShown = 200;

    public static void MapClinicList(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/referral/list", GetAsync);
        var limit = new RequestSizeLimitAttribute(ReferralEndpoints.BodyLimit);
        routes.MapPost("/referral/pause", PauseAsync).WithMetadata(limit).DisableAntiforgery();
        routes.MapPost("/referral/leave", Leave).WithMetadata(limit).DisableAntiforgery();
        routes.MapPost("/referral/links/end", EndOthersAsync).WithMetadata(limit).DisableAntiforgery();
        routes.MapPost("/referral/resume", ResumeAsync).WithMetadata(limit).DisableAntiforgery();
    }

    private static async Task<IResult> GetAsync(HttpContext context, ClinicLinks links, ClinicListPages pages)
    {
        if (await LinkCookies.ExchangeAsync(
            context, LinkPurpose.ClinicList, token => links.IsTheirsAsync(token, LinkPurpose.ClinicList, context.RequestAborted)) is { } redirect)
        {
            return redirect;
        }

        var link = context.Request.Query[LinkCookies.NameParameter].ToString();
        if (await links.FindClinicAsync(context, link) is { } clinic)
        {
            return await ShowAsync(context, pages, clinic, link, DoneOf(context));
        }

        return await links.FindEndedAsync(context, link) is not null
            ? PageResults.Page<EndedLinkPage>(new EndedLinkModel(link), StatusCodes.Status410Gone)
            : ReferralEndpoints.Unknown(context);
    }

    private static string? DoneOf(HttpContext context) => context.Request.Query["done"].ToString() switch
    {
        "" => null,
        "links" => "links.ended",
        _ => "referral.list.saved",
    };

    private static async Task<IResult> PauseAsync(
        HttpContext context, ClinicLinks links, ClinicListPages pages, PauseClinic pause, PageLanguage language,
        [FromForm] string? link, [FromForm] string? until)
    {
        if (LinkCookies.IsCrossSite(context) || await links.FindClinicAsync(context, link) is not { } clinic)
        {
            return ReferralEndpoints.Unknown(context);
        }

        return DateOnly.TryParseExact(Typed.Number(until), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && await pause.RunAsync(clinic, day, Actor.Clinic(clinic), context.RequestAborted) is Outcome.Done or Outcome.AlreadyDone
            ? Results.Redirect(language.Url($"/referral/list?{LinkCookies.NameParameter}={link}&done=1"))
            : await ShowAsync(context, pages, clinic, link!, done: null, "referral.list.error", StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> ResumeAsync(
        HttpContext context, ClinicLinks links, ResumeClinic resume, PageLanguage language, [FromForm] string? link)
    {
        if (LinkCookies.IsCrossSite(context) || await links.FindClinicAsync(context, link) is not { } clinic)
        {
            return ReferralEndpoints.Unknown(context);
        }

        await resume.RunAsync(clinic, Actor.Clinic(clinic), context.RequestAborted);
        return Results.Redirect(language.Url($"/referral/list?{LinkCookies.NameParameter}={link}&done=1"));
    }

    private static async Task<IResult> EndOthersAsync(
        HttpContext context, ClinicLinks links, EndOtherLinks end, PageLanguage language, [FromForm] string? link)
    {
        if (LinkCookies.IsCrossSite(context) || await links.FindClinicAsync(context, link) is not { } clinic
            || LinkCookies.Find(context, LinkPurpose.ClinicList, link) is not { } token)
        {
            return ReferralEndpoints.Unknown(context);
        }

        await end.RunAsync(clinic, token, context.RequestAborted);
        return Results.Redirect(language.Url($"/referral/list?{LinkCookies.NameParameter}={link}&done=links"));
    }

    // Of a referral, or of the list it was opened from.
    private static IResult Leave(HttpContext context, [FromForm] string? link) =>
        LinkCookies.Leave(context, link?.Split('.')[0], LinkPurpose.Referral, LinkPurpose.ClinicList);

    private static async Task<IResult> ShowAsync(
        HttpContext context, ClinicListPages pages, string clinic, string link, string? done, string? error = null,
        int status = StatusCodes.Status200OK) =>
        await pages.LoadAsync(clinic, link, MostShown, done, error, context.RequestAborted) is { } model
            ? PageResults.Page<ClinicListPage>(model, status)
            : ReferralEndpoints.Unknown(context);
}

/// <summary>The list of a clinic, and its pause.</summary>
public sealed class ClinicListPages(Database database, NetworkCache networks, PageLanguage language, ReferralPages pages)
{
    public async Task<ClinicListModel?> LoadAsync(
        string clinicCode, string link, int most, string? done, string? error, CancellationToken cancellation)
    {
        if (!(await networks.CurrentAsync(cancellation)).ByCode.TryGetValue(clinicCode, out var clinic))
        {
            return null;
        }

        pages.Prefer(clinic);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(clinic.TimeZone);
        var today = CapWeek.Day(database.Clock.GetUtcNow(), clinic.TimeZone);
        var rows = await database.ReadAsync(session => ReferralStore.ListOfClinicAsync(session, clinicCode, most), cancellation);
        return new ClinicListModel
        {
            ClinicName = clinic.Name,
            Link = link,
            Referrals = [.. rows.Select(r => Row(r, link, zone))],
            PausedUntil = clinic.PausedUntil >= today ? language.Words.Day(clinic.PausedUntil.Value) : null,
            Today = today.ToString("O", CultureInfo.InvariantCulture),
            LastDay = ClinicPause.LastDay(today).ToString("O", CultureInfo.InvariantCulture),
            Done = done is null ? null : language[done],
            Error = error is null ? null : language[error],
        };
    }

    private ClinicListRow Row(ClinicReferral referral, string link, TimeZoneInfo zone)
    {
        var paused = ReferralTransitions.IsPaused(referral.State, referral.InquiryState);
        return new(
            referral.Reference,
            language.Url($"/referral?{LinkCookies.NameParameter}={link}.{referral.Id.Value:N}"),
            language[paused ? "referral.state.paused" : $"referral.state.{referral.State.ToString().ToLowerInvariant()}"],
            language.Words.Moment(referral.OfferedAt, zone),
            ReferralTransitions.IsOpen(referral.State) && !paused ? language.Words.Moment(referral.OfferUntil, zone) : null);
    }
}
