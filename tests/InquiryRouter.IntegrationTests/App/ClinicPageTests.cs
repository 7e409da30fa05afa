using System.Net;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>What a clinic does behind its link after, beside and instead of a yes.</summary>
public sealed class ClinicPageTests : AppTests
{
    internal static readonly IReadOnlyList<KeyValuePair<string, string>> Quote =
    [
        KeyValuePair.Create("amount.treatment", "12,000"), KeyValuePair.Create("amount.tests", "450.50"), KeyValuePair.Create("included.hotel", "true"),
        KeyValuePair.Create("currency", "USD"), KeyValuePair.Create("validUntil", "2027-01-31"), KeyValuePair.Create("remark", "Ten nights."),
    ];

    [Fact]
    public async Task A_yes_is_taken_back_within_the_hour_and_the_clinic_can_answer_again()
    {
        var inquiry = An.Inquiry();
        var submitted = await App.SubmitAsync(inquiry);
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.AcceptAsync();
        Assert.Contains(inquiry.Name, visit.Page.Text, StringComparison.Ordinal);
        await App.SettlesAsync();
        App.Clock.Advance(TimeSpan.FromMinutes(59));

        await visit.PressAsync("/referral/undo");

        Assert.Contains("A referral for you", visit.Page.Headline, StringComparison.Ordinal);
        Assert.DoesNotContain(inquiry.Name, visit.Page.Text, StringComparison.Ordinal);
        Assert.Equal(InquiryState.Referred, (await App.InquiryAsync(submitted.Reference)).State);
        var patientMail = await App.MailToAsync(inquiry.Email, 3);
        Assert.Contains("taken", patientMail.TextBody!, StringComparison.Ordinal);

        await visit.AcceptAsync();
        Assert.Contains(inquiry.Name, visit.Page.Text, StringComparison.Ordinal);
        await App.SettlesAsync();
        Assert.Equal(
            ["identity-disclosed", "identity-hidden MX-A", "identity-disclosed"],
            (await HistoryAsync(submitted.Reference)).Where(e => e.ActorKind == "clinic").Select(e => e.Detail));
    }

    [Fact]
    public async Task After_an_hour_a_yes_stands()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.AcceptAsync();
        await App.SettlesAsync();
        App.Clock.Advance(TimeSpan.FromMinutes(61));
        await visit.PressAsync("/referral/undo");
        Assert.Equal(HttpStatusCode.Conflict, visit.Page.Status);
        Assert.Equal(InquiryState.Accepted, (await App.InquiryAsync(submitted.Reference)).State);
    }

    [Fact]
    public async Task An_offer_whose_yes_was_taken_back_still_ends_in_time()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.AcceptAsync();
        await visit.PressAsync("/referral/undo");
        await App.SettlesAsync();

        await App.AdvanceToAsync((await App.ReferralsAsync(submitted.Reference))[0].OfferUntil.AddSeconds(1));

        await App.UntilAsync(
            async () => (await App.ReferralsAsync(submitted.Reference))[0].State == ReferralState.Expired, "the offer has expired");
        await App.MailToAsync(ClinicAddress("MX-B"));
    }

    [Fact]
    public async Task A_clinic_quotes_on_the_summary_and_sees_nobody_before_the_patient_decides()
    {
        var inquiry = An.Inquiry();
        var submitted = await App.SubmitAsync(inquiry);
        using var visit = await OpenReferralOfAsync("MX-A");

        await visit.PressAsync("/referral/quote", [.. Quote]);

        Assert.Equal(("The patient has your quote", HttpStatusCode.OK), (visit.Page.Headline, visit.Page.Status));
        Assert.DoesNotContain(inquiry.Name, visit.Page.Text, StringComparison.Ordinal);
        Assert.Contains("12,450.50", visit.Page.Text, StringComparison.Ordinal);
        await App.SettlesAsync();

        // The offer waits for the patient now: neither its window nor the next clinic moves it on.
        await App.AdvanceToAsync((await App.ReferralsAsync(submitted.Reference))[0].OfferUntil.AddSeconds(1));
        await App.SettlesAsync();
        Assert.Equal(ReferralState.Quoted, Assert.Single(await App.ReferralsAsync(submitted.Reference)).State);
        var mail = await App.MailToAsync(inquiry.Email, 2);
        Assert.DoesNotContain("12,450", mail.TextBody!, StringComparison.Ordinal);
        AssertNoHealthData(mail.Subject!);
    }

    [Fact]
    public async Task A_quote_sent_twice_is_one_and_a_new_one_stands_beside_it()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.AcceptAsync();
        var id = KeyValuePair.Create("id", Guid.CreateVersion7().ToString());

        await visit.PressAsync("/referral/quote", [id, .. Quote]);
        await visit.PressAsync("/referral/quote", [id, .. Quote]);
        await visit.PressAsync("/referral/quote", [.. Quote]);

        var inquiry = await App.InquiryAsync(submitted.Reference);
        Assert.Equal([1, 2], (await App.Database.ReadAsync(session => QuoteStore.ListAsync(session, inquiry.Id))).Select(q => q.N));
    }

    [Fact]
    public async Task Who_goes_back_and_types_something_else_has_sent_both_quotes_and_both_questions()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.AcceptAsync();
        var id = KeyValuePair.Create("id", Guid.CreateVersion7().ToString());
        var cheaper = Quote.Select(f => f.Key == "amount.treatment" ? KeyValuePair.Create(f.Key, "11,000") : f).ToList();

        foreach (var quote in new[] { Quote, cheaper, Quote })
        {
            await visit.PressAsync("/referral/quote", [id, .. quote]);
        }

        foreach (var question in new[] { "Which medication?", "Since when?", "Which medication?" })
        {
            await visit.PressAsync("/referral/ask", id, KeyValuePair.Create("question", question));
        }

        var inquiry = await App.InquiryAsync(submitted.Reference);
        Assert.Equal([12_450.50m, 11_450.50m], (await App.Database.ReadAsync(session => QuoteStore.ListAsync(session, inquiry.Id))).Select(q => q.Total));
        Assert.Equal(2, (await App.Database.ReadAsync(session => NoteStore.ListAsync(session, inquiry.Id))).Count);
    }

    [Fact]
    public async Task Too_much_text_is_said_to_be_too_much()
    {
        await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        foreach (var action in new[] { "/referral/decline", "/referral/quote", "/referral/ask", "/referral/pause" })
        {
            await visit.PressAsync(action, KeyValuePair.Create("remark", new string('x', 100_000)));
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, visit.Page.Status);
            Assert.Equal("That was too long", visit.Page.Headline);
        }
    }

    [Theory]
    [InlineData("/referral/decline", "remark", 0)]
    [InlineData("/referral/return", "remark", 1)]
    [InlineData("/referral/ask", "question", 1)]
    public async Task What_was_written_is_still_there_when_an_answer_is_refused_and_changes_nothing(string action, string field, int folded)
    {
        await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        if (action == "/referral/return")
        {
            await visit.AcceptAsync();
        }

        await App.SettlesAsync();
        var before = await App.DumpAsync();

        // Too long, or without a reason.
        var text = action == "/referral/ask" ? new string('x', 2001) : "Our ward is closed <until> May.";
        await visit.PressAsync(action, KeyValuePair.Create(field, text));

        Assert.Equal(HttpStatusCode.BadRequest, visit.Page.Status);
        Assert.Contains(text, visit.Page.Text, StringComparison.Ordinal);
        Assert.Equal(folded, visit.Page.Html.Split("<details class=\"card\" open").Length - 1);
        Assert.Equal(before, await App.DumpAsync());
    }

    [Fact]
    public async Task A_reason_is_still_chosen_when_the_remark_beside_it_is_too_long()
    {
        await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");

        await visit.PressAsync("/referral/decline", KeyValuePair.Create("reason", "no-capacity"), KeyValuePair.Create("remark", new string('x', 2001)));

        Assert.Equal(HttpStatusCode.BadRequest, visit.Page.Status);
        Assert.Contains("<option value=\"no-capacity\" selected", visit.Page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_much_as_the_page_lets_a_clinic_write_is_taken_with_all_its_lines()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");

        // A browser counts 2,000 characters, and sends two for each line break.
        await visit.PressAsync("/referral/ask", KeyValuePair.Create("question", string.Concat(Enumerable.Repeat("x\r\n", 999)) + "xx"));

        Assert.Equal(HttpStatusCode.OK, visit.Page.Status);
        var inquiry = await App.InquiryAsync(submitted.Reference);
        Assert.Single(await App.Database.ReadAsync(session => NoteStore.ListAsync(session, inquiry.Id)));
    }

    [Fact]
    public async Task A_quote_that_cannot_stand_comes_back_with_what_was_typed_and_changes_nothing()
    {
        await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        await App.SettlesAsync();
        var before = await App.DumpAsync();

        await visit.PressAsync(
            "/referral/quote", KeyValuePair.Create("amount.treatment", "a lot"), KeyValuePair.Create("currency", "XXX"), KeyValuePair.Create("validUntil", "2026-01-01"),
            KeyValuePair.Create("remark", "We look forward"));

        Assert.Equal(HttpStatusCode.BadRequest, visit.Page.Status);
        Assert.Contains("Write each amount as a number", visit.Page.Text, StringComparison.Ordinal);
        Assert.Contains("Choose a currency", visit.Page.Text, StringComparison.Ordinal);
        Assert.Contains("Choose the last day", visit.Page.Text, StringComparison.Ordinal);
        Assert.Contains("a lot", visit.Page.Html, StringComparison.Ordinal);
        Assert.Contains("We look forward", visit.Page.Html, StringComparison.Ordinal);
        Assert.Equal(before, await App.DumpAsync());
    }

    [Fact]
    public async Task A_patient_who_is_given_back_for_want_of_places_goes_to_the_next_clinic()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.AcceptAsync();

        await visit.PressAsync("/referral/return", KeyValuePair.Create("reason", "no-capacity"), KeyValuePair.Create("remark", "Our ward is closed."));

        Assert.Equal("You have given this referral back", visit.Page.Headline);
        await App.MailToAsync(ClinicAddress("MX-B"));
        Assert.Equal([ReferralState.Returned, ReferralState.Offered], (await App.ReferralsAsync(submitted.Reference)).Select(r => r.State));
        await visit.PressAsync("/referral/return", KeyValuePair.Create("reason", "no-capacity"));
        Assert.Equal(HttpStatusCode.OK, visit.Page.Status);
    }

    [Fact]
    public async Task A_patient_nobody_could_reach_is_asked_by_a_coordinator_and_no_other_clinic()
    {
        var inquiry = An.Inquiry();
        var submitted = await App.SubmitAsync(inquiry);
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.AcceptAsync();

        await visit.PressAsync("/referral/return", KeyValuePair.Create("reason", "cannot-reach-patient"));

        var held = await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        Assert.Equal("returned-by-clinic", Assert.Single(held.HoldReasons).Code);
        await App.SettlesAsync();
        Assert.Contains(App.MailsTo(inquiry.Email), m => m.TextBody!.Contains("cannot go on with it", StringComparison.Ordinal));
        Assert.Empty(App.MailsTo(ClinicAddress("MX-B")));
    }

    [Fact]
    public async Task A_booking_and_a_treatment_end_the_inquiry_well()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");

        // Only who has said yes can have treated somebody.
        await visit.PressAsync("/referral/complete");
        Assert.Equal(HttpStatusCode.Conflict, visit.Page.Status);
        await visit.AcceptAsync();
        await visit.PressAsync("/referral/book");
        Assert.Equal(InquiryState.Booked, (await App.InquiryAsync(submitted.Reference)).State);
        await visit.PressAsync("/referral/complete");
        await visit.PressAsync("/referral/complete");

        var closed = await App.InquiryAsync(submitted.Reference);
        Assert.Equal((InquiryState.Closed, "treated"), (closed.State, Assert.Single(closed.HoldReasons).Code));
        Assert.Equal("You have treated this patient", visit.Page.Headline);
        Assert.True(AuditChain.IsIntact(await HistoryAsync(submitted.Reference), closed.AuditHash));
    }

    [Fact]
    public async Task With_the_treatment_the_quotes_of_other_clinics_end_and_they_are_told()
    {
        await ActivateAsync(p => p with { Parallel = 2 });
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        using var other = await OpenReferralOfAsync("MX-B");
        await other.PressAsync("/referral/quote", [.. Quote]);
        await visit.AcceptAsync();

        await visit.PressAsync("/referral/complete");

        await App.SettlesAsync();
        Assert.Equal(
            [ReferralState.Completed, ReferralState.Withdrawn], (await App.ReferralsAsync(submitted.Reference)).OrderBy(r => r.ClinicCode).Select(r => r.State));
        Assert.Contains("has been taken", (await App.MailToAsync(ClinicAddress("MX-B"), 2)).Subject!, StringComparison.Ordinal);
        Assert.Equal(0, await App.NumberAsync("SELECT Offered FROM ClinicLoad WHERE ClinicCode = 'MX-B'"));
    }

    [Fact]
    public async Task A_question_reaches_the_patient_behind_their_link_and_makes_no_message_stale()
    {
        var inquiry = An.Inquiry();
        var submitted = await App.SubmitAsync(inquiry);
        using var visit = await OpenReferralOfAsync("MX-A");
        var version = (await App.InquiryAsync(submitted.Reference)).Version;

        await visit.PressAsync("/referral/ask", KeyValuePair.Create("question", "Which medication is taken?"));

        Assert.Contains("Which medication is taken?", visit.Page.Text, StringComparison.Ordinal);
        var mail = await App.MailToAsync(inquiry.Email, 2);
        Assert.DoesNotContain("medication", mail.TextBody!, StringComparison.Ordinal);
        Assert.Equal(version, (await App.InquiryAsync(submitted.Reference)).Version);
        await visit.PressAsync("/referral/ask", KeyValuePair.Create("question", " "));
        Assert.Equal(HttpStatusCode.BadRequest, visit.Page.Status);
    }

    [Fact]
    public async Task A_referral_is_forwarded_to_people_of_the_clinic_and_nobody_else()
    {
        const string ward = "ward@mx-a.clinic.example";
        await App.Database.WriteAsync(tx => NetworkStore.ReplaceAsync(
            tx, [A.Clinic("MX-A") with { Contacts = [new ContactPerson("Dr. Lu Ward", "medical", ward)] }], "test"));
        await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");

        foreach (var stranger in new[] { "somebody@elsewhere.example", "nobody", "x@mx-a.clinic.example" })
        {
            await visit.PressAsync("/referral/forward", KeyValuePair.Create("colleague", stranger));
            Assert.Equal(HttpStatusCode.BadRequest, visit.Page.Status);
        }

        await visit.PressAsync("/referral/forward", KeyValuePair.Create("colleague", ward));
        using var colleague = await App.OpenReferralAsync(await App.MailToAsync(ward));
        Assert.Equal("A referral for you", colleague.Page.Headline);
        await colleague.AcceptAsync();
        await visit.LookAgainAsync();
        Assert.Equal("You have accepted this referral", visit.Page.Headline);
    }

    [Fact]
    public async Task A_quote_nobody_decides_on_ends_and_the_next_clinic_is_asked()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");
        await visit.PressAsync("/referral/quote", [.. Quote]);
        await App.SettlesAsync();

        await App.AdvanceToAsync(App.Now.AddDays(14).AddSeconds(1));

        await App.MailToAsync(ClinicAddress("MX-B"));
        var referrals = await App.ReferralsAsync(submitted.Reference);
        Assert.Equal([ReferralState.Withdrawn, ReferralState.Offered], referrals.Select(r => r.State));
        Assert.Equal("quote-ended", referrals[0].Reason);
    }

    [Fact]
    public async Task A_link_that_has_ended_says_so_and_offers_the_way_on()
    {
        await App.SubmitAsync(An.Inquiry());
        var mail = await App.MailToAsync(ClinicAddress("MX-A"));
        await App.SettlesAsync();
        App.Clock.Advance(AccessLinkStore.ReferralLifetime + TimeSpan.FromDays(1));

        using var visit = await App.OpenReferralAsync(mail);

        Assert.Equal((HttpStatusCode.Gone, "This link has ended"), (visit.Page.Status, visit.Page.Headline));
        await visit.PressAsync("/referral/list-link");
        Assert.Equal("We have sent the link", visit.Page.Headline);
        await App.UntilAsync(
            () => Task.FromResult(App.MailsTo(ClinicAddress("MX-A")).Any(m => m.TextBody!.Contains("/referral/list", StringComparison.Ordinal))), "the list's link was mailed");
    }

    [Fact]
    public async Task A_link_to_an_inquiry_that_was_erased_says_so()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        var mail = await App.MailToAsync(ClinicAddress("MX-A"));
        await App.RunCommandAsync("erase", submitted.Reference, "--yes");

        using var visit = await App.OpenReferralAsync(mail);

        Assert.Equal((HttpStatusCode.Gone, "This inquiry was erased"), (visit.Page.Status, visit.Page.Headline));
    }

    [Fact]
    public async Task A_clinic_reads_its_own_language_and_may_choose_another()
    {
        await App.SubmitAsync(An.Inquiry());
        var mail = await App.MailToAsync(ClinicAddress("MX-A"));
        using var browser = App.NewBrowser();
        using var opened = await browser.GetAsync(InquiryApp.LinkIn(mail));
        var link = (await Page.OfAsync(opened)).Hidden("link");

        using var spanish = await browser.GetAsync($"/referral?link={link}&lang=es");
        using var arabic = await browser.GetAsync($"/referral?link={link}&lang=ar");

        Assert.Equal("Una derivación para ustedes", (await Page.OfAsync(spanish)).Headline);
        var page = await Page.OfAsync(arabic);
        Assert.Equal("إحالة لكم", page.Headline);
        Assert.Contains("dir=\"rtl\"", page.Html, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<AuditEntry>> HistoryAsync(string reference)
    {
        var inquiry = await App.InquiryAsync(reference);
        return await App.Database.ReadAsync(session => InquiryStore.AuditAsync(session, inquiry.Id));
    }
}
