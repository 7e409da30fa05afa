using InquiryRouter.Application;
using InquiryRouter.Application.Mail;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console.Operations;

/// <summary>Addresses nothing is sent to: why, whose (behind a right of its own, and on record), and the end of it.</summary>
internal static class SuppressionEndpoints
{
    public const string Path = OperationsEndpoints.Path + "/suppressions";

    public static void MapConsoleSuppressions(this IEndpointRouteBuilder routes)
    {
        routes.MapConsoleGet(Path, Access.SeeOperations, ListAsync);
        routes.MapConsolePost(Path + "/address", Access.SeeAddresses, RevealAsync);
        routes.MapConsolePost(Path + "/lift", Access.ManageOperations, LiftAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, ConsoleUser user, ListSuppressed suppressed) =>
        ConsolePages.Page<SuppressionsPage>(new SuppressionsModel(await suppressed.RunAsync(context.RequestAborted), user));

    private static async Task<IResult> RevealAsync(HttpContext context, ConsoleUser user, RevealAddress reveal, [FromForm] string? hash) =>
        Read(hash) is not { } bytes ? ConsolePages.NotFound()
        : OperationsEndpoints.AddressPageOf(await reveal.OfSuppressionAsync(bytes, user.Actor, context.RequestAborted));

    private static async Task<IResult> LiftAsync(HttpContext context, ConsoleUser user, UnsuppressAddress unsuppress, [FromForm] string? hash) =>
        Read(hash) is not { } bytes || await unsuppress.RunAsync(bytes, user.Actor, context.RequestAborted) is not Outcome.Done
            ? ConsolePages.NotFound()
            : ConsolePages.SeeOther(context, Path);

    private static byte[]? Read(string? hash)
    {
        try
        {
            return hash is { Length: 64 } ? Convert.FromHexString(hash) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

public sealed record SuppressionsModel(IReadOnlyList<SuppressedAddress> Addresses, ConsoleUser User);
