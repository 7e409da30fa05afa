using System.Net;
using System.Text.RegularExpressions;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.History;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>A coordinator's day in the console: what needs them, what they do with it, and what a colleague does at the same time.</summary>
public sealed class DayTests : AppTests
{
    [Fact]
    public async Task The_inbox_has_what_needs_a_person_urgent_first_and_a_row_opens_the_inquiry_within_its_list()
    {
        var held = await HeldAsync();
        var urgent = await App.SubmitAsync(An.Inquiry().With("message", "I have chest pain now."));
        await App.ReachesAsync(urgent.Reference, InquiryState.Held);
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        var inbox = await ana.GetAsync("/console");

        Assert.InRange(
            inbox.Html.IndexOf(urgent.Reference, StringComparison.Ordinal), 0, inbox.Html.IndexOf(held.Reference, StringComparison.Ordinal));
        var page = await ana.GetAsync(LinkTo(inbox, urgent.Reference));
        Assert.Contains("I have chest pain now.", page.Text, StringComparison.Ordinal);
        Assert.Contains($"/console/inquiries/{held.Reference}?work=", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_takes_something_has_it_and_a_colleague_who_saw_it_before_is_told()
    {
        var held = await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ana@operator.example");
        using var ben = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ben@operator.example");
        var (path, fields) = Form(await ben.GetAsync("/console"), "/take");

        Assert.Equal(HttpStatusCode.SeeOther, (await ana.PostAsync(path, fields)).Status);
        Assert.Contains(held.Reference, (await ana.GetAsync("/console?show=mine")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(held.Reference, (await ana.GetAsync("/console?show=free")).Text, StringComparison.Ordinal);

        var late = await ben.PostAsync(path, fields);
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("A colleague has changed it", late.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(held.Reference, (await ben.GetAsync("/console?show=mine")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_put_off_is_out_of_the_way_and_comes_back_by_itself()
    {
        var held = await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        var (path, fields) = Form(await ana.GetAsync(LinkTo(await ana.GetAsync("/console"), held.Reference)), "/snooze");

        await ana.PostAsync(path, With(fields, ("hours", "4")));

        Assert.DoesNotContain(held.Reference, (await ana.GetAsync("/console")).Text, StringComparison.Ordinal);
        Assert.Contains(held.Reference, (await ana.GetAsync("/console?show=later")).Text, StringComparison.Ordinal);
        App.Clock.Advance(TimeSpan.FromMinutes(29));
        for (var i = 0; i < 8; i++)
        {
            await ana.GetAsync("/console");
            App.Clock.Advance(TimeSpan.FromMinutes(29));
        }

        Assert.Contains(held.Reference, (await ana.GetAsync("/console")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_the_patient_is_is_shown_when_asked_for_and_that_is_on_record()
    {
        var inquiry = An.Inquiry();
        var submitted = await App.SubmitAsync(inquiry);
        await App.SettlesAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        foreach (var tab in new[] { "", "/referrals", "/conversation", "/history" })
        {
            Assert.DoesNotContain(inquiry.Name, (await ana.GetAsync($"/console/inquiries/{submitted.Reference}{tab}")).Text, StringComparison.Ordinal);
        }

        var answer = await ana.PostAsync($"/console/inquiries/{submitted.Reference}/identity?show=all", new() { ["show"] = "all" });
        var address = answer.Response.Headers.Location!.OriginalString;
        var shown = await ana.GetAsync(address);

        Assert.Contains(inquiry.Name, shown.Text, StringComparison.Ordinal);
        Assert.Contains(inquiry.Email, shown.Text, StringComparison.Ordinal);
        var log = await App.Database.ReadAsync(session => SystemAuditStore.NewestAsync(session, null, null, 20));
        Assert.Contains(log, e => e.Action == "revealed" && e.Detail!.StartsWith(submitted.Reference, StringComparison.Ordinal));

        // Back and reload show it again, to her alone, for minutes; the address says nothing.
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.Contains(inquiry.Name, (await ana.GetAsync(address)).Text, StringComparison.Ordinal);
        using var ben = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ben@operator.example");
        Assert.DoesNotContain(inquiry.Name, (await ben.GetAsync(address)).Text, StringComparison.Ordinal);
        App.Clock.Advance(Reveal.Shown);
        Assert.DoesNotContain(inquiry.Name, (await ana.GetAsync(address)).Text, StringComparison.Ordinal);
        Assert.Single(await App.Database.ReadAsync(session => SystemAuditStore.NewestAsync(session, null, "revealed", 20)));
    }

    [Fact]
    public async Task What_is_released_goes_on_and_who_saw_an_older_page_releases_nothing()
    {
        var held = await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        var page = await ana.GetAsync($"/console/inquiries/{held.Reference}");
        var (path, fields) = Form(page, "/release");

        var stale = await ana.PostAsync(path, With(fields, ("seen", "1")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale.Status);
        Assert.Contains("Since you opened the page", stale.Text, StringComparison.Ordinal);
        Assert.Equal(InquiryState.Held, (await App.InquiryAsync(held.Reference)).State);

        Assert.Equal(HttpStatusCode.SeeOther, (await ana.PostAsync(path, fields)).Status);
        await App.SettlesAsync();
        Assert.DoesNotContain(HoldReason.Minor, (await App.InquiryAsync(held.Reference)).HoldReasons);
    }

    [Fact]
    public async Task A_question_is_taken_back_before_it_is_sent_and_what_could_not_be_done_keeps_its_text()
    {
        var inquiry = An.Inquiry().With("patient.birthYear", 2015);
        var held = await App.SubmitAsync(inquiry);
        await App.ReachesAsync(held.Reference, InquiryState.Held);
        await App.SettlesAsync();
        var before = App.MailsTo(inquiry.Email).Count;
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        var (path, fields) = Form(await ana.GetAsync($"/console/inquiries/{held.Reference}"), "/ask");

        var asked = await ana.PostAsync(path, With(fields, ("text", "How old is the patient?")));
        var (undo, undoFields) = Form(await ana.GetAsync(asked.Response.Headers.Location!.OriginalString), "/undo");
        Assert.Equal(HttpStatusCode.SeeOther, (await ana.PostAsync(undo, undoFields)).Status);
        App.Clock.Advance(TimeSpan.FromMinutes(1));
        await App.SettlesAsync();
        Assert.Equal(before, App.MailsTo(inquiry.Email).Count);
        Assert.Equal(InquiryState.Held, (await App.InquiryAsync(held.Reference)).State);

        var (close, closeFields) = Form(await ana.GetAsync($"/console/inquiries/{held.Reference}"), "/close");
        var refused = await ana.PostAsync(close, With(closeFields, ("reason", "nonsense"), ("text", "What I had to say.")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("What I had to say.", refused.Html, StringComparison.Ordinal);
        Assert.Equal(InquiryState.Held, (await App.InquiryAsync(held.Reference)).State);
    }

    [Fact]
    public async Task An_inquiry_is_found_by_reference_mail_and_phone_and_what_was_searched_for_stands_in_no_address_and_no_log()
    {
        var inquiry = An.Inquiry().With("patient.phone", "+12133734253");
        var submitted = await App.SubmitAsync(inquiry);
        await App.SettlesAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        var byReference = await SearchAsync(ana, submitted.Reference.ToLowerInvariant());
        Assert.Equal($"/console/inquiries/{submitted.Reference}", byReference.Response.Headers.Location!.OriginalString);
        foreach (var term in new[] { inquiry.Email, "+1 (213) 373-4253" })
        {
            var found = await SearchAsync(ana, term);
            var address = found.Response.Headers.Location!.OriginalString;
            Assert.Matches("^/console/found/[0-9a-f-]{36}$", address);
            Assert.Contains(submitted.Reference, (await ana.GetAsync(address)).Text, StringComparison.Ordinal);
            Assert.DoesNotContain(App.Logs.Lines, l => l.Contains(term, StringComparison.OrdinalIgnoreCase));
            using var ben = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, $"ben{term.Length}@operator.example");
            Assert.Equal(HttpStatusCode.NotFound, (await ben.GetAsync(address)).Status);
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SearchAsync(ana, "!?")).Status);
        var log = await App.Database.ReadAsync(session => SystemAuditStore.NewestAsync(session, null, null, 50));
        Assert.Equal(3, log.Count(e => e.Action == "searched"));
        Assert.DoesNotContain(log, e => e.Detail?.Contains('@', StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task An_auditor_sees_decisions_and_histories_and_neither_who_it_is_nor_what_was_written()
    {
        var inquiry = An.Inquiry().With("message", "Something only a coordinator reads.");
        var submitted = await App.SubmitAsync(inquiry);
        await App.SettlesAsync();
        using var eve = await ConsoleBrowser.SignedInAsync(App, UserRoles.Auditor);

        foreach (var tab in new[] { "", "/referrals", "/conversation", "/history" })
        {
            var page = await eve.GetAsync($"/console/inquiries/{submitted.Reference}{tab}");
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.DoesNotContain("Something only a coordinator reads.", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(inquiry.Name, page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("method=\"post\" action=\"/console/inquiries", page.Html, StringComparison.Ordinal);
        }

        Assert.Contains(submitted.Reference, (await eve.GetAsync("/console/list")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SearchAsync(eve, inquiry.Email)).Status);
    }

    [Fact]
    public async Task The_list_goes_page_by_page_and_shows_the_states_that_are_asked_for()
    {
        var held = await HeldAsync();
        var references = new List<string> { held.Reference };
        for (var i = 0; i < 3; i++)
        {
            references.Add((await App.SubmitAsync(An.Inquiry())).Reference);
        }

        await App.SettlesAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        var all = (await ana.GetAsync("/console/list")).Text;
        Assert.All(references, r => Assert.Contains(r, all, StringComparison.Ordinal));
        var only = (await ana.GetAsync("/console/list?state=held")).Text;
        Assert.Contains(held.Reference, only, StringComparison.Ordinal);
        Assert.All(references.Skip(1), r => Assert.DoesNotContain(r, only, StringComparison.Ordinal));
        Assert.DoesNotContain(references[^1], (await ana.GetAsync("/console/list?before=2")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/console/list?state=nonsense&before=x")).Status);
    }

    [Theory]
    [InlineData("/console/inquiries/IR-0000-0000")]
    [InlineData("/console/inquiries/nonsense")]
    [InlineData("/console/inquiries/IR-0000-0000/history")]
    [InlineData("/console/found/00000000-0000-0000-0000-000000000001")]
    public async Task What_is_not_there_says_so(string path)
    {
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        Assert.Equal(HttpStatusCode.NotFound, (await ana.GetAsync(path)).Status);
    }

    [Theory]
    [InlineData("show=nonsense&kind=nonsense")]
    [InlineData("after=1.2&before=x.y.z")]
    [InlineData("after=1.99999999999999999999.1")]
    [InlineData("before=0.253402300799999.9223372036854775807")]
    [InlineData("work=-1")]
    public async Task An_odd_address_of_the_inbox_is_the_inbox(string query)
    {
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync($"/console?{query}")).Status);
    }

    private async Task<Submitted> HeldAsync()
    {
        var held = await App.SubmitAsync(An.Inquiry().With("patient.birthYear", 2015));
        await App.ReachesAsync(held.Reference, InquiryState.Held);
        return held;
    }

    private static Task<Page> SearchAsync(ConsoleBrowser browser, string term) => browser.PostAsync("/console/search", new() { ["term"] = term });

    private static string LinkTo(Page page, string reference) => WebUtility.HtmlDecode(
        Regex.Match(page.Html, $"""href="(/console/inquiries/{reference}[^"]*)" """.Trim(), RegexOptions.None, TimeSpan.FromSeconds(5)).Groups[1].Value);

    // The form whose action ends so, with what it hides.
    private static (string Path, Dictionary<string, string> Fields) Form(Page page, string action)
    {
        var form = Regex.Matches(page.Html, """<form\b[^>]*action="(?<path>[^"]*)"[^>]*>(?<inside>.*?)</form>""", RegexOptions.Singleline, TimeSpan.FromSeconds(5))
            .First(m => WebUtility.HtmlDecode(m.Groups["path"].Value).Split('?')[0].EndsWith(action, StringComparison.Ordinal));
        var fields = Regex.Matches(form.Groups["inside"].Value, """<input type="hidden" name="(?<name>[^"]*)"(?: value="(?<value>[^"]*)")?""", RegexOptions.None, TimeSpan.FromSeconds(5))
            .ToDictionary(m => m.Groups["name"].Value, m => WebUtility.HtmlDecode(m.Groups["value"].Value), StringComparer.Ordinal);
        return (WebUtility.HtmlDecode(form.Groups["path"].Value), fields);
    }

    private static Dictionary<string, string> With(Dictionary<string, string> fields, params (string Name, string Value)[] more)
    {
        var result = new Dictionary<string, string>(fields, StringComparer.Ordinal);
        foreach (var (name, value) in more)
        {
            result[name] = value;
        }

        return result;
    }
}
