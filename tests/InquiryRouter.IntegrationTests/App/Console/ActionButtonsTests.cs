using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.History;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>What was done on the command line only: pairs, corrections, the patient's copy, erasing; and the way from the match to a question.</summary>
public sealed class ActionButtonsTests : AppTests
{
    [Fact]
    public async Task Two_that_may_be_of_one_patient_stand_side_by_side_and_are_paired_and_taken_apart_again()
    {
        var first = await SettledAsync(An.Inquiry().From("Ana Beatriz Example", "ana@patient.example"));
        App.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await App.SubmitAsync(An.Inquiry().From("Ana B. Example", "ana@patient.example").BornIn(1984));
        var held = await HeldTwinAsync(second);
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        var page = await ana.GetAsync($"/console/inquiries/{held}/pair?other={first.Reference}");
        Assert.Contains(held, page.Text, StringComparison.Ordinal);
        Assert.Contains(first.Reference, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ana B. Example", page.Text, StringComparison.Ordinal);

        var shown = await ana.FollowAsync(await PressAsync(ana, page, "/pair/identity"), "shown=");
        Assert.Contains("Ana B. Example", shown.Text, StringComparison.Ordinal);
        Assert.Contains("Ana Beatriz Example", shown.Text, StringComparison.Ordinal);
        Assert.Equal(2, (await LogAsync()).Count(e => e.Action == "revealed"));

        Assert.Equal(HttpStatusCode.SeeOther, (await PressAsync(ana, page, "/pair\"")).Status);
        Assert.Equal(InquiryState.Closed, (await App.InquiryAsync(held)).State);

        // Who still has the page from before is told, and nothing is done.
        Assert.Equal(HttpStatusCode.Conflict, (await PressAsync(ana, page, "/pair\"")).Status);

        page = await ana.GetAsync($"/console/inquiries/{held}/pair?other={first.Reference}");
        Assert.Equal(HttpStatusCode.SeeOther, (await PressAsync(ana, page, "/unpair\"")).Status);
        Assert.Equal(InquiryState.Held, (await App.InquiryAsync(held)).State);
        Assert.Contains(HoldReason.Reopened, (await App.InquiryAsync(held)).HoldReasons);
    }

    [Fact]
    public async Task A_reference_to_compare_with_that_nobody_has_is_said_to_be_none()
    {
        var one = await SettledAsync(An.Inquiry());
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        foreach (var other in new[] { "IR-0000-0000", "nonsense", "" })
        {
            var page = await ana.GetAsync($"/console/inquiries/{one.Reference}/pair?other={other}");
            Assert.Equal((HttpStatusCode.NotFound, "No such inquiry"), (page.Status, page.Headline));
        }
    }

    [Fact]
    public async Task What_a_patient_says_on_the_phone_is_corrected_and_what_is_left_empty_stays()
    {
        var inquiry = An.Inquiry().From("Ana Example", "ana@patient.example").With("patient.phone", "+12133734253");
        var one = await SettledAsync(inquiry);
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        var page = await ana.GetAsync($"/console/inquiries/{one.Reference}/correct");
        Assert.DoesNotContain("Ana Example", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("ana@patient.example", page.Html, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.SeeOther, (await PressAsync(ana, page, "/correct/contact", ("phone", "+12133734250"))).Status);

        var data = await PatientAsync(one);
        Assert.Equal(("Ana Example", "ana@patient.example", "+12133734250"), (data.Name, data.Email, data.Phone));
    }

    [Fact]
    public async Task A_correction_made_from_an_older_page_is_not_made_and_what_was_typed_stays()
    {
        var one = await SettledAsync(An.Inquiry().From("Ana Example", "ana@patient.example"));
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        var page = await ana.GetAsync($"/console/inquiries/{one.Reference}/correct");
        await PressAsync(ana, page, "/correct/contact", ("name", "Ana First"));

        var late = await PressAsync(ana, page, "/correct/contact", ("name", "Ana Second"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Contains("Since you opened the page", late.Text, StringComparison.Ordinal);
        Assert.Contains("Ana Second", late.Html, StringComparison.Ordinal);
        Assert.Equal("Ana First", (await PatientAsync(one)).Name);
    }

    [Fact]
    public async Task A_request_is_corrected_with_what_the_page_shows_of_it_and_decided_anew()
    {
        var one = await App.SubmitAsync(An.Inquiry().BornIn(2015));
        await App.ReachesAsync(one.Reference, InquiryState.Held);
        await App.SettlesAsync();
        var before = (await App.InquiryAsync(one.Reference)).Facts;
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        var page = await ana.GetAsync($"/console/inquiries/{one.Reference}/correct");
        (string, string)[] fields =
        [
            ("born", "1985"), ("country", before.Country), ("language", before.Language), ("condition", before.Condition),
            ("conditionType", before.ConditionType ?? ""), ("treatment", before.Treatment), ("cellSource", before.CellSource),
            ("destinations", before.Destinations[0]), ("budget", "20000"), ("currency", "USD"), ("timeframe", before.Timeframe),
        ];

        var wrong = await PressAsync(ana, page, "/correct/request", [.. fields.Select(f => f.Item1 == "born" ? ("born", "nineteen") : f)]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("nineteen", wrong.Html, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.SeeOther, (await PressAsync(ana, page, "/correct/request", fields)).Status);
        await App.SettlesAsync();
        var now = await App.InquiryAsync(one.Reference);
        Assert.Equal((1985, 20000m), (now.Facts.BirthYear, now.Facts.BudgetAmount));
        Assert.DoesNotContain(HoldReason.Minor, now.HoldReasons);
    }

    [Fact]
    public async Task The_patients_copy_is_a_file_and_that_it_was_taken_is_on_record()
    {
        var inquiry = An.Inquiry().From("Ana Example", "ana@patient.example");
        var one = await SettledAsync(inquiry);
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        var file = await PressAsync(ana, await ana.GetAsync($"/console/inquiries/{one.Reference}"), "/export");

        Assert.Equal($"{one.Reference}.json", file.Response.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal("Ana Example", JsonDocument.Parse(file.Html).RootElement.GetProperty("patient").GetProperty("name").GetString());
        var line = Assert.Single(await LogAsync(), e => e.Action == "exported");
        Assert.Equal($"patient 1 identities {one.Reference}", line.Detail);
    }

    [Fact]
    public async Task Erasing_says_what_it_will_do_asks_for_the_reference_and_is_done_once_it_is_typed()
    {
        var one = await SettledAsync(An.Inquiry().From("Ana Example", "ana@patient.example"));
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        var page = await ana.GetAsync($"/console/inquiries/{one.Reference}/erase");
        Assert.Contains("This cannot be undone", page.Text, StringComparison.Ordinal);

        foreach (var fields in new (string, string)[][]
        {
            [("why", "patient")], [("typed", "IR-0000-0000"), ("why", "patient")], [("typed", one.Reference)], [("typed", one.Reference), ("why", "else")],
        })
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PressAsync(ana, page, "/erase\"", fields)).Status);
        }

        Assert.NotEqual(InquiryState.Erased, (await App.InquiryAsync(one.Reference)).State);
        var done = await PressAsync(ana, page, "/erase\"", ("typed", one.Reference.ToLowerInvariant()), ("why", "patient"));

        Assert.Equal(HttpStatusCode.SeeOther, done.Status);
        Assert.Equal(InquiryState.Erased, (await App.InquiryAsync(one.Reference)).State);
        Assert.Contains("It is erased", (await ana.GetAsync(done.Response.Headers.Location!.OriginalString)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erasing_and_the_copy_need_a_code_from_just_now_and_the_way_back_leads_to_their_page()
    {
        var one = await SettledAsync(An.Inquiry());
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        var page = await ana.GetAsync($"/console/inquiries/{one.Reference}/erase");
        var inquiry = await ana.GetAsync($"/console/inquiries/{one.Reference}");
        App.Clock.Advance(TimeSpan.FromMinutes(11));

        var erase = await PressAsync(ana, page, "/erase\"", ("typed", one.Reference), ("why", "patient"));
        var export = await PressAsync(ana, inquiry, "/export");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (erase.Status, export.Status));
        Assert.Contains(Uri.EscapeDataString("/console/unfinished"), erase.Html, StringComparison.Ordinal);
        Assert.Contains(Uri.EscapeDataString($"/console/inquiries/{one.Reference}") + "\"", export.Html, StringComparison.Ordinal);
        Assert.NotEqual(InquiryState.Erased, (await App.InquiryAsync(one.Reference)).State);
    }

    [Fact]
    public async Task Wishes_that_were_relaxed_on_the_match_page_become_a_question_in_the_patients_language()
    {
        var one = await App.SubmitAsync(An.Inquiry().With("patient.language", "es").With("destinations", new System.Text.Json.Nodes.JsonArray("JP")));
        await App.SettlesAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        var match = await ana.GetAsync($"/console/inquiries/{one.Reference}/match?relax=destination,budget");
        var link = WebUtility.HtmlDecode(Regex.Match(
            match.Html, "href=\"(?<to>[^\"]*wishes=[^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["to"].Value);
        Assert.Contains("Ask the patient about both", match.Text, StringComparison.Ordinal);

        var page = await ana.GetAsync(link.Split('#')[0]);

        Assert.Contains("¿Podría viajar a otro país que los que indicó?", page.Text, StringComparison.Ordinal);
        Assert.Contains("¿Podría costar el tratamiento más", page.Text, StringComparison.Ordinal);
        Assert.Contains("open id=\"ask\"", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("open id=\"note\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_match_page_decides_again_what_waits_and_leads_to_clinics()
    {
        var one = await App.SubmitAsync(An.Inquiry().With("destinations", new System.Text.Json.Nodes.JsonArray("JP")));
        await App.ReachesAsync(one.Reference, InquiryState.Held);
        await App.SettlesAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        var decisions = await App.NumberAsync("SELECT COUNT(*) FROM MatchDecision");
        var page = await ana.GetAsync($"/console/inquiries/{one.Reference}/match?gate=destination");
        Assert.Contains("/console/clinics/", page.Html, StringComparison.Ordinal);
        Assert.Contains("data-copy=", page.Html, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.SeeOther, (await PressAsync(ana, page, "/release")).Status);

        await App.UntilAsync(async () => await App.NumberAsync("SELECT COUNT(*) FROM MatchDecision") > decisions, "it is decided again");
    }

    private static Task<Page> PressAsync(ConsoleBrowser browser, Page page, string action, params (string Name, string Value)[] typed)
    {
        var form = Regex.Match(
            page.Html, $"<form method=\"post\" action=\"(?<to>[^\"]*{action.TrimEnd('"')})\".*?</form>", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        Assert.True(form.Success, $"There is no form for {action}.");
        var fields = Regex.Matches(form.Value, "<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1))
            .ToDictionary(m => m.Groups["name"].Value, m => WebUtility.HtmlDecode(m.Groups["value"].Value));
        foreach (var (name, value) in typed)
        {
            fields[name] = value;
        }

        return browser.PostAsync(WebUtility.HtmlDecode(form.Groups["to"].Value), fields);
    }

    private async Task<Submitted> SettledAsync(InquiryBuilder inquiry)
    {
        var submitted = await App.SubmitAsync(inquiry);
        await App.SettlesAsync();
        return submitted;
    }

    private async Task<string> HeldTwinAsync(Submitted submitted)
    {
        await App.SettlesAsync();
        Assert.Contains(HoldReason.PossibleDuplicate, (await App.InquiryAsync(submitted.Reference)).HoldReasons);
        return submitted.Reference;
    }

    private async Task<PatientData> PatientAsync(Submitted submitted)
    {
        var id = (await App.InquiryAsync(submitted.Reference)).Id;
        var patient = await App.Database.ReadAsync(session => InquiryStore.FindPatientAsync(session, id));
        return App.Services.GetRequiredService<PatientVault>().Open(patient!);
    }

    private Task<IReadOnlyList<Core.Privacy.AuditEntry>> LogAsync() =>
        App.Database.ReadAsync(session => SystemAuditStore.NewestAsync(session, null, null, 50));
}
