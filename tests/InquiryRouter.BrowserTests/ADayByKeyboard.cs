using InquiryRouter.BrowserTests.Support;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using Xunit;

namespace InquiryRouter.BrowserTests;

/// <summary>A coordinator's day from signing in to signing out, with no mouse; and what was typed is there again after an
/// interruption.</summary>
public sealed class ADayByKeyboard(Chromium chromium) : BrowserTest(chromium)
{
    // More than any page has.
    private const int MostTabs = 150;

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task Nothing_of_it_needs_a_mouse(int width)
    {
        var app = await StartAsync("en");
        var inquiry = An.Inquiry().With("patient.birthYear", 2015);
        var held = await app.SubmitAsync(inquiry);
        await app.ReachesAsync(held.Reference, InquiryState.Held);
        await app.SettlesAsync();
        var (ana, secret) = await InvitedAsync(app, width, UserRoles.Coordinator);
        var keys = ana.Page.Keyboard;

        await ana.Page.Context.ClearCookiesAsync();

        // Signing in: the first field has the focus.
        await ana.OpenAsync("/console/sign-in");
        await keys.TypeAsync("ana@operator.example");
        await keys.PressAsync("Tab");
        await keys.TypeAsync(ConsoleVisits.Password);
        await keys.PressAsync("Tab");
        await keys.TypeAsync(NextCode(app, secret));
        await keys.PressAsync("Enter");
        await ana.Page.WaitForURLAsync("**/console");

        // The inbox, an inquiry, taken, read, noted, released.
        await ana.OpenAsync("/console?kind=held");
        await keys.PressAsync("j");
        await ana.Page.WaitForSelectorAsync("tr.current");
        await keys.PressAsync("Enter");
        await ana.Page.WaitForURLAsync($"**/console/inquiries/{held.Reference}*");
        await keys.PressAsync("a");
        await ana.Page.WaitForURLAsync("**done=take*");
        await keys.PressAsync("w");
        await ana.Page.WaitForSelectorAsync(".identity");
        Assert.Contains(inquiry.Name, await ana.Page.TextContentAsync(".identity"), StringComparison.Ordinal);
        await ana.Page.ReloadAsync();
        Assert.Contains(inquiry.Name, await ana.Page.TextContentAsync(".identity"), StringComparison.Ordinal);
        await keys.PressAsync("n");
        await ana.Page.WaitForFunctionAsync("() => document.activeElement.id === 'note-text'");
        await keys.TypeAsync("Rang, nobody there.");
        await TabToAsync(ana, "#note button.primary");
        await keys.PressAsync("Enter");
        await ana.Page.WaitForURLAsync("**done=note*");
        await keys.PressAsync("r");
        await ana.Page.WaitForURLAsync("**done=release*");

        // Found by its mail, and opened from what was found.
        await keys.PressAsync("/");
        await ana.Page.WaitForURLAsync("**/console/search");
        await ana.Page.WaitForFunctionAsync("() => document.activeElement.id === 'term'");
        await keys.TypeAsync(inquiry.Email);
        await keys.PressAsync("Enter");
        await ana.Page.WaitForURLAsync("**/console/found/*");
        await keys.PressAsync("j");
        await keys.PressAsync("Enter");
        await ana.Page.WaitForURLAsync($"**/console/inquiries/{held.Reference}*");

        // Any page by its name; the keys of a page; and out.
        await keys.PressAsync("Control+k");
        await ana.Page.WaitForSelectorAsync("dialog.palette[open]");
        await keys.TypeAsync("reports");
        await keys.PressAsync("Enter");
        await ana.Page.WaitForURLAsync("**/console/reports");
        await keys.PressAsync("?");
        await ana.Page.WaitForSelectorAsync("dialog[aria-label=Keys][open]");
        await keys.PressAsync("Escape");

        // On a phone it stands on the page of the account.
        await keys.PressAsync("Control+k");
        await ana.Page.WaitForSelectorAsync("dialog.palette[open]");
        await keys.TypeAsync("account");
        await keys.PressAsync("Enter");
        await ana.Page.WaitForURLAsync("**/console/account");
        await TabToAsync(ana, "form.leave button");
        await keys.PressAsync("Enter");
        await ana.Page.WaitForURLAsync("**/console/sign-in");
    }

    [Fact]
    public async Task What_a_manager_typed_is_in_the_form_again_after_a_code_was_shown()
    {
        var app = await StartAsync("en");
        var (ana, secret) = await InvitedAsync(app, Screen.Desktop, UserRoles.Admin);
        await ana.OpenAsync("/console/users");
        await ana.TypeAsync("mail", "new@operator.example");
        await ana.TypeAsync("name", "New One");
        await ana.Page.Locator("input[name=role][value=auditor]").CheckAsync();
        app.Clock.Advance(SignInRules.FreshProof);
        await ana.Page.Locator("form.stacked button.primary").ClickAsync();
        await ana.Page.Locator("main a.button").ClickAsync();
        await ana.TypeAsync("code", NextCode(app, secret));
        await ana.Page.Locator("main button.primary").First.ClickAsync();
        await ana.Page.WaitForURLAsync("**/console/unfinished");
        await ana.Page.Locator("a.button.primary").ClickAsync();
        await ana.Page.WaitForURLAsync("**/console/users?unfinished=*");

        await ana.Page.WaitForSelectorAsync("[data-unsent]");
        Assert.Equal("new@operator.example", await ana.Page.Locator("[name=mail]").InputValueAsync());
        Assert.Equal("New One", await ana.Page.Locator("[name=name]").InputValueAsync());
        Assert.True(await ana.Page.Locator("input[name=role][value=auditor]").IsCheckedAsync());
        await ana.Page.Locator("form.stacked button.primary").ClickAsync();
        await ana.Page.WaitForURLAsync("**/invited?shown=*");
        await ana.OpenAsync("/console/unfinished");
        Assert.Contains("Nothing you have typed waits here", await ana.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_connection_or_a_session_a_form_stays_where_it_is()
    {
        var app = await StartAsync("en");
        var (ana, _) = await InvitedAsync(app, Screen.Desktop, UserRoles.Coordinator);
        await ana.OpenAsync("/console/account");
        await ana.Page.Locator("[name=zone]").FillAsync("Europe/Madrid");
        await ana.Page.Context.SetOfflineAsync(true);
        await ana.Page.Locator("[name=zone]").PressAsync("Enter");
        await ana.Page.WaitForSelectorAsync("[data-unsent]");
        Assert.Contains("the connection is lost", await ana.Page.TextContentAsync("[data-unsent]"), StringComparison.Ordinal);
        await ana.Page.Context.SetOfflineAsync(false);

        await app.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE UserSession SET EndedAt = @Now", new { tx.Now }));
        await ana.Page.Locator("[name=zone]").PressAsync("Enter");
        await ana.Page.WaitForFunctionAsync("() => document.querySelector('[data-unsent]').textContent.includes('not signed in')");
        await app.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE UserSession SET EndedAt = NULL"));
        Assert.Equal("Europe/Madrid", await ana.Page.Locator("[name=zone]").InputValueAsync());
        await ana.Page.Locator("[name=zone]").PressAsync("Enter");
        await ana.Page.WaitForURLAsync("**done=time-zone*");
    }

    private static async Task TabToAsync(Visitor ana, string selector)
    {
        for (var tab = 0; tab < MostTabs; tab++)
        {
            await ana.Page.Keyboard.PressAsync("Tab");
            if (await ana.Page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
            {
                return;
            }
        }

        Assert.Fail($"Tab does not come to {selector}.");
    }

    private static string NextCode(InquiryApp app, byte[] secret)
    {
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        return Totp.Code(secret, Totp.StepAt(app.Now));
    }

    private async Task<(Visitor Visitor, byte[] Secret)> InvitedAsync(InquiryApp app, int width, UserRoles roles)
    {
        var ana = await ArriveAsync(app, new Screen("en", width), scripts: true);
        return (ana, await ana.AcceptInvitationAsync(app, roles));
    }
}
