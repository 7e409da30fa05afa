using System.Net;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Status;

/// <summary>The questions about health after sending, and a medicine that may be behind the illness.</summary>
public sealed class HealthTests : StatusTests
{
    private const string Path = "/status/health";

    internal override AppSetup Setup => new() { Clinics = [A.Clinic("MX-A") with { Languages = ["en", "es", "ar"] }] };

    [Fact]
    public async Task The_answers_are_sealed_and_read_by_the_clinic_beside_the_summary_before_it_knows_who_I_am()
    {
        var submitted = await AskedAsync();
        using var visit = await OpenAsync(submitted);
        Assert.Contains($"href=\"{Path}", visit.Page.Html, StringComparison.Ordinal);
        await visit.LookAsync(Path);

        await visit.PressAsync(
            Path, ("diagnosed", "2014"), ("medicines", "Prednisone 5 mg\r\nHydroxychloroquine"), ("pregnant", "no"), ("illness", "yes"),
            ("illnessText", "Tuberculosis, 2009"), ("flies", "yes"));

        Assert.Contains("Thank you. Your answers were saved.", visit.Page.Text, StringComparison.Ordinal);
        Assert.Contains("Tuberculosis, 2009", visit.Page.Text, StringComparison.Ordinal);
        using var clinic = await OpenReferralOfAsync("MX-A", mail: 2);
        Assert.All(
            ["What the patient tells of their health", "Hydroxychloroquine", "Tuberculosis, 2009", "Able to fly Yes"],
            said => Assert.Contains(said, clinic.Page.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("@patient.example", clinic.Page.Text, StringComparison.Ordinal);
        Assert.Equal(NoteKind.Health, Assert.Single(await NotesAsync(submitted)).Kind);
        Assert.Equal(InquiryState.Referred, (await App.InquiryAsync(submitted.Reference)).State);
        Assert.Contains("Tuberculosis", (await App.RunCommandAsync("export", "inquiry", submitted.Reference, "-")).Output, StringComparison.Ordinal);
        await AssertWholeAsync(submitted);
    }

    [Fact]
    public async Task Without_my_agreement_no_clinic_reads_them()
    {
        var submitted = await AskedAsync();
        using var visit = await OpenAsync(submitted);
        await visit.LookAsync(Path);
        await visit.PressAsync(Path, ("medicines", "Prednisone 5 mg"));
        using var clinic = await OpenReferralOfAsync("MX-A", mail: 2);
        Assert.Contains("Prednisone", clinic.Page.Text, StringComparison.Ordinal);

        await visit.PressAsync("/status/consent/withdraw");

        Assert.DoesNotContain("Prednisone", (await clinic.LookAgainAsync()).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pregnant", "yes", "pregnant")]
    [InlineData("flies", "no", "cannot-fly")]
    public async Task What_a_person_must_look_into_first_waits_for_a_coordinator(string field, string answer, string reason)
    {
        var submitted = await AskedAsync();
        using var visit = await OpenAsync(submitted);
        await visit.LookAsync(Path);

        await visit.PressAsync(Path, (field, answer));

        var held = await App.InquiryAsync(submitted.Reference);
        Assert.Equal((InquiryState.Held, reason), (held.State, Assert.Single(held.HoldReasons).Code));
        Assert.Contains(HoldReason.Of(reason).Sentence, (await App.RunCommandAsync("list", "--held")).Output, StringComparison.Ordinal);
        await AssertWholeAsync(submitted);
    }

    [Fact]
    public async Task What_cannot_be_kept_is_said_and_nothing_typed_is_lost()
    {
        var submitted = await AskedAsync();
        using var visit = await OpenAsync(submitted);
        await visit.LookAsync(Path);

        await visit.PressAsync(Path, ("medicines", "ask me: ana@patient.example"), ("flies", "no"));

        Assert.Equal(HttpStatusCode.BadRequest, visit.Page.Status);
        Assert.Contains("Please leave out names, mail addresses and phone numbers", visit.Page.Text, StringComparison.Ordinal);
        Assert.Contains("ask me: ana@patient.example", WebUtility.HtmlDecode(visit.Page.Html), StringComparison.Ordinal);
        Assert.Empty(await NotesAsync(submitted));
    }

    [Theory]
    [InlineData("en", "You named a medicine that can cause this illness in some people: Hydralazine.")]
    [InlineData("es", "puede causar esta enfermedad en algunas personas: Hidralazina.")]
    [InlineData("ar", "قد يسبب هذا المرض لدى بعض الناس: هيدرالازين")]
    public async Task Who_names_a_medicine_that_can_cause_lupus_is_asked_whether_it_has(string language, string asked)
    {
        var submitted = await AskedAsync(An.Inquiry().With("patient.language", language).With("message", "I got a rash and take hydralazine."));
        using var visit = await OpenAsync(submitted);
        Assert.Contains(asked, visit.Page.Text, StringComparison.Ordinal);
        using var clinic = await OpenReferralOfAsync("MX-A");
        Assert.Contains("It is not known whether it has.", clinic.Page.Text, StringComparison.Ordinal);
        await visit.LookAsync(Path);

        await visit.PressAsync(Path, ("drugInduced", "no"));

        Assert.DoesNotContain(asked, visit.Page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("It is not known whether it has.", (await clinic.LookAgainAsync()).Text, StringComparison.Ordinal);
        await visit.LookAsync(Path);
        await visit.PressAsync(Path, ("drugInduced", "yes"));
        Assert.Equal([HoldReason.DrugInduced], (await App.InquiryAsync(submitted.Reference)).HoldReasons);
    }

    [Fact]
    public async Task The_note_about_drug_induced_lupus_is_read_by_me_and_after_release_by_the_clinic()
    {
        var inquiry = An.Inquiry().With("conditionType", "drug-induced");
        var submitted = await App.SubmitAsync(inquiry);
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        using var visit = await OpenAsync(submitted);
        const string Note = "Lupus that a medicine has caused often goes away when that medicine is stopped.";

        Assert.Contains(Note, visit.Page.Text, StringComparison.Ordinal);
        Assert.Contains(Note, (await App.MailToAsync(inquiry.Email)).TextBody!, StringComparison.Ordinal);
        Assert.Empty(App.MailsTo(ClinicAddress("MX-A")));

        await App.RunCommandAsync("release", submitted.Reference);

        using var clinic = await OpenReferralOfAsync("MX-A");
        Assert.Contains("This patient's lupus may be drug-induced", clinic.Page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_count_again_when_what_is_asked_for_is_corrected()
    {
        var inquiry = An.Inquiry();
        var submitted = await AskedAsync(inquiry);
        using var visit = await OpenAsync(submitted);
        await visit.LookAsync(Path);
        await visit.PressAsync(Path, ("pregnant", "yes"));
        await visit.LookAsync("/status/correct");

        await visit.PressAsync("/status/correct/request", [
            .. inquiry.Fields().Where(f => f.Key is not ("timeframe" or "message") && !f.Key.StartsWith("consent.", StringComparison.Ordinal))
                .Select(f => (f.Key, f.Value)),
            ("timeframe", "undecided"), ("message", "As before."),
        ]);

        await App.SettlesAsync();
        Assert.Contains(HoldReason.Pregnant, (await App.InquiryAsync(submitted.Reference)).HoldReasons);
    }
}
