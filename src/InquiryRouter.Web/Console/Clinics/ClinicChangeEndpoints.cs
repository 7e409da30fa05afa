using System.Globalization;
using InquiryRouter.Application.Network;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console.Clinics;

/// <summary>What is done to a clinic only after its effect was shown.</summary>
public enum ClinicChange
{
    /// <summary>Out of the network.</summary>
    Suspend,

    /// <summary>Into it again.</summary>
    Return,

    /// <summary>A credential was checked with its issuer.</summary>
    Verify,

    /// <summary>A credential counts no longer.</summary>
    EndCredential,
}

/// <summary>First the effect, then the button: how many offers and inquiries a change touches, and who could be asked after.</summary>
internal static class ClinicChangeEndpoints
{
    private static readonly string[] s_verified = ["sourceUrl", "evidenceHash", "nextCheck", "validTo"];

    /// <summary>What a credential can be when it counts no longer, as the clinic file says it.</summary>
    public static readonly IReadOnlyList<string> Ended = ["suspended", "withdrawn", "conditional", "denied", "expired", "unknown"];

    public static string Url(string code, ClinicChange what, int credential = 0) => string.Create(
        CultureInfo.InvariantCulture, $"{ClinicEndpoints.PathOf(code)}/change?what={what}{(credential > 0 ? $"&n={credential}" : string.Empty)}");

    public static void MapConsoleClinicChanges(this IEndpointRouteBuilder routes)
    {
        routes.MapConsoleGet($"{ClinicEndpoints.Path}/{{code}}/change", Access.ManageClinics, ShowAsync);
        routes.MapConsolePost($"{ClinicEndpoints.Path}/{{code}}/change", Access.ManageClinics, DoAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, ConsoleUser user, ClinicChangePages pages, string code)
    {
        var query = context.Request.Query;
        return Read(query["what"], query["n"]) is var (what, n)
            ? await pages.ShowAsync(context, user, ClinicEndpoints.CodeOf(code), what, n, new Dictionary<string, string>(StringComparer.Ordinal), null)
            : ConsolePages.NotFound();
    }

    private static async Task<IResult> DoAsync(
        HttpContext context, ConsoleUser user, ClinicChangePages pages, EditClinic edit, ReadClinic read, string code, [FromForm] long? seen)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (Read(form["what"], form["n"]) is not var (what, n)
            || await read.RunAsync(ClinicEndpoints.CodeOf(code), context.RequestAborted) is not { } file || n > file.Clinic.Credentials.Length)
        {
            return ConsolePages.NotFound();
        }

        var typed = await ClinicEndpoints.TypedAsync(context, [.. s_verified, "status"]);
        var outcome = await edit.RunAsync(
            new ClinicEditing(
                file.Clinic.Code, seen ?? 0, Code(what), Fields(what, n, typed, user, file.Today), n > 0 ? file.Clinic.Credentials[n - 1].Body : Code(what)),
            user.Actor, context.RequestAborted);
        return outcome switch
        {
            ClinicEditOutcome.Done => ClinicEndpoints.Back(context, code, Code(what)),
            ClinicEditOutcome.Unchanged => ClinicEndpoints.Back(context, code, "unchanged"),
            ClinicEditOutcome.Stale stale => await pages.ShowAsync(
                context, user, file.Clinic.Code, what, n, typed, ClinicPages.Stale("change", typed, stale), StatusCodes.Status409Conflict),
            ClinicEditOutcome.Invalid invalid => await pages.ShowAsync(
                context, user, file.Clinic.Code, what, n, typed, ClinicPages.Invalid("change", typed, invalid), StatusCodes.Status422UnprocessableEntity),
            _ => ConsolePages.NotFound(),
        };
    }

    /// <summary>What a change is of the clinic's fields.</summary>
    /// <param name="what">Which.</param>
    /// <param name="n">The credential's place, from 1; 0: none.</param>
    /// <param name="typed">What came with it.</param>
    /// <param name="user">Who verifies.</param>
    /// <param name="today">The clinic's day.</param>
    public static IReadOnlyDictionary<string, string> Fields(
        ClinicChange what, int n, IReadOnlyDictionary<string, string> typed, ConsoleUser user, DateOnly today)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var credential = string.Create(CultureInfo.InvariantCulture, $"credentials[{n}].");
        switch (what)
        {
            case ClinicChange.Suspend:
                fields["active"] = "false";
                break;
            case ClinicChange.Return:
                fields["active"] = "true";
                break;
            case ClinicChange.Verify:
                fields[credential + "status"] = "active";
                fields[credential + "verifiedBy"] = user.Name;
                fields[credential + "verifiedAt"] = today.ToString("O", CultureInfo.InvariantCulture);
                foreach (var name in s_verified.Where(typed.ContainsKey))
                {
                    fields[credential + name] = typed[name];
                }

                break;
            default:
                fields[credential + "status"] = Ended.Contains(typed.GetValueOrDefault("status"), StringComparer.Ordinal) ? typed["status"] : Ended[0];
                break;
        }

        return fields;
    }

    private static string Code(ClinicChange what) => what switch
    {
        ClinicChange.Suspend => "suspended",
        ClinicChange.Return => "returned",
        ClinicChange.Verify => "verified",
        _ => "credential-ended",
    };

    private static (ClinicChange What, int Credential)? Read(string? what, string? n)
    {
        if (!Enum.TryParse<ClinicChange>(what, ignoreCase: true, out var change) || !Enum.IsDefined(change))
        {
            return null;
        }

        var credential = int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return change is ClinicChange.Verify or ClinicChange.EndCredential == credential > 0 ? (change, credential) : null;
    }
}

/// <summary>The page of a change: what it is, what it would do, and the form that does it.</summary>
internal sealed class ClinicChangePages(ReadClinic read, EditClinic edit, ShowClinicEffect effects)
{
    public async Task<IResult> ShowAsync(
        HttpContext context, ConsoleUser user, string code, ClinicChange what, int n, IReadOnlyDictionary<string, string> typed, RefusedEdit? refused,
        int status = StatusCodes.Status200OK)
    {
        if (await read.RunAsync(code, context.RequestAborted) is not { } file || n > file.Clinic.Credentials.Length)
        {
            return ConsolePages.NotFound();
        }

        // What was typed is not looked at when it cannot be: the effect is that of the change itself.
        var fields = ClinicChangeEndpoints.Fields(
            what, n, refused is null ? typed : new Dictionary<string, string>(StringComparer.Ordinal), user, file.Today);
        var (changed, wrong) = await edit.TryAsync(new ClinicEditing(code, file.Version, "try", fields), context.RequestAborted);
        return ConsolePages.Page<ClinicChangePage>(
            new ClinicChangeModel(
                file, what, n, changed is null ? null : await effects.RunAsync(file.Clinic, changed, context.RequestAborted),
                refused ?? (wrong is ClinicEditOutcome.Invalid invalid ? ClinicPages.Invalid("change", typed, invalid) : null)),
            status);
    }
}

/// <param name="Number">Of the credential, from 1; 0: it is about the clinic.</param>
/// <param name="Effect">Null: it cannot be done as it is.</param>
/// <param name="Refused">Why nothing was done; null: nothing was tried.</param>
public sealed record ClinicChangeModel(ClinicFile File, ClinicChange What, int Number, ClinicEffect? Effect, RefusedEdit? Refused)
{
    public Credential? Credential => Number > 0 ? File.Clinic.Credentials[Number - 1] : null;

    public string Title => What switch
    {
        ClinicChange.Suspend => "Take it out of the network",
        ClinicChange.Return => "Put it back into the network",
        ClinicChange.Verify => "Verify a credential",
        _ => "A credential counts no longer",
    };

    public string Typed(string field, string? now) => Refused?.Typed.GetValueOrDefault(field) ?? now ?? string.Empty;
}
