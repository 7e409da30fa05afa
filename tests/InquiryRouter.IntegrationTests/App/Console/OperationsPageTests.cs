using System.Net;
using System.Text.RegularExpressions;
using InquiryRouter.Application.Operations;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.History;
using InquiryRouter.Worker.Clock;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>What has stopped, on the pages of an administrator: seen by its cause, sent again with what came of it, put away and taken back.</summary>
public sealed partial class OperationsPageTests : AppTests
{
    private const string Path = "/console/operations";
    private static readonly string Group = $"{Path}/group?cause={Poison.Cause}&type=InquiryCleared";

    [Fact]
    public async Task What_has_stopped_stands_there_by_cause_and_singly_with_what_was_tried_and_nothing_of_a_patient()
    {
        var inquiry = An.Inquiry();
        var submitted = await ParkAsync(inquiry);
        using var admin = await ConsoleBrowser.SignedInAsync(App, UserRoles.Admin);

        var all = await admin.GetAsync(Path);
        var group = await admin.GetAsync(Group);

        Assert.Contains("Message InquiryCleared", all.Text, StringComparison.Ordinal);
        Assert.Contains(Poison.Cause, all.Text, StringComparison.Ordinal);
        Assert.Contains(submitted.Reference, group.Text, StringComparison.Ordinal);
        Assert.Contains("failed 10 times, last", group.Text, StringComparison.Ordinal);
        Assert.Contains($"MatchInquiry {Poison.Cause}", group.Text, StringComparison.Ordinal);
        Assert.All([all, group], page =>
        {
            Assert.DoesNotContain(inquiry.Email, page.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(inquiry.Name, page.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("lupus", page.Html, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task What_came_of_a_try_is_shown_and_not_only_that_it_was_asked_for()
    {
        var submitted = await ParkAsync(An.Inquiry());
        using var admin = await ConsoleBrowser.SignedInAsync(App, UserRoles.Admin);
        var id = IdsOf(await admin.GetAsync(Group))[0];

        var answer = await admin.PostAsync(Path + "/requeue", new() { ["id"] = id });
        var tries = answer.Response.Headers.Location!.OriginalString;
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        await FastAsync(async () => (await TextAsync(admin, tries)).Contains("Failed again", StringComparison.Ordinal), "it failed again");
        Assert.Contains(Poison.Cause, await TextAsync(admin, tries), StringComparison.Ordinal);

        await App.MendAsync();
        tries = (await admin.PostAsync(Path + "/requeue", new() { ["id"] = id })).Response.Headers.Location!.OriginalString;
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.UntilAsync(async () => Outcomes(await admin.GetAsync(tries)).SequenceEqual(["Done"]), "it is done");
        Assert.Contains("Each has come to something.", await TextAsync(admin, tries), StringComparison.Ordinal);
        Assert.Contains("Nothing has stopped.", await TextAsync(admin, Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_press_acts_on_what_was_on_the_screen_and_on_nothing_that_came_later()
    {
        await ParkAsync(An.Inquiry());
        using var admin = await ConsoleBrowser.SignedInAsync(App, UserRoles.Admin);
        var seen = IdsOf(await admin.GetAsync(Group));
        await App.SubmitAsync(An.Inquiry());
        await FastAsync(async () => await ParkedAsync() == 2, "a second one is parked");

        await admin.PostAsync(Path + "/set-aside", new() { ["id"] = seen.Single(), ["reason"] = "as seen" });

        Assert.Equal(1, await ParkedAsync());
        Assert.DoesNotContain(seen.Single(), IdsOf(await admin.GetAsync(Group)));
        await App.MendAsync();
    }

    [Fact]
    public async Task What_is_set_aside_says_why_and_is_taken_back()
    {
        await ParkAsync(An.Inquiry());
        using var admin = await ConsoleBrowser.SignedInAsync(App, UserRoles.Admin);
        var id = IdsOf(await admin.GetAsync(Group))[0];

        Assert.Equal(HttpStatusCode.SeeOther, (await admin.PostAsync(Path + "/set-aside", new() { ["id"] = id, ["reason"] = "told <b>by</b> phone" })).Status);

        Assert.Contains("Nothing has stopped.", await TextAsync(admin, Path), StringComparison.Ordinal);
        Assert.Contains("told &lt;b&gt;by&lt;/b&gt; phone", (await admin.GetAsync(Path + "/set-aside")).Html, StringComparison.Ordinal);
        await admin.PostAsync(Path + "/take-back", new() { ["id"] = id });
        Assert.Contains("Nothing is set aside.", await TextAsync(admin, Path + "/set-aside"), StringComparison.Ordinal);
        Assert.Equal([id], IdsOf(await admin.GetAsync(Group)).Distinct());
        Assert.Equal(["set-aside messages 1", "taken-back messages 1"], await DoneAsync());
        await App.MendAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    public async Task Without_a_reason_nothing_is_set_aside_and_what_was_typed_stays(string? reason)
    {
        await ParkAsync(An.Inquiry());
        using var admin = await ConsoleBrowser.SignedInAsync(App, UserRoles.Admin);
        var typed = reason ?? new string('x', 201);

        var answer = await admin.PostAsync(Path + "/set-aside", new()
        {
            ["id"] = IdsOf(await admin.GetAsync(Group))[0], ["reason"] = typed, ["cause"] = Poison.Cause, ["type"] = "InquiryCleared",
        });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("Nothing was done. Say why", answer.Text, StringComparison.Ordinal);
        Assert.Contains($"value=\"{typed}\"", answer.Html, StringComparison.Ordinal);
        Assert.Equal(1, await ParkedAsync());
        Assert.Empty(await DoneAsync());
        await App.MendAsync();
    }

    [Theory]
    [InlineData("/requeue")]
    [InlineData("/set-aside")]
    [InlineData("/take-back")]
    public async Task A_press_that_names_nothing_does_nothing(string action)
    {
        using var admin = await ConsoleBrowser.SignedInAsync(App, UserRoles.Admin);

        var answer = await admin.PostAsync(Path + action, new() { ["id"] = "seven", ["reason"] = "because" });

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Nothing was chosen"), (answer.Status, answer.Headline));
    }

    [Fact]
    public async Task What_is_done_on_the_command_line_stands_in_the_access_log_as_well()
    {
        await ParkAsync(An.Inquiry());

        await App.RunCommandAsync("operations", "set-aside", "--cause", Poison.Cause, "--reason", "because");
        await App.RunCommandAsync("operations", "take-back", "--cause", Poison.Cause);
        await App.MendAsync();
        await App.RunCommandAsync("operations", "requeue", "--all");

        Assert.Equal(["set-aside messages 1", "taken-back messages 1", "requeued messages 1"], await DoneAsync());
    }

    [Fact]
    public async Task The_jobs_of_the_clock_say_when_they_ran_and_when_they_failed_last()
    {
        await App.UntilAsync(
            async () => await App.NumberAsync("SELECT COUNT(*) FROM ClockRun") == ClockTasks.All.Count(t => t.At is null), "every job has run");
        using var admin = await ConsoleBrowser.SignedInAsync(App, UserRoles.Admin);
        var record = App.Services.GetRequiredService<RecordClockRun>();

        await record.RunAsync("send-digest", App.Now, App.Now.AddMinutes(1), "TimeoutException", CancellationToken.None);

        var page = await admin.GetAsync(Path);
        Assert.All(ClockTasks.All.Where(t => t.At is null), t => Assert.Contains(t.Name, page.Text, StringComparison.Ordinal));
        Assert.Contains("TimeoutException, ", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_says_what_waits_and_what_is_urgent()
    {
        var submitted = await App.SubmitAsync(An.Inquiry().Saying("I can't breathe"));
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        await App.SettlesAsync();
        using var admin = await ConsoleBrowser.SignedInAsync(App, UserRoles.Admin);

        var text = Regex.Replace(await TextAsync(admin, Path), @"\s+", " ", RegexOptions.None, TimeSpan.FromSeconds(5));

        Assert.Contains("Held inquiries 1", text, StringComparison.Ordinal);
        Assert.Contains("urgent 1", text, StringComparison.Ordinal);
        Assert.Contains("Messages on their way 0", text, StringComparison.Ordinal);
    }

    private async Task<Submitted> ParkAsync(InquiryBuilder inquiry)
    {
        await App.PoisonAsync("MatchDecision");
        var submitted = await App.SubmitAsync(inquiry);
        await App.ParksAsync();
        return submitted;
    }

    // Ten tries take a quarter of an hour.
    private Task FastAsync(Func<Task<bool>> condition, string what) => App.Clock.UntilAsync(condition, () => what, step: TimeSpan.FromSeconds(5));

    private Task<long> ParkedAsync() => App.NumberAsync("SELECT COUNT(*) FROM Outbox WHERE State = 2");

    private async Task<IReadOnlyList<string>> DoneAsync() =>
        [.. (await App.Database.ReadAsync(session => SystemAuditStore.ListAsync(session, 0, 100))).Where(l => l.Action == "operations-done").Select(l => l.Detail!)];

    private static async Task<string> TextAsync(ConsoleBrowser browser, string path) => (await browser.GetAsync(path)).Text;

    private static IReadOnlyList<string> IdsOf(Page page) =>
        [.. IdField().Matches(page.Html).Select(m => m.Groups["id"].Value).Distinct()];

    private static IReadOnlyList<string> Outcomes(Page page) => [.. Badge().Matches(page.Html).Select(m => m.Groups["text"].Value)];

    [GeneratedRegex("name=\"id\" value=\"(?<id>[0-9a-f-]{36})\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdField();

    [GeneratedRegex("class=\"badge[^\"]*\">(?<text>[^<]*)<", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Badge();
}
