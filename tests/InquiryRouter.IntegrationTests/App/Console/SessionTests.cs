using System.Net;
using InquiryRouter.Application.Users;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

public sealed class SessionTests
{
    private static readonly Actor s_admin = Actor.Coordinator("admin");

    [Fact]
    public async Task Signing_out_ends_it_at_the_server_too()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        var secret = ana.Cookies.Single(c => c.Name == "console").Value;

        var left = await ana.PostAsync("/console/sign-out");

        Assert.Equal(HttpStatusCode.SeeOther, left.Status);
        Assert.Contains("\"cache\"", left.Response.Headers.GetValues("Clear-Site-Data").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain(ana.Cookies, c => c.Name == "console");
        using var thief = new ConsoleBrowser(app);
        thief.Http.DefaultRequestHeaders.Add("Cookie", $"console={secret}");
        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/console")).Status);
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("roles")]
    [InlineData("ended")]
    public async Task What_an_administrator_does_counts_at_the_next_request(string what)
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        var manage = app.Services.GetRequiredService<ManageUsers>();
        var user = (await manage.FindAsync(ana.Mail, CancellationToken.None))!;
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/console")).Status);

        await (what switch
        {
            "disabled" => manage.DisableAsync(user.Id, user.Version, s_admin, CancellationToken.None),
            "roles" => manage.GiveRolesAsync(user.Id, user.Version, UserRoles.Auditor, s_admin, CancellationToken.None),
            _ => manage.EndSessionsAsync(user.Id, s_admin, CancellationToken.None),
        });

        Assert.Equal(HttpStatusCode.Redirect, (await ana.GetAsync("/console")).Status);
        Assert.Equal(what == "disabled" ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.SeeOther, (await ana.SignInAsync()).Status);
    }

    [Fact]
    public async Task Half_an_hour_without_a_deed_ends_it_and_what_a_page_asks_by_itself_is_none()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        for (var i = 0; i < 4; i++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(20));
            Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/console")).Status);
        }

        ana.Http.DefaultRequestHeaders.Add("Sec-Purpose", "prefetch");
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/console")).Status);
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(HttpStatusCode.Redirect, (await ana.GetAsync("/console")).Status);
    }

    [Fact]
    public async Task Being_there_is_known_to_the_minute()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        await ana.GetAsync("/console");

        var user = await app.Services.GetRequiredService<ManageUsers>().FindAsync(ana.Mail, CancellationToken.None);
        Assert.Equal(app.Now, user!.LastSeenAt);
    }

    [Fact]
    public async Task Signing_in_gives_another_session_and_ends_the_one_that_was_there()
    {
        await using var app = await InquiryApp.StartAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        var first = ana.Cookies.Single(c => c.Name == "console").Value;

        await ana.SignInAsync();

        Assert.NotEqual(first, ana.Cookies.Single(c => c.Name == "console").Value);
        using var old = new ConsoleBrowser(app);
        old.Http.DefaultRequestHeaders.Add("Cookie", $"console={first}");
        Assert.Equal(HttpStatusCode.Redirect, (await old.GetAsync("/console")).Status);
    }

    [Fact]
    public async Task Behind_https_the_cookie_is_a_host_cookie_and_scripts_do_not_see_it()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup().With("Mail:PublicUrl", "https://router.operator.example"));
        using var ana = new ConsoleBrowser(app);
        var invited = await app.Services.GetRequiredService<InviteUsers>()
            .AddAsync("ana@operator.example", null, UserRoles.Coordinator, s_admin, CancellationToken.None);
        var opened = await ana.GetAsync($"/console/invitation?t={((Invited.Link)invited).Token}");

        var demo = app.Services.GetRequiredService<DemoSignIn>();
        Assert.NotNull(demo);
        var set = Assert.Single(opened.Response.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-", set, StringComparison.Ordinal);
        Assert.Contains("httponly", set, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("secure", set, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", set, StringComparison.OrdinalIgnoreCase);
    }
}
