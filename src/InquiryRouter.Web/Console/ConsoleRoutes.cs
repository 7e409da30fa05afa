using InquiryRouter.Core.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace InquiryRouter.Web.Console;

/// <summary>The entry of a console's route in the table of access. The gate answers no route without one.</summary>
/// <param name="Access">What one must be allowed.</param>
/// <param name="IsDeed">A person asks for it; false for what a page asks for by itself: nobody is there because of that.</param>
public sealed record ConsoleEntry(Access Access, bool IsDeed = true);

/// <summary>The route asks for a factor shown within <see cref="SignInRules.FreshProof"/>.</summary>
public sealed record ConsoleStepUp
{
    public static readonly ConsoleStepUp It = new();
}

/// <summary>The only way to map a page of the console.</summary>
public static class ConsoleRoutes
{
    public static RouteHandlerBuilder MapConsoleGet(
        this IEndpointRouteBuilder routes, string pattern, Access access, Delegate handler, bool isDeed = true) =>
        routes.MapGet(pattern, handler).WithMetadata(new ConsoleEntry(access, isDeed));

    /// <summary>Only with a factor that was shown just now.</summary>
    public static RouteHandlerBuilder NeedsFreshProof(this RouteHandlerBuilder route) => route.WithMetadata(ConsoleStepUp.It);

    /// <summary>
    /// What changes something. Forms of other sites are refused before it; antiforgery tokens are not used. A form whose fields are
    /// bound by name has
    /// one at least: an empty one is refused as unreadable.
    /// </summary>
    public static RouteHandlerBuilder MapConsolePost(
        this IEndpointRouteBuilder routes, string pattern, Access access, Delegate handler, bool isDeed = true) =>
        routes.MapPost(pattern, handler).WithMetadata(new ConsoleEntry(access, isDeed)).DisableAntiforgery();
}
