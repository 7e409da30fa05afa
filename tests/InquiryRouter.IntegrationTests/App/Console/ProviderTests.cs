using System.Net;
using InquiryRouter.Application.Users;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.History;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>Signing in with an identity provider, against a small one on this machine.</summary>
public sealed class ProviderTests
{
    private const string Path = "/console/sign-in/provider";
    private static readonly Actor s_admin = Actor.Coordinator("test");

    [Fact]
    public async Task Without_a_provider_there_is_no_way_to_it()
    {
        await using var app = await InquiryApp.StartAsync();
        using var nobody = new ConsoleBrowser(app);

        Assert.Equal(HttpStatusCode.NotFound, (await nobody.GetAsync(Path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await nobody.GetAsync(Path + "/answer?code=1&state=2")).Status);
        Assert.DoesNotContain(Path, (await nobody.GetAsync("/console/sign-in")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_browser_is_sent_with_a_question_that_only_it_can_bring_back()
    {
        await using var provider = await TinyProvider.StartAsync();
        await using var app = await StartAsync(provider);
        using var ana = new ConsoleBrowser(app);
        Assert.Contains("Sign in with Our House", (await ana.GetAsync("/console/sign-in")).Text, StringComparison.Ordinal);

        var asked = (await ana.GetAsync(Path)).Response.Headers.Location!;
        var query = QueryHelpers.ParseQuery(asked.Query);

        Assert.StartsWith($"{provider.Issuer}/authorize?", asked.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(
            ["code", "openid", "S256"], new[] { "response_type", "scope", "code_challenge_method" }.Select(p => query[p].ToString()));
        Assert.Equal($"{app.Settings.Urls}{Path}/answer", query["redirect_uri"].ToString());
        Assert.All(new[] { "state", "nonce", "code_challenge" }, part => Assert.NotEqual(string.Empty, query[part].ToString()));
        Assert.All(ana.Cookies, c => Assert.True(c.HttpOnly));
        Assert.DoesNotContain(TinyProvider.ClientSecret, asked.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_binds_somebody_who_then_signs_in_with_the_roles_of_our_table()
    {
        await using var provider = await TinyProvider.StartAsync();
        await using var app = await StartAsync(provider);
        using var ana = await BoundAsync(app, provider, "ana-1", UserRoles.Coordinator);

        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/console")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ana.GetAsync("/console/users")).Status);
        await ana.PostAsync("/console/sign-out");
        Assert.Equal(HttpStatusCode.Redirect, (await ana.GetAsync("/console")).Status);
        var back = await GoAsync(ana, provider, Path + "?to=/console/list", "ana-1");
        Assert.Equal((HttpStatusCode.Redirect, "/console/list"), (back.Status, back.Response.Headers.Location!.OriginalString));
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/console/list")).Status);
        Assert.Contains("Our House", (await ana.GetAsync("/console/account")).Text, StringComparison.Ordinal);

        var lines = await LinesAsync(app);
        Assert.Equal(
            ["user-added", "factor-changed", "signed-in", "access-refused", "signed-out", "signed-in"], lines.Select(l => l.Action));
        Assert.EndsWith(" provider", lines[1].Detail, StringComparison.Ordinal);
        await app.MailToAsync(ana.Mail);
        await app.SettlesAsync();
        var mail = Assert.Single(app.MailsTo(ana.Mail));
        Assert.Contains("tied to the sign-in of your organisation", mail.TextBody!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_has_the_mail_address_of_somebody_here_is_nobody_here()
    {
        await using var provider = await TinyProvider.StartAsync();
        await using var app = await StartAsync(provider);
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        Assert.Equal("coordinator@operator.example", ana.Mail);
        using var stranger = new ConsoleBrowser(app);

        var answer = await GoAsync(stranger, provider, Path, "stranger");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Nobody here is known by that"), (answer.Status, answer.Headline));
        Assert.Equal("nobody provider-unknown", (await LinesAsync(app))[^1].Detail);
        Assert.Equal(HttpStatusCode.Redirect, (await stranger.GetAsync("/console")).Status);
    }

    [Theory]
    [InlineData("pwd")]
    [InlineData("")]
    [InlineData("MFA")]
    public async Task One_factor_is_not_enough(string factor)
    {
        await using var provider = await TinyProvider.StartAsync();
        await using var app = await StartAsync(provider);
        using var ana = await BoundAsync(app, provider, "ana-1", UserRoles.Coordinator);
        using var there = new ConsoleBrowser(app);

        Assert.Equal("One factor is not enough", (await GoAsync(there, provider, Path, "ana-1", factors: factor)).Headline);
        Assert.Equal(HttpStatusCode.Redirect, (await there.GetAsync("/console")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await GoAsync(there, provider, Path, "ana-1", factors: "otp")).Status);
        Assert.Equal(HttpStatusCode.OK, (await there.GetAsync("/console")).Status);
    }

    [Fact]
    public async Task Whoever_is_disabled_here_or_has_lost_their_factors_stays_out()
    {
        await using var provider = await TinyProvider.StartAsync();
        await using var app = await StartAsync(provider);
        using var ana = await BoundAsync(app, provider, "ana-1", UserRoles.Coordinator);
        var manage = app.Services.GetRequiredService<ManageUsers>();
        var user = (await manage.FindAsync(ana.Mail, CancellationToken.None))!;

        await manage.DisableAsync(user.Id, null, s_admin, CancellationToken.None);
        Assert.Equal(HttpStatusCode.Redirect, (await ana.GetAsync("/console")).Status);
        Assert.Equal("Nobody here is known by that", (await GoAsync(ana, provider, Path, "ana-1")).Headline);
        await manage.EnableAsync(user.Id, null, s_admin, CancellationToken.None);
        Assert.Equal(HttpStatusCode.Redirect, (await GoAsync(ana, provider, Path, "ana-1")).Status);
        await app.Services.GetRequiredService<InviteUsers>().AgainAsync(ana.Mail, factorsToo: true, s_admin, CancellationToken.None);
        Assert.Equal("Nobody here is known by that", (await GoAsync(ana, provider, Path, "ana-1")).Headline);
    }

    [Theory]
    [InlineData("another issuer")]
    [InlineData("another audience")]
    [InlineData("another key")]
    [InlineData("another nonce")]
    [InlineData("too old")]
    [InlineData("no subject")]
    [InlineData("another browser")]
    [InlineData("no state")]
    [InlineData("cancelled")]
    [InlineData("sent twice")]
    public async Task An_answer_that_is_not_right_signs_nobody_in_and_is_put_on_record(string what)
    {
        await using var provider = await TinyProvider.StartAsync();
        await using var app = await StartAsync(provider);
        using var ana = await BoundAsync(app, provider, "ana-1", UserRoles.Coordinator);
        using var there = new ConsoleBrowser(app);
        using var another = new ConsoleBrowser(app);
        provider.Forges = what == "another key";
        provider.Spoil = claims => _ = what switch
        {
            "another issuer" => claims["iss"] = "https://evil.example",
            "another audience" => claims["aud"] = "somebody-else",
            "another nonce" => claims["nonce"] = "made-up",
            "too old" => claims["exp"] = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds(),
            "no subject" => claims["sub"] = string.Empty,
            _ => string.Empty,
        };
        var asked = (await there.GetAsync(Path)).Response.Headers.Location!;
        await another.GetAsync(Path);
        var back = provider.Approve(asked, "ana-1", null, "mfa");
        if (what == "sent twice")
        {
            await there.GetAsync(back);
            await there.PostAsync("/console/sign-out");
        }

        var answer = await (what == "another browser" ? another : there).GetAsync(what switch
        {
            "no state" => back.Split("&state=")[0],
            "cancelled" => $"{Path}/answer?error=access_denied&state={QueryHelpers.ParseQuery(asked.Query)["state"]}",
            _ => back,
        });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.DoesNotContain("xception", answer.Text, StringComparison.Ordinal);

        // What answers no question of ours anybody can send: it is not put on record.
        Assert.Equal(what != "no state", (await LinesAsync(app))[^1].Action == "sign-in-refused");
        Assert.Equal(HttpStatusCode.Redirect, (await there.GetAsync("/console")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await another.GetAsync("/console")).Status);
    }

    [Fact]
    public async Task Nobody_fills_the_access_log_from_outside()
    {
        await using var provider = await TinyProvider.StartAsync();
        await using var app = await StartAsync(provider);
        using var somebody = new ConsoleBrowser(app);
        for (var i = 0; i < 5; i++)
        {
            await somebody.GetAsync($"{Path}/answer?error=access_denied&state=made-up");
        }

        Assert.Empty(await LinesAsync(app));
        for (var i = 0; i < SignInRules.MostFailuresOfAddress + 10; i++)
        {
            var asked = (await somebody.GetAsync(Path)).Response.Headers.Location!;
            await somebody.GetAsync($"{Path}/answer?error=access_denied&state={QueryHelpers.ParseQuery(asked.Query)["state"]}");
        }

        Assert.Equal(SignInRules.MostFailuresOfAddress, (await LinesAsync(app)).Count);
    }

    [Fact]
    public async Task An_invitation_for_a_new_password_is_no_way_around_the_second_factor_and_nobody_is_bound_twice()
    {
        await using var provider = await TinyProvider.StartAsync();
        await using var app = await StartAsync(provider);
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        var invite = app.Services.GetRequiredService<InviteUsers>();
        var again = (Invited.Link)await invite.AgainAsync(ana.Mail, factorsToo: false, s_admin, CancellationToken.None);

        var form = await ana.OpenInvitationAsync(again.Token);
        Assert.DoesNotContain(Path, form.Html, StringComparison.Ordinal);
        Assert.Equal(
            "This invitation has ended", (await GoAsync(ana, provider, $"{Path}?link={form.Hidden("link")}", "ana-1")).Headline);

        using var bea = await BoundAsync(app, provider, "bea-1", UserRoles.Manager);
        using var eve = new ConsoleBrowser(app);
        var link = (Invited.Link)await invite.AddAsync("eve@operator.example", null, UserRoles.Admin, s_admin, CancellationToken.None);
        var invitation = await eve.OpenInvitationAsync(link.Token);
        Assert.Equal(
            "Somebody else here is known by that",
            (await GoAsync(eve, provider, $"{Path}?link={invitation.Hidden("link")}", "bea-1")).Headline);
        Assert.Equal(HttpStatusCode.Redirect, (await eve.GetAsync("/console")).Status);
    }

    [Fact]
    public async Task What_matters_most_asks_the_provider_again()
    {
        await using var provider = await TinyProvider.StartAsync();
        await using var app = await StartAsync(provider);
        using var ana = await BoundAsync(app, provider, "ana-1", UserRoles.Admin);

        // Signed in there hours ago: that opens the console, and nothing of weight.
        await ana.PostAsync("/console/sign-out");
        await GoAsync(ana, provider, Path, "ana-1", app.Now.AddHours(-3));
        Assert.Equal("Show your code again", (await ana.PostAsync("/console/account/recovery-codes")).Headline);
        Assert.Contains(
            $"href=\"{Path}?again=true&amp;to=%2Fconsole%2Faccount\"",
            (await ana.GetAsync("/console/account/proof?to=/console/account")).Html, StringComparison.Ordinal);

        var asked = (await ana.GetAsync(Path + "?again=true")).Response.Headers.Location!;
        var query = QueryHelpers.ParseQuery(asked.Query);
        Assert.Equal(["login", "0"], new[] { "prompt", "max_age" }.Select(p => query[p].ToString()));
        await ana.GetAsync(provider.Approve(asked, "ana-1", app.Now, "mfa"));
        Assert.NotEqual("Show your code again", (await ana.PostAsync("/console/account/recovery-codes")).Headline);
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_is_a_sentence()
    {
        var provider = await TinyProvider.StartAsync();
        await using var app = await StartAsync(provider);
        await provider.DisposeAsync();
        using var ana = new ConsoleBrowser(app);

        var page = await ana.GetAsync(Path);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "The provider does not answer"), (page.Status, page.Headline));
        Assert.DoesNotContain(app.Logs.Lines, l => l.Contains(TinyProvider.ClientSecret, StringComparison.Ordinal));
    }

    // Cookies of the flow end at a moment, which a browser compares with its own clock.
    private static Task<InquiryApp> StartAsync(TinyProvider provider) => InquiryApp.StartAsync(
        (new AppSetup { Clock = new FakeTimeProvider(DateTimeOffset.UtcNow) })
            .With("Oidc:Authority", provider.Issuer).With("Oidc:ClientId", TinyProvider.ClientId)
            .With("Oidc:ClientSecret", TinyProvider.ClientSecret).With("Oidc:Name", "Our House").With("Oidc:SecondFactor", "mfa, otp"));

    private static async Task<ConsoleBrowser> BoundAsync(InquiryApp app, TinyProvider provider, string subject, UserRoles roles)
    {
        var browser = new ConsoleBrowser(app) { Mail = $"{UserRoleNames.Write(roles)}@operator.example" };
        var invited = (Invited.Link)await app.Services.GetRequiredService<InviteUsers>()
            .AddAsync(browser.Mail, name: null, roles, s_admin, CancellationToken.None);
        var form = await browser.OpenInvitationAsync(invited.Token);
        var done = await GoAsync(browser, provider, $"{Path}?link={form.Hidden("link")}", subject, app.Now);
        Assert.Equal(HttpStatusCode.Redirect, done.Status);
        return browser;
    }

    private static async Task<Page> GoAsync(
        ConsoleBrowser who, TinyProvider provider, string path, string subject, DateTimeOffset? shownAt = null, string factors = "mfa")
    {
        var asked = await who.GetAsync(path);
        Assert.Equal(HttpStatusCode.Redirect, asked.Status);
        return await who.GetAsync(provider.Approve(asked.Response.Headers.Location!, subject, shownAt, factors));
    }

    private static Task<IReadOnlyList<AuditEntry>> LinesAsync(InquiryApp app) =>
        app.Database.ReadAsync(async session => (IReadOnlyList<AuditEntry>)
            [.. (await SystemAuditStore.NewestAsync(session, null, null, 200)).Reverse()]);
}
