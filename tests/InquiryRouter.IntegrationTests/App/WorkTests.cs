using System.Globalization;
using InquiryRouter.Application.Coordination;
using InquiryRouter.Application.Mail;
using InquiryRouter.Core.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.IntegrationTests.App.Status;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>What needs a person, from what causes it to what answers it.</summary>
public sealed class WorkTests : StatusTests
{
    private const string Coordinators = "coordinators@operator.example";

    [Fact]
    public async Task An_inquiry_that_nobody_has_to_look_at_makes_no_work()
    {
        await AcceptedAsync();

        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Work"));
        Assert.Contains("Nothing needs a person.", await ListAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_coordinator_takes_what_is_held_puts_it_off_gives_it_back_and_sends_it_on()
    {
        var submitted = await App.SubmitAsync(An.Inquiry().BornIn(2015));
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        var work = Assert.Single(await OpenAsync());
        Assert.Contains($"{work.Seq} (1)  {submitted.Reference}  held  due ", await ListAsync(), StringComparison.Ordinal);

        Assert.Contains("It is yours.", await RunAsync("take", Id(work)), StringComparison.Ordinal);
        Assert.Contains("held  yours", await ListAsync("--mine"), StringComparison.Ordinal);
        Assert.DoesNotContain(submitted.Reference, await ListAsync("--free"), StringComparison.Ordinal);
        Assert.Contains("It has changed since you saw it", await RunAsync("give", Id(work), "tom", "--version-seen", "1"), StringComparison.Ordinal);
        Assert.Contains("It is with tom.", await RunAsync("give", Id(work), "tom", "--version-seen", "2"), StringComparison.Ordinal);
        Assert.Contains("held  taken", await ListAsync(), StringComparison.Ordinal);
        Assert.Contains("It is everyone's.", await RunAsync("give", Id(work), "everyone"), StringComparison.Ordinal);

        var until = App.Now.AddDays(1).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
        Assert.Contains("It comes back on", await RunAsync("snooze", Id(work), until), StringComparison.Ordinal);
        Assert.DoesNotContain(submitted.Reference, await ListAsync(), StringComparison.Ordinal);
        Assert.Contains(submitted.Reference, await ListAsync("--snoozed"), StringComparison.Ordinal);
        App.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Contains("LATE", await ListAsync(), StringComparison.Ordinal);

        Assert.Contains("Reading does not answer this", await RunAsync("done", Id(work)), StringComparison.Ordinal);
        Assert.Equal(0, (await App.RunCommandAsync("release", submitted.Reference)).ExitCode);
        Assert.DoesNotContain(await OpenAsync(), w => w.Kind == WorkKind.Held);
        Assert.Contains("There is no such open work", await RunAsync("take", Id(work)), StringComparison.Ordinal);
        Assert.Equal(["work-taken", "work-given", "work-passed", "work-snoozed", "released"], (await ActionsAsync(submitted)).Skip(2).Take(5));
    }

    [Fact]
    public async Task What_a_patient_writes_is_work_until_somebody_has_read_it()
    {
        var submitted = await AcceptedAsync();
        using var visit = await OpenAsync(submitted);

        await visit.PressAsync("/status/add", ("information", "I have sent the papers."), ("once", "1"));
        var work = Assert.Single(await OpenAsync());
        Assert.Equal((WorkKind.PatientWrote, submitted.Reference), (work.Kind, work.Reference));

        Assert.Contains("It is done.", await RunAsync("done", Id(work)), StringComparison.Ordinal);
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task An_emergency_where_a_clinic_has_the_patient_is_urgent_until_somebody_has_seen_to_it()
    {
        var submitted = await AcceptedAsync();
        using var visit = await OpenAsync(submitted);

        await visit.PressAsync("/status/add", ("information", "I have chest pain."), ("once", "1"));

        Assert.Contains("emergency-words  URGENT", await ListAsync(), StringComparison.Ordinal);
        var urgent = (await OpenAsync())[0];
        Assert.Equal((WorkKind.EmergencyWords, true), (urgent.Kind, urgent.Urgent));
        Assert.Contains("An emergency is not put off.", await RunAsync("snooze", Id(urgent), "2026-12-31"), StringComparison.Ordinal);

        await RunAsync("done", Id(urgent));
        Assert.Empty(await OpenAsync());
        Assert.Contains("work-done about-the-patient", await DetailsAsync(submitted), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_in_that_says_that_nobody_is_in_touch_is_work()
    {
        var submitted = await AcceptedAsync();
        using var visit = await OpenAsync(submitted);

        await visit.PressAsync("/status/check-in", ("answer", "no-contact"), ("once", visit.Page.Hidden("once")!));

        Assert.Equal(WorkKind.BadCheckIn, Assert.Single(await OpenAsync()).Kind);
    }

    [Fact]
    public async Task What_a_clinic_remarks_and_a_price_are_work()
    {
        var submitted = await AskedAsync();
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.PressAsync("/referral/quote", [.. ClinicPageTests.Quote]);

        var quote = Assert.Single(await OpenAsync());
        Assert.Equal((WorkKind.QuoteToLookAt, submitted.Reference), (quote.Kind, quote.Reference));
        await RunAsync("done", Id(quote));
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task A_database_of_an_earlier_version_shows_what_stands_open()
    {
        var held = await App.SubmitAsync(An.Inquiry().BornIn(2015));
        await App.ReachesAsync(held.Reference, InquiryState.Held);
        var accepted = await AcceptedAsync();
        using var visit = await OpenAsync(accepted);
        await visit.PressAsync("/status/check-in", ("answer", "no-contact"), ("once", visit.Page.Hidden("once")!));
        var before = await OpenAsync();
        await App.Database.WriteAsync(tx => tx.ExecuteAsync("DELETE FROM Work"));
        Assert.Contains("2 rows are missing", (await App.RunCommandAsync("doctor")).Output, StringComparison.Ordinal);

        App.Clock.Advance(TimeSpan.FromHours(3));
        await App.Clock.RunningAsync(App.Services.GetRequiredService<ReckonWork>().MendAsync(CancellationToken.None));

        var after = await OpenAsync();
        Assert.Equal(before.Select(w => (w.Kind, w.Reference)).Order(), after.Select(w => (w.Kind, w.Reference)).Order());

        // How long the patient has waited is known from the history.
        Assert.Equal(before.Single(w => w.Kind == WorkKind.Held).Since, after.Single(w => w.Kind == WorkKind.Held).Since);
        Assert.Contains("2 things need a person, 0 of them are late", (await App.RunCommandAsync("doctor")).Output, StringComparison.Ordinal);
        Assert.Equal(0, await App.Clock.RunningAsync(App.Services.GetRequiredService<ReckonWork>().MendAsync(CancellationToken.None)));
    }

    [Fact]
    public async Task What_somebody_silent_has_taken_is_everyones_again()
    {
        var submitted = await App.SubmitAsync(An.Inquiry().BornIn(2015));
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        await RunAsync("take", Id(Assert.Single(await OpenAsync())));
        var free = App.Services.GetRequiredService<FreeWork>();
        Assert.Equal(0, await App.Clock.RunningAsync(free.RunAsync(CancellationToken.None)));

        App.Clock.Advance(TimeSpan.FromHours(13));
        Assert.DoesNotContain("yours", await ListAsync(), StringComparison.Ordinal);
        await App.Clock.RunningAsync(free.RunAsync(CancellationToken.None));

        Assert.Null(Assert.Single(await OpenAsync()).OwnerId);
        Assert.Equal("work-freed", (await ActionsAsync(submitted))[^1]);
    }

    [Fact]
    public async Task The_coordinators_get_one_mail_about_what_came_together_and_another_one_only_in_the_next_hour()
    {
        var (one, two) = (An.Inquiry().BornIn(2015), An.Inquiry().WithoutConsentToShare());
        string[] references = [(await App.SubmitAsync(one)).Reference, (await App.SubmitAsync(two)).Reference];
        foreach (var reference in references)
        {
            await App.ReachesAsync(reference, InquiryState.Held);
        }

        await App.SettlesAsync();
        Assert.Empty(App.MailsTo(Coordinators));
        await App.SendDigestAsync();

        var digest = await App.MailToAsync(Coordinators);
        Assert.All(references, reference => Assert.Contains(reference, digest.TextBody!, StringComparison.Ordinal));
        AssertSaysNothingOfThePatient(digest, one);
        AssertSaysNothingOfThePatient(digest, two);

        await App.SendDigestAsync();
        Assert.Single(App.MailsTo(Coordinators));
        var third = await App.SubmitAsync(An.Inquiry().BornIn(2015));
        await App.ReachesAsync(third.Reference, InquiryState.Held);
        App.Clock.Advance(TimeSpan.FromHours(1));
        await App.SendDigestAsync();
        Assert.DoesNotContain(references[0], (await App.MailToAsync(Coordinators, 2)).TextBody!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_a_day_they_are_told_what_is_open_and_how_many_acknowledgements_were_not_sent()
    {
        var inquiry = An.Inquiry();
        for (var i = 0; i < 12; i++)
        {
            await App.SubmitAsync(inquiry.With("condition", i % 2 == 0 ? "lupus" : "multiple-sclerosis").Without("conditionType"));
        }

        await App.SettlesAsync();
        var withheld = await App.NumberAsync("SELECT COUNT(*) FROM MailRequest WHERE Withheld = 1 AND Kind = 'Acknowledgement'");
        Assert.True(withheld > 0);
        await App.SendDigestAsync();

        var digest = (await App.MailToAsync(Coordinators, "Open for the coordinators")).TextBody!;
        Assert.Contains($"Acknowledgements that were not sent in the last 24 hours: {withheld}.", digest, StringComparison.Ordinal);

        // A second worker says no more than the first.
        Assert.False(await App.Clock.RunningAsync(App.Services.GetRequiredService<SendDigest>().RunAsync(CancellationToken.None)));
    }

    private static string Id(OpenWork work) => work.Seq.ToString(CultureInfo.InvariantCulture);

    private Task<IReadOnlyList<OpenWork>> OpenAsync() => App.Database.ReadAsync(session => WorkStore.ListAsync(session, new WorkFilter(), after: null, 100));

    private async Task<string> ListAsync(params string[] arguments) => (await App.RunCommandAsync(["work", "list", .. arguments])).Output;

    private async Task<string> RunAsync(params string[] arguments) => (await App.RunCommandAsync(["work", .. arguments])).Output;

    private async Task<IReadOnlyList<string>> ActionsAsync(Submitted submitted) => [.. (await EntriesAsync(submitted)).Select(e => e.Action)];

    private async Task<string> DetailsAsync(Submitted submitted) => string.Join('\n', (await EntriesAsync(submitted)).Select(e => $"{e.Action} {e.Detail}"));

    private async Task<IReadOnlyList<Core.Privacy.AuditEntry>> EntriesAsync(Submitted submitted)
    {
        var inquiry = await App.InquiryAsync(submitted.Reference);
        return await App.Database.ReadAsync(session => InquiryStore.AuditAsync(session, inquiry.Id));
    }
}
