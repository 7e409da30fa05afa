using System.Globalization;
using InquiryRouter.Application;
using InquiryRouter.Application.Clinics;
using InquiryRouter.Application.Network;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.ReferenceData.Import;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console.Clinics;

/// <summary>The clinics of the network: found, looked at, and changed in place. Every form carries the version it was made from.</summary>
internal static class ClinicEndpoints
{
    public const string Path = ConsoleGate.Path + "/clinics";
    public const string DoneParameter = "done";
    private const int PageSize = 50;
    private const int LongestWord = 100;

    private static readonly Dictionary<string, string> s_done = new(StringComparer.Ordinal)
    {
        ["edited"] = "It is saved: the decisions from now on see it.",
        ["unchanged"] = "It was so already: nothing was changed.",
        ["paused"] = "It takes no new referrals until the pause ends.",
        ["resumed"] = "It takes referrals again.",
        ["mail-works"] = "It is written to again, and may be offered patients. Mails that failed are not sent again by themselves.",
        ["suspended"] = "It is out of the network: nobody is offered to it.",
        ["returned"] = "It is in the network again.",
        ["verified"] = "The credential counts as verified today.",
        ["credential-ended"] = "The credential counts no longer.",
    };

    public static string PathOf(string code) => $"{Path}/{code}";

    public static void MapConsoleClinics(this IEndpointRouteBuilder routes)
    {
        routes.MapConsoleGet(Path, Access.SeeClinics, ListAsync);
        routes.MapConsoleGet($"{Path}/{{code}}", Access.SeeClinics, (HttpContext context, ClinicPages pages, string code) =>
            pages.ShowAsync(context, code, s_done.GetValueOrDefault(context.Request.Query[DoneParameter].ToString())));
        routes.MapConsoleGet($"{Path}/{{code}}/referrals", Access.SeeClinics, ReferralsAsync);
        routes.MapConsolePost($"{Path}/{{code}}/edit", Access.ManageClinics, EditAsync);
        routes.MapConsolePost($"{Path}/{{code}}/pause", Access.ManageClinics, PauseAsync);
        routes.MapConsolePost($"{Path}/{{code}}/resume", Access.ManageClinics, ResumeAsync);
        routes.MapConsolePost($"{Path}/{{code}}/mail-works", Access.ManageClinics, MailWorksAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, ConsoleUser user, ListClinics list)
    {
        var query = context.Request.Query;
        var view = new ClinicView(
            Word(query, "q"), Word(query, "country")?.ToUpperInvariant(),
            Enum.TryParse<ClinicFilter>(query["show"], ignoreCase: true, out var filter) && Enum.IsDefined(filter) ? filter : ClinicFilter.All,
            Word(query, "after"));
        return ConsolePages.Page<ClinicsPage>(new ClinicsModel(
            await list.RunAsync(view.Find, view.Country, view.Filter, view.After, PageSize, context.RequestAborted), view,
            user.May(Access.ManageClinics)));
    }

    private static async Task<IResult> ReferralsAsync(HttpContext context, ReadClinic read, string code)
    {
        var before = long.TryParse(context.Request.Query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : (long?)null;
        if (await read.RunAsync(CodeOf(code), context.RequestAborted) is not { } file)
        {
            return ConsolePages.NotFound();
        }

        var found = await read.ListReferralsAsync(file.Clinic.Code, before, PageSize + 1, context.RequestAborted);
        return ConsolePages.Page<ClinicReferralsPage>(new ClinicReferralsModel(file, [.. found.Take(PageSize)], before, found.Count > PageSize));
    }

    private static async Task<IResult> EditAsync(
        HttpContext context, ConsoleUser user, EditClinic edit, ClinicPages pages, string code, [FromForm] long? seen)
    {
        var typed = await TypedAsync(context, ClinicFieldNames.Edited);
        var outcome = await edit.RunAsync(
            new ClinicEditing(CodeOf(code), seen ?? 0, "edited", typed), user.Actor, context.RequestAborted);
        return outcome switch
        {
            ClinicEditOutcome.Done => Back(context, code, "edited"),
            ClinicEditOutcome.Unchanged => Back(context, code, "unchanged"),
            _ => await pages.RefusedAsync(context, code, "edit", typed, outcome),
        };
    }

    private static async Task<IResult> PauseAsync(
        HttpContext context, ConsoleUser user, EditClinic edit, PauseClinic pause, ClinicPages pages, string code, [FromForm] long? seen,
        [FromForm] string? until)
    {
        var typed = new Dictionary<string, string>(StringComparer.Ordinal) { ["until"] = until ?? string.Empty };
        if (await edit.StaleAsync(CodeOf(code), seen ?? 0, ClinicTexts.PausedUntil, context.RequestAborted) is { } stale)
        {
            return await pages.RefusedAsync(context, code, "pause", typed, stale);
        }

        if (!DateOnly.TryParseExact(until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return await pages.RefusedAsync(context, code, "pause", typed, "Choose the last day of the pause.");
        }

        return await pause.RunAsync(CodeOf(code), day, user.Actor, context.RequestAborted) switch
        {
            Outcome.Done => Back(context, code, "paused"),
            Outcome.AlreadyDone => Back(context, code, "unchanged"),
            Outcome.NotPossible not => await pages.RefusedAsync(
                context, code, "pause", typed, string.Create(
                    CultureInfo.InvariantCulture, $"Choose a day from {not.Facts[0].Value:yyyy-MM-dd} to {not.Facts[1].Value:yyyy-MM-dd}.")),
            _ => ConsolePages.NotFound(),
        };
    }

    private static async Task<IResult> ResumeAsync(
        HttpContext context, ConsoleUser user, EditClinic edit, ResumeClinic resume, ClinicPages pages, string code, [FromForm] long? seen) =>
        await edit.StaleAsync(CodeOf(code), seen ?? 0, ClinicTexts.PausedUntil, context.RequestAborted) is { } stale
            ? await pages.RefusedAsync(context, code, "resume", None, stale)
            : Answer(context, code, "resumed", await resume.RunAsync(CodeOf(code), user.Actor, context.RequestAborted));

    private static async Task<IResult> MailWorksAsync(
        HttpContext context, ConsoleUser user, EditClinic edit, ConfirmClinicMail confirm, ClinicPages pages, string code, [FromForm] long? seen)
    {
        var clinic = CodeOf(code);
        return (await edit.StaleAsync(clinic, seen ?? 0, ClinicTexts.MailFailsSince, context.RequestAborted)
            ?? await edit.StaleAsync(clinic, seen ?? 0, "email", context.RequestAborted)) is { } stale
            ? await pages.RefusedAsync(context, code, "mail-works", None, stale)
            : Answer(context, code, "mail-works", await confirm.RunAsync(clinic, user.Actor, context.RequestAborted));
    }

    public static IResult Back(HttpContext context, string code, string done) =>
        ConsolePages.SeeOther(context, $"{PathOf(CodeOf(code))}?{DoneParameter}={done}");

    /// <summary>A code as it was typed into an address.</summary>
    public static string CodeOf(string? typed) => Typed.Code(typed)?.ToUpperInvariant() ?? string.Empty;

    /// <summary>The fields of these names that a form has, as they were typed.</summary>
    public static async Task<Dictionary<string, string>> TypedAsync(HttpContext context, IEnumerable<string> names)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return names.Where(form.ContainsKey).ToDictionary(n => n, n => form[n].ToString(), StringComparer.Ordinal);
    }

    private static Dictionary<string, string> None => new(StringComparer.Ordinal);

    private static IResult Answer(HttpContext context, string code, string done, Outcome outcome) => outcome switch
    {
        Outcome.Done => Back(context, code, done),
        Outcome.AlreadyDone => Back(context, code, "unchanged"),
        _ => ConsolePages.NotFound(),
    };

    private static string? Word(IQueryCollection query, string name) => Typed.Line(query[name]) is { Length: <= LongestWord } word ? word : null;
}
