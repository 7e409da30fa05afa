using System.Net;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

public sealed class LupusInquiryTests : AppTests
{
    private readonly InquiryBuilder _inquiry = An.Inquiry().ForLupus().Saying("Diagnosed ten years ago.\nWhat can be done?");

    [Fact]
    public async Task It_goes_from_the_form_over_a_no_to_a_yes_and_the_patient_is_told_each_step()
    {
        var submitted = await App.SubmitAsync(_inquiry);
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        var status = await App.StatusPageAsync(submitted);
        Assert.Equal("A clinic has your inquiry", status.Headline);
        Assert.Contains(submitted.Reference, status.Text, StringComparison.Ordinal);
        Assert.Contains("Clínica MX-A, Mérida, Mexico", status.Text, StringComparison.Ordinal);
        Assert.Contains("Answer due by", status.Text, StringComparison.Ordinal);

        using var first = await OpenReferralOfAsync("MX-A");
        Assert.Equal("A referral for you", first.Page.Headline);
        await first.DeclineAsync();
        Assert.Equal("You have declined this referral", first.Page.Headline);

        using var second = await OpenReferralOfAsync("MX-B");
        status = await App.StatusPageAsync(submitted);
        Assert.Contains("Clínica MX-A has no free place at the moment.", status.Text, StringComparison.Ordinal);
        Assert.Contains("We asked Clínica MX-B", status.Text, StringComparison.Ordinal);
        await second.AcceptAsync();
        Assert.Equal("You have accepted this referral", second.Page.Headline);

        var told = await App.MailToAsync(_inquiry.Email, "A clinic has accepted");
        Assert.Contains("Clínica MX-B", told.TextBody!, StringComparison.Ordinal);
        status = await App.StatusPageAsync(submitted);
        Assert.Equal("A clinic has accepted your inquiry", status.Headline);
        Assert.Contains("Clínica MX-B accepted your inquiry.", status.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Answer due by", status.Text, StringComparison.Ordinal);

        await App.SettlesAsync();
        Assert.Empty(App.MailsTo(ClinicAddress("MX-C")));
        Assert.Equal([ReferralState.Declined, ReferralState.Accepted], (await App.ReferralsAsync(submitted.Reference)).Select(r => r.State));
    }

    [Fact]
    public async Task The_patient_is_answered_with_the_reference_and_a_link_that_opens()
    {
        var submitted = await App.SubmitAsync(_inquiry);

        var mail = await App.MailToAsync(_inquiry.Email);

        Assert.Contains(submitted.Reference, mail.Subject!, StringComparison.Ordinal);
        AssertNoHealthData(mail.Subject!);
        Assert.Equal(submitted.StatusUrl, InquiryApp.LinkIn(mail).AbsoluteUri);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Equal(HttpStatusCode.OK, (await App.StatusPageAsync(submitted)).Status);
    }

    [Fact]
    public async Task No_mail_to_a_clinic_or_a_coordinator_and_no_subject_says_what_the_patient_has_or_who_they_are()
    {
        var held = An.Inquiry().ForLupus().WithoutConsentToShare();
        await App.SubmitAsync(held);
        await App.SubmitAsync(_inquiry);
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.AcceptAsync();
        await App.MailToAsync(_inquiry.Email, number: 2);
        await App.SettlesAsync();
        await App.SendDigestAsync();

        Assert.All(App.Mails(), m => AssertNoHealthData(m.Subject!));
        Assert.All(App.MailsTo(ClinicAddress("MX-A")), m => AssertSaysNothingOfThePatient(m, _inquiry));
        var alert = Assert.Single(App.MailsTo("coordinators@operator.example"));
        AssertSaysNothingOfThePatient(alert, held);
        Assert.Equal(6, App.Mails().Count);
    }

    [Fact]
    public async Task A_clinic_sees_a_summary_first_and_who_the_patient_is_only_after_its_yes()
    {
        await App.SubmitAsync(_inquiry);
        using var visit = await OpenReferralOfAsync("MX-A");

        Assert.Contains("Systemic lupus (SLE)", visit.Page.Text, StringComparison.Ordinal);
        Assert.Contains("Year of birth 1984", visit.Page.Text, StringComparison.Ordinal);
        string[] identity = [_inquiry.Name, _inquiry.Email, _inquiry.Phone];
        Assert.All(identity, secret => Assert.DoesNotContain(secret, visit.Page.Text, StringComparison.OrdinalIgnoreCase));

        Assert.Contains("What can be done?", visit.Page.Text, StringComparison.Ordinal);

        await visit.AcceptAsync();

        Assert.All(identity, secret => Assert.Contains(secret, visit.Page.Text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_clinic_that_said_no_sees_nothing_of_the_patient_any_more()
    {
        await App.SubmitAsync(_inquiry);
        using var visit = await OpenReferralOfAsync("MX-A");

        await visit.DeclineAsync();

        AssertNoHealthData(visit.Page.Text);
        Assert.DoesNotContain(_inquiry.Name, visit.Page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_history_is_complete_and_unbroken()
    {
        var submitted = await App.SubmitAsync(_inquiry);
        using var first = await OpenReferralOfAsync("MX-A");
        await first.DeclineAsync();
        using var second = await OpenReferralOfAsync("MX-B");
        await second.AcceptAsync();
        await App.SettlesAsync();

        var inquiry = await App.InquiryAsync(submitted.Reference);
        var entries = await App.Database.ReadAsync(session => InquiryStore.AuditAsync(session, inquiry.Id));

        Assert.Equal(["received", "cleared", "matched", "offered", "declined", "offered", "accepted"], entries.Select(e => e.Action));
        Assert.Equal(("clinic", "MX-B", "identity-disclosed"), (entries[^1].ActorKind, entries[^1].ActorName, entries[^1].Detail));
        Assert.True(AuditChain.IsIntact(entries, inquiry.AuditHash));
    }

    [Fact]
    public async Task A_parent_is_answered_instead_of_the_patient()
    {
        var inquiry = An.Inquiry().AskedByParent("Paula Parent", "paula@parent.example").Without("patient.email");
        await App.SubmitAsync(inquiry);

        var mail = await App.MailToAsync("paula@parent.example");

        Assert.Contains("Paula Parent", mail.TextBody!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_network_has_a_clinic_for_it()
    {
        await using var demo = await InquiryApp.StartAsync(new AppSetup { Clinics = A.DemoNetwork() });
        var submitted = await demo.SubmitAsync(_inquiry);

        await demo.ReachesAsync(submitted.Reference, InquiryState.Referred);

        var referral = Assert.Single(await demo.ReferralsAsync(submitted.Reference));
        var clinic = A.DemoNetwork().Single(c => c.Code == referral.ClinicCode);
        using var visit = await demo.OpenReferralAsync(await demo.MailToAsync(clinic.Email));
        Assert.Contains(clinic.Name, visit.Page.Text, StringComparison.Ordinal);
    }
}
