using InquiryRouter.Application.Users;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace InquiryRouter.Web.Console;

/// <summary>Who is signed in. An endpoint that names it as a parameter is given it; the gate has seen to it that there is one.</summary>
public sealed class ConsoleUser(AppUser user, UserSession session, UserPreference preferences)
{
    public UserId Id => User.Id;

    public string Name => User.Name;

    public UserRoles Roles => User.Roles;

    /// <summary>Who did it, as histories and the access log say it.</summary>
    public Actor Actor => Actor.Coordinator(User.Name);

    /// <summary>How they like to work.</summary>
    public UserPreference Preferences { get; } = preferences;

    internal AppUser User { get; } = user;

    internal UserSession Session { get; } = session;

    /// <summary>Asked by the page that shows a button, and by the gate in front of its endpoint.</summary>
    public bool May(Access access) => AccessTable.May(User.Roles, access);

    /// <summary>Has shown a factor just now. Who came by the link of Development has none to show.</summary>
    internal bool HasFreshProof(HttpContext context) =>
        Session.Factors == DemoSignIn.Factor || Session.IsFresh(context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());

    /// <summary>Null: nobody is signed in.</summary>
    public static ConsoleUser? Of(HttpContext context) => context.Features.Get<ConsoleUser>();

    public static ValueTask<ConsoleUser?> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context));
}
