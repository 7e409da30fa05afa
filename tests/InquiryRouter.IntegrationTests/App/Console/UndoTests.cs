using System.Net;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Application.Privacy;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Messages;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using InquiryRouter.IntegrationTests.App.Status;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>What sends a mail, frees a place or moves an inquiry is begun, and can be undone for ten seconds: until then nothing of it is done.</summary>
public sealed class UndoTests : StatusTests
{
    private const string Text = "What there is to say.";

    public static TheoryData<string> Deeds => ["ask", "write", "offer", "take-back", "close", "release"];

    [Theory]
    [MemberData(nameof(Deeds))]
    public async Task What_was_begun_is_undone_and_everything_is_as_before_but_for_the_history(string deed)
    {
        var submitted = await ForAsync(deed);
        using var ana = await AnaAsync();
        var before = await StandsAsync(submitted);

        await PressAsync(ana, submitted, deed);

        Assert.Equal(before, await StandsAsync(submitted));
        var page = await ana.GetAsync(PathOf(submitted));
        Assert.Contains("For 10 seconds it can be undone", page.Text, StringComparison.Ordinal);
        var (undo, fields) = page.FormOf("/undo");
        Assert.Equal(HttpStatusCode.SeeOther, (await ana.PostAsync(undo, fields)).Status);

        App.Clock.Advance(TimeSpan.FromMinutes(1));
        await App.SettlesAsync();
        Assert.Equal(before, await StandsAsync(submitted));
        Assert.Equal([$"begun {deed}", $"undone {deed}"], (await LinesAsync(submitted)).TakeLast(2));

        // Once more it is too late, and says so.
        var late = await ana.PostAsync(undo, fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Contains("It is too late to undo it", late.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Deeds))]
    public async Task Left_alone_it_is_done_once_ten_seconds_later_by_who_began_it(string deed)
    {
        var submitted = await ForAsync(deed);
        using var ana = await AnaAsync();
        await PressAsync(ana, submitted, deed);
        var inquiry = await App.InquiryAsync(submitted.Reference);
        var id = await App.Database.ReadAsync(session => session.QuerySingleOrDefaultAsync<Guid>("SELECT Id FROM PendingAction"));

        // Told twice, it is done once.
        await App.Database.WriteAsync(tx => OutboxStore.AddAsync(tx, new ActionDue { InquiryId = inquiry.Id, ActionId = id }, Undoing.Time));
        await App.SettlesAsync();

        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM PendingAction"));
        var said = (await EntriesAsync(submitted)).Where(e => Does(deed, e.Event)).ToList();
        Assert.Equal("ana", Assert.Single(said).ActorName);
    }

    [Fact]
    public async Task A_question_stands_on_the_patients_page_when_it_is_sent_and_not_before()
    {
        var submitted = await HeldAsync();
        using var ana = await AnaAsync();
        await PressAsync(ana, submitted, "ask");

        Assert.DoesNotContain(Text, (await App.StatusPageAsync(submitted)).Text, StringComparison.Ordinal);
        await App.SettlesAsync();
        Assert.Contains(Text, (await App.StatusPageAsync(submitted)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_stands_on_the_clinics_page_when_it_is_sent_and_not_before()
    {
        var submitted = await AskedAsync();
        using var ana = await AnaAsync();
        using var clinic = await OpenReferralOfAsync("MX-A");
        await PressAsync(ana, submitted, "write");

        Assert.DoesNotContain(Text, (await clinic.LookAgainAsync()).Text, StringComparison.Ordinal);
        await App.SettlesAsync();
        Assert.Contains(Text, (await clinic.LookAgainAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_something_happens_meanwhile_it_is_not_done_the_history_says_why_and_the_text_is_a_draft_again()
    {
        var submitted = await AskedAsync();
        using var ana = await AnaAsync();
        await PressAsync(ana, submitted, "close");
        using var clinic = await OpenReferralOfAsync("MX-A");
        await clinic.AcceptAsync();

        await App.SettlesAsync();

        Assert.Equal(InquiryState.Accepted, (await App.InquiryAsync(submitted.Reference)).State);
        Assert.Contains("dropped close something-happened", await LinesAsync(submitted));
        Assert.Contains(Text, (await ana.GetAsync(PathOf(submitted))).Text, StringComparison.Ordinal);
        Assert.Contains(
            "Not done: closing it. Something has happened meanwhile", (await ana.GetAsync(PathOf(submitted) + "/history")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Until_it_is_done_nothing_else_is_begun_and_a_colleague_can_undo_it()
    {
        var submitted = await HeldAsync();
        using var ana = await AnaAsync();
        using var ben = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ben@operator.example");
        var (path, fields) = (await ben.GetAsync(PathOf(submitted))).FormOf("/close");
        await PressAsync(ana, submitted, "release");

        var refused = await ben.PostAsync(path, fields.Filled(("reason", "gone-silent")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Something was begun with it a moment ago", refused.Text, StringComparison.Ordinal);

        var (undo, undoFields) = (await ben.GetAsync(PathOf(submitted))).FormOf("/undo");
        await ben.PostAsync(undo, undoFields);
        Assert.Equal(HttpStatusCode.SeeOther, (await ben.PostAsync(path, fields.Filled(("reason", "gone-silent")))).Status);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_begins_it_once()
    {
        var submitted = await HeldAsync();
        using var ana = await AnaAsync();
        var (path, fields) = (await ana.GetAsync(PathOf(submitted))).FormOf("/ask");
        Assert.Equal(HttpStatusCode.SeeOther, (await ana.PostAsync(path, fields.Filled(("text", Text)))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await ana.PostAsync(path, fields.Filled(("text", Text)))).Status);
        await App.SettlesAsync();

        Assert.Equal(HttpStatusCode.SeeOther, (await ana.PostAsync(path, fields.Filled(("text", Text), ("seen", "99")))).Status);
        await App.SettlesAsync();
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM Note"));
    }

    [Fact]
    public async Task After_a_crash_it_is_done_when_its_time_comes_and_can_be_undone_before()
    {
        var (left, undone) = (await HeldAsync(), await HeldAsync());
        using var ana = await AnaAsync();
        await PressAsync(ana, left, "close");
        await PressAsync(ana, undone, "close");
        var inquiry = await App.InquiryAsync(undone.Reference);
        var id = await App.Database.ReadAsync(session => session.QuerySingleOrDefaultAsync<Guid>(
            "SELECT Id FROM PendingAction WHERE InquiryId = @Id", new { inquiry.Id }));
        await App.KillAsync();

        Assert.Equal(0, (await App.RunCommandAsync("undo", undone.Reference, id.ToString())).ExitCode);
        await using var second = await InquiryApp.StartAsync(Setup with { Directory = App.Settings.Data.Directory, Clock = App.Clock });
        await second.SettlesAsync();

        Assert.Equal(InquiryState.Closed, (await second.InquiryAsync(left.Reference)).State);
        Assert.Equal(InquiryState.Held, (await second.InquiryAsync(undone.Reference)).State);
        Assert.Equal(0, await second.NumberAsync("SELECT COUNT(*) FROM PendingAction"));
    }

    [Fact]
    public async Task Erased_with_its_patient_it_is_not_done()
    {
        var submitted = await HeldAsync();
        using var ana = await AnaAsync();
        await PressAsync(ana, submitted, "ask");
        var inquiry = await App.InquiryAsync(submitted.Reference);

        await App.Clock.RunningAsync(App.Services.GetRequiredService<EraseInquiry>().RunAsync(inquiry.Id, Actor.Coordinator("Eva")));
        await App.SettlesAsync();

        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM PendingAction"));
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Note"));
        Assert.Equal(InquiryState.Erased, (await App.InquiryAsync(submitted.Reference)).State);
    }

    private static bool Does(string deed, HistoryEvent said) => deed switch
    {
        "ask" => said is HistoryEvent.PatientAsked,
        "write" => said is HistoryEvent.ClinicWritten,
        "offer" => said is HistoryEvent.Offered.ByHand,
        "take-back" => said is HistoryEvent.TakenBack,
        "close" => said is HistoryEvent.Closed,
        _ => said is HistoryEvent.Released.AsItIs,
    };

    private static string PathOf(Submitted submitted) => $"/console/inquiries/{submitted.Reference}";

    private Task<ConsoleBrowser> AnaAsync() => ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ana@operator.example");

    private async Task<Submitted> HeldAsync()
    {
        var held = await App.SubmitAsync(An.Inquiry().BornIn(2015));
        await App.ReachesAsync(held.Reference, InquiryState.Held);
        await App.SettlesAsync();
        return held;
    }

    private Task<Submitted> ForAsync(string deed) => deed is "ask" or "release" ? HeldAsync() : AskedAsync();

    private static async Task PressAsync(ConsoleBrowser browser, Submitted submitted, string deed)
    {
        var (path, fields) = (await browser.GetAsync(PathOf(submitted))).FormOf("/" + deed);
        var pressed = await browser.PostAsync(path, fields.Filled(deed switch
        {
            "ask" => [("text", Text)],
            "write" => [("clinic", "MX-A"), ("text", Text)],
            "offer" => [("clinic", "MX-B")],
            "take-back" => [("clinic", "MX-A"), ("reason", "clinic-silent"), ("choice", "yes")],
            "close" => [("reason", "gone-silent"), ("text", Text)],
            _ => [],
        }));
        Assert.Equal(HttpStatusCode.SeeOther, pressed.Status);
    }

    // Everything that others see, or that decides what follows.
    private async Task<string> StandsAsync(Submitted submitted)
    {
        var inquiry = await App.InquiryAsync(submitted.Reference);
        var referrals = await App.ReferralsAsync(submitted.Reference);
        return string.Join('\n',
            $"{inquiry.State} {inquiry.Version} {string.Join(' ', inquiry.HoldReasons.Select(r => r.Code))}",
            string.Join(' ', referrals.Select(r => $"{r.ClinicCode} {r.State} {r.Version}")),
            await App.NumberAsync("SELECT COUNT(*) FROM Mail"), await App.NumberAsync("SELECT COUNT(*) FROM Note"),
            await App.NumberAsync("SELECT COALESCE(SUM(Offered), 0) FROM ClinicLoad"), await App.NumberAsync("SELECT COUNT(*) FROM FollowUp WHERE State = 0"),
            await App.NumberAsync("SELECT COUNT(*) FROM Work WHERE ClosedAt IS NULL"));
    }

    private async Task<IReadOnlyList<AuditEntry>> EntriesAsync(Submitted submitted)
    {
        var inquiry = await App.InquiryAsync(submitted.Reference);
        return await App.Database.ReadAsync(session => InquiryStore.AuditAsync(session, inquiry.Id));
    }

    private async Task<IReadOnlyList<string>> LinesAsync(Submitted submitted) =>
        [.. (await EntriesAsync(submitted)).Select(e => $"{e.Action} {e.Detail}".TrimEnd())];
}
