using System.Net;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>What a coordinator's desk keeps in hand: the list one came from, what was typed, whom a mail went to, and which clinic is meant.</summary>
public sealed class DeskTests : AppTests
{
    [Theory]
    [InlineData("/match")]
    [InlineData("/conversation")]
    [InlineData("/history")]
    [InlineData("/correct")]
    [InlineData("/erase")]
    public async Task Each_page_of_an_inquiry_keeps_the_list_it_was_opened_from(string tab)
    {
        var (first, second) = (await HeldAsync(), await HeldAsync());
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        var url = UrlOf(await ana.GetAsync("/console?kind=held"), first.Reference);

        var page = await ana.GetAsync(url.Replace("?", tab + "?", StringComparison.Ordinal));

        Assert.Matches($"href=\"/console/inquiries/{second.Reference}\\?[^\"]*\" rel=\"(next|prev)\"", page.Html);
        Assert.Contains("href=\"/console?kind=held\">Inbox", page.Html, StringComparison.Ordinal);
        Assert.Matches($"href=\"/console/inquiries/{first.Reference}\\?work=[0-9]+&amp;kind=held\"[^>]*>Summary", page.Html);
    }

    [Fact]
    public async Task What_is_refused_done_or_undone_keeps_the_list_too()
    {
        var (first, _) = (await HeldAsync(), await HeldAsync());
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        var url = UrlOf(await ana.GetAsync("/console?kind=held"), first.Reference);
        var (path, fields) = (await ana.GetAsync(url)).FormOf("/ask");

        var refused = await ana.PostAsync(path, fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("href=\"/console?kind=held\">Inbox", refused.Html, StringComparison.Ordinal);

        var asked = await ana.PostAsync(path, fields.Filled(("text", "How old?")));
        Assert.Contains("kind=held", asked.Response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var page = await ana.GetAsync(asked.Response.Headers.Location!.OriginalString);
        var (undo, undoing) = page.FormOf("/undo");
        var undone = await ana.PostAsync(undo, undoing);
        Assert.Contains("work=", undone.Response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Contains("kind=held", undone.Response.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/console/inquiries/{0}/close", "/console/inquiries/{0}")]
    [InlineData("/console/inquiries/{0}/drafts/note/discard", "/console/inquiries/{0}")]
    [InlineData("/console/inquiries/{0}/correct/contact", "/console/inquiries/{0}/correct")]
    [InlineData("/console/bulk", "/console")]
    [InlineData("/console/work/1/take", "/console")]
    [InlineData("/console/policy/proposals", "/console/policy")]
    public async Task An_address_that_only_takes_a_form_is_the_page_of_the_form_when_it_is_looked_at(string address, string page)
    {
        var held = await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        var answer = await ana.GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, held.Reference));

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Equal(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, page, held.Reference), answer.Response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_mail_is_read_once_that_is_on_record_and_without_its_links()
    {
        var held = await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        var list = await ana.GetAsync($"/console/inquiries/{held.Reference}/conversation");
        var start = list.Html.IndexOf($"/console/inquiries/{held.Reference}/mails/", StringComparison.Ordinal);
        var path = list.Html[start..list.Html.IndexOf('"', start)];
        Assert.Contains("the patient", list.Text, StringComparison.Ordinal);

        var closed = await ana.GetAsync(path);
        Assert.DoesNotContain("Subject", closed.Text, StringComparison.Ordinal);
        Assert.Equal(0, await RevealsAsync());

        var (form, fields) = closed.FormOf(path);
        var shown = (await ana.PostAsync(form, fields)).Response.Headers.Location!.OriginalString;
        var page = await ana.GetAsync(shown);
        Assert.Contains("Subject", page.Text, StringComparison.Ordinal);
        Assert.Contains("[link]", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/status?", page.Html, StringComparison.Ordinal);
        Assert.Equal(1, await RevealsAsync());

        // What one was given shows it to nobody else, and opens nothing else.
        using var ben = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ben@operator.example");
        Assert.DoesNotContain("Subject", (await ben.GetAsync(shown)).Text, StringComparison.Ordinal);
        var query = shown[shown.IndexOf('?', StringComparison.Ordinal)..];
        Assert.Contains("Show who this is", (await ana.GetAsync($"/console/inquiries/{held.Reference}{query}")).Text, StringComparison.Ordinal);

        await App.Database.WriteAsync(tx => tx.ExecuteAsync("DELETE FROM MailBody"));
        Assert.Contains("is not kept any more", (await ana.GetAsync(shown)).Text, StringComparison.Ordinal);

        Task<long> RevealsAsync() => App.NumberAsync("SELECT COUNT(*) FROM SystemAudit WHERE Action = 'revealed'");
    }

    [Fact]
    public async Task A_half_typed_clinic_is_asked_about_and_one_that_is_none_is_no_requirement()
    {
        // Matched, and nothing fits: one that was not matched yet is offered to nobody.
        var held = await App.SubmitAsync(An.Inquiry().With("destinations", new System.Text.Json.Nodes.JsonArray("TH")));
        await App.ReachesAsync(held.Reference, InquiryState.Held);
        await App.SettlesAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        var (path, fields) = (await ana.GetAsync($"/console/inquiries/{held.Reference}")).FormOf("/offer");

        var none = await ana.PostAsync(path, fields.Filled(("clinic", "Nowhere at all")));
        Assert.Contains("No clinic of the network is called so", none.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("never bends", none.Text, StringComparison.Ordinal);

        var several = await ana.PostAsync(path, fields.Filled(("clinic", "Mexico")));
        Assert.Contains("Several clinics are called so: choose one.", several.Text, StringComparison.Ordinal);
        Assert.Contains("type=\"radio\" name=\"clinic\"", several.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_erasure_that_is_refused_keeps_what_was_chosen_and_typed()
    {
        var held = await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        var (path, fields) = (await ana.GetAsync($"/console/inquiries/{held.Reference}/erase")).FormOf("/erase");

        var refused = await ana.PostAsync(path, fields.Filled(("why", "other"), ("typed", "IR-2222-2222")));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Matches("value=\"other\" checked", refused.Html);
        Assert.Contains("value=\"IR-2222-2222\"", refused.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_of_the_inbox_says_in_short_what_it_is_about()
    {
        await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        Assert.Matches("<small class=\"brief\">[^<]+ · [^<]+ · writes [a-z]+</small>", (await ana.GetAsync("/console")).Html);
    }

    [Theory]
    [InlineData(UserRoles.Auditor)]
    [InlineData(UserRoles.Admin)]
    public async Task Who_has_no_inbox_is_led_to_what_they_may_see(UserRoles roles)
    {
        using var someone = await ConsoleBrowser.SignedInAsync(App, roles);
        var answer = await someone.GetAsync("/console");

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        var page = await someone.GetAsync(answer.Response.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain(">Inbox<", page.Html, StringComparison.Ordinal);
    }

    private async Task<Submitted> HeldAsync()
    {
        var held = await App.SubmitAsync(An.Inquiry().With("patient.birthYear", 2015));
        await App.ReachesAsync(held.Reference, InquiryState.Held);
        await App.SettlesAsync();
        return held;
    }

    private static string UrlOf(Page page, string reference)
    {
        var start = page.Html.IndexOf($"/console/inquiries/{reference}", StringComparison.Ordinal);
        return WebUtility.HtmlDecode(page.Html[start..page.Html.IndexOf('"', start)]);
    }
}
