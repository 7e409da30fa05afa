using System.Net;
using InquiryRouter.Core.Users;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

public sealed class AccountTests
{
    private const string New = "four other words entirely";

    [Fact]
    public async Task A_password_is_changed_with_the_current_one_and_other_sessions_end()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        using var elsewhere = ana.Elsewhere();
        await elsewhere.SignInAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ChangeAsync(ana, "not the current one", New)).Status);
        Assert.Contains("tried first", (await ChangeAsync(ana, ConsoleBrowser.Password, "password1234")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/console")).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await ChangeAsync(ana, ConsoleBrowser.Password, New)).Status);

        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/console")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("/console")).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await elsewhere.SignInAsync(password: New)).Status);
    }

    [Theory]
    [InlineData("/console/account/password")]
    [InlineData("/console/account/app")]
    [InlineData("/console/account/recovery-codes")]
    [InlineData("/console/account/sessions")]
    [InlineData("/console/account/passkeys/question")]
    [InlineData("/console/account/passkeys")]
    [InlineData("/console/account/passkeys/remove")]
    [InlineData("/console/users")]
    public async Task What_matters_most_needs_a_code_of_the_last_ten_minutes(string path)
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Admin);
        app.Clock.Advance(SignInRules.FreshProof);
        var before = ana.Cookies.Single(c => c.Name == "console").Value;

        var refused = await ana.PostAsync(path);
        Assert.Equal((HttpStatusCode.Forbidden, "Show your code again"), (refused.Status, refused.Headline));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ProveAsync(ana, "000000")).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await ProveAsync(ana, ana.NextCode())).Status);

        Assert.NotEqual(before, ana.Cookies.Single(c => c.Name == "console").Value);
        Assert.NotEqual("Show your code again", (await ana.PostAsync(path)).Headline);
        using var old = new ConsoleBrowser(app);
        old.Http.DefaultRequestHeaders.Add("Cookie", $"console={before}");
        Assert.Equal(HttpStatusCode.Redirect, (await old.GetAsync("/console")).Status);
    }

    [Fact]
    public async Task A_code_shown_again_makes_no_session_longer()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        for (var i = 0; i < 35; i++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(19.5));
            Assert.Equal(HttpStatusCode.SeeOther, (await ProveAsync(ana, ana.NextCode())).Status);
        }

        app.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(HttpStatusCode.Redirect, (await ana.GetAsync("/console")).Status);
    }

    [Fact]
    public async Task Another_app_takes_the_place_of_the_one_there_was()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        var page = await ana.GetAsync("/console/account");
        var (secret, proof) = (page.Hidden("secret")!, page.Hidden("proof")!);
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        var code = Totp.Code(Base32.Read(secret)!, Totp.StepAt(app.Now));

        Assert.Equal(
            HttpStatusCode.UnprocessableEntity, (await ana.PostAsync("/console/account/app", App(secret, proof, "000000"))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await ana.PostAsync("/console/account/app", App(secret, proof, code))).Status);

        using var elsewhere = ana.Elsewhere();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await elsewhere.SignInAsync()).Status);
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        var next = Totp.Code(Base32.Read(secret)!, Totp.StepAt(app.Now));
        Assert.Equal(HttpStatusCode.SeeOther, (await elsewhere.SignInAsync(code: next)).Status);
    }

    [Fact]
    public async Task New_recovery_codes_end_the_old_ones()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        var answer = await ana.PostAsync("/console/account/recovery-codes");
        var address = answer.Response.Headers.Location!.OriginalString;
        var made = CodesOf(await ana.GetAsync(address));

        // Loaded again they are the same, for a while and for her alone.
        Assert.Equal((8, HttpStatusCode.SeeOther), (made.Count, answer.Status));
        Assert.Equal(made, CodesOf(await ana.GetAsync(address)));
        using var ben = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator, "ben@operator.example");
        Assert.Equal(HttpStatusCode.NotFound, (await ben.GetAsync(address)).Status);
        using var elsewhere = ana.Elsewhere();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await elsewhere.SignInAsync(code: ana.RecoveryCodes[0])).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await elsewhere.SignInAsync(code: made[0])).Status);
        Assert.Contains("7 left", (await ana.GetAsync("/console/account")).Text, StringComparison.Ordinal);
        app.Clock.Advance(InquiryRouter.Application.Users.ShownOnce.Kept);
        Assert.Equal("Show your code again", (await ana.GetAsync(address)).Headline);
        using var again = ana.Elsewhere();
        await again.SignInAsync(code: made[1]);
        Assert.Equal("These codes are not shown any more", (await again.GetAsync(address)).Headline);

        static List<string> CodesOf(Page page) => [.. page.Html.Split("<code>").Skip(1).Select(p => p.Split('<')[0])];
    }

    [Fact]
    public async Task Own_sessions_are_listed_and_ended_and_nobody_elses()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        using var bea = await ConsoleBrowser.SignedInAsync(app, UserRoles.Manager);
        using var elsewhere = ana.Elsewhere();
        await elsewhere.SignInAsync();
        var page = await ana.GetAsync("/console/account");
        var other = page.Hidden("session")!;
        Assert.Contains("Firefox on Linux", page.Text, StringComparison.Ordinal);

        await bea.PostAsync("/console/account/sessions", new() { ["session"] = other });
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/console")).Status);
        await ana.PostAsync("/console/account/sessions", new() { ["session"] = other });
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("/console")).Status);

        Assert.Equal(HttpStatusCode.SeeOther, (await elsewhere.SignInAsync()).Status);
        Assert.Equal(
            HttpStatusCode.SeeOther, (await ana.PostAsync("/console/account/sessions", new() { ["session"] = string.Empty })).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("/console")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/console")).Status);
        Assert.Equal(HttpStatusCode.OK, (await bea.GetAsync("/console")).Status);
    }

    private static Dictionary<string, string> App(string secret, string proof, string code) =>
        new() { ["secret"] = secret, ["proof"] = proof, ["code"] = code };

    private static Task<Page> ProveAsync(ConsoleBrowser who, string code) =>
        who.PostAsync("/console/account/proof", new() { ["code"] = code, ["to"] = "/console/account" });

    private static Task<Page> ChangeAsync(ConsoleBrowser who, string current, string chosen) => who.PostAsync(
        "/console/account/password", new() { ["current"] = current, ["password"] = chosen, ["again"] = chosen });
}
