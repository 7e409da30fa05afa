using InquiryRouter.Application.Users;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Web.Console.Inquiries;
using InquiryRouter.Web.Pages.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace InquiryRouter.Web.Console.Unfinished;

/// <summary>A form of this route holds a secret, or is kept elsewhere: what is typed into it is never kept.</summary>
public sealed record KeepsNothing
{
    public static readonly KeepsNothing It = new();
}

/// <summary>What became of what was typed into a form that was not taken.</summary>
/// <param name="Kept">What finds it again; null: it could not be kept.</param>
/// <param name="Fields">What a person typed, for the page that says so.</param>
internal sealed record RefusedForm(Guid? Kept, IReadOnlyList<TypedField> Fields);

/// <summary>
/// Nothing typed is lost: a form of the console that is answered with a refusal is kept for whoever filled it in. Asked by the page that
/// says the refusal,
/// so that no endpoint has to think of it.
/// </summary>
internal sealed class RefusedForms(UnfinishedForms unfinished)
{
    /// <summary>The field of a form that was kept before: it is gone once it is taken.</summary>
    public const string Field = "unfinished";

    private const long LongestKept = 64 * 1024;

    // What a page puts into its forms itself, beside ids and hashes.
    private static readonly HashSet<string> s_machine = new(StringComparer.Ordinal)
    {
        Field, DraftEndpoints.VersionField, InquiryPlace.NextField, InquiryPlace.ListParameter, "about", "active", "after", "cause",
            "factors", "form",
        "hash", "id", "kind", "link", "n", "other", "otherSeen", "proposal", "query", "report", "reviewed", "row", "seen", "session",
        "show", "shown",
        "trial", "type", "version", "was", "what", "work",
    };

    /// <summary>Whether a person typed or chose it.</summary>
    public static bool IsTyped(TypedField field) =>
        !s_machine.Contains(field.Name) && field.Value.Length > 0 && !Guid.TryParse(field.Value, out _);

    /// <summary>Keeps it, if there is anything to keep and somebody to keep it for.</summary>
    /// <returns>Null: nothing was typed.</returns>
    public async Task<RefusedForm?> KeepAsync(HttpContext context, Unsent why)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || context.GetEndpoint()?.Metadata is not { } metadata
            || metadata.GetMetadata<ConsoleEntry>() is not { IsDeed: true, Access: not Access.SignIn }
            || metadata.GetMetadata<KeepsNothing>() is not null || await ReadAsync(context) is not { } fields || !fields.Any(IsTyped))
        {
            return null;
        }

        var typed = fields.Where(IsTyped).ToList();
        try
        {
            var cancellation = context.RequestAborted;
            var former = Former(context);
            if ((ConsoleUser.Of(context)?.Id ?? await unfinished.WhoseAsync(ConsoleCookies.Session(context), cancellation)) is not { } user)
            {
                return new RefusedForm(null, typed);
            }

            var path = context.Request.Path + context.Request.QueryString;
            var form = new TypedForm(path, PageOf(context), why, [.. fields.Where(f => f.Name != Field)]);
            var kept = await unfinished.KeepAsync(user, form, InquiryEndpoints.ReferenceOf(context.Request.Path), cancellation);
            if (former is { } old && kept is not null)
            {
                await unfinished.RemoveAsync(user, old, cancellation);
            }

            return new RefusedForm(kept, typed);
        }
        catch (Exception exception) when (exception is DatabaseUnavailableException or ConflictException)
        {
            return new RefusedForm(null, typed);
        }
    }

    /// <summary>It was taken: what was kept of it is not needed any more.</summary>
    public async Task TakenAsync(HttpContext context)
    {
        if (HttpMethods.IsPost(context.Request.Method) && context.Response.StatusCode < StatusCodes.Status400BadRequest
            && ConsoleUser.Of(context) is { } user && Former(context) is { } kept)
        {
            try
            {
                await unfinished.RemoveAsync(user.Id, kept, CancellationToken.None);
            }
            catch (DatabaseUnavailableException)
            {
                // It goes after a day.
            }
        }
    }

    // Read by the endpoint, or by what kept it: a form that nobody has read holds nothing that matters here.
    private static Guid? Former(HttpContext context) =>
        context.Features.Get<Microsoft.AspNetCore.Http.Features.IFormFeature>()?.Form is { } form && Guid.TryParse(form[Field],
            out var kept) ? kept : null;

    // A file is not read for it.
    private static async Task<List<TypedField>?> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength > LongestKept || request.ContentType?.StartsWith("multipart/",
            StringComparison.OrdinalIgnoreCase) == true)
        {
            return null;
        }

        try
        {
            return [.. (await Forms.ReadAsync(context)).SelectMany(f => f.Value.Select(v => new TypedField(f.Key, v ?? string.Empty)))];
        }
        catch (BadHttpRequestException)
        {
            return null;
        }
    }

    // The browser says which page it was on (Referrer-Policy: same-origin); else the nearest that can be opened.
    private static string PageOf(HttpContext context)
    {
        var request = context.Request;
        if (Uri.TryCreate(request.Headers.Referer.ToString(), UriKind.Absolute, out var from)
            && from.Host == request.Host.Host && SignInEndpoints.WayOn(from.PathAndQuery) is var page && page == from.PathAndQuery
            && from.AbsolutePath != UnfinishedEndpoints.Path)
        {
            return page;
        }

        return InquiryEndpoints.PageOf(request.Path)
            ?? (request.Path.StartsWithSegments(UserEndpoints.Path, StringComparison.Ordinal) ? UserEndpoints.Path
                : ConsoleNav.Of(request.Path)?.Path)
            ?? ConsoleGate.Path;
    }
}

internal static class KeepsNothingRoutes
{
    /// <summary>What is typed here is never kept.</summary>
    public static RouteHandlerBuilder KeepsNothing(this RouteHandlerBuilder route) => route.WithMetadata(Unfinished.KeepsNothing.It);
}
