using InquiryRouter.Application.Network;
using Microsoft.AspNetCore.Http;

namespace InquiryRouter.Web.Console.Clinics;

/// <summary>Shows one clinic, also after something could not be done with it.</summary>
internal sealed class ClinicPages(ReadClinic read)
{
    public async Task<IResult> ShowAsync(HttpContext context, string code, string? done) =>
        await read.RunAsync(ClinicEndpoints.CodeOf(code), context.RequestAborted) is { } file
            ? ConsolePages.Page<ClinicPageView>(new ClinicModel(file, ConsoleUser.Of(context)!, done, null))
            : ConsolePages.NotFound();

    /// <summary>The same page with what was typed, and why nothing was done.</summary>
    public async Task<IResult> RefusedAsync(
        HttpContext context, string code, string form, IReadOnlyDictionary<string, string> typed, ClinicEditOutcome outcome) => outcome switch
        {
            ClinicEditOutcome.Stale stale => await RefusedAsync(
                context, code, StatusCodes.Status409Conflict, Stale(form, typed, stale)),
            ClinicEditOutcome.Invalid invalid => await RefusedAsync(
                context, code, StatusCodes.Status422UnprocessableEntity, Invalid(form, typed, invalid)),
            _ => ConsolePages.NotFound(),
        };

    public Task<IResult> RefusedAsync(
        HttpContext context, string code, string form, IReadOnlyDictionary<string, string> typed, string sentence) =>
        RefusedAsync(context, code, StatusCodes.Status422UnprocessableEntity, new RefusedEdit(form, typed, sentence, [], []));

    public static RefusedEdit Stale(string form, IReadOnlyDictionary<string, string> typed, ClinicEditOutcome.Stale stale) => new(
        form, typed, "Somebody has changed this since you opened the page. What you typed is still here: look, and press again if it is still right.",
        [], stale.Differences);

    public static RefusedEdit Invalid(string form, IReadOnlyDictionary<string, string> typed, ClinicEditOutcome.Invalid invalid) => new(
        form, typed, "Something in it cannot be: it is held to the rules of an import.", invalid.Problems, []);

    private async Task<IResult> RefusedAsync(HttpContext context, string code, int status, RefusedEdit refused) =>
        await read.RunAsync(ClinicEndpoints.CodeOf(code), context.RequestAborted) is { } file
            ? ConsolePages.Page<ClinicPageView>(new ClinicModel(file, ConsoleUser.Of(context)!, null, refused), status)
            : ConsolePages.NotFound();
}
