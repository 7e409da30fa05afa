using System.Net;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Mail;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Status;

/// <summary>The patient mends what they sent.</summary>
public sealed class CorrectingTests : StatusTests
{
    private readonly InquiryBuilder _inquiry = An.Inquiry();

    [Fact]
    public async Task The_form_comes_filled_in_with_what_is_stored()
    {
        var submitted = await AskedAsync(_inquiry);
        using var visit = await OpenAsync(submitted);

        await visit.LookAsync("/status/correct");

        Assert.Equal("Correct your inquiry", visit.Page.Headline);
        Assert.Equal(_inquiry.Email, Page.Attribute(visit.Page.Tag("input", "patient.email").Single(), "value"));
        Assert.Equal("15000", Page.Attribute(visit.Page.Tag("input", "budget.amount").Single(), "value"));
        Assert.Contains("I was diagnosed ten years ago.", visit.Page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_I_can_be_reached_is_changed_without_disturbing_anything_on_its_way()
    {
        var submitted = await AskedAsync(_inquiry);
        var before = await App.InquiryAsync(submitted.Reference);
        await QuoteAsync(submitted, "MX-A", 9_000);
        using var visit = await OpenAsync(submitted);
        await visit.LookAsync("/status/correct");

        await visit.PressAsync("/status/correct/contact", ("patient.name", "Ana New"), ("patient.email", _inquiry.Email), ("patient.phone", ""));

        Assert.Contains("Saved: we use these details from now on.", visit.Page.Text, StringComparison.Ordinal);
        var data = Vault.Open(await PatientAsync(submitted));
        Assert.Equal(("Ana New", _inquiry.Email, null), (data.Name, data.Email, data.Phone));
        Assert.Equal(before.Version, (await App.InquiryAsync(submitted.Reference)).Version);

        // What was sealed under the patient's key stays readable; the link is the same.
        Assert.Contains("9,000", visit.Page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await App.StatusPageAsync(submitted)).Status);
        Assert.Equal(2, await App.NumberAsync("SELECT COUNT(*) FROM SearchToken"));
        await AssertWholeAsync(submitted);

        var dump = await App.DumpAsync();
        await visit.PressStaleAsync("/status/correct/contact", ("patient.name", "Ana New"), ("patient.email", _inquiry.Email), ("patient.phone", ""));
        Assert.Equal(dump, await App.DumpAsync());
    }

    [Fact]
    public async Task With_another_address_the_old_link_ends_and_both_addresses_are_told()
    {
        const string address = "new.ana@patient.example";
        var submitted = await AskedAsync(_inquiry);
        using var visit = await OpenAsync(submitted);
        await visit.LookAsync("/status/correct");
        (string, string)[] typed = [("patient.name", _inquiry.Name), ("patient.email", address), ("patient.phone", "")];

        await visit.PressAsync("/status/correct/contact", typed);

        // Whoever corrects it goes on; who has the old link does not.
        Assert.Contains("Saved: we use these details from now on.", visit.Page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await App.StatusPageAsync(submitted)).Status);
        var confirmed = await App.MailToAsync(address);
        using var browser = App.NewBrowser();
        using var opened = await browser.GetAsync(InquiryApp.LinkIn(confirmed));
        Assert.Contains(submitted.Reference, (await Page.OfAsync(opened)).Text, StringComparison.Ordinal);

        // The old address may be a stranger's: it learns nothing but that this is over.
        var told = await App.MailToAsync(_inquiry.Email, 2);
        Assert.All([told.TextBody!, told.HtmlBody!], text => Assert.DoesNotContain(_inquiry.Name, text, StringComparison.Ordinal));
        Assert.DoesNotContain("/status", told.TextBody!, StringComparison.Ordinal);
        await AssertWholeAsync(submitted);

        // The second of two presses still comes with the old link.
        var dump = await App.DumpAsync();
        await visit.PressStaleAsync("/status/correct/contact", typed);
        Assert.Contains("Saved: we use these details from now on.", visit.Page.Text, StringComparison.Ordinal);
        using var other = await OpenStaleAsync();
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        App.Clock.Advance(TimeSpan.FromMinutes(2));
        await visit.PressStaleAsync("/status/correct/contact", typed);
        Assert.Equal(HttpStatusCode.NotFound, visit.Page.Status);
        Assert.Equal(dump, await App.DumpAsync());

        async Task<HttpResponseMessage> OpenStaleAsync()
        {
            using var content = new FormUrlEncodedContent([KeyValuePair.Create("link", visit.Link), KeyValuePair.Create("patient.name", _inquiry.Name), KeyValuePair.Create("patient.email", "guess@patient.example")]);
            return await visit.Browser.PostAsync("/status/correct/contact", content);
        }
    }

    [Fact]
    public async Task A_mail_that_was_written_for_the_old_address_goes_to_the_new_one_with_the_link_that_opens()
    {
        const string address = "new.ana@patient.example";
        var submitted = await AskedAsync(_inquiry);
        var (inquiry, before) = (await App.InquiryAsync(submitted.Reference), await PatientAsync(submitted));
        var writer = App.Services.GetRequiredService<MailWriter>();
        using var visit = await OpenAsync(submitted);
        await visit.LookAsync("/status/correct");
        await visit.PressAsync("/status/correct/contact", ("patient.name", _inquiry.Name), ("patient.email", address), ("patient.phone", ""));
        await App.MailToAsync(address);
        await App.SettlesAsync();
        var atTheOld = App.MailsTo(_inquiry.Email).Count;

        // As one that a mail server had kept waiting.
        await App.Database.WriteAsync(tx => MailStore.AddAsync(tx, writer.StatusLink(inquiry, before, Guid.CreateVersion7())));

        var mail = await App.MailToAsync(address, 2);
        using var browser = App.NewBrowser();
        using var opened = await browser.GetAsync(InquiryApp.LinkIn(mail));
        Assert.Contains(submitted.Reference, (await Page.OfAsync(opened)).Text, StringComparison.Ordinal);
        await App.SettlesAsync();
        Assert.Equal(atTheOld, App.MailsTo(_inquiry.Email).Count);
    }

    [Fact]
    public async Task An_address_that_cannot_be_used_is_said_beside_its_field_and_nothing_is_lost()
    {
        var submitted = await AskedAsync(_inquiry);
        using var visit = await OpenAsync(submitted);
        await visit.LookAsync("/status/correct");

        await visit.PressAsync("/status/correct/contact", ("patient.name", "Ana New"), ("patient.email", "nowhere"), ("patient.phone", "12"));

        Assert.Equal(HttpStatusCode.BadRequest, visit.Page.Status);
        Assert.Contains("We cannot send mail to this address.", visit.Page.Text, StringComparison.Ordinal);
        Assert.Equal("nowhere", Page.Attribute(visit.Page.Tag("input", "patient.email").Single(), "value"));
        Assert.Equal("true", Page.Attribute(visit.Page.Tag("input", "patient.phone").Single(), "aria-invalid"));
        Assert.Equal(_inquiry.Name, Vault.Open(await PatientAsync(submitted)).Name);
    }

    [Fact]
    public async Task What_I_ask_for_is_screened_and_matched_anew_and_open_offers_are_taken_back()
    {
        var submitted = await AskedAsync(_inquiry);
        using var visit = await OpenAsync(submitted);
        await visit.LookAsync("/status/correct");

        await visit.PressAsync("/status/correct/request", [.. Fields("patient.birthYear", "1990"), ("message", "A new message")]);
        await visit.PressStaleAsync("/status/correct/request", [.. Fields("patient.birthYear", "1990"), ("message", "A new message")]);

        Assert.Contains("We look for clinics again", visit.Page.Text, StringComparison.Ordinal);
        await App.MailToAsync(ClinicAddress("MX-B"));
        var inquiry = await App.InquiryAsync(submitted.Reference);
        Assert.Equal((1990, InquiryState.Referred, "https://www.example.org/lupus"), (inquiry.Facts.BirthYear, inquiry.State, inquiry.Facts.SourcePage));
        Assert.Equal("corrected", (await ReferralAsync(submitted, "MX-A")).Reason);
        Assert.Contains("was taken back", (await App.MailToAsync(ClinicAddress("MX-A"), 2)).Subject!, StringComparison.Ordinal);
        Assert.Equal(0, await App.NumberAsync("SELECT Offered FROM ClinicLoad WHERE ClinicCode = 'MX-A'"));
        Assert.Single(await HistoryAsync(submitted), e => e.Action == "corrected");
        await AssertWholeAsync(submitted);

        // It is acknowledged once.
        Assert.Single(App.MailsTo(_inquiry.Email), m => m.Subject!.StartsWith("We have your inquiry", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_correction_that_names_an_emergency_is_held_like_any_inquiry()
    {
        var submitted = await AskedAsync(_inquiry);
        using var visit = await OpenAsync(submitted);
        await visit.LookAsync("/status/correct");

        await visit.PressAsync("/status/correct/request", [.. Fields("timeframe", "undecided"), ("message", "I have chest pain.")]);

        Assert.Contains("If this is an emergency", visit.Page.Text, StringComparison.Ordinal);
        Assert.True((await App.ReachesAsync(submitted.Reference, InquiryState.Held)).Urgent);
        await AssertWholeAsync(submitted);
    }

    [Fact]
    public async Task Once_a_clinic_has_it_only_how_I_can_be_reached_can_be_changed()
    {
        var submitted = await AcceptedAsync(_inquiry);
        using var visit = await OpenAsync(submitted);
        await visit.LookAsync("/status/correct");
        Assert.Contains("A clinic has your inquiry in hand", visit.Page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/status/correct/request", visit.Page.Html, StringComparison.Ordinal);

        await visit.PressStaleAsync("/status/correct/request", Fields("patient.birthYear", "1990"));

        Assert.Contains("Nothing was changed", visit.Page.Text, StringComparison.Ordinal);
        Assert.Equal(1984, (await App.InquiryAsync(submitted.Reference)).Facts.BirthYear);
        Assert.Equal(ReferralState.Accepted, (await ReferralAsync(submitted, "MX-A")).State);
    }

    [Fact]
    public async Task A_year_or_a_budget_that_is_no_number_is_asked_for_again()
    {
        var submitted = await AskedAsync(_inquiry);
        using var visit = await OpenAsync(submitted);
        await visit.LookAsync("/status/correct");

        await visit.PressAsync("/status/correct/request", Fields("budget.amount", "much"));

        Assert.Equal(HttpStatusCode.BadRequest, visit.Page.Status);
        Assert.Equal("much", Page.Attribute(visit.Page.Tag("input", "budget.amount").Single(), "value"));
        Assert.Equal(InquiryState.Referred, (await App.InquiryAsync(submitted.Reference)).State);
    }

    // The request as it was sent, with one field changed.
    private (string, string)[] Fields(string field, string value) =>
    [
        .. _inquiry.Fields().Where(f => f.Key != field && f.Key != "message" && !f.Key.StartsWith("consent.", StringComparison.Ordinal)).Select(f => (f.Key, f.Value)), (field, value),
    ];
}
