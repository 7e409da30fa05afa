using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using MimeKit;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>What people hear without having done anything: time has passed, or a clinic has said no.</summary>
public sealed class FollowUpMailTests : AppTests
{
    private const string Reminder = "awaits your answer";
    private const string Expired = "is over";
    private const string MovedOn = "the search goes on";
    private const string CheckIn = "How is it going?";

    private readonly InquiryBuilder _inquiry = An.Inquiry();

    [Fact]
    public async Task A_clinic_that_has_not_answered_is_reminded_once_when_half_of_its_time_is_over_and_told_when_it_has_ended()
    {
        var submitted = await App.SubmitAsync(_inquiry);
        await App.MailToAsync(ClinicAddress("MX-A"));
        var offer = Assert.Single(await App.ReferralsAsync(submitted.Reference));

        // 8 of its 16 business hours: 6 of Monday, 2 of Tuesday.
        await App.AdvanceToAsync(Clocks.Start.AddDays(1).AddMinutes(-10));
        await App.SettlesAsync();
        Assert.Empty(Subjects(ClinicAddress("MX-A"), Reminder));
        await App.AdvanceToAsync(Clocks.Start.AddDays(1).AddMinutes(10));
        var reminder = await App.MailToAsync(ClinicAddress("MX-A"), Reminder);
        AssertSaysNothingOfThePatient(reminder, _inquiry);

        // Its link opens the same referral.
        using (var visit = await App.OpenReferralAsync(reminder))
        {
            Assert.Contains(submitted.Reference, visit.Page.Text, StringComparison.Ordinal);
        }

        await App.AdvanceToAsync(offer.OfferUntil);
        var ended = await App.MailToAsync(ClinicAddress("MX-A"), Expired);
        AssertSaysNothingOfThePatient(ended, _inquiry);
        Assert.DoesNotContain("http", ended.TextBody!, StringComparison.Ordinal);
        Assert.Contains("Clinics asked so far: 2", (await App.MailToAsync(_inquiry.Email, MovedOn)).TextBody!, StringComparison.Ordinal);
        await App.SettlesAsync();
        Assert.Single(Subjects(ClinicAddress("MX-A"), Reminder));
    }

    [Fact]
    public async Task A_clinic_that_has_answered_is_not_reminded()
    {
        await App.SubmitAsync(_inquiry);
        using (var visit = await OpenReferralOfAsync("MX-A"))
        {
            await visit.AcceptAsync();
        }

        await App.AdvanceToAsync(App.Now.AddDays(3));
        await App.SettlesAsync();

        Assert.Empty(Subjects(ClinicAddress("MX-A"), Reminder));
        Assert.Empty(Subjects(ClinicAddress("MX-A"), Expired));
    }

    [Fact]
    public async Task A_clinic_that_takes_its_yes_back_is_reminded_at_half_of_the_business_time_that_is_left()
    {
        await App.SubmitAsync(_inquiry);
        using var visit = await OpenReferralOfAsync("MX-A");

        // The yes stands from half past ten on Tuesday to a quarter past eleven: the reminder of eleven is not sent.
        await App.AdvanceToAsync(Clocks.Start.AddDays(1).AddMinutes(-30));
        await visit.AcceptAsync();
        await App.SettlesAsync();
        await App.AdvanceToAsync(Clocks.Start.AddDays(1).AddMinutes(15));
        await visit.PressAsync("/referral/undo");
        await App.SettlesAsync();

        // Of 5:45 until five o'clock and two hours of Wednesday, half are over at seven minutes past three; of the hours on the wall at eleven
        // at night.
        await App.AdvanceToAsync(Clocks.Start.AddDays(1).AddHours(4));
        await App.SettlesAsync();
        Assert.Empty(Subjects(ClinicAddress("MX-A"), Reminder));
        await App.AdvanceToAsync(Clocks.Start.AddDays(1).AddHours(4).AddMinutes(15));
        await App.MailToAsync(ClinicAddress("MX-A"), Reminder);
    }

    [Fact]
    public async Task That_the_next_clinic_is_asked_is_told_once_a_day()
    {
        var submitted = await App.SubmitAsync(_inquiry);
        await DeclineAsync("MX-A");
        await App.MailToAsync(_inquiry.Email, MovedOn);
        await DeclineAsync("MX-B");
        await App.MailToAsync(ClinicAddress("MX-C"));
        await App.SettlesAsync();

        Assert.Single(Subjects(_inquiry.Email, MovedOn));

        // The third no leads to nobody: the patient does not hear that a clinic is asked.
        await App.AdvanceToAsync(App.Now.AddDays(1));
        await DeclineAsync("MX-C");
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        await App.SettlesAsync();
        Assert.Single(Subjects(_inquiry.Email, MovedOn));
    }

    [Fact]
    public async Task A_clinic_that_says_yes_gets_the_link_again_and_so_after_taking_it_back()
    {
        await App.SubmitAsync(_inquiry);
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.AcceptAsync();
        var confirmation = await App.MailToAsync(ClinicAddress("MX-A"), "You have accepted");
        AssertSaysNothingOfThePatient(confirmation, _inquiry);
        using (var again = await App.OpenReferralAsync(confirmation))
        {
            Assert.Contains(_inquiry.Name, again.Page.Text, StringComparison.Ordinal);
        }

        await visit.PressAsync("/referral/undo");
        await visit.AcceptAsync();
        await App.UntilAsync(() => Task.FromResult(Subjects(ClinicAddress("MX-A"), "You have accepted").Count == 2), "the second confirmation");
    }

    [Fact]
    public async Task The_patient_is_asked_how_it_is_going_after_a_week_a_month_and_three()
    {
        await AcceptedAsync();

        var (passed, asked) = (0, new List<int>());
        foreach (var day in (int[])[6, 8, 29, 31, 89, 91, 200])
        {
            await App.AdvanceToAsync(App.Now.AddDays(day - passed));
            await App.SettlesAsync();
            passed = day;
            asked.Add(Subjects(_inquiry.Email, CheckIn).Count);
        }

        Assert.Equal([0, 1, 1, 2, 2, 3, 3], asked);
        Assert.All(App.MailsTo(_inquiry.Email).Where(m => m.Subject!.Contains(CheckIn, StringComparison.Ordinal)), mail =>
        {
            Assert.Equal("List-Unsubscribe=One-Click", mail.Headers[HeaderId.ListUnsubscribePost]);
            AssertNoHealthData(mail.TextBody!);
        });
    }

    [Fact]
    public async Task A_patient_whose_clinic_took_its_yes_back_is_not_asked()
    {
        await App.SubmitAsync(_inquiry);
        using (var visit = await OpenReferralOfAsync("MX-A"))
        {
            await visit.AcceptAsync();
            await App.MailToAsync(ClinicAddress("MX-A"), "You have accepted");
            await visit.PressAsync("/referral/undo");
        }

        await App.AdvanceToAsync(App.Now.AddDays(40));
        await App.SettlesAsync();

        Assert.Empty(Subjects(_inquiry.Email, CheckIn));
    }

    [Fact]
    public async Task Of_an_inquiry_that_is_closed_nobody_asks_how_it_is_going()
    {
        var submitted = await AcceptedAsync();
        var inquiry = await App.InquiryAsync(submitted.Reference);
        await App.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE Inquiry SET State = 'Closed' WHERE Id = @Id", new { inquiry.Id }));

        await App.AdvanceToAsync(App.Now.AddDays(10));
        await App.SettlesAsync();

        Assert.Empty(Subjects(_inquiry.Email, CheckIn));
    }

    [Fact]
    public async Task Who_answers_that_we_should_stop_is_not_asked_again_and_a_coordinator_reads_it()
    {
        var submitted = await AcceptedAsync();
        await App.AdvanceToAsync(App.Now.AddDays(8));
        await App.MailToAsync(_inquiry.Email, CheckIn);
        using (var visit = await Status.StatusVisit.OpenAsync(App, submitted))
        {
            await visit.PressAsync("/status/check-in", ("answer", "stop"), ("once", visit.Page.Hidden("once")!));
        }

        var told = await App.MailToAsync("coordinators@operator.example", "asks us to stop asking");
        AssertSaysNothingOfThePatient(told, _inquiry);
        Assert.Contains("MX-A", told.TextBody!, StringComparison.Ordinal);
        await App.AdvanceToAsync(App.Now.AddDays(25));
        await App.SettlesAsync();
        Assert.Single(Subjects(_inquiry.Email, CheckIn));

        // Another clinic's yes does not begin it anew.
        using (var back = await OpenReferralOfAsync("MX-A"))
        {
            await back.PressAsync("/referral/return", KeyValuePair.Create("reason", "no-capacity"));
        }

        await App.MailToAsync(_inquiry.Email, MovedOn);
        using (var next = await OpenReferralOfAsync("MX-B"))
        {
            await next.AcceptAsync();
        }

        await App.MailToAsync(ClinicAddress("MX-B"), "You have accepted");
        await App.AdvanceToAsync(App.Now.AddDays(8));
        await App.SettlesAsync();
        Assert.Single(Subjects(_inquiry.Email, CheckIn));
    }

    [Fact]
    public async Task A_clinic_that_says_yes_again_long_after_taking_it_back_has_its_patient_asked_from_then_on()
    {
        await App.SubmitAsync(_inquiry);
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.AcceptAsync();
        await App.MailToAsync(ClinicAddress("MX-A"), "You have accepted");
        await visit.PressAsync("/referral/undo");
        await App.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE Referral SET OfferUntil = @until", new { until = App.Now.AddDays(30) }));
        await App.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE FollowUp SET DueAt = @until WHERE Kind = 'OfferExpiry'", new { until = App.Now.AddDays(30) }));
        await App.AdvanceToAsync(App.Now.AddDays(9));
        await App.SettlesAsync();
        Assert.Empty(Subjects(_inquiry.Email, CheckIn));

        await visit.AcceptAsync();
        await App.UntilAsync(() => Task.FromResult(Subjects(ClinicAddress("MX-A"), "You have accepted").Count == 2), "the second confirmation");
        await App.AdvanceToAsync(App.Now.AddDays(8));
        await App.MailToAsync(_inquiry.Email, CheckIn);
    }

    private async Task<Submitted> AcceptedAsync()
    {
        var submitted = await App.SubmitAsync(_inquiry);
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.AcceptAsync();
        await App.MailToAsync(ClinicAddress("MX-A"), "You have accepted");
        Assert.Equal(ReferralState.Accepted, Assert.Single(await App.ReferralsAsync(submitted.Reference)).State);
        return submitted;
    }

    private async Task DeclineAsync(string clinic)
    {
        using var visit = await OpenReferralOfAsync(clinic);
        await visit.DeclineAsync();
    }

    private List<string> Subjects(string address, string words) =>
        [.. App.MailsTo(address).Select(m => m.Subject!).Where(s => s.Contains(words, StringComparison.Ordinal))];
}
