using InquiryRouter.Application.Coordination;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.IntegrationTests.App.Status;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>What a coordinator does with an inquiry, by the command line, and what patient and clinic see of it.</summary>
public sealed class CoordinatorActionsTests : AppTests
{
    [Fact]
    public async Task A_closed_inquiry_is_told_to_clinic_and_patient_and_opened_again_asks_nobody_twice()
    {
        var inquiry = An.Inquiry();
        var submitted = await App.SubmitAsync(inquiry);
        await App.MailToAsync(ClinicAddress("MX-A"));

        await DoneAsync("close", submitted.Reference, "--reason", "booked-elsewhere", "--tell-patient", "--text", "Told us by phone.");

        await App.MailToAsync(inquiry.Email, "is closed");
        await App.MailToAsync(ClinicAddress("MX-A"), "taken back");
        Assert.Contains("booked a treatment in another way", (await App.StatusPageAsync(submitted)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Told us by phone", (await App.StatusPageAsync(submitted)).Text, StringComparison.Ordinal);

        await DoneAsync("reopen", submitted.Reference);

        await App.MailToAsync(ClinicAddress("MX-B"));
        Assert.Equal(["MX-A Withdrawn", "MX-B Offered"], await ReferralsAsync(submitted));
    }

    [Fact]
    public async Task Of_spam_nobody_is_told()
    {
        var inquiry = An.Inquiry().With("message", "I have chest pain now.");
        var submitted = await App.SubmitAsync(inquiry);
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        await App.SettlesAsync();
        var before = App.MailsTo(inquiry.Email).Count;

        await DoneAsync("close", submitted.Reference, "--reason", "spam", "--tell-patient");

        await App.SettlesAsync();
        Assert.Equal(before, App.MailsTo(inquiry.Email).Count);
        await DoneAsync("reopen", submitted.Reference);
        Assert.Contains(HoldReason.Emergency, (await App.InquiryAsync(submitted.Reference)).HoldReasons);
    }

    [Fact]
    public async Task Taken_back_from_the_clinic_that_had_accepted_it_sees_the_patient_no_longer_and_the_next_is_asked()
    {
        var inquiry = An.Inquiry();
        var submitted = await App.SubmitAsync(inquiry);
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.AcceptAsync();
        Assert.Contains(inquiry.Name, visit.Page.Text, StringComparison.Ordinal);

        await DoneAsync("take-back", submitted.Reference, "MX-A", "--reason", "clinic-silent");

        await App.MailToAsync(ClinicAddress("MX-B"));
        await App.MailToAsync(inquiry.Email, "News about your inquiry");
        Assert.DoesNotContain(inquiry.Name, (await visit.LookAgainAsync()).Text, StringComparison.Ordinal);
        Assert.Contains("because we did not hear from it", (await App.StatusPageAsync(submitted)).Text, StringComparison.Ordinal);
        Assert.Equal(InquiryState.Referred, (await App.ReachesAsync(submitted.Reference, InquiryState.Referred)).State);
    }

    [Fact]
    public async Task Taken_back_and_held_no_other_clinic_is_asked()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.MailToAsync(ClinicAddress("MX-A"));

        await DoneAsync("take-back", submitted.Reference, "MX-A", "--reason", "mistake", "--hold");

        await App.SettlesAsync();
        Assert.Equal([HoldReason.TakenBack], (await App.InquiryAsync(submitted.Reference)).HoldReasons);
        Assert.Empty(App.MailsTo(ClinicAddress("MX-B")));
    }

    [Fact]
    public async Task A_question_waits_on_the_patients_page_and_its_answer_comes_back_to_the_coordinators_and_to_no_clinic()
    {
        var inquiry = An.Inquiry().With("message", "I have chest pain now.");
        var submitted = await App.SubmitAsync(inquiry);
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);

        await DoneAsync("ask", submitted.Reference, "--text", "Are you with a doctor now?");
        await App.SettlesAsync();

        await App.MailToAsync(inquiry.Email, "A question about your inquiry");
        Assert.Equal(InquiryState.AwaitingPatient, (await App.InquiryAsync(submitted.Reference)).State);
        using var visit = await StatusVisit.OpenAsync(App, submitted);
        Assert.Contains("We ask", visit.Page.Text, StringComparison.Ordinal);
        await visit.PressAsync("/status/answer", ("question", visit.Page.Hidden("question")!), ("answer", "Yes, since this morning."));
        Assert.Contains("You have answered: Yes, since this morning.", visit.Page.Text, StringComparison.Ordinal);

        var held = await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        Assert.Equal([HoldReason.PatientAnswered, HoldReason.Emergency], held.HoldReasons);
        await DoneAsync("release", submitted.Reference);
        using var clinic = await OpenReferralOfAsync("MX-A");
        await clinic.AcceptAsync();
        Assert.DoesNotContain("since this morning", clinic.Page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asked_for_their_consent_in_their_language_a_patient_who_agrees_goes_on()
    {
        var inquiry = An.Inquiry().WithoutConsentToShare();
        var submitted = await App.SubmitAsync(inquiry);
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);

        await DoneAsync("ask", submitted.Reference, "--template", "consent");
        await App.SettlesAsync();

        using var visit = await StatusVisit.OpenAsync(App, submitted);
        Assert.Contains("Without your agreement we ask no clinic.", visit.Page.Text, StringComparison.Ordinal);
        await visit.PressAsync("/status/consent/give");
        await App.MailToAsync(ClinicAddress("MX-A"));
    }

    [Fact]
    public async Task A_question_is_undone_before_its_mail_goes_out_and_not_after()
    {
        var inquiry = An.Inquiry().With("message", "I have chest pain now.");
        var submitted = await App.SubmitAsync(inquiry);
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        await App.SettlesAsync();
        var (_, asked) = await App.RunCommandAsync("ask", submitted.Reference, "--text", "Where are you?");
        var undo = asked.Trim().Split(' ')[^1];

        await DoneAsync("undo", submitted.Reference, undo);

        Assert.Equal([HoldReason.Emergency], (await App.InquiryAsync(submitted.Reference)).HoldReasons);
        Assert.DoesNotContain("Where are you?", (await App.StatusPageAsync(submitted)).Text, StringComparison.Ordinal);
        await DoneAsync("ask", submitted.Reference, "--text", "Where are you now?");
        await App.MailToAsync(inquiry.Email, "A question about your inquiry");
        Assert.Single(App.MailsTo(inquiry.Email), m => m.Subject!.StartsWith("A question", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_clinic_reads_and_answers_a_coordinator_on_the_page_of_its_referral()
    {
        var inquiry = An.Inquiry();
        var submitted = await App.SubmitAsync(inquiry);
        await App.MailToAsync(ClinicAddress("MX-A"));
        Assert.Equal(2, (await App.RunCommandAsync("write", submitted.Reference, "MX-A", "--text", $"Can {inquiry.Name} come?")).ExitCode);

        // Not by the command: its links are those of another address than the app of the test has.
        Assert.IsType<ActionOutcome.Done>(await App.Services.GetRequiredService<WriteToClinic>().RunAsync(
            new Seen(submitted.Reference), Guid.CreateVersion7(), "MX-A", "Could the patient come in January?", Actor.Coordinator("rosa"),
            CancellationToken.None));

        var mail = await App.MailToAsync(ClinicAddress("MX-A"), "A message about referral");
        AssertSaysNothingOfThePatient(mail, inquiry);
        using var visit = await App.OpenReferralAsync(mail);
        Assert.Contains("Could the patient come in January?", visit.Page.Text, StringComparison.Ordinal);
        await visit.PressAsync("/referral/answer-us", KeyValuePair.Create("text", "Yes, from the 10th."));
        Assert.Contains("Yes, from the 10th.", visit.Page.Text, StringComparison.Ordinal);

        await App.MailToAsync("coordinators@operator.example", "A clinic has answered");
        Assert.DoesNotContain("come in January", (await App.StatusPageAsync(submitted)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clinic_of_the_coordinators_choice_is_asked_beside_the_first_and_the_reason_stands_in_the_history()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.MailToAsync(ClinicAddress("MX-A"));

        Assert.Contains("Nothing stands against it.", (await App.RunCommandAsync("offer", submitted.Reference, "MX-B", "--check")).Output, StringComparison.Ordinal);
        Assert.Contains("already-tried", (await App.RunCommandAsync("offer", submitted.Reference, "MX-A")).Output, StringComparison.Ordinal);
        await DoneAsync("offer", submitted.Reference, "MX-B");

        await App.MailToAsync(ClinicAddress("MX-B"));
        Assert.Equal(["MX-A Offered", "MX-B Offered"], await ReferralsAsync(submitted));
        Assert.Contains((await HistoryAsync(submitted)), l => l == "offered by-hand MX-B -");
    }

    [Fact]
    public async Task A_clinic_whose_week_is_full_is_asked_only_when_it_agrees_and_one_that_lacks_a_requirement_never()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup
        {
            Clinics = [A.Clinic("MX-A"), A.Clinic("MX-B") with { WeeklyCap = 1 }, A.Clinic("MX-C") with { Physicians = [] }],
        });
        var first = await app.SubmitAsync(An.Inquiry());
        await app.MailToAsync(ClinicAddress("MX-A"));
        Assert.Equal(0, (await app.RunCommandAsync("offer", first.Reference, "MX-B")).ExitCode);
        var second = await app.SubmitAsync(An.Inquiry());
        await app.MailToAsync(ClinicAddress("MX-A"), 2);

        var refused = await app.RunCommandAsync("offer", second.Reference, "MX-B", "--reason", "patient-agrees");
        var done = await app.RunCommandAsync("offer", second.Reference, "MX-B", "--reason", "clinic-agrees");
        var never = await app.RunCommandAsync("offer", second.Reference, "MX-C", "--reason", "both-agree");

        Assert.Equal((2, 0, 2), (refused.ExitCode, done.ExitCode, never.ExitCode));
        Assert.Contains("weekly-cap (of the moment: --reason clinic-agrees)", refused.Output, StringComparison.Ordinal);
        Assert.Contains("physician (a requirement)", never.Output, StringComparison.Ordinal);
        await app.MailToAsync(ClinicAddress("MX-B"), 2);
        Assert.Equal(2, await app.NumberAsync("SELECT MAX(Offered) FROM ClinicLoad WHERE ClinicCode = 'MX-B'"));
    }

    [Fact]
    public async Task A_note_stands_in_the_patients_copy_and_on_no_page_and_goes_with_an_erasure()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.MailToAsync(ClinicAddress("MX-A"));

        await DoneAsync("note", submitted.Reference, "--text", "Prefers to be called after six.");

        Assert.Contains("Prefers to be called after six.", (await App.RunCommandAsync("export", "inquiry", submitted.Reference)).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("after six", (await App.StatusPageAsync(submitted)).Text, StringComparison.Ordinal);
        using var visit = await OpenReferralOfAsync("MX-A");
        Assert.DoesNotContain("after six", (await visit.AcceptAsync()).Text, StringComparison.Ordinal);
        await DoneAsync("erase", submitted.Reference, "--yes");
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Note"));
    }

    [Fact]
    public async Task Of_what_has_happened_since_a_coordinator_looked_they_are_told_and_nothing_is_done()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.MailToAsync(ClinicAddress("MX-A"));
        await App.SettlesAsync();
        var line = (await App.InquiryAsync(submitted.Reference)).AuditCount;
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.AcceptAsync();

        var (exitCode, said) = await App.RunCommandAsync("close", submitted.Reference, "--reason", "gone-silent", "--seen", $"{line}");

        Assert.Equal(2, exitCode);
        Assert.Contains("accepted identity-disclosed (clinic)", said, StringComparison.Ordinal);
        Assert.Equal(InquiryState.Accepted, (await App.InquiryAsync(submitted.Reference)).State);
    }

    [Fact]
    public async Task A_correction_on_the_patients_behalf_stands_in_the_history_as_the_coordinators()
    {
        var inquiry = An.Inquiry();
        var submitted = await App.SubmitAsync(inquiry);
        await App.MailToAsync(ClinicAddress("MX-A"));

        await DoneAsync("correct", submitted.Reference, "email", "new@patient.example");

        await App.MailToAsync("new@patient.example", submitted.Reference);
        var found = await App.InquiryAsync(submitted.Reference);
        var line = (await App.Database.ReadAsync(session => InquiryStore.AuditAsync(session, found.Id))).Single(e => e.Action == "contact-corrected");
        Assert.Equal("coordinator", line.ActorKind);
    }

    private async Task DoneAsync(params string[] command)
    {
        var (exitCode, said) = await App.RunCommandAsync(command);
        Assert.True(exitCode == 0, said);
    }

    private async Task<IEnumerable<string>> ReferralsAsync(Submitted submitted) =>
        (await App.ReferralsAsync(submitted.Reference)).Select(r => $"{r.ClinicCode} {(r.State == ReferralState.Viewed ? ReferralState.Offered : r.State)}");

    private async Task<IEnumerable<string>> HistoryAsync(Submitted submitted)
    {
        var inquiry = await App.InquiryAsync(submitted.Reference);
        return (await App.Database.ReadAsync(session => InquiryStore.AuditAsync(session, inquiry.Id))).Select(e => $"{e.Action} {e.Detail}");
    }
}
