using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using InquiryRouter.Application.Users;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Web.Console;
using InquiryRouter.Web.Console.Unfinished;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>A form that was filled in and not taken waits for whoever filled it in, in every form of the console.</summary>
public sealed class UnfinishedFormsTests : AppTests
{
    private const string Path = "/console/unfinished";
    private const string Marker = "nobody-else-types-this";

    [Fact]
    public async Task After_an_expired_session_whatever_was_typed_into_any_form_is_kept_for_who_typed_it()
    {
        var held = await App.SubmitAsync(An.Inquiry().With("patient.birthYear", 2015));
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Manager | UserRoles.Admin);
        var user = (await App.Services.GetRequiredService<ManageUsers>().FindAsync(ana.Mail, CancellationToken.None))!.Id;
        var unfinished = App.Services.GetRequiredService<UnfinishedForms>();
        App.Clock.Advance(SignInRules.LongestIdle);
        var routes = Routes(held.Reference);
        Assert.True(routes.Count > 50);
        foreach (var path in routes)
        {
            var refused = await ana.PostAsync(path, new() { ["text"] = Marker, ["seen"] = "7" });
            Assert.True(refused.Status == HttpStatusCode.Unauthorized, $"{path}: {refused.Status}");
            Assert.Contains("kept for you", refused.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(Marker, refused.Html, StringComparison.Ordinal);
            Assert.Equal($"/console/sign-in?to={Uri.EscapeDataString(Path)}", WayOf(refused));
            var kept = (await unfinished.ListAsync(user, CancellationToken.None))[0].Form;
            Assert.Equal((path, Unsent.SignedOut), (kept.Path, kept.Why));
            Assert.Equal([("text", Marker), ("seen", "7")], kept.Fields.Select(f => (f.Name, f.Value)));
        }

        Assert.Equal(UnfinishedForms.Most, await App.NumberAsync("SELECT COUNT(*) FROM KeptPage WHERE Kind = 'Form'"));
    }

    [Fact]
    public async Task After_signing_in_again_what_was_typed_is_shown_and_sent_when_its_button_is_pressed()
    {
        var held = await App.SubmitAsync(An.Inquiry().With("patient.birthYear", 2015));
        await App.ReachesAsync(held.Reference, InquiryState.Held);
        await App.SettlesAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        var (path, fields) = (await ana.GetAsync($"/console/inquiries/{held.Reference}")).Form("/note");
        App.Clock.Advance(SignInRules.LongestIdle);
        await ana.PostAsync(path, fields.With(("text", Marker)));

        var back = await ana.SignInAsync(to: Path);
        var (action, kept) = (await ana.GetAsync(back.Response.Headers.Location!.OriginalString)).Form("/note");
        var sent = await ana.PostAsync(action, kept);

        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
        Assert.Contains(Marker, (await ana.GetAsync($"/console/inquiries/{held.Reference}/conversation")).Text, StringComparison.Ordinal);
        Assert.Contains("Nothing you have typed waits here", (await ana.GetAsync(Path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_shows_a_code_again_finds_the_invitation_they_typed_and_sends_it_once()
    {
        using var admin = await ConsoleBrowser.SignedInAsync(App, UserRoles.Admin);
        App.Clock.Advance(SignInRules.FreshProof);
        var typed = new Dictionary<string, string> { ["mail"] = "new@operator.example", ["name"] = "New One", ["role"] = "auditor" };

        var refused = await admin.PostAsync("/console/users", typed);
        Assert.Equal((HttpStatusCode.Forbidden, "Show your code again"), (refused.Status, refused.Headline));
        var proof = await admin.GetAsync(WayOf(refused));
        var back = await admin.PostAsync("/console/account/proof", new() { ["code"] = admin.NextCode(), ["to"] = proof.Hidden("to")! });
        Assert.Equal(Path, back.Response.Headers.Location!.OriginalString);
        var kept = await admin.GetAsync(Path);

        // Nothing was done by itself.
        Assert.DoesNotContain("New One", (await admin.GetAsync("/console/users")).Text, StringComparison.Ordinal);
        var (action, fields) = kept.Form("/console/users");
        var invited = await admin.FollowAsync(await admin.PostAsync(action, fields), "/invited");
        Assert.Equal("The invitation of New One", invited.Headline);
        Assert.Contains("Nothing you have typed waits here", (await admin.GetAsync(Path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_sealed_for_one_person_for_a_day_and_goes_with_an_erasure()
    {
        var inquiry = await App.SubmitAsync(An.Inquiry());
        await App.SettlesAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        using var ben = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ben@operator.example");
        App.Clock.Advance(SignInRules.LongestIdle);
        await ana.PostAsync($"/console/inquiries/{inquiry.Reference}/note", new() { ["text"] = Marker });
        await ana.PostAsync("/console/views", new() { ["name"] = Marker });
        await ana.SignInAsync();
        await ben.SignInAsync();

        var id = (await ana.GetAsync(Path)).Form("/note").Fields["unfinished"];
        Assert.Contains(Marker, (await ana.GetAsync($"{Path}/{id}")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await ben.GetAsync($"{Path}/{id}")).Status);
        Assert.DoesNotContain(Marker, (await ben.GetAsync(Path)).Text, StringComparison.Ordinal);
        var rows = await App.Database.ReadAsync(session =>
            session.QueryAsync<byte[]>("SELECT Sealed FROM KeptPage WHERE Sealed IS NOT NULL"));
        Assert.All(rows, row => Assert.DoesNotContain(Marker, Encoding.UTF8.GetString(row), StringComparison.Ordinal));

        await App.Services.GetRequiredService<Application.Privacy.EraseInquiry>().RunAsync((await App.InquiryAsync(inquiry.Reference)).Id,
            Actor.Patient);
        Assert.Equal(HttpStatusCode.NotFound, (await ana.GetAsync($"{Path}/{id}")).Status);
        Assert.Contains(Marker, (await ana.GetAsync(Path)).Text, StringComparison.Ordinal);
        App.Clock.Advance(UnfinishedForms.Kept);
        await ana.SignInAsync();
        Assert.Contains("Nothing you have typed waits here", (await ana.GetAsync(Path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_is_never_kept_and_nobody_keeps_anything_who_was_never_signed_in_or_was_signed_out_from_elsewhere()
    {
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        using var nobody = new ConsoleBrowser(App);
        App.Clock.Advance(SignInRules.LongestIdle);
        foreach (var path in new[] { "/console/account/password", "/console/account/app", "/console/account/proof" })
        {
            await ana.PostAsync(path, new() { ["password"] = Marker, ["current"] = Marker, ["code"] = Marker });
        }

        var shown = await nobody.PostAsync("/console/views", new() { ["name"] = Marker });
        Assert.Contains(Marker, shown.Text, StringComparison.Ordinal);
        await App.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE UserSession SET EndedAt = @Now, EndReason = 'EndedByUser'",
            new { tx.Now }));
        Assert.Contains(Marker, (await ana.PostAsync("/console/views", new() { ["name"] = Marker })).Text, StringComparison.Ordinal);

        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM KeptPage WHERE Kind = 'Form'"));
    }

    [Fact]
    public async Task What_the_role_forbids_and_what_somebody_else_changed_is_kept_too()
    {
        using var auditor = await ConsoleBrowser.SignedInAsync(App, UserRoles.Auditor);
        var refused = await auditor.PostAsync("/console/users", new() { ["mail"] = Marker });
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("Open what you typed", refused.Text, StringComparison.Ordinal);
        Assert.Contains(Marker, (await auditor.GetAsync(Path)).Text, StringComparison.Ordinal);

        using var admin = await ConsoleBrowser.SignedInAsync(App, UserRoles.Admin);
        var id = (await App.Services.GetRequiredService<ManageUsers>().FindAsync(auditor.Mail, CancellationToken.None))!.Id.Value;
        var stale = await admin.PostAsync(
            $"/console/users/{id}/away", new() { ["from"] = "2026-12-01", ["until"] = "2026-12-24", ["version"] = "99" });
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Equal("2026-12-24", (await admin.GetAsync(Path)).Form("/away").Fields["until"]);
    }

    private List<string> Routes(string reference) =>
    [
        .. App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true
                && e.Metadata.GetMetadata<ConsoleEntry>() is { IsDeed: true, Access: not Access.SignIn }
                    && e.Metadata.GetMetadata<KeepsNothing>() is null)
            .Select(e => Regex.Replace(
                e.RoutePattern.RawText!.Replace("{reference}", reference, StringComparison.Ordinal).Replace("{seq:long}", "1",
                    StringComparison.Ordinal),
                "\\{[^}]+\\}", Guid.Empty.ToString(), RegexOptions.None, TimeSpan.FromSeconds(1))),
    ];

    private static string WayOf(Page page) =>
        WebUtility.HtmlDecode(page.Html.Split("class=\"button\" href=\"")[1].Split('"')[0]);
}
