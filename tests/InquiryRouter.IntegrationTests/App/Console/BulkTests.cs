using System.Net;
using System.Text.RegularExpressions;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>
/// Much at once: exactly what was on screen, each as it was seen; what was left alone is said with why, and all of it is taken
/// back.
/// </summary>
public sealed class BulkTests : AppTests
{
    [Fact]
    public async Task What_is_ticked_is_done_what_has_changed_since_is_left_alone_and_all_of_it_is_taken_back()
    {
        var all = new[] { await HeldAsync(), await HeldAsync(), await HeldAsync() };
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ana@operator.example");
        using var ben = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ben@operator.example");
        var seen = await ana.GetAsync("/console");
        var (take, fields) = (await ben.GetAsync($"/console/inquiries/{all[1].Reference}")).FormOf("/take");
        await ben.PostAsync(take, fields);

        // What comes after the page was made is not hit.
        var later = await HeldAsync();
        var report = await BulkAsync(ana, seen, "snooze", ("hours", "4"));

        Assert.Contains("2 are put off; 1 were left alone:", report.Text, StringComparison.Ordinal);
        Assert.Matches($"{all[1].Reference}.*was changed by somebody since you saw it", Flat(report));
        var open = (await ana.GetAsync("/console")).Text;
        Assert.Contains(later.Reference, open, StringComparison.Ordinal);
        Assert.Contains(all[1].Reference, open, StringComparison.Ordinal);
        Assert.DoesNotContain(all[0].Reference, open, StringComparison.Ordinal);

        var undone = await UndoAsync(ana, report);
        Assert.Contains("2 of 2 are as they were before.", undone.Text, StringComparison.Ordinal);
        open = (await ana.GetAsync("/console")).Text;
        Assert.All(all, i => Assert.Contains(i.Reference, open, StringComparison.Ordinal));
        Assert.Contains(all[1].Reference, (await ben.GetAsync("/console?show=mine")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/undo", undone.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("take", "are yours", "mine")]
    [InlineData("give", "are given", null)]
    public async Task What_is_taken_or_given_goes_back_to_who_had_it(string deed, string said, string? show)
    {
        var held = await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ana@operator.example");
        using var ben = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ben@operator.example");
        var page = await ana.GetAsync("/console");
        var to = Regex.Match(page.Html, """<option value="(?<id>[0-9a-f-]{36})">""", RegexOptions.None, TimeSpan.FromSeconds(5))
            .Groups["id"].Value;

        var report = await BulkAsync(ana, page, deed, ("to", to));

        Assert.Contains($"1 {said}.", report.Text, StringComparison.Ordinal);
        Assert.Contains(held.Reference, (await (show is null ? ben : ana).GetAsync("/console?show=mine")).Text, StringComparison.Ordinal);
        await UndoAsync(ana, report);
        Assert.Contains(held.Reference, (await ana.GetAsync("/console?show=free")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_read_is_open_again_and_what_cannot_be_done_by_reading_is_left_alone()
    {
        var written = await App.SubmitAsync(An.Inquiry());
        await App.SettlesAsync();
        await PatientWritesAsync(written);
        var held = await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        var report = await BulkAsync(ana, await ana.GetAsync("/console"), "finish");

        Assert.Contains("1 are done; 1 were left alone:", report.Text, StringComparison.Ordinal);
        Assert.Matches($"{held.Reference}.*is not done by reading it", Flat(report));
        var left = (await ana.GetAsync("/console")).Text;
        Assert.Contains(held.Reference, left, StringComparison.Ordinal);
        Assert.DoesNotContain(written.Reference, left, StringComparison.Ordinal);
        Assert.Contains("1 of 1 are as they were before.", (await UndoAsync(ana, report)).Text, StringComparison.Ordinal);
        Assert.Contains(written.Reference, (await ana.GetAsync("/console")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_colleague_changed_after_it_was_done_is_not_taken_back()
    {
        var held = await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ana@operator.example");
        using var ben = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ben@operator.example");
        var report = await BulkAsync(ana, await ana.GetAsync("/console"), "take");
        var (take, fields) = (await ben.GetAsync($"/console/inquiries/{held.Reference}")).FormOf("/take");
        await ben.PostAsync(take, fields);

        var undone = await UndoAsync(ana, report);

        Assert.Contains("0 of 1 are as they were before; 1 were changed since", undone.Text, StringComparison.Ordinal);
        Assert.Contains(held.Reference, (await ben.GetAsync("/console?show=mine")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_opened_anew_after_it_was_done_stays_as_it_is_and_is_reported()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.SettlesAsync();
        await PatientWritesAsync(submitted);
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ana@operator.example");
        var report = await BulkAsync(ana, await ana.GetAsync("/console"), "finish");
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Work WHERE ClosedAt IS NULL"));
        App.Clock.Advance(TimeSpan.FromMinutes(1));
        await PatientWritesAsync(submitted);
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM Work WHERE ClosedAt IS NULL"));

        var undone = await UndoAsync(ana, report);

        Assert.Contains("0 of 1 are as they were before; 1 were changed since", undone.Text, StringComparison.Ordinal);
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM Work WHERE ClosedAt IS NULL"));
    }

    [Fact]
    public async Task Nobody_takes_back_or_reads_what_another_did()
    {
        await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ana@operator.example");
        using var ben = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ben@operator.example");
        var report = await BulkAsync(ana, await ana.GetAsync("/console"), "take");
        var (undo, fields) = report.FormOf("/undo");

        Assert.Equal(HttpStatusCode.NotFound, (await ben.PostAsync(undo, fields)).Status);
        Assert.DoesNotContain("are yours", (await ben.GetAsync("/console?bulk=" + undo.Split('/')[^2])).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", "1.1", null)]
    [InlineData("snooze", "1.1", "5")]
    [InlineData("give", "1.1", null)]
    public async Task What_says_nothing_that_can_be_done_does_nothing(string deed, string pick, string? hours)
    {
        await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        var fields = new Dictionary<string, string> { ["deed"] = deed, ["pick"] = pick };
        if (hours is not null)
        {
            fields["hours"] = hours;
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ana.PostAsync("/console/bulk", fields)).Status);
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM BulkAction"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    public async Task Without_a_tick_the_list_itself_says_so_and_nothing_is_kept_as_if_it_had_been_typed(string pick)
    {
        await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        var answer = await ana.PostAsync("/console/bulk", new Dictionary<string, string> { ["deed"] = "take", ["pick"] = pick, ["show"] = "free" });

        Assert.Equal("/console?show=free&done=nothing-ticked", answer.Response.Headers.Location!.OriginalString);
        Assert.Contains("Tick what it is to be done with first", (await ana.GetAsync(answer.Response.Headers.Location!.OriginalString)).Text, StringComparison.Ordinal);
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM BulkAction"));
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM KeptPage WHERE Kind = 'Form'"));
    }

    private async Task<Submitted> HeldAsync()
    {
        var held = await App.SubmitAsync(An.Inquiry().With("patient.birthYear", 2015));
        await App.ReachesAsync(held.Reference, InquiryState.Held);
        await App.SettlesAsync();
        return held;
    }

    private async Task PatientWritesAsync(Submitted submitted)
    {
        var id = (await App.InquiryAsync(submitted.Reference)).Id;
        var patient = (await App.Database.ReadAsync(session => InquiryStore.FindPatientAsync(session, id)))!;
        var vault = App.Services.GetRequiredService<PatientVault>();
        await App.Database.WriteAsync(tx => NoteStore.AddAsync(tx, new NoteRecord
        {
            Id = Guid.CreateVersion7(), InquiryId = id, ReferralId = null, Author = NoteAuthor.Patient, Kind = NoteKind.Information,
            At = App.Now, Sealed = NoteStore.Seal(vault, patient, "One more thing."),
        }));
        await App.LookAgainAsync(id);
    }

    // Ticks everything on the page.
    private static async Task<Page> BulkAsync(ConsoleBrowser browser, Page page, string deed, params (string Name, string Value)[] more)
    {
        var picks = Regex.Matches(page.Html, """name="pick" value="(?<pick>[^"]+)" """.Trim(), RegexOptions.None, TimeSpan.FromSeconds(5))
            .Select(m => KeyValuePair.Create("pick", m.Groups["pick"].Value));
        using var form = new FormUrlEncodedContent(
            [KeyValuePair.Create("deed", deed), .. picks, .. more.Select(m => KeyValuePair.Create(m.Name, m.Value))]);
        var answer = await browser.Http.PostAsync(new Uri("/console/bulk", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return await browser.GetAsync(answer.Headers.Location!.OriginalString);
    }

    private static async Task<Page> UndoAsync(ConsoleBrowser browser, Page report)
    {
        var (path, fields) = report.FormOf("/undo");
        var answer = await browser.PostAsync(path, fields);
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        return await browser.GetAsync(answer.Response.Headers.Location!.OriginalString);
    }

    private static string Flat(Page page) => string.Join(' ', page.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
