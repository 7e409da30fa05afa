using System.Globalization;
using InquiryRouter.Application.Network;
using InquiryRouter.Core.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console.Clinics;

/// <summary>The clinic file of <c>import clinics</c>, uploaded: first what it would do, line by line, then the import.</summary>
internal static class ClinicFileEndpoints
{
    public const string Path = ConsoleGate.Path + "/clinic-file";

    /// <summary>In bytes; 10,000 clinics take about 37 MB.</summary>
    public const int LargestFile = 48 * 1024 * 1024;

    public static void MapConsoleClinicFile(this IEndpointRouteBuilder routes)
    {
        routes.MapConsoleGet(Path, Access.ManageClinics, () => Page(null, null));
        routes.MapConsolePost(Path, Access.ManageClinics, UploadAsync).WithMetadata(new RequestSizeLimitAttribute(LargestFile));
        routes.MapConsoleGet($"{Path}/{{id:guid}}", Access.ManageClinics, ShowAsync);
        routes.MapConsolePost($"{Path}/{{id:guid}}", Access.ManageClinics, ImportAsync);
    }

    // Read by hand: a file among the parameters would have other forms refused before anybody asks who sends them.
    private static async Task<IResult> UploadAsync(HttpContext context, ConsoleUser user, ClinicUploads uploads)
    {
        var file = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync(context.RequestAborted)).Files.GetFile("file") : null;
        if (file is null || file.Length == 0)
        {
            return Page(null, "Choose a file that has something in it.", StatusCodes.Status422UnprocessableEntity);
        }

        using var body = new MemoryStream((int)file.Length);
        await file.CopyToAsync(body, context.RequestAborted);
        return await uploads.AddAsync(file.FileName, body.ToArray(), user.Id, context.RequestAborted) is { } id
            ? ConsolePages.SeeOther(context, $"{Path}/{id}")
            : Page(
                null, "Clinics are imported from a file whose name ends in .csv or .json.", StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, ConsoleUser user, ClinicUploads uploads, Guid id) =>
        await uploads.PreviewAsync(id, user.Id, context.RequestAborted) is { } preview ? Page(preview, null) : ConsolePages.NotFound();

    private static async Task<IResult> ImportAsync(HttpContext context, ConsoleUser user, ClinicUploads uploads, Guid id, [FromForm] long? seen) =>
        await uploads.ConfirmAsync(id, seen ?? 0, user.Id, user.Actor, context.RequestAborted) switch
        {
            ClinicUploadOutcome.Imported { Outcome: ClinicImportOutcome.Stored stored } => ConsolePages.Message(
                StatusCodes.Status200OK, "It is imported",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{stored.Change.Added} clinics added, {stored.Change.Changed} changed, {stored.Change.Unchanged} unchanged."),
                ("To the clinics", ClinicEndpoints.Path)),
            ClinicUploadOutcome.Imported { Outcome: ClinicImportOutcome.UnderDemoRules demo } => ConsolePages.Message(
                StatusCodes.Status409Conflict, "Nothing was imported",
                "The country rules in force are the demo network's: they are made up, and "
                + $"{string.Join(", ", demo.Codes.Take(5))}{(demo.Codes.Count > 5 ? " and others" : string.Empty)} would be matched by them. "
                + "Put the shipped rules in force first.",
                ("To the clinics", ClinicEndpoints.Path)),
            ClinicUploadOutcome.Stale stale => Page(
                stale.Preview, "The network has changed since you looked. This is what the import would do now: look, and press again.",
                StatusCodes.Status409Conflict),
            ClinicUploadOutcome.Invalid invalid => Page(invalid.Preview, null, StatusCodes.Status422UnprocessableEntity),
            _ => ConsolePages.NotFound(),
        };

    private static RazorComponentResult<ClinicFilePage> Page(ClinicImportPreview? preview, string? problem, int status = StatusCodes.Status200OK) =>
        ConsolePages.Page<ClinicFilePage>(new ClinicFileModel(preview, problem), status);
}

/// <param name="Preview">What an import would do; null: nothing was uploaded yet.</param>
/// <param name="Problem">Why nothing was done; null: nothing was tried.</param>
public sealed record ClinicFileModel(ClinicImportPreview? Preview, string? Problem);
