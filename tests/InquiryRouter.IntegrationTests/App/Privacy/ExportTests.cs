using System.Text;
using System.Text.Json;
using InquiryRouter.Application.Privacy;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Privacy;

/// <summary>The patient's own copy: everything, in names that stay, and nobody else's.</summary>
public sealed class ExportTests : AppTests
{
    private readonly InquiryBuilder _inquiry = An.Inquiry().From("Łucja Peña", "lucja@patient.example").With("patient.phone", "+1 415 555 0132")
        .Saying("عندي تقرير جديد 🦋").AskedByParent("Zoë Peña", "zoe@parent.example");

    [Fact]
    public async Task They_get_what_they_sent_and_all_that_was_done_with_it()
    {
        var (_, record) = await LiveThroughItAsync();

        Assert.Equal(("inquiryrouter-patient-record", 1), (record.Format, record.FormatVersion));
        Assert.Equal(("Łucja Peña", "lucja@patient.example", "+14155550132", 1984), (record.Patient.Name, record.Patient.Email, record.Patient.Phone, record.Patient.BirthYear));
        Assert.Equal(("Parent", "Zoë Peña", "zoe@parent.example"), (record.Inquirer?.Relation, record.Inquirer?.Name, record.Inquirer?.Email));
        Assert.Equal(("عندي تقرير جديد 🦋", "lupus", "Accepted"), (record.Inquiry.Message, record.Inquiry.Condition, record.Inquiry.State));
        Assert.Equal([true, false], record.Consents.Select(c => c.ShareWithClinics));
        Assert.Equal([("MX-A", "Declined", "no-capacity"), ("MX-B", "Accepted", null)], record.Referrals.Select(r => (r.Clinic.Code, r.State, r.Reason)));
        Assert.Equal("MX-B", Assert.Single(record.IdentityShownTo).Clinic);
        Assert.Equal(["Acknowledgement", "ReferralOffer", "ReferralOffer", "ClinicAccepted"], record.Mails.Select(m => m.Kind).Where(k => k is "Acknowledgement" or "ReferralOffer" or "ClinicAccepted"));
        Assert.Equal(["Mail", "Mail", "Name", "NameWords", "Phone"], record.SearchTokens);
        Assert.Equal(["MX-A", "MX-B", "MX-C"], Assert.Single(record.Decisions).Clinics);
        Assert.Equal(["received", "cleared", "matched", "offered", "declined", "offered", "accepted"], record.History.Select(h => h.Action));
        Assert.Equal("clinic MX-B", record.History[^1].By);
        Assert.Contains(record.Links, l => l.Purpose == "Status");
        Assert.Empty(record.SamePerson);
    }

    [Fact]
    public async Task No_secret_of_a_link_and_no_letter_to_somebody_else_is_in_it()
    {
        var (submitted, record) = await LiveThroughItAsync();

        var text = await TextAsync(submitted);

        Assert.DoesNotContain(submitted.StatusUrl.Split("t=")[1], text, StringComparison.Ordinal);
        Assert.All(record.Mails.Where(m => m.To == "patient"), m => Assert.Contains("t=…", m.Text!, StringComparison.Ordinal));
        Assert.All(record.Mails.Where(m => m.Kind == "ReferralOffer"), m => Assert.Null(m.Text));
        Assert.Contains(record.Mails, m => m is { Kind: "Acknowledgement", Text: not null, To: "patient" });
    }

    [Fact]
    public async Task Its_names_are_those_that_are_published()
    {
        var (submitted, _) = await LiveThroughItAsync();
        using var json = JsonDocument.Parse(await TextAsync(submitted));

        Assert.Equal(
            ["format", "formatVersion", "exportedAt", "inquiry", "patient", "inquirer", "consents", "referrals", "identityChoices", "identityShownTo", "quotes", "notes", "drafts", "mails",
                "decisions", "waitingFor", "followUps", "links", "samePerson", "searchTokens", "spam", "history"],
            json.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(
            ["clinic", "state", "offeredAt", "answerDueBy", "answeredAt", "acceptedAt", "reason", "bookedOn", "treatedOn", "paidAmount", "paidCurrency", "disputedAt"],
            json.RootElement.GetProperty("referrals")[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(
            ["kind", "state", "to", "createdAt", "sentAt", "subject", "text"], json.RootElement.GetProperty("mails")[0].EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task An_inquiry_that_may_be_of_somebody_else_is_not_named()
    {
        var first = await App.SubmitAsync(_inquiry);
        await App.ReachesAsync(first.Reference, InquiryState.Referred);
        var second = await App.SubmitAsync(_inquiry.Saying("Again"));
        await App.ReachesAsync(second.Reference, InquiryState.Held);
        Assert.DoesNotContain(first.Reference, await TextAsync(second), StringComparison.Ordinal);

        await App.RunCommandAsync("pair", first.Reference, second.Reference);

        Assert.Equal([first.Reference], (await LoadAsync(second))!.SamePerson);
    }

    [Fact]
    public async Task Of_an_erased_patient_there_is_none()
    {
        var submitted = await App.SubmitAsync(_inquiry);
        await App.Services.GetRequiredService<EraseInquiry>().RunAsync((await App.InquiryAsync(submitted.Reference)).Id, Actor.Patient);

        Assert.Null(await LoadAsync(submitted));
    }

    private async Task<(Submitted Submitted, PatientRecord Record)> LiveThroughItAsync()
    {
        var submitted = await App.SubmitAsync(_inquiry);
        using (var first = await OpenReferralOfAsync("MX-A"))
        {
            await first.DeclineAsync();
        }

        using (var second = await OpenReferralOfAsync("MX-B"))
        {
            await second.AcceptAsync();
        }

        await App.SettlesAsync();
        var id = (await App.InquiryAsync(submitted.Reference)).Id;
        await App.Database.WriteAsync(tx => InquiryStore.AddConsentAsync(
            tx, id, new ConsentGiven { ShareWithClinics = false, Contact = true, Marketing = false, TextVersion = "2026-12" }, "status"));
        return (submitted, (await LoadAsync(submitted))!);
    }

    private async Task<PatientRecord?> LoadAsync(Submitted submitted) =>
        await App.Services.GetRequiredService<ExportPatient>().RunAsync((await App.InquiryAsync(submitted.Reference)).Id);

    private async Task<string> TextAsync(Submitted submitted) =>
        Encoding.UTF8.GetString(PatientRecordJson.Write((await LoadAsync(submitted))!));
}
