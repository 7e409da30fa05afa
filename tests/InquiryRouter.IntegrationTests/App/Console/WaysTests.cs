using System.Net;
using System.Text.RegularExpressions;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>
/// How one gets about: next and previous in the list one came from, on to the next one, views by name, commands by name, keys.
/// </summary>
public sealed class WaysTests : AppTests
{
    [Fact]
    public async Task From_the_list_of_all_next_and_previous_lead_through_the_state_that_was_chosen()
    {
        var first = await HeldAsync();
        await App.SubmitAsync(An.Inquiry());
        var third = await HeldAsync();
        await App.SettlesAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        var page = await ana.GetAsync(Link(await ana.GetAsync("/console/list?state=Held"), $"/console/inquiries/{third.Reference}"));
        Assert.DoesNotContain("rel=\"prev\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"/console/list?state=Held\"", page.Html, StringComparison.Ordinal);
        var older = await ana.GetAsync(Rel(page, "next"));

        Assert.Contains(first.Reference, older.Headline, StringComparison.Ordinal);
        Assert.Contains(third.Reference, Rel(older, "prev"), StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"next\"", older.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync($"/console/inquiries/{first.Reference}?list=nonsense")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync($"/console/inquiries/{first.Reference}?list=99")).Status);
    }

    [Fact]
    public async Task What_is_done_stays_on_screen_or_leads_to_the_next_one_as_somebody_has_chosen()
    {
        var first = await HeldAsync();
        App.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        var page = await ana.GetAsync(Link(await ana.GetAsync("/console?kind=held"), $"/console/inquiries/{first.Reference}"));
        var (path, fields) = page.FormOf("/ask");
        var stays = await ana.PostAsync(path, fields.Filled(("text", "How old?")));
        Assert.StartsWith($"/console/inquiries/{first.Reference}?", Location(stays), StringComparison.Ordinal);

        await ChooseAsync(ana, ("single-keys", "yes"), ("goes-on", "yes"));
        App.Clock.Advance(TimeSpan.FromMinutes(1));
        page = await ana.GetAsync(Link(await ana.GetAsync("/console"), $"/console/inquiries/{second.Reference}"));
        var third = await HeldAsync();
        page = await ana.GetAsync(Link(await ana.GetAsync("/console"), $"/console/inquiries/{second.Reference}"));
        (path, fields) = page.FormOf("/ask");
        var on = await ana.PostAsync(path, fields.Filled(("text", "Since when?")));
        var next = await ana.GetAsync(Location(on));

        Assert.Contains(third.Reference, next.Headline, StringComparison.Ordinal);
        Assert.Matches($"{second.Reference}</a>: The patient is asked", next.Html);
        var (undo, undoFields) = next.FormOf($"{second.Reference}/undo");
        await ana.PostAsync(undo, undoFields);
        Assert.Equal(InquiryState.Held, (await App.InquiryAsync(second.Reference)).State);

        // Who takes something wants to see it.
        (path, fields) = next.FormOf("/take");
        Assert.Contains(
            third.Reference, Location(await ana.PostAsync(path, fields)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_has_at_most_twenty_views_and_is_told_so()
    {
        await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        var (path, fields) = (await ana.GetAsync("/console?show=free&kind=held")).FormOf("/views");
        for (var i = 1; i <= 20; i++)
        {
            Assert.Equal(HttpStatusCode.SeeOther, (await ana.PostAsync(path, fields.Filled(("name", $"View {i}")))).Status);
        }

        var refused = await ana.PostAsync(path, fields.Filled(("name", "One more")));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("You have 20 views, and that is as many as are kept. Remove one first.", refused.Text, StringComparison.Ordinal);
        Assert.Equal(20, await App.NumberAsync("SELECT COUNT(*) FROM SavedView"));
    }

    [Theory]
    [InlineData("0.https://evil.example")]
    [InlineData("1.IR-0000-0000.x")]
    [InlineData("../../users")]
    public async Task Nothing_but_an_inquiry_is_gone_on_to(string next)
    {
        var held = await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        await ChooseAsync(ana, ("goes-on", "yes"));
        var (path, fields) = (await ana.GetAsync($"/console/inquiries/{held.Reference}")).FormOf("/ask");

        var done = await ana.PostAsync(path, fields.Filled(("text", "How old?"), ("next", next)));

        Assert.StartsWith($"/console/inquiries/{held.Reference}?", Location(done), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Single_letters_are_switched_off_for_one_person_on_every_page_and_an_older_page_overwrites_nothing()
    {
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ana@operator.example");
        using var ben = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ben@operator.example");
        var (path, old) = (await ana.GetAsync("/console/account")).FormOf("/preferences");

        await ChooseAsync(ana);
        Assert.Equal(HttpStatusCode.Conflict, (await ana.PostAsync(path, old.Filled(("single-keys", "yes")))).Status);

        foreach (var page in new[] { "/console", "/console/list", "/console/account" })
        {
            Assert.Contains("data-single-keys=\"off\"", (await ana.GetAsync(page)).Html, StringComparison.Ordinal);
            Assert.DoesNotContain("data-single-keys", (await ben.GetAsync(page)).Html, StringComparison.Ordinal);
        }

        await ChooseAsync(ana, ("single-keys", "yes"));
        Assert.DoesNotContain("data-single-keys", (await ana.GetAsync("/console")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_is_kept_by_name_for_oneself_or_for_colleagues_too_and_goes_with_who_made_it_only()
    {
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ana@operator.example");
        using var ben = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ben@operator.example");
        var (path, fields) = (await ana.GetAsync("/console?show=free&kind=held")).FormOf("/views");
        await ana.PostAsync(path, fields.Filled(("name", "Held & free")));
        await ana.PostAsync(path, fields.Filled(("name", "For all"), ("shared", "yes")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ana.PostAsync(path, fields.Filled(("name", " ")))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ana.PostAsync(path, fields.Filled(("name", new string('x', 61))))).Status);

        var own = await ana.GetAsync("/console");
        Assert.Matches("""href="/console\?show=free&amp;kind=held"[^>]*>Held &amp; free<""", own.Html);
        var colleagues = await ben.GetAsync("/console");
        Assert.DoesNotContain("Held &amp; free", colleagues.Html, StringComparison.Ordinal);
        Assert.Matches("""href="/console\?show=free&amp;kind=held"[^>]*>For all \(shared\)<""", colleagues.Html);
        Assert.DoesNotContain("/remove", colleagues.Html, StringComparison.Ordinal);

        var (remove, removeFields) = own.FormOf("/remove");
        Assert.Equal(HttpStatusCode.NotFound, (await ben.PostAsync(remove, removeFields)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await ana.PostAsync(remove, removeFields)).Status);
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM SavedView"));
    }

    [Fact]
    public async Task Commands_by_name_are_those_one_may()
    {
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        using var dan = await ConsoleBrowser.SignedInAsync(App, UserRoles.Admin);

        var page = await ana.GetAsync("/console/palette");
        Assert.Contains("Inbox: Mine", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(">Users<", page.Html.Split("<h1>")[1], StringComparison.Ordinal);
        dan.Http.DefaultRequestHeaders.Add("HX-Request", "true");
        var part = await dan.GetAsync("/console/palette");
        Assert.DoesNotContain("<html", part.Html, StringComparison.Ordinal);
        Assert.Matches("""<li role="option" id="palette-\d+" data-url="/console/users">""", part.Html);
        Assert.DoesNotContain("Inbox: Mine", part.Text, StringComparison.Ordinal);
    }

    private async Task<Submitted> HeldAsync()
    {
        var held = await App.SubmitAsync(An.Inquiry().With("patient.birthYear", 2015));
        await App.ReachesAsync(held.Reference, InquiryState.Held);
        await App.SettlesAsync();
        return held;
    }

    private static async Task ChooseAsync(ConsoleBrowser browser, params (string Name, string Value)[] chosen)
    {
        var (path, fields) = (await browser.GetAsync("/console/account")).FormOf("/preferences");
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.PostAsync(path, fields.Filled(chosen))).Status);
    }

    private static string Location(Page page) => page.Response.Headers.Location!.OriginalString;

    private static string Link(Page page, string path) => WebUtility.HtmlDecode(
        Regex.Match(page.Html, $"""href="({path}[^"]*)" """.Trim(), RegexOptions.None, TimeSpan.FromSeconds(5)).Groups[1].Value);

    private static string Rel(Page page, string rel) => WebUtility.HtmlDecode(
        Regex.Match(page.Html, $"""<a href="([^"]*)" rel="{rel}" """.Trim(), RegexOptions.None, TimeSpan.FromSeconds(5)).Groups[1].Value);
}
