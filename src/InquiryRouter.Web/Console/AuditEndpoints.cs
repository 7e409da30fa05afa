using System.Diagnostics.CodeAnalysis;
using InquiryRouter.Application.Operations;
using InquiryRouter.Application.Users;
using InquiryRouter.Core.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console;

/// <summary>The access log, for auditors, with the proof that nobody has changed it.</summary>
internal static class AuditEndpoints
{
    public const string Path = "/console/access-log";
    private const int LongestAction = 60;

    public static void MapConsoleAudit(this IEndpointRouteBuilder routes)
    {
        routes.MapConsoleGet(Path, Access.SeeAudit, ShowAsync);
        routes.MapConsolePost(Path + "/proof", Access.SeeAudit, VerifyAsync);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, ReadAccessLog log, [FromQuery] int? before, [FromQuery] string? action)
    {
        var kind = string.IsNullOrWhiteSpace(action) || action.Length > LongestAction ? null : Code(action);
        return ConsolePages.Page<AuditPage>(new AuditModel(await log.RunAsync(before, kind, context.RequestAborted), kind, null));
    }

    // As the page shows it, or as it is stored.
    [SuppressMessage("Globalization", "CA1308", Justification = "Codes are lower case.")]
    private static string Code(string action) => action.Trim().ToLowerInvariant().Replace(' ', '-');

    private static async Task<IResult> VerifyAsync(HttpContext context, ReadAccessLog log, VerifyAccessLog verify) =>
        ConsolePages.Page<AuditPage>(
            new AuditModel(await log.RunAsync(null, null, context.RequestAborted), null, await verify.RunAsync(context.RequestAborted)));
}

/// <param name="Action">Only this kind; null: all.</param>
/// <param name="Verdict">When it was asked for.</param>
public sealed record AuditModel(AccessLogPage Page, string? Action, AccessLogVerdict? Verdict)
{
    /// <summary>What a line says more, with people by their names and rights in words.</summary>
    public string? Detail(string? detail) =>
        detail is null ? null : string.Join(' ', detail.Split(' ').Select(w => Page.Names.GetValueOrDefault(w, Right(w))));

    private static string Right(string word) => Enum.GetNames<Access>().Contains(word, StringComparer.Ordinal) ? FieldWords.Of(word) : word;
}
