using System.Net;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Status;

/// <summary>Whether clinics may see an inquiry at all: what becomes of it, and of what they have seen.</summary>
public sealed class ConsentTests : StatusTests
{
    [Fact]
    public async Task When_I_no_longer_agree_that_clinics_see_it_offers_are_taken_back_and_nobody_else_is_asked_until_I_do()
    {
        var submitted = await AskedAsync();
        using var visit = await OpenAsync(submitted);

        await visit.PressAsync("/status/consent/withdraw");

        Assert.Equal("One tick is missing", visit.Page.Headline);
        var held = await App.InquiryAsync(submitted.Reference);
        Assert.Equal([HoldReason.NoConsentToShare], held.HoldReasons);
        Assert.Equal("consent-withdrawn", (await ReferralAsync(submitted, "MX-A")).Reason);
        await App.MailToAsync(ClinicAddress("MX-A"), 2);
        await App.AdvanceToAsync(App.Now.AddDays(10));
        await App.SettlesAsync();
        Assert.Single(await App.ReferralsAsync(submitted.Reference));

        await visit.PressAsync("/status/consent/give");

        await App.MailToAsync(ClinicAddress("MX-B"));
        var consents = await App.Database.ReadAsync(session => InquiryStore.ListConsentsAsync(session, held.Id));
        Assert.Equal([true, false, true], consents.Select(c => c.Consent.ShareWithClinics));
        Assert.Equal(["api", "status", "status"], consents.Select(c => c.Source));
        Assert.Equal(["2026-11", "2026-11:en", "2026-11:en"], consents.Select(c => c.Consent.TextVersion));
        await AssertWholeAsync(submitted);
    }

    [Fact]
    public async Task Who_never_agreed_can_do_so_on_the_page()
    {
        var submitted = await App.SubmitAsync(An.Inquiry().WithoutConsentToShare());
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        using var visit = await OpenAsync(submitted);

        await visit.PressAsync("/status/consent/give");
        await visit.PressStaleAsync("/status/consent/give");

        await App.MailToAsync(ClinicAddress("MX-A"));
        Assert.Equal(2, await App.NumberAsync("SELECT COUNT(*) FROM Consent"));
    }

    [Fact]
    public async Task Agreeing_releases_nothing_that_is_held_for_another_reason_as_well()
    {
        var submitted = await App.SubmitAsync(An.Inquiry().WithoutConsentToShare().With("conditionType", "drug-induced"));
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        using var visit = await OpenAsync(submitted);

        await visit.PressAsync("/status/consent/give");
        await App.SettlesAsync();

        var held = await App.InquiryAsync(submitted.Reference);
        Assert.Equal((InquiryState.Held, HoldReason.DrugInduced), (held.State, Assert.Single(held.HoldReasons)));
        Assert.Equal("A coordinator is reading your inquiry", visit.Page.Headline);
    }

    [Fact]
    public async Task A_clinic_that_has_accepted_loses_sight_of_me_when_I_no_longer_agree()
    {
        var submitted = await AskedAsync();
        using var clinic = await OpenReferralOfAsync("MX-A");
        await clinic.AcceptAsync();
        using var visit = await OpenAsync(submitted);

        await visit.PressAsync("/status/consent/withdraw");

        Assert.Contains("We have asked it to delete what it keeps of you.", visit.Page.Text, StringComparison.Ordinal);
        Assert.Equal(InquiryState.Accepted, (await App.InquiryAsync(submitted.Reference)).State);
        Assert.DoesNotContain("@patient.example", (await clinic.LookAgainAsync()).Text, StringComparison.Ordinal);
        await AssertWholeAsync(submitted);
    }

    [Fact]
    public async Task A_clinic_that_has_seen_who_I_am_is_asked_to_delete_it_when_I_no_longer_agree()
    {
        var submitted = await AcceptedAsync();
        using var visit = await OpenAsync(submitted);

        await visit.PressAsync("/status/consent/withdraw");
        await visit.PressStaleAsync("/status/consent/withdraw");

        await App.SettlesAsync();
        var mail = Assert.Single(App.MailsTo(ClinicAddress("MX-A")), m => m.Subject!.Contains("please delete", StringComparison.Ordinal));
        AssertNoHealthData(mail.TextBody!);
        Assert.Contains(submitted.Reference, mail.TextBody!, StringComparison.Ordinal);

        // Erased afterwards, it is told again: that mail can be read when the patient's key, and the mail before, are gone.
        await visit.PressStaleAsync("/status/erase");
        await App.UntilAsync(
            () => Task.FromResult(App.MailsTo(ClinicAddress("MX-A")).Any(m => m.MessageId != mail.MessageId && m.Subject == mail.Subject)), "the clinic is asked again");
    }

    [Fact]
    public async Task When_I_agree_again_the_clinic_that_has_me_in_hand_is_told_and_sees_me_again()
    {
        var inquiry = An.Inquiry();
        var submitted = await AskedAsync(inquiry);
        using var clinic = await OpenReferralOfAsync("MX-A");
        await clinic.AcceptAsync();
        using var visit = await OpenAsync(submitted);
        await visit.PressAsync("/status/consent/withdraw");
        await App.SettlesAsync();
        Assert.Equal("The patient does not agree at present", (await clinic.LookAgainAsync()).Headline);
        await clinic.PressAsync("/referral/ask", KeyValuePair.Create("question", "Since when?"));
        Assert.Equal(HttpStatusCode.Conflict, clinic.Page.Status);
        var before = App.MailsTo(ClinicAddress("MX-A")).Select(m => m.MessageId).ToHashSet(StringComparer.Ordinal);

        await visit.PressAsync("/status/consent/give");

        await App.SettlesAsync();
        var told = Assert.Single(App.MailsTo(ClinicAddress("MX-A")), m => !before.Contains(m.MessageId));
        AssertNoHealthData(told.TextBody!);
        using var again = await App.OpenReferralAsync(told);
        Assert.Contains(inquiry.Name, again.Page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clinic_that_took_its_yes_back_has_seen_who_I_am_all_the_same()
    {
        var submitted = await AskedAsync();
        using var clinic = await OpenReferralOfAsync("MX-A");
        await clinic.AcceptAsync();
        await clinic.PressAsync("/referral/undo");
        await App.SettlesAsync();
        using var visit = await OpenAsync(submitted);

        await visit.PressAsync("/status/consent/withdraw");

        await App.SettlesAsync();
        Assert.Single(App.MailsTo(ClinicAddress("MX-A")), m => m.Subject!.Contains("please delete", StringComparison.Ordinal));
    }

    [Fact]
    public async Task I_no_longer_agree_pressed_in_several_places_at_once_is_said_once()
    {
        var submitted = await AcceptedAsync();
        var visits = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync(submitted)));

        var pages = await Task.WhenAll(visits.Select(v => v.PressAsync("/status/consent/withdraw")));

        Assert.All(pages, page => Assert.Equal(HttpStatusCode.OK, page.Status));
        Assert.Single(await HistoryAsync(submitted), e => e.Action == "consent-withdrawn");
        await AssertWholeAsync(submitted);
        Array.ForEach(visits, v => v.Dispose());
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task A_request_to_delete_that_waited_goes_out_unless_the_clinic_may_see_me_again_meanwhile(bool hidden, int expected)
    {
        var submitted = await AcceptedAsync();
        using var visit = await OpenAsync(submitted);
        if (hidden)
        {
            await visit.PressAsync("/status/identity/hide", ("referral", "1"));
        }

        // A mail directory that cannot be: every mail waits.
        var (there, aside) = (App.Settings.Data.MailDirectory, App.Settings.Data.MailDirectory + ".aside");
        Directory.Move(there, aside);
        await File.WriteAllTextAsync(there, "in the way");
        await visit.PressAsync("/status/consent/withdraw");
        await App.UntilAsync(async () => await App.NumberAsync($"SELECT COUNT(*) FROM Mail WHERE Kind = '{MailKind.DeleteRequest}' AND State = 0") == 1, "the request waits");
        await visit.PressAsync("/status/consent/give");
        await App.UntilAsync(async () => await App.NumberAsync("SELECT COUNT(*) FROM Mail WHERE State < 2 AND LeaseOwner IS NOT NULL") == 0, "all wait");
        File.Delete(there);
        Directory.Move(aside, there);

        await App.SettlesAsync();
        Assert.Equal(expected, App.MailsTo(ClinicAddress("MX-A")).Count(m => m.Subject!.Contains("please delete", StringComparison.Ordinal)));
        Assert.Equal(1, await App.NumberAsync($"SELECT COUNT(*) FROM Mail WHERE Kind = '{MailKind.DeleteRequest}'"));
    }
}
