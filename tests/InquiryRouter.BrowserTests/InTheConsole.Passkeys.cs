using InquiryRouter.BrowserTests.Support;
using InquiryRouter.Core.Users;
using Microsoft.Playwright;
using Xunit;

namespace InquiryRouter.BrowserTests;

/// <summary>Passkeys, with an authenticator that the browser itself imitates (its protocol's domain WebAuthn).</summary>
public sealed partial class InTheConsole
{
    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task A_passkey_is_added_signs_in_opens_what_matters_and_is_removed(int width)
    {
        var app = await StartAsync("en");
        var ana = await ArriveAsync(app, new Screen("en", width), scripts: true);
        var errors = ErrorsOf(ana);
        await using var key = await VirtualKey.PlugInAsync(ana.Page);
        await SignInHereAsync(ana, app);
        await AddPasskeyAsync(ana, "My laptop");
        await LookAsync(ana, "console-account-passkey");

        await SignOutAsync(ana);
        await LookAsync(ana, "console-sign-in-passkey");
        await PressPasskeyAsync(ana, "/console/sign-in/passkey");
        await ana.Page.WaitForURLAsync("**/console");
        await AtAsync(ana, app, "/console/account");
        app.Clock.Advance(SignInRules.FreshProof);
        await AtAsync(ana, app, "/console/account/proof?to=/console/account");
        await LookAsync(ana, "console-proof-passkey");
        await PressPasskeyAsync(ana, "/console/account/proof/passkey");
        await ana.Page.WaitForURLAsync("**/console/account");
        await ana.Page.Locator("form[action$='/passkeys/remove'] button").ClickAsync();
        await ana.Page.WaitForURLAsync("**done=passkey-removed*");
        Assert.Equal(0, await ana.Page.Locator("form[action$='/passkeys/remove']").CountAsync());

        await SignOutAsync(ana);
        await PressPasskeyAsync(ana, "/console/sign-in/passkey");
        await ana.Page.WaitForSelectorAsync("[role=alert]");
        Assert.Contains("does not sign in here", await ana.TextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(errors, e => !e.Contains("422", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_copy_of_a_passkey_a_late_answer_and_a_person_who_cancels_are_each_told_what_it_was()
    {
        var app = await StartAsync("en");
        var ana = await ArriveAsync(app, new Screen("en", Screen.Desktop), scripts: true);
        await using var key = await VirtualKey.PlugInAsync(ana.Page);
        await SignInHereAsync(ana, app);
        await AddPasskeyAsync(ana, "My laptop");
        await SignOutAsync(ana);

        // The question is a quarter of an hour old when the form is sent.
        await ana.Page.EvaluateAsync(
            """
            window.send = HTMLFormElement.prototype.submit;
            HTMLFormElement.prototype.submit = function () { document.title = 'answered'; window.late = this; };
            """);
        await PressPasskeyAsync(ana, "/console/sign-in/passkey");
        await ana.Page.WaitForFunctionAsync("document.title === 'answered'");
        app.Clock.Advance(TimeSpan.FromMinutes(15));
        await ana.Page.EvaluateAsync("setTimeout(() => window.send.call(window.late))");
        await ana.Page.WaitForSelectorAsync("[role=alert]");
        Assert.Contains("longer than five minutes", await ana.TextAsync(), StringComparison.Ordinal);

        await key.CountBackAsync();
        await PressPasskeyAsync(ana, "/console/sign-in/passkey");
        await ana.Page.WaitForSelectorAsync("text=does not sign in here");

        await key.UnplugAsync();
        await using var other = await VirtualKey.PlugInAsync(ana.Page, approves: false);
        await AtAsync(ana, app, "/console/sign-in");
        await PressPasskeyAsync(ana, "/console/sign-in/passkey");
        await ana.Page.WaitForSelectorAsync("text=Nothing was done");
    }

    // A passkey is of a name, which the address of numbers that tests use elsewhere has not.
    private static string At(InquiryApp app, string path) =>
        app.Settings.Urls.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + path;

    private static Task<IResponse> AtAsync(Visitor ana, InquiryApp app, string path) => ana.OpenAsync(At(app, path));

    private async Task SignInHereAsync(Visitor ana, InquiryApp app)
    {
        await SignInAsync(ana, app, UserRoles.Coordinator, look: false, at: At(app, string.Empty));
        await AtAsync(ana, app, "/console/account");
    }

    private static async Task AddPasskeyAsync(Visitor ana, string name)
    {
        await ana.TypeAsync("name", name);
        await ana.Page.Locator("form[data-passkey=create] button").ClickAsync();
        await ana.Page.WaitForURLAsync("**done=passkey-added*");
        Assert.Contains(name, await ana.TextAsync(), StringComparison.Ordinal);
    }

    private static Task PressPasskeyAsync(Visitor ana, string action) => ana.Page.Locator($"form[action='{action}'] button").ClickAsync();

    private static async Task SignOutAsync(Visitor ana)
    {
        // A passkey is of a host's name: the page stays on it.
        await ana.Page.GotoAsync(new Uri(new Uri(ana.Page.Url), "/console/account").AbsoluteUri);
        await ana.Page.Locator("form.leave button").ClickAsync();
        await ana.Page.WaitForURLAsync("**/console/sign-in");
    }
}
