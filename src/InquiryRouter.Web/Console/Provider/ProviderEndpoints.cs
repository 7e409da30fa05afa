using InquiryRouter.Application.Users;
using InquiryRouter.Application.Users.Provider;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using InquiryRouter.Web.Pages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace InquiryRouter.Web.Console.Provider;

/// <summary>Signing in with the operator's identity provider, where one is set up.</summary>
internal static class ProviderEndpoints
{
    public const string Path = SignInEndpoints.Path + "/provider";
    public const string CallbackPath = Path + "/answer";

    public static void MapConsoleProvider(this IEndpointRouteBuilder routes)
    {
        routes.MapConsoleGet(Path, Access.SignIn, AskAsync);
        routes.MapConsoleGet(CallbackPath, Access.SignIn, AnswerAsync);
    }

    /// <summary>Somebody came back, and the answer is right.</summary>
    public static async Task ArriveAsync(TicketReceivedContext ticket)
    {
        ticket.HandleResponse();
        var context = ticket.HttpContext;
        var services = context.RequestServices;
        var signIn = services.GetRequiredService<SignInWithProvider>();
        if (ProviderFlow.Read(ticket) is not { } identity)
        {
            await signIn.FailAsync(SignInWithProvider.Factor, context.RequestAborted);
            await Refuse("failed").ExecuteAsync(context);
            return;
        }

        var link = ticket.Properties?.Items.TryGetValue(ProviderFlow.InvitationProperty, out var name) == true ? name : null;
        var invitation = link is null ? null : LinkCookies.Find(context, LinkPurpose.Invitation, link) ?? string.Empty;
        switch (await signIn.RunAsync(identity, invitation, SignInEndpoints.PlaceOf(context), context.RequestAborted))
        {
            case ProviderSignIn.SignedIn done:
                if (link is not null)
                {
                    LinkCookies.Close(context, LinkPurpose.Invitation, link);
                }

                await SignInEndpoints.EndFormerAsync(context, services.GetRequiredService<ConsoleSessions>());
                ConsoleCookies.SignIn(context, done.Token, done.KnownDevice);
                context.Response.Redirect(SignInEndpoints.WayOn(ticket.ReturnUri));
                break;
            case ProviderSignIn.Refused refused:
                await Refuse(refused.Why).ExecuteAsync(context);
                break;
        }
    }

    /// <summary>Cancelled there, too late, or not right.</summary>
    public static async Task FailAsync(RemoteFailureContext failure)
    {
        failure.HandleResponse();
        var context = failure.HttpContext;
        var signIn = context.RequestServices.GetRequiredService<SignInWithProvider>();

        // Anybody can open this address: on record is only what answers a question of ours, and of one sender only so much.
        if (failure.Properties is { Items.Count: > 0 }
            && await context.RequestServices.GetRequiredService<SignInAttempts>().AskAsync(SignInEndpoints.PlaceOf(context),
                context.RequestAborted))
        {
            await signIn.FailAsync(SignInWithProvider.Factor, context.RequestAborted);
        }

        await Refuse("failed").ExecuteAsync(context);
    }

    private static async Task<IResult> AskAsync(
        HttpContext context, ProviderOptions options, [FromQuery] string? to, [FromQuery] string? link,
        [FromQuery] bool? again)
    {
        if (!options.IsOn)
        {
            return ConsolePages.NotFound();
        }

        try
        {
            var flow = context.RequestServices.GetRequiredService<ProviderFlow>();
            await flow.AskAsync(context, SignInEndpoints.WayOn(to), link, again == true);
            return Results.Empty;
        }
        catch (Exception exception) when (exception is InvalidOperationException or HttpRequestException or IOException)
        {
            return ConsolePages.Message(
                StatusCodes.Status503ServiceUnavailable, "The provider does not answer",
                "Nothing was done. Try again in a moment, or sign in another way.", ("Sign in", SignInEndpoints.Path));
        }
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, ProviderOptions options)
    {
        if (!options.IsOn)
        {
            return ConsolePages.NotFound();
        }

        return await context.RequestServices.GetRequiredService<ProviderFlow>().AnswerAsync(context) ? Results.Empty : Refuse("failed");
    }

    private static RazorComponentResult<ConsoleMessagePage> Refuse(string why)
    {
        var (title, text) = why switch
        {
            "one-factor" => (
                "One factor is not enough", "Your provider has shown a password only. Sign in there with a second factor, and come back."),
            "unknown" => (
                "Nobody here is known by that", "Your provider knows you, this console does not. Ask an administrator for an invitation."),
            "invitation" => (
                "This invitation has ended", "It was used, is older than three days, or asks for a password only. Ask for another one."),
            "taken" => ("Somebody else here is known by that", "Nothing was done. Ask an administrator."),
            _ => ("That came to nothing", "It was cancelled, took too long, or was not right. Try again."),
        };
        return ConsolePages.Message(StatusCodes.Status422UnprocessableEntity, title, text, ("Sign in", SignInEndpoints.Path));
    }
}
