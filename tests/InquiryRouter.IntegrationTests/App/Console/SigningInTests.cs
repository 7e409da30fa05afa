using System.Net;
using InquiryRouter.Application.Users;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

public sealed class SigningInTests
{
    [Fact]
    public async Task Somebody_who_is_invited_sets_everything_up_and_is_in_the_inbox()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);

        Assert.Equal(8, ana.RecoveryCodes.Count);
        var inbox = await ana.GetAsync("/console");
        Assert.Equal(HttpStatusCode.OK, inbox.Status);
        Assert.Contains("Sign out", inbox.Text, StringComparison.Ordinal);
        Assert.Contains("coordinator", inbox.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_works_once()
    {
        await using var app = await InquiryApp.StartAsync();
        var token = await InviteAsync(app, "ana@operator.example");
        using var ana = new ConsoleBrowser(app);
        await ana.AcceptAsync(token);

        using var other = new ConsoleBrowser(app);
        Assert.Equal("This invitation has ended", (await other.OpenInvitationAsync(token)).Headline);
    }

    [Fact]
    public async Task Opening_an_invitation_changes_nothing_and_it_ends_after_three_days()
    {
        await using var app = await InquiryApp.StartAsync();
        var token = await InviteAsync(app, "ana@operator.example");
        using var ana = new ConsoleBrowser(app);
        Assert.Equal("Set up how you sign in", (await ana.OpenInvitationAsync(token)).Headline);
        Assert.Equal("Set up how you sign in", (await ana.OpenInvitationAsync(token)).Headline);

        app.Clock.Advance(SignInRules.InvitationLifetime);
        Assert.Equal("This invitation has ended", (await ana.OpenInvitationAsync(token)).Headline);
    }

    [Theory]
    [InlineData("short", "too short")]
    [InlineData("password1234", "tried first")]
    [InlineData("inquiryrouter1", "a name")]
    public async Task A_password_that_would_be_tried_is_refused_and_the_app_stays_set_up(string password, string says)
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = new ConsoleBrowser(app);
        var form = await ana.OpenInvitationAsync(await InviteAsync(app, "ana@operator.example"));

        var again = await ana.AcceptAsync(form, password, "123456");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains(says, again.Text, StringComparison.Ordinal);
        Assert.Equal(form.Hidden("secret"), again.Hidden("secret"));
    }

    [Fact]
    public async Task A_secret_that_was_not_made_here_is_not_taken()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = new ConsoleBrowser(app);
        var form = await ana.OpenInvitationAsync(await InviteAsync(app, "ana@operator.example"));
        var own = new byte[20];

        var refused = await ana.PostAsync("/console/invitation", new()
        {
            ["link"] = form.Hidden("link")!, ["secret"] = Base32.Write(own), ["proof"] = form.Hidden("proof")!,
            ["password"] = ConsoleBrowser.Password, ["again"] = ConsoleBrowser.Password, ["code"] = Totp.Code(own, Totp.StepAt(app.Now)),
        });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.DoesNotContain(ana.Cookies, c => c.Name == "console");
    }

    [Fact]
    public async Task Everything_right_leads_to_the_page_that_was_asked_for_and_never_to_another_site()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        using var there = ana.Elsewhere();

        var asked = await there.GetAsync("/console?state=held");
        Assert.Equal(HttpStatusCode.Redirect, asked.Status);
        Assert.Equal("/console/sign-in?to=%2Fconsole%3Fstate%3Dheld", asked.Response.Headers.Location?.OriginalString);
        foreach (var (to, leads) in new[]
        {
            ("/console?state=held", "/console?state=held"), ("https://evil.example/", "/console"), ("//evil.example", "/console"),
            ("/console/../status", "/console/../status"), ("/consoleevil", "/console"), ("/console/\\evil", "/console"), ("", "/console"),
        })
        {
            using var browser = ana.Elsewhere();
            var done = await browser.SignInAsync(to: to);
            Assert.Equal((HttpStatusCode.SeeOther, leads), (done.Status, done.Response.Headers.Location?.OriginalString));
        }
    }

    [Fact]
    public async Task What_is_wrong_is_said_in_one_sentence_whoever_it_is()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        await InviteAsync(app, "invited@operator.example");
        using var there = ana.Elsewhere();

        var answers = new List<Page>
        {
            await there.SignInAsync(password: "something else entirely"),
            await there.SignInAsync(code: "000000"),
            await there.SignInAsync(mail: "nobody@operator.example"),
            await there.SignInAsync(mail: "invited@operator.example"),
        };

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.UnprocessableEntity, a.Status));
        Assert.Single(answers.Select(a => a.Text).Distinct(StringComparer.Ordinal));
        Assert.All(answers, a => Assert.DoesNotContain(ConsoleBrowser.Password, a.Html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_code_of_the_app_works_once()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        using var there = ana.Elsewhere();
        var code = there.NextCode();

        Assert.Equal(HttpStatusCode.SeeOther, (await there.SignInAsync(code: code)).Status);
        using var another = ana.Elsewhere();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await another.SignInAsync(code: code)).Status);
    }

    [Fact]
    public async Task A_code_lives_for_its_step_and_the_next_and_no_longer()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        using var there = ana.Elsewhere();
        var code = there.NextCode();
        app.Clock.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await there.SignInAsync(code: code)).Status);
    }

    [Fact]
    public async Task A_recovery_code_works_once_and_none_stands_in_the_database()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        using var there = ana.Elsewhere();

        Assert.Equal(HttpStatusCode.SeeOther, (await there.SignInAsync(code: ana.RecoveryCodes[0])).Status);
        using var another = ana.Elsewhere();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await another.SignInAsync(code: ana.RecoveryCodes[0])).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await another.SignInAsync(code: ana.RecoveryCodes[1].ToLowerInvariant())).Status);
    }

    [Fact]
    public async Task Recovery_codes_cannot_be_tried_without_end()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        using var there = ana.Elsewhere();
        for (var i = 0; i < SignInRules.MostFailures; i++)
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await there.SignInAsync(code: RecoveryCodeOf(i))).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await there.SignInAsync(code: ana.RecoveryCodes[0])).Status);
    }

    [Fact]
    public async Task Guessing_from_elsewhere_locks_nobody_out_of_the_device_they_know()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        using var stranger = ana.Elsewhere();
        for (var i = 0; i < SignInRules.MostFailures; i++)
        {
            await stranger.SignInAsync(password: $"guess number {i} of many");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await stranger.SignInAsync()).Status);
        await ana.PostAsync("/console/sign-out");
        Assert.Equal(HttpStatusCode.SeeOther, (await ana.SignInAsync()).Status);

        app.Clock.Advance(SignInRules.FailureWindow);
        Assert.Equal(HttpStatusCode.SeeOther, (await stranger.SignInAsync()).Status);
    }

    [Fact]
    public async Task Somebody_who_does_not_exist_is_locked_as_anybody_else()
    {
        await using var app = await InquiryApp.StartAsync();
        using var stranger = new ConsoleBrowser(app);
        for (var i = 0; i < SignInRules.MostFailures; i++)
        {
            Assert.Equal(
                HttpStatusCode.UnprocessableEntity, (await stranger.SignInAsync(mail: "nobody@operator.example", code: "123456")).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await stranger.SignInAsync(mail: "Nobody@operator.example", code: "123456")).Status);
    }

    [Fact]
    public async Task An_address_that_tries_many_people_is_stopped()
    {
        await using var app = await InquiryApp.StartAsync();
        using var stranger = new ConsoleBrowser(app);
        for (var i = 0; i < SignInRules.MostFailuresOfAddress; i++)
        {
            await stranger.SignInAsync(mail: $"nobody{i}@operator.example", code: "123456");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await stranger.SignInAsync(mail: "another@operator.example", code: "123456")).Status);
    }

    [Fact]
    public async Task A_new_password_needs_the_second_factor_that_is_there()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        var token = await AgainAsync(app, ana.Mail, factorsToo: false);
        Assert.Equal(HttpStatusCode.Redirect, (await ana.GetAsync("/console")).Status);

        var form = await ana.OpenInvitationAsync(token);
        Assert.Null(form.Hidden("secret"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ana.AcceptAsync(form, "a new one of many words", "000000")).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await ana.AcceptAsync(form, "a new one of many words", ana.NextCode())).Status);

        using var there = ana.Elsewhere();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await there.SignInAsync()).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await there.SignInAsync(password: "a new one of many words")).Status);
    }

    [Fact]
    public async Task A_lost_factor_is_set_up_anew_and_old_codes_end()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        var codes = ana.RecoveryCodes;

        await ana.AcceptAsync(await AgainAsync(app, ana.Mail, factorsToo: true));

        Assert.Equal(8, ana.RecoveryCodes.Count);
        using var there = ana.Elsewhere();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await there.SignInAsync(code: codes[0])).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await there.SignInAsync()).Status);
    }

    [Fact]
    public async Task In_Development_a_link_signs_in_once()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup { Environment = "Development" });
        var token = await app.Services.GetRequiredService<DemoSignIn>().NewLinkAsync(CancellationToken.None);
        using var browser = new ConsoleBrowser(app);
        var link = (await browser.GetAsync($"/console/demo?t={token}")).Response.Headers.Location!.OriginalString;
        var page = await browser.GetAsync(link);
        using var other = new ConsoleBrowser(app);
        await other.GetAsync($"/console/demo?t={token}");

        Assert.Equal(HttpStatusCode.SeeOther, (await browser.PostAsync("/console/demo", new() { ["link"] = page.Hidden("link")! })).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/console")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync("/console/demo", new() { ["link"] = page.Hidden("link")! })).Status);
    }

    [Fact]
    public async Task Outside_Development_neither_the_link_nor_its_session_opens_anything()
    {
        await using var development = await InquiryApp.StartAsync(new AppSetup { Environment = "Development" });
        var demo = development.Services.GetRequiredService<DemoSignIn>();
        var session = await demo.UseAsync(await demo.NewLinkAsync(CancellationToken.None), "A browser", CancellationToken.None);
        var token = await demo.NewLinkAsync(CancellationToken.None);
        await using var app = await InquiryApp.StartAsync();
        var there = app.Services.GetRequiredService<DemoSignIn>();
        var kept = await there.UseAsync(await there.NewLinkAsync(CancellationToken.None), "A browser", CancellationToken.None);
        using var browser = new ConsoleBrowser(app);
        browser.Http.DefaultRequestHeaders.Add("Cookie", $"console={kept}");

        Assert.NotNull(session);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/console")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/console/demo?t={token}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync("/console/demo", new() { ["link"] = "0123456789abcdef" })).Status);
    }

    private static string RecoveryCodeOf(int i) => Base32.Write([.. Enumerable.Repeat((byte)i, 15)]);

    private static async Task<string> InviteAsync(InquiryApp app, string mail) =>
        ((Invited.Link)await app.Services.GetRequiredService<InviteUsers>()
            .AddAsync(mail, null, UserRoles.Coordinator, Actor.Coordinator("test"), CancellationToken.None)).Token;

    private static async Task<string> AgainAsync(InquiryApp app, string mail, bool factorsToo) =>
        ((Invited.Link)await app.Services.GetRequiredService<InviteUsers>()
            .AgainAsync(mail, factorsToo, Actor.Coordinator("test"), CancellationToken.None)).Token;
}
