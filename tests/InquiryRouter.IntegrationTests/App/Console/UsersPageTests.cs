using System.Net;
using InquiryRouter.Application.Users;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Users;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

public sealed class UsersPageTests
{
    [Fact]
    public async Task An_administrator_invites_somebody_who_then_signs_in()
    {
        await using var app = await InquiryApp.StartAsync();
        using var admin = await ConsoleBrowser.SignedInAsync(app, UserRoles.Admin);

        var invited = await admin.FollowAsync(
            await admin.PostAsync("/console/users", new() { ["mail"] = "new@operator.example", ["name"] = "New One",
                ["role"] = "auditor" }), "/invited");

        Assert.Equal("The invitation of New One", invited.Headline);
        using var other = new ConsoleBrowser(app);
        await other.AcceptAsync(invited.Html.Split("/console/invitation?t=")[1].Split('<')[0]);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/console/access-log")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync("/console/users")).Status);
        Assert.Contains("New One", (await admin.GetAsync("/console/users")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_is_shown_once_and_again_only_while_its_page_may_be_loading()
    {
        await using var app = await InquiryApp.StartAsync();
        using var admin = await ConsoleBrowser.SignedInAsync(app, UserRoles.Admin);
        var answer = await admin.PostAsync("/console/users", new() { ["mail"] = "new@operator.example", ["name"] = "New", ["role"] = "auditor" });
        var address = answer.Response.Headers.Location!.OriginalString;

        Assert.Contains("/console/invitation?t=", (await admin.GetAsync(address)).Html, StringComparison.Ordinal);
        app.Clock.Advance(ShownOnce.KeptShort - TimeSpan.FromSeconds(10));
        Assert.Contains("/console/invitation?t=", (await admin.GetAsync(address)).Html, StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromSeconds(10));

        var later = await admin.GetAsync(address);
        Assert.Equal((HttpStatusCode.NotFound, "This invitation is not shown any more"), (later.Status, later.Headline));
        Assert.DoesNotContain("/console/invitation?t=", later.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UserRoles.Coordinator, null)]
    [InlineData(UserRoles.Manager, null)]
    [InlineData(UserRoles.Admin, "/console/operations")]
    [InlineData(UserRoles.Auditor, "/console/list")]
    public async Task Each_role_begins_on_a_page_of_its_own_and_has_an_inbox_in_the_menu_only_where_it_has_one(UserRoles role, string? first)
    {
        await using var app = await InquiryApp.StartAsync();
        using var visitor = await ConsoleBrowser.SignedInAsync(app, role);

        var page = await visitor.GetAsync("/console");
        if (first is not null)
        {
            Assert.Equal((HttpStatusCode.SeeOther, first), (page.Status, page.Response.Headers.Location!.OriginalString));
            page = await visitor.GetAsync(first);
        }

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(first is null, page.Html.Contains(">Inbox</a>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("not a mail", "auditor", "not a mail address")]
    [InlineData("new@operator.example", "", "at least one role")]
    [InlineData("new@operator.example", "boss", "at least one role")]
    [InlineData("admin@operator.example", "auditor", "somebody with this address")]
    public async Task What_is_wrong_with_an_invitation_is_said_and_what_was_typed_stays(string mail, string role, string says)
    {
        await using var app = await InquiryApp.StartAsync();
        using var admin = await ConsoleBrowser.SignedInAsync(app, UserRoles.Admin);

        var answer = await admin.PostAsync("/console/users", new() { ["mail"] = mail, ["name"] = "Typed", ["role"] = role });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(says, answer.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"Typed\"", answer.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_days_away_and_the_end_of_sessions_are_stored_and_count_at_once()
    {
        await using var app = await InquiryApp.StartAsync();
        using var admin = await ConsoleBrowser.SignedInAsync(app, UserRoles.Admin);
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        var path = $"/console/users/{(await FindAsync(app, ana)).Id.Value}";

        await PostAsync(admin, path, "away", ("from", "2026-12-01"), ("until", "2026-12-24"));
        var away = await FindAsync(app, ana);
        Assert.Equal((new DateOnly(2026, 12, 1), new DateOnly(2026, 12, 24)), (away.AwayFrom, away.AwayUntil));
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/console")).Status);
        await PostAsync(admin, path, "away");
        Assert.Null((await FindAsync(app, ana)).AwayUntil);

        await PostAsync(admin, path, "roles", ("role", "auditor"));
        Assert.Equal(UserRoles.Auditor, (await FindAsync(app, ana)).Roles);
        Assert.Equal(HttpStatusCode.Redirect, (await ana.GetAsync("/console")).Status);

        await ana.SignInAsync();
        await PostAsync(admin, path, "sessions");
        Assert.Equal(HttpStatusCode.Redirect, (await ana.GetAsync("/console")).Status);
        await PostAsync(admin, path, "active", ("active", "false"));
        Assert.False((await FindAsync(app, ana)).Active);
        await PostAsync(admin, path, "active", ("active", "true"));
        Assert.Equal(HttpStatusCode.SeeOther, (await ana.SignInAsync()).Status);
    }

    [Fact]
    public async Task What_was_changed_meanwhile_is_not_overwritten()
    {
        await using var app = await InquiryApp.StartAsync();
        using var admin = await ConsoleBrowser.SignedInAsync(app, UserRoles.Admin);
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        var path = $"/console/users/{(await FindAsync(app, ana)).Id.Value}";
        var seen = (await admin.GetAsync(path)).Hidden("version")!;
        await PostAsync(admin, path, "roles", ("role", "manager"));

        var late = await admin.PostAsync($"{path}/roles", new() { ["version"] = seen, ["role"] = "auditor" });

        Assert.Equal((HttpStatusCode.Conflict, "Somebody else changed this"), (late.Status, late.Headline));
        Assert.Equal(UserRoles.Manager, (await FindAsync(app, ana)).Roles);
    }

    [Theory]
    [InlineData("roles", "role", "auditor")]
    [InlineData("active", "active", "false")]
    [InlineData("invitation", "factors", "true")]
    public async Task Nobody_takes_the_last_administrator_away_from_themselves(string what, string field, string value)
    {
        await using var app = await InquiryApp.StartAsync();
        using var admin = await ConsoleBrowser.SignedInAsync(app, UserRoles.Admin);
        var path = $"/console/users/{(await FindAsync(app, admin)).Id.Value}";

        Assert.Equal("Not of yourself", (await admin.PostAsync($"{path}/{what}", new() { [field] = value })).Headline);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/console/users")).Status);
    }

    [Fact]
    public async Task A_lost_app_is_replaced_by_a_link()
    {
        await using var app = await InquiryApp.StartAsync();
        using var admin = await ConsoleBrowser.SignedInAsync(app, UserRoles.Admin);
        using var ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
        var path = $"/console/users/{(await FindAsync(app, ana)).Id.Value}";

        var page = await admin.FollowAsync(await admin.PostAsync($"{path}/invitation", new() { ["factors"] = "true" }), "/invited");

        Assert.Equal(HttpStatusCode.Redirect, (await ana.GetAsync("/console")).Status);
        await ana.AcceptAsync(page.Html.Split("/console/invitation?t=")[1].Split('<')[0]);
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/console")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"/console/users/{Guid.NewGuid()}")).Status);
    }

    private static async Task PostAsync(ConsoleBrowser admin, string path, string what, params (string Name, string Value)[] fields)
    {
        var values = fields.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);
        values["version"] = (await admin.GetAsync(path)).Hidden("version")!;
        Assert.Equal(HttpStatusCode.SeeOther, (await admin.PostAsync($"{path}/{what}", values)).Status);
    }

    private static async Task<AppUser> FindAsync(InquiryApp app, ConsoleBrowser who) =>
        (await app.Services.GetRequiredService<ManageUsers>().FindAsync(who.Mail, CancellationToken.None))!;
}
