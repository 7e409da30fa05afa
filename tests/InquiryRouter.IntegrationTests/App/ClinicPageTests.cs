using System.Globalization;
using System.Net;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
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
        await App.AdvanceToAsync(Assert.Single(await App.ReferralsAsync(submitted.Reference)).AcceptedAt!.Value.AddMinutes(59));

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

    [Theory]
    [InlineData("+1 608-271-9000 x11", "+16082719000 ext. 11", "tel:+16082719000;ext=11")]
    [InlineData("+1 608-271-9000", "+16082719000", "tel:+16082719000")]
    public async Task The_patients_phone_is_dialled_with_its_extension_and_shown_to_the_patient_as_well(string typed, string shown, string link)
    {
        var submitted = await App.SubmitAsync(An.Inquiry().With("patient.phone", typed));
        using var visit = await OpenReferralOfAsync("MX-A");

        await visit.AcceptAsync();

        Assert.Contains(shown, visit.Page.Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"{link}\"", WebUtility.HtmlDecode(visit.Page.Html), StringComparison.Ordinal);
        Assert.Contains($"{shown[1..]}\"", (await App.RunCommandAsync("export", "inquiry", submitted.Reference, "-")).Output, StringComparison.Ordinal);
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

    private KeyValuePair<string, string> Today => KeyValuePair.Create("on", App.Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Fact]
    public async Task A_booking_and_a_treatment_end_the_inquiry_well()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var visit = await OpenReferralOfAsync("MX-A");

        // Only who has said yes can have treated somebody.
        await visit.PressAsync("/referral/complete", Today);
        Assert.Equal(HttpStatusCode.Conflict, visit.Page.Status);
        await visit.AcceptAsync();
        await visit.PressAsync("/referral/book", Today);
        Assert.Equal(InquiryState.Booked, (await App.InquiryAsync(submitted.Reference)).State);
        await visit.PressAsync("/referral/complete", Today);
        await visit.PressAsync("/referral/complete", Today);

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

        await visit.PressAsync("/referral/complete", Today);

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
