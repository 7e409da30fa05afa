using InquiryRouter.Application.Users;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using Microsoft.Extensions.DependencyInjection;

namespace InquiryRouter.BrowserTests.Support;

/// <summary>Ana, who works at the console.</summary>
internal static class ConsoleVisits
{
    public const string Mail = "ana@operator.example";
    public const string Password = "correct horse battery staple";

    /// <summary>She is invited, sets a password and an app for codes, and sees her recovery codes.</summary>
    /// <param name="ana">Her browser.</param>
    /// <param name="app">Which program.</param>
    /// <param name="roles">Hers.</param>
    /// <param name="at">The host she comes to, where it is not the usual one.</param>
    /// <param name="look">At the invitation, before she answers it; null: nobody does.</param>
    /// <returns>The secret of her app.</returns>
    public static async Task<byte[]> AcceptInvitationAsync(
        this Visitor ana, InquiryApp app, UserRoles roles, string at = "", Func<Task>? look = null)
    {
        var invited = await app.Services.GetRequiredService<InviteUsers>().AddAsync(
            Mail, "Ana Muestra", roles, Actor.Coordinator("test"), CancellationToken.None);
        await ana.OpenAsync($"{at}/console/invitation?t={((Invited.Link)invited).Token}");
        await (look?.Invoke() ?? Task.CompletedTask);
        var secret = Base32.Read(await ana.Page.Locator("[name=secret]").InputValueAsync())!;
        await ana.TypeAsync("password", Password);
        await ana.TypeAsync("again", Password);
        await ana.TypeAsync("code", Totp.Code(secret, Totp.StepAt(app.Now)));
        await ana.Page.Locator("main button.primary").ClickAsync();
        await ana.Page.WaitForSelectorAsync(".codes");
        return secret;
    }
}
