using InquiryRouter.Application;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Application.Privacy;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Web.Console.Inbox;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace InquiryRouter.Web.Console.Inquiries;

/// <summary>The patient's own copy, and the end of everything that is held about them: both with a factor that was shown just now.</summary>
internal static class PrivacyEndpoints
{
    public const string Erase = "erase";
    public const string Export = "export";

    // A code of the history: it was erased without a wish of the patient.
    private const string ByCoordinator = "by-coordinator";

    public static string PathOf(string reference) => $"{InquiryEndpoints.PathOf(reference)}/{Erase}";

    public static void MapConsolePrivacy(this IEndpointRouteBuilder routes)
    {
        routes.MapConsoleGet(PathOf("{reference}"), Access.Erase, (HttpContext context, ConsoleUser user, ReadInquiry read, string reference) =>
            ShowAsync(context, user, read, reference, null));
        routes.MapConsolePost(PathOf("{reference}"), Access.Erase, EraseAsync).NeedsFreshProof();
        routes.MapConsolePost($"{InquiryEndpoints.PathOf("{reference}")}/{Export}", Access.ExportPatient, ExportAsync).NeedsFreshProof();
    }

    /// <summary>The page a form of which needs a fresh proof, for one that was sent to this path; null: none of ours.</summary>
    public static string? PageOf(string path) =>
        path.StartsWith(InquiryEndpoints.PathOf(string.Empty), StringComparison.Ordinal)
            ? path.EndsWith("/" + Export, StringComparison.Ordinal) ? path[..^(Export.Length + 1)] : path
            : null;

    private static async Task<IResult> ExportAsync(HttpContext context, ConsoleUser user, HandOutCopy copy, string reference, [FromForm] int? seen) =>
        seen is not null && Reference.TryParse(reference, out var normal)
        && await copy.RunAsync(normal, user.Actor, context.RequestAborted) is { } file
            ? Results.File(file, "application/json; charset=utf-8", $"{normal}.json")
            : ConsolePages.NotFound();

    private static async Task<IResult> EraseAsync(
        HttpContext context, ConsoleUser user, EraseInquiry erase, FindInquiry find, ReadInquiry read, string reference,
        [FromForm] int seen, [FromForm] string? typed, [FromForm] string? why)
    {
        if (!Reference.TryParse(reference, out var normal) || await find.RunAsync(normal, context.RequestAborted) is not { } inquiry)
        {
            return ConsolePages.NotFound();
        }

        if (!Reference.TryParse(typed, out var confirmed) || confirmed != normal)
        {
            return await AgainAsync("Type the reference of this inquiry to confirm it.");
        }

        if (why is not ("patient" or "other"))
        {
            return await AgainAsync("Say whether the patient asked for it.");
        }

        return await erase.RunAsync(
            inquiry.Id, user.Actor, why == "patient" ? null : ByCoordinator, onlyAt: seen, cancellation: context.RequestAborted) switch
        {
            Outcome.Done or Outcome.AlreadyDone => (await WayBack.FromAsync(context, normal)).To(context, Erase, null),
            Outcome.NotFound => ConsolePages.NotFound(),
            _ => await AgainAsync("It has changed since you opened the page. Look at what would be done now."),
        };

        Task<IResult> AgainAsync(string problem) => ShowAsync(context, user, read, normal, new TypedErasure(problem, typed, why));
    }

    private static async Task<IResult> ShowAsync(HttpContext context, ConsoleUser user, ReadInquiry read, string typed, TypedErasure? refused) =>
        Reference.TryParse(typed, out var reference) && await read.RunAsync(reference, withTexts: false, context.RequestAborted) is { } found
            ? ConsolePages.Page<ErasePage>(
                new EraseModel(found, user.HasFreshProof(context), refused)
                {
                    Place = await context.RequestServices.GetRequiredService<InquiryPlaces>().FindAsync(context, ConsoleUser.Of(context)!, found.Inquiry),
                },
                refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            : ConsolePages.NotFound();
}

/// <summary>What was typed into the form of an erasure that was not done: the page shows it again.</summary>
/// <param name="Problem">Why nothing was done.</param>
/// <param name="Reference">What was typed to confirm it.</param>
/// <param name="Why">What was chosen.</param>
public sealed record TypedErasure(string Problem, string? Reference, string? Why);

/// <summary>What an erasure would do, before it does it.</summary>
/// <param name="IsFresh">A factor was shown just now.</param>
/// <param name="Typed">What was typed, and why nothing was done; null: nothing was tried.</param>
public sealed record EraseModel(InquiryFile Case, bool IsFresh, TypedErasure? Typed)
{
    /// <summary>Where it stands in the list it was opened from.</summary>
    public InquiryPlace Place { get; init; } = InquiryPlace.None;

    public InquiryRecord Inquiry => Case.Inquiry;

    /// <summary>Clinics that have seen who it is, and are asked to delete it when the patient wants it.</summary>
    public IReadOnlyList<string> Disclosed => [.. Case.Referrals.Where(r => r.FirstDisclosedAt is not null).Select(Name)];

    /// <summary>Clinics that are asked, or have it: it is withdrawn from them.</summary>
    public IReadOnlyList<string> Withdrawn =>
        [.. Case.Referrals.Where(r => ReferralTransitions.Next(r.State, ReferralTrigger.Withdraw) is not null).Select(Name)];

    /// <summary>Inquiries that were found to be of the same patient and matter; those that were closed for it are erased with it.</summary>
    public IReadOnlyList<string> Duplicates =>
        [.. Case.Pairs.Where(p => p.State == PairState.Confirmed && p.OtherId == Inquiry.Id).Select(p => p.Reference)];

    private string Name(ReferralRecord referral) =>
        Case.Network.ByCode.TryGetValue(referral.ClinicCode, out var clinic) ? clinic.Name : referral.ClinicCode;
}
