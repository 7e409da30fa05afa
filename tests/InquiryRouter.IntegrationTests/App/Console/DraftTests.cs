using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using InquiryRouter.Application.Privacy;
using InquiryRouter.Application.Users;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>
/// Nothing that is typed is lost: not to a colleague, another page, another device, a lost session or right, nor to its own
/// sending.
/// </summary>
public sealed class DraftTests : AppTests
{
    private const string Half = "She rang and said <b>half</b> of";

    [Fact]
    public async Task A_colleague_who_takes_gives_releases_and_closes_it_takes_no_draft_away()
    {
        var held = await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ana@operator.example");
        using var ben = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ben@operator.example");
        await DraftAsync(ana, held, "note", Half);
        await DraftAsync(ana, held, "ask", "Since when?");

        foreach (var deed in new[] { "/take", "/close" })
        {
            var (path, fields) = (await ben.GetAsync(PathOf(held))).FormOf(deed);
            Assert.Equal(HttpStatusCode.SeeOther, (await ben.PostAsync(path, fields.Filled(("reason", "gone-silent")))).Status);
        }

        await App.SettlesAsync();

        var page = await ana.GetAsync(PathOf(held));
        Assert.Equal(InquiryState.Closed, (await App.InquiryAsync(held.Reference)).State);
        AssertRestored(page, "note", Half);

        // What cannot be asked any more is still there to be read.
        Assert.Contains("Since when?", page.Text, StringComparison.Ordinal);
        Assert.Contains("this cannot be done", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(WebUtility.HtmlEncode(Half), (await ben.GetAsync(PathOf(held))).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_outlives_two_inquiries_becoming_a_pair_and_being_parted_again()
    {
        var first = await App.SubmitAsync(An.Inquiry());
        var second = await App.SubmitAsync(An.Inquiry());
        await App.SettlesAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        await DraftAsync(ana, first, "note", Half);
        await DraftAsync(ana, second, "note", "The other.");

        Assert.Equal(0, (await App.RunCommandAsync("pair", first.Reference, second.Reference)).ExitCode);
        AssertRestored(await ana.GetAsync(PathOf(first)), "note", Half);
        Assert.Equal(0, (await App.RunCommandAsync("unpair", first.Reference, second.Reference)).ExitCode);

        AssertRestored(await ana.GetAsync(PathOf(first)), "note", Half);
        AssertRestored(await ana.GetAsync(PathOf(second)), "note", "The other.");
    }

    [Fact]
    public async Task Of_many_drafts_each_is_kept()
    {
        var one = await HeldAsync();
        var two = await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        (Submitted Inquiry, string Form, string Text)[] all =
            [(one, "note", "first"), (one, "ask", "second"), (one, "close", "third"), (two, "note", "fourth"), (two, "close", "fifth")];
        foreach (var (inquiry, form, text) in all)
        {
            await DraftAsync(ana, inquiry, form, text);
        }

        foreach (var (inquiry, form, text) in all)
        {
            AssertRestored(await ana.GetAsync(PathOf(inquiry)), form, text);
        }
    }

    [Fact]
    public async Task A_change_of_roles_days_away_or_sign_ins_leaves_the_draft()
    {
        var held = await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        await DraftAsync(ana, held, "note", Half);
        var manage = App.Services.GetRequiredService<ManageUsers>();
        var user = (await manage.FindAsync(ana.Mail, CancellationToken.None))!;

        await manage.GiveRolesAsync(user.Id, user.Version, UserRoles.Auditor, Actor.Coordinator("admin"), CancellationToken.None);
        await ana.SignInAsync();
        Assert.DoesNotContain("half", (await ana.GetAsync(PathOf(held))).Text, StringComparison.Ordinal);
        user = (await manage.FindAsync(ana.Mail, CancellationToken.None))!;
        await manage.GiveRolesAsync(user.Id, user.Version, UserRoles.Manager, Actor.Coordinator("admin"), CancellationToken.None);
        await ana.SignInAsync();

        AssertRestored(await ana.GetAsync(PathOf(held)), "note", Half);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?show=mine")]
    [InlineData("?work=1&kind=held")]
    public async Task A_draft_is_there_from_whichever_list_and_on_whichever_device_the_inquiry_is_opened(string query)
    {
        var held = await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        await DraftAsync(ana, held, "note", Half);
        using var phone = ana.Elsewhere();
        await phone.SignInAsync();

        AssertRestored(await phone.GetAsync(PathOf(held) + query), "note", Half);
    }

    [Fact]
    public async Task Everything_in_a_form_comes_back()
    {
        var held = await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        await ana.PostAsync(
            $"{PathOf(held)}/drafts/close", new() { ["draft"] = "0", ["reason"] = "other", ["text"] = Half, ["choice"] = "yes" });

        var page = await ana.GetAsync(PathOf(held));

        AssertRestored(page, "close", Half);
        Assert.Matches("""<option value="other" selected""", page.Html);
        Assert.Matches("""name="choice" value="yes" checked""", page.Html);
    }

    [Fact]
    public async Task What_is_sent_leaves_no_draft_and_what_could_not_be_sent_leaves_it()
    {
        var held = await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        await DraftAsync(ana, held, "close", Half);
        var (path, fields) = (await ana.GetAsync(PathOf(held))).FormOf("/close");

        var refused = await ana.PostAsync(path, fields.Filled(("reason", "nonsense"), ("text", Half)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        AssertHas(refused, "close", Half);
        var stale = await ana.PostAsync(path, fields.Filled(("seen", "1"), ("reason", "gone-silent"), ("text", Half)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale.Status);
        Assert.Contains("Since you opened the page", stale.Text, StringComparison.Ordinal);
        AssertHas(stale, "close", Half);
        AssertRestored(await ana.GetAsync(PathOf(held)), "close", Half);

        Assert.Equal(HttpStatusCode.SeeOther, (await ana.PostAsync(path, fields.Filled(("reason", "gone-silent"), ("text", Half)))).Status);
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Draft"));
    }

    [Fact]
    public async Task What_was_written_on_another_page_since_is_neither_overwritten_nor_thrown_away_with_what_was_sent()
    {
        var held = await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        var first = await DraftAsync(ana, held, "note", "From the desk.");
        App.Clock.Advance(TimeSpan.FromSeconds(2));
        var second = await DraftAsync(ana, held, "note", "From the phone.", first);

        var late = await ana.PostAsync($"{PathOf(held)}/drafts/note", Draft("From the desk, later.", first));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        var there = JsonDocument.Parse(late.Html).RootElement;
        Assert.Equal(second, there.GetProperty("version").GetString());
        Assert.Equal("From the phone.", there.GetProperty("fields").GetProperty("text").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await ana.PostAsync($"{PathOf(held)}/drafts/note", Draft("Anew.", "0"))).Status);
        var (path, fields) = (await ana.GetAsync(PathOf(held))).FormOf("/note");
        Assert.Equal(second, fields["draft"]);
        var sent = await ana.PostAsync(path, fields.Filled(("draft", first), ("text", "From the desk, later.")));
        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);

        AssertRestored(await ana.GetAsync(PathOf(held)), "note", "From the phone.");
    }

    [Fact]
    public async Task Who_is_signed_out_or_may_not_is_told_so_with_the_text_and_finds_it_after_signing_in()
    {
        var held = await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        await DraftAsync(ana, held, "note", Half);
        var (path, fields) = (await ana.GetAsync(PathOf(held))).FormOf("/note");
        App.Clock.Advance(SignInRules.LongestIdle);

        var expired = await ana.PostAsync(path, fields.Filled(("text", Half + " and more")));
        Assert.Equal(HttpStatusCode.Unauthorized, expired.Status);
        Assert.Contains($"to={Uri.EscapeDataString("/console/unfinished")}", WebUtility.HtmlDecode(expired.Html), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ana.PostAsync($"{PathOf(held)}/drafts/note", Draft("x", "0"))).Status);
        await ana.SignInAsync();
        Assert.Contains(Half + " and more", (await ana.GetAsync("/console/unfinished")).Text, StringComparison.Ordinal);
        AssertRestored(await ana.GetAsync(PathOf(held)), "note", Half);

        using var eve = await ConsoleBrowser.SignedInAsync(App, UserRoles.Auditor);
        var refused = await eve.PostAsync(path, fields.Filled(("text", "What an auditor had to say.")));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("Your role does not allow this", refused.Text, StringComparison.Ordinal);
        Assert.Contains("What an auditor had to say.", refused.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_asked_and_taken_back_is_a_draft_again()
    {
        var held = await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        var (path, fields) = (await ana.GetAsync(PathOf(held))).FormOf("/ask");
        var asked = await ana.PostAsync(path, fields.Filled(("text", "Since when?")));
        var (undo, undoFields) = (await ana.GetAsync(asked.Response.Headers.Location!.OriginalString)).FormOf("/undo");

        await ana.PostAsync(undo, undoFields);

        AssertRestored(await ana.GetAsync(PathOf(held)), "ask", "Since when?");
    }

    [Fact]
    public async Task A_draft_that_is_not_wanted_goes_and_an_emptied_one_too()
    {
        var held = await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        await DraftAsync(ana, held, "note", Half);
        var (path, fields) = (await ana.GetAsync(PathOf(held))).FormOf("/drafts/note/discard");

        Assert.Equal(HttpStatusCode.SeeOther, (await ana.PostAsync(path, fields)).Status);
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Draft"));
        var version = await DraftAsync(ana, held, "note", Half);
        Assert.Equal("0", await DraftAsync(ana, held, "note", "  ", version));

        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Draft"));
    }

    [Fact]
    public async Task A_draft_is_in_the_patients_copy_is_sealed_and_goes_with_the_patient()
    {
        var held = await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        await DraftAsync(ana, held, "note", Half);
        var id = (await App.InquiryAsync(held.Reference)).Id;

        var copy = await App.Services.GetRequiredService<ExportPatient>().RunAsync(id, CancellationToken.None);
        Assert.Equal(("note", Half), (Assert.Single(copy!.Drafts).Form, copy.Drafts[0].Text));
        var dump = await App.DumpAsync();
        Assert.DoesNotContain("She rang", dump, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString("She rang"u8), dump, StringComparison.Ordinal);
        var (path, fields) = (await ana.GetAsync(PathOf(held))).FormOf("/note");
        Assert.Equal(0, (await App.RunCommandAsync("erase", held.Reference, "--yes")).ExitCode);

        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Draft"));
        Assert.Equal(HttpStatusCode.NotFound, (await ana.PostAsync($"{PathOf(held)}/drafts/note", Draft(Half, "0"))).Status);
        var refused = await ana.PostAsync(path, fields.Filled(("text", Half)));
        Assert.Contains(WebUtility.HtmlEncode(Half), refused.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IR-0000-0000", "note", 404)]
    [InlineData("nonsense", "note", 404)]
    [InlineData(null, "Note", 404)]
    [InlineData(null, "note", 413)]
    public async Task What_cannot_be_kept_is_refused(string? reference, string form, int status)
    {
        var held = await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);

        var answer = await ana.PostAsync(
            $"/console/inquiries/{reference ?? held.Reference}/drafts/{form}", Draft(new string('x', status == 413 ? 20_001 : 10), "0"));

        Assert.Equal(status, (int)answer.Status);
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Draft"));
    }

    private static string PathOf(Submitted inquiry) => $"/console/inquiries/{inquiry.Reference}";

    private static Dictionary<string, string> Draft(string text, string version) => new() { ["draft"] = version, ["text"] = text };

    private async Task<Submitted> HeldAsync()
    {
        var held = await App.SubmitAsync(An.Inquiry().With("patient.birthYear", 2015));
        await App.ReachesAsync(held.Reference, InquiryState.Held);
        await App.SettlesAsync();
        return held;
    }

    private static async Task<string> DraftAsync(ConsoleBrowser browser, Submitted inquiry, string form, string text, string version = "0")
    {
        var answer = await browser.PostAsync($"{PathOf(inquiry)}/drafts/{form}", Draft(text, version));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return JsonDocument.Parse(answer.Html).RootElement.GetProperty("version").GetString()!;
    }

    private static void AssertRestored(Page page, string form, string text)
    {
        AssertHas(page, form, text);
        Assert.Contains("is restored", page.Text, StringComparison.Ordinal);
        Assert.Matches($"""<details [^>]*open[^>]* id="{form}">""", page.Html);
    }

    private static void AssertHas(Page page, string form, string text) =>
        Assert.Matches($"""<textarea id="{form}-text"[^>]*>{Regex.Escape(WebUtility.HtmlEncode(text))}</textarea>""", page.Html);
}
