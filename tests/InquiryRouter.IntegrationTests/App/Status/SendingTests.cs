using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Status;

/// <summary>One sending is one inquiry, and the page behind it says what was sent, where we write to, and what is missing.</summary>
public sealed class SendingTests : StatusTests
{
    private readonly InquiryBuilder _inquiry = An.Inquiry();

    [Fact]
    public async Task The_page_says_where_we_write_to_what_was_sent_and_by_when_to_expect_what()
    {
        using var browser = App.NewBrowser();

        var page = await SendAsync(browser, _inquiry);

        Assert.Contains($"We write to {_inquiry.Email} Not right? Correct it", page.Text, StringComparison.Ordinal);
        Assert.Contains("/status/correct?link=", page.Html, StringComparison.Ordinal);
        Assert.Contains("Systemic lupus (SLE)", page.Text, StringComparison.Ordinal);
        Assert.Contains("15,000", page.Text, StringComparison.Ordinal);
        Assert.Contains("I was diagnosed ten years ago.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sent_again_unchanged_it_is_the_same_inquiry_also_by_a_form_that_was_opened_anew()
    {
        using var browser = App.NewBrowser();
        var first = await SendAsync(browser, _inquiry);

        var again = await SendAsync(browser, _inquiry);

        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM Inquiry"));
        Assert.Equal(first.Hidden("link"), again.Hidden("link"));
    }

    [Fact]
    public async Task Sent_again_with_a_change_it_is_asked_which_is_meant_and_corrected_it_is_one_inquiry()
    {
        using var browser = App.NewBrowser();
        await SendAsync(browser, _inquiry);
        await App.SettlesAsync();

        var asked = await SendAsync(browser, _inquiry.Saying("I forgot to say that I can travel in May only.").With("budget.amount", 20000));
        Assert.Equal("You have sent this already, with something different", asked.Headline);
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM Inquiry"));

        var corrected = await AnswerAsync(browser, asked, "correct");

        Assert.Contains("Saved. We look for clinics again", corrected.Text, StringComparison.Ordinal);
        Assert.Contains("I can travel in May only.", corrected.Text, StringComparison.Ordinal);
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM Inquiry"));
        await App.SettlesAsync();
    }

    [Fact]
    public async Task Sent_again_with_a_change_it_can_be_a_second_one()
    {
        using var browser = App.NewBrowser();
        await SendAsync(browser, _inquiry);
        var asked = await SendAsync(browser, _inquiry.With("condition", "multiple-sclerosis").Without("conditionType"));

        await AnswerAsync(browser, asked, "second");

        Assert.Equal(2, await App.NumberAsync("SELECT COUNT(*) FROM Inquiry"));
        await App.SettlesAsync();
    }

    [Fact]
    public async Task Another_person_at_the_same_computer_is_not_asked()
    {
        using var browser = App.NewBrowser();
        await SendAsync(browser, _inquiry);

        await SendAsync(browser, An.Inquiry().BornIn(1990));

        Assert.Equal(2, await App.NumberAsync("SELECT COUNT(*) FROM Inquiry"));
        await App.SettlesAsync();
    }

    [Fact]
    public async Task Another_browser_learns_of_no_inquiry_by_typing_what_is_in_it()
    {
        using var mine = App.NewBrowser();
        await SendAsync(mine, _inquiry);
        using var theirs = App.NewBrowser();

        await SendAsync(theirs, _inquiry);

        Assert.Equal(2, await App.NumberAsync("SELECT COUNT(*) FROM Inquiry"));
        await App.SettlesAsync();
    }

    [Fact]
    public async Task A_mistyped_address_is_asked_about_and_sent_again_as_it_is_it_is_right()
    {
        using var browser = App.NewBrowser();
        var inquiry = An.Inquiry().From("Ana Example", "ana.example@gmial.com");

        var asked = await SendAsync(browser, inquiry);
        Assert.Equal(HttpStatusCode.BadRequest, asked.Status);
        Assert.Contains("Did you mean an address at gmail.com?", asked.Text, StringComparison.Ordinal);
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Inquiry"));

        var page = await PostAsync(browser, [("nonce", asked.Hidden("nonce")!), ("sure", asked.Hidden("sure")!)], inquiry);

        Assert.Contains("We write to ana.example@gmial.com", page.Text, StringComparison.Ordinal);
        await App.SettlesAsync();
    }

    [Fact]
    public async Task Without_the_tick_page_and_mail_say_at_once_that_it_is_missing_and_nobody_is_said_to_read()
    {
        using var browser = App.NewBrowser();

        var page = await SendAsync(browser, _inquiry.WithoutConsentToShare());

        Assert.Equal("One tick is missing", page.Headline);
        Assert.Contains("action=\"/status/consent/give\"", page.Html, StringComparison.Ordinal);
        var mail = await App.MailToAsync(_inquiry.Email);
        Assert.Contains("One tick is missing", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Agree on my page", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("coordinator", mail.TextBody, StringComparison.OrdinalIgnoreCase);
        await App.SettlesAsync();
        using var form = await FormVisit.OpenAsync(App);
        Assert.DoesNotContain("contact details and message (optional)", form.Page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_condition_is_asked_which_and_the_name_is_sealed_with_the_patient()
    {
        using var browser = App.NewBrowser();
        var inquiry = _inquiry.With("condition", "other").Without("conditionType").With("conditionNamed", " ");
        var asked = await SendAsync(browser, inquiry);
        Assert.Contains("Tell us which condition it is, in your own words.", asked.Text, StringComparison.Ordinal);

        var page = await SendAsync(browser, inquiry.With("conditionNamed", "Sjögren-Larsson"));

        Assert.Contains("Sjögren-Larsson", page.Text, StringComparison.Ordinal);
        await App.SettlesAsync();
        Assert.DoesNotContain("Larsson", await App.DumpAsync(), StringComparison.Ordinal);

        // A name we know is no other condition.
        using var known = App.NewBrowser();
        await SendAsync(known, An.Inquiry().With("condition", "other").Without("conditionType").With("conditionNamed", "SLE"));
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM Inquiry WHERE ConditionCode = 'lupus' AND ConditionType = 'sle'"));
        await App.SettlesAsync();
    }

    [Fact]
    public async Task Types_are_asked_of_their_condition_only_and_places_without_a_clinic_are_not_offered()
    {
        using var form = await FormVisit.OpenAsync(App);

        Assert.All(new[] { "lupus", "leukaemia", "osteoarthritis" }, c => Assert.Single(form.Page.Tag("select", "conditionType." + c)));
        Assert.Contains("id=\"destinations-latin-america\"", form.Page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"destinations-africa\"", form.Page.Html, StringComparison.Ordinal);
        Assert.Contains("Only places where we have a clinic are listed.", form.Page.Text, StringComparison.Ordinal);

        // We answer in the languages of our mails; what else a clinic speaks can be said for clinics.
        Assert.DoesNotContain("value=\"de\"", form.Page.Html, StringComparison.Ordinal);
        Assert.Contains("name=\"patient.alsoReads\" value=\"es\"", form.Page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_reads_what_a_clinic_speaks_is_matched_by_it()
    {
        var alone = await App.SubmitAsync(An.Inquiry().With("patient.language", "ar"));
        await App.ReachesAsync(alone.Reference, InquiryState.Held);

        var reads = await App.SubmitAsync(
            An.Inquiry().With("patient.language", "ar").With("patient.alsoReads", new JsonArray("es")));

        await App.ReachesAsync(reads.Reference, InquiryState.Referred);
        await App.SettlesAsync();
    }

    [Fact]
    public async Task When_nothing_fits_a_mail_names_the_one_wish_that_would_help_and_a_button_changes_it()
    {
        var inquiry = An.Inquiry().With("destinations", new JsonArray("JP"));
        var submitted = await App.SubmitAsync(inquiry);
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        Assert.Equal([HoldReason.NoClinicFits], (await App.InquiryAsync(submitted.Reference)).HoldReasons);

        await App.SettlesAsync();
        var mail = Assert.Single(App.MailsTo(inquiry.Email), m => m.Subject!.StartsWith("No clinic fits", StringComparison.Ordinal));
        Assert.Contains("if it could be in other countries as well", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Look in other countries too", mail.TextBody, StringComparison.Ordinal);
        using var visit = await OpenAsync(submitted);

        await visit.PressAsync("/status/wish", ("wish", "destination"));

        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        Assert.Equal([ReferenceLists.Anywhere], (await App.InquiryAsync(submitted.Reference)).Facts.Destinations);
        await App.SettlesAsync();
    }

    [Fact]
    public async Task Where_a_country_has_several_clocks_mine_is_asked_and_the_times_are_told_by_it()
    {
        var submitted = await AskedAsync(_inquiry);
        using var visit = await OpenAsync(submitted);
        Assert.DoesNotContain("America/New_York.", visit.Page.Text, StringComparison.Ordinal);
        Assert.Contains("Which is yours?", visit.Page.Text, StringComparison.Ordinal);

        await visit.PressAsync("/status/zone", ("zone", "America/Chicago"));

        Assert.Equal("America/Chicago", (await App.InquiryAsync(submitted.Reference)).Facts.TimeZone);
        Assert.Contains("All times are those of Central Time", visit.Page.Text, StringComparison.Ordinal);
        await visit.PressStaleAsync("/status/zone", ("zone", "Europe/Paris"));
        Assert.Equal("America/Chicago", (await App.InquiryAsync(submitted.Reference)).Facts.TimeZone);
        await visit.LookAsync("/status", "&lang=ar");
        Assert.DoesNotContain("Central Time", visit.Page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_coordinator_released_stays_released_through_corrections()
    {
        var submitted = await App.SubmitAsync(_inquiry.With("conditionType", "drug-induced"));
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        Assert.Equal(0, (await App.RunCommandAsync("release", submitted.Reference)).ExitCode);
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.SettlesAsync();

        await CorrectAsync(submitted, "My doctor has stopped the medicine.", "16000");

        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        Assert.Contains(HoldReason.DrugInduced, (await App.InquiryAsync(submitted.Reference)).Released);
        await App.SettlesAsync();
    }

    [Fact]
    public async Task Words_of_an_emergency_are_read_again_when_they_are_others()
    {
        var submitted = await App.SubmitAsync(_inquiry.Saying("I have chest pain when I walk."));
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        Assert.Equal(0, (await App.RunCommandAsync("release", submitted.Reference)).ExitCode);
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.SettlesAsync();

        await CorrectAsync(submitted, "I have chest pain when I walk.", "20000");
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.SettlesAsync();

        await CorrectAsync(submitted, "I have chest pain now and cannot breathe.", "20000");
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        Assert.Contains(HoldReason.Emergency, (await App.InquiryAsync(submitted.Reference)).HoldReasons);
        await App.SettlesAsync();
    }

    [Fact]
    public async Task Everything_held_is_a_page_to_read_and_print_too()
    {
        var submitted = await AskedAsync(_inquiry);
        using var visit = await OpenAsync(submitted);

        await visit.LookAsync("/status/copy");

        Assert.Equal("Everything we hold about you", visit.Page.Headline);
        foreach (var part in new[]
            { _inquiry.Name, _inquiry.Email, "I was diagnosed ten years ago.", "Clínica MX-A", "We have your inquiry", "You may contact me" })
        {
            Assert.Contains(part, visit.Page.Text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(submitted.StatusUrl, visit.Page.Html, StringComparison.Ordinal);
        Assert.Contains("/status/download", visit.Page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_withdrawn_still_gets_the_link_to_download_or_erase()
    {
        var submitted = await AskedAsync(_inquiry);
        using var visit = await OpenAsync(submitted);
        await visit.PressStaleAsync("/status/withdraw");
        await App.SettlesAsync();
        var before = App.MailsTo(_inquiry.Email).Count;

        using var browser = App.NewBrowser();
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("email", _inquiry.Email)]);
        using var asked = await browser.PostAsync("/status/link", content);

        var mail = await App.MailToAsync(_inquiry.Email, before + 1);
        Assert.Equal(submitted.StatusUrl, InquiryApp.LinkIn(mail).AbsoluteUri);
        Assert.Contains("/status/copy", (await App.StatusPageAsync(submitted)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visit_that_has_ended_says_to_open_the_link_again()
    {
        var submitted = await AskedAsync(_inquiry);
        using var visit = await OpenAsync(submitted);
        using var later = App.NewBrowser();

        using var looked = await later.GetAsync($"/status?link={visit.Link}");
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("link", visit.Link), KeyValuePair.Create("information", "x")]);
        using var pressed = await later.PostAsync("/status/add", content);

        Assert.All(
            new[] { await Page.OfAsync(looked), await Page.OfAsync(pressed) },
            page => Assert.Equal("Please open the link in our mail again", page.Headline));
    }

    private async Task CorrectAsync(Submitted submitted, string message, string budget = "15000")
    {
        using var visit = await OpenAsync(submitted);
        await visit.LookAsync("/status/correct");
        var facts = (await App.InquiryAsync(submitted.Reference)).Facts;
        await visit.PressAsync(
            "/status/correct/request", ("patient.birthYear", "1984"), ("patient.country", "US"), ("patient.language", "en"), ("condition", "lupus"),
            ("conditionType.lupus", facts.ConditionType ?? string.Empty), ("treatment", facts.Treatment), ("cellSource", "any"), ("destinations", "MX"),
            ("timeframe", facts.Timeframe), ("budget.amount", budget), ("budget.currency", "USD"), ("message", message));
        Assert.Contains("Saved.", visit.Page.Text, StringComparison.Ordinal);
    }

    // As a browser does it: the form is opened, and its answer followed.
    private static async Task<Page> SendAsync(HttpClient browser, InquiryBuilder inquiry)
    {
        using var opened = await browser.GetAsync("/inquiry?condition=lupus&treatment=stem-cell-therapy");
        return await PostAsync(browser, [("nonce", (await Page.OfAsync(opened)).Hidden("nonce")!)], inquiry);
    }

    private static async Task<Page> PostAsync(HttpClient browser, IEnumerable<(string Name, string Value)> hidden, InquiryBuilder inquiry)
    {
        using var content = new FormUrlEncodedContent([.. hidden.Select(h => KeyValuePair.Create(h.Name, h.Value)), .. inquiry.Fields()]);
        using var response = await browser.PostAsync("/inquiry", content);
        return await Page.OfAsync(response);
    }

    private static async Task<Page> AnswerAsync(HttpClient browser, Page asked, string answer)
    {
        var fields = Regex.Matches(asked.Html, "<input type=\"hidden\"[^>]*>", RegexOptions.None, TimeSpan.FromSeconds(5))
            .Select(m => KeyValuePair.Create(Page.Attribute(m.Value, "name")!, Page.Attribute(m.Value, "value") ?? string.Empty));
        using var content = new FormUrlEncodedContent([.. fields, KeyValuePair.Create("again", answer)]);
        using var response = await browser.PostAsync("/inquiry", content);
        return await Page.OfAsync(response);
    }
}
