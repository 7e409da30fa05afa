using System.Globalization;
using System.Net;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Status;

/// <summary>What a patient decides about clinics one by one, and about the inquiry as a whole.</summary>
public sealed class DecidingTests : StatusTests
{
    [Fact]
    public async Task A_quote_that_is_not_for_me_frees_the_place_and_the_next_clinic_is_asked()
    {
        var submitted = await AskedAsync();
        await QuoteAsync(submitted, "MX-A", 14_000);
        using var visit = await OpenAsync(submitted);
        Assert.Equal("A clinic has sent you a quote", visit.Page.Headline);

        await visit.PressAsync("/status/quote/decline", ("referral", "1"));

        Assert.Contains("Thank you for telling us", visit.Page.Text, StringComparison.Ordinal);
        await App.MailToAsync(ClinicAddress("MX-B"));
        var referrals = await App.ReferralsAsync(submitted.Reference);
        Assert.Equal([ReferralState.Withdrawn, ReferralState.Offered], referrals.Select(r => r.State));
        Assert.Equal("patient-declined", referrals[0].Reason);
        Assert.Equal(0, await App.NumberAsync("SELECT Offered FROM ClinicLoad WHERE ClinicCode = 'MX-A'"));
        await App.MailToAsync(ClinicAddress("MX-A"), 2);
        await visit.LookAsync();
        Assert.Contains("You told us that the quote of Clínica MX-A is not for you.", visit.Page.Text, StringComparison.Ordinal);
        await AssertWholeAsync(submitted);
    }

    [Fact]
    public async Task Pressed_twice_and_after_going_back_a_no_to_a_quote_is_one_no()
    {
        var submitted = await AskedAsync();
        await QuoteAsync(submitted, "MX-A", 14_000);
        using var visit = await OpenAsync(submitted);
        await visit.PressAsync("/status/quote/decline", ("referral", "1"));
        await App.MailToAsync(ClinicAddress("MX-B"));
        await App.SettlesAsync();
        var before = await App.DumpAsync();

        await visit.PressStaleAsync("/status/quote/decline", ("referral", "1"));
        await visit.PressStaleAsync("/status/identity/show", ("referral", "1"));

        Assert.Contains("Nothing was changed", visit.Page.Text, StringComparison.Ordinal);
        Assert.Equal(before, await App.DumpAsync());
    }

    [Fact]
    public async Task A_no_to_the_quote_of_the_clinic_that_had_accepted_opens_the_inquiry_again()
    {
        var submitted = await AcceptedAsync();
        await QuoteAsync(submitted, "MX-A", 14_000);
        using var visit = await OpenAsync(submitted);

        await visit.PressAsync("/status/quote/decline", ("referral", "1"));

        await App.MailToAsync(ClinicAddress("MX-B"));
        Assert.Equal(InquiryState.Referred, (await App.InquiryAsync(submitted.Reference)).State);

        // It has seen who I am: it is asked to let go of that too, in one mail.
        await App.SettlesAsync();
        var mail = App.MailsTo(ClinicAddress("MX-A")).OrderBy(m => m.MessageId, StringComparer.Ordinal).Last();
        Assert.Contains("please delete", mail.Subject, StringComparison.Ordinal);
        AssertNoHealthData(mail.TextBody!);
        Assert.DoesNotContain(App.MailsTo(ClinicAddress("MX-A")), m => m.Subject!.Contains("taken back", StringComparison.Ordinal));
        await AssertWholeAsync(submitted);
    }

    [Fact]
    public async Task A_clinic_that_has_quoted_sees_who_I_am_when_I_say_so_and_then_has_my_inquiry()
    {
        var inquiry = An.Inquiry();
        var submitted = await AskedAsync(inquiry);
        await QuoteAsync(submitted, "MX-A", 14_000);
        using var visit = await OpenAsync(submitted);
        Assert.Contains("It does not know who you are.", visit.Page.Text, StringComparison.Ordinal);

        await visit.PressAsync("/status/identity/show", ("referral", "1"));

        Assert.Equal("A clinic has accepted your inquiry", visit.Page.Headline);
        Assert.Contains("This clinic sees your name", visit.Page.Text, StringComparison.Ordinal);
        var referral = await ReferralAsync(submitted, "MX-A");
        Assert.Equal((ReferralState.Quoted, App.Now, App.Now), (referral.State, referral.AcceptedAt, referral.DisclosedAt));
        Assert.Equal(InquiryState.Accepted, (await App.InquiryAsync(submitted.Reference)).State);
        var accepted = Assert.Single(await HistoryAsync(submitted), e => e.Action == "accepted");
        Assert.Equal(("patient", "identity-disclosed MX-A"), (accepted.ActorKind, accepted.Detail));
        await AssertWholeAsync(submitted);

        // Once more, from a page that is still open elsewhere.
        var before = await App.DumpAsync();
        await visit.PressStaleAsync("/status/identity/show", ("referral", "1"));
        Assert.Equal(before, await App.DumpAsync());
    }

    [Fact]
    public async Task With_my_choice_of_a_quote_the_offers_without_an_answer_end_and_other_quotes_stay()
    {
        await App.Database.WriteAsync(tx => PolicyStore.ActivateAsync(tx, Policy.Shipped with { Parallel = 3 }, "test"));
        var submitted = await AskedAsync();
        await App.MailToAsync(ClinicAddress("MX-B"));
        await App.MailToAsync(ClinicAddress("MX-C"));
        await QuoteAsync(submitted, "MX-A", 14_000);
        await QuoteAsync(submitted, "MX-B", 15_000);
        using var visit = await OpenAsync(submitted);

        await visit.PressAsync("/status/identity/show", ("referral", "1"));

        Assert.Equal([ReferralState.Quoted, ReferralState.Quoted, ReferralState.Withdrawn], (await App.ReferralsAsync(submitted.Reference)).Select(r => r.State));
        await App.MailToAsync(ClinicAddress("MX-C"), 2);
        await AssertWholeAsync(submitted);
    }

    [Fact]
    public async Task A_clinic_that_no_longer_meets_a_requirement_is_not_shown_who_I_am()
    {
        var submitted = await AskedAsync();
        await QuoteAsync(submitted, "MX-A", 14_000);
        var clinic = A.Clinic("MX-A");
        await App.Database.WriteAsync(tx => NetworkStore.ReplaceAsync(tx, [clinic with { Credentials = [.. clinic.Credentials.Select(c => c with { Status = "suspended" })] }], "test"));
        using var visit = await OpenAsync(submitted);

        await visit.PressAsync("/status/identity/show", ("referral", "1"));

        Assert.Contains("does not meet everything that we ask of clinics", visit.Page.Text, StringComparison.Ordinal);
        Assert.Null((await ReferralAsync(submitted, "MX-A")).DisclosedAt);
    }

    [Fact]
    public async Task What_a_clinic_sees_of_me_I_can_take_back_and_give_again()
    {
        var submitted = await AcceptedAsync();
        var version = (await App.InquiryAsync(submitted.Reference)).Version;
        using var visit = await OpenAsync(submitted);

        await visit.PressAsync("/status/identity/hide", ("referral", "1"));
        Assert.Contains("It does not see who you are, because you have chosen so.", visit.Page.Text, StringComparison.Ordinal);
        Assert.Contains(await HistoryAsync(submitted), e => e is { Action: "identity-hidden", Detail: "MX-A", ActorKind: "patient" });

        await visit.PressAsync("/status/identity/show", ("referral", "1"));
        Assert.Contains("This clinic sees your name", visit.Page.Text, StringComparison.Ordinal);

        // Choices make no version: a message on its way about the inquiry is not made stale by them.
        Assert.Equal(version, (await App.InquiryAsync(submitted.Reference)).Version);
        await AssertWholeAsync(submitted);
    }

    [Fact]
    public async Task A_clinic_that_is_asked_can_be_kept_from_seeing_who_I_am_even_if_it_accepts()
    {
        var submitted = await AskedAsync();
        using var visit = await OpenAsync(submitted);
        Assert.Contains("If it accepts, it will see who you are.", visit.Page.Text, StringComparison.Ordinal);

        await visit.PressAsync("/status/identity/hide", ("referral", "1"));

        Assert.Contains("even if it accepts, until you allow more", visit.Page.Text, StringComparison.Ordinal);
        var inquiry = await App.InquiryAsync(submitted.Reference);
        Assert.False((await App.Database.ReadAsync(session => IdentityChoiceStore.ListAsync(session, inquiry.Id)))["MX-A"]);
    }

    [Fact]
    public async Task After_the_treatment_I_can_still_take_back_what_the_clinic_sees()
    {
        var inquiry = An.Inquiry();
        var submitted = await AskedAsync(inquiry);
        using var clinic = await OpenReferralOfAsync("MX-A");
        await clinic.AcceptAsync();
        await clinic.PressAsync("/referral/complete", KeyValuePair.Create("on", App.Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        using var visit = await OpenAsync(submitted);
        Assert.Contains(inquiry.Name, (await clinic.LookAgainAsync()).Text, StringComparison.Ordinal);

        await visit.PressAsync("/status/identity/hide", ("referral", "1"));
        Assert.DoesNotContain(inquiry.Name, (await clinic.LookAgainAsync()).Text, StringComparison.Ordinal);

        await visit.PressAsync("/status/consent/withdraw");
        Assert.Equal(InquiryState.Closed, (await App.InquiryAsync(submitted.Reference)).State);
        Assert.DoesNotContain("/status/consent/", visit.Page.Html, StringComparison.Ordinal);
        await AssertWholeAsync(submitted);
    }

    [Fact]
    public async Task Withdrawing_is_asked_about_first_and_then_tells_every_clinic()
    {
        var submitted = await AskedAsync();
        using var visit = await OpenAsync(submitted);
        var before = await App.DumpAsync();
        await visit.LookAsync("/status/withdraw");
        Assert.Equal("Withdraw your inquiry?", visit.Page.Headline);
        Assert.Equal(before, await App.DumpAsync());

        await visit.PressAsync("/status/withdraw");

        Assert.Equal("You have withdrawn this inquiry", visit.Page.Headline);
        var closed = await App.InquiryAsync(submitted.Reference);
        Assert.Equal((InquiryState.Closed, HoldReason.PatientWithdrew), (closed.State, Assert.Single(closed.HoldReasons)));
        Assert.Equal(ReferralState.Withdrawn, (await ReferralAsync(submitted, "MX-A")).State);
        await App.MailToAsync(ClinicAddress("MX-A"), 2);
        await App.AdvanceToAsync(App.Now.AddDays(30));
        await AssertWholeAsync(submitted);
        Assert.Empty(App.MailsTo(ClinicAddress("MX-B")));

        before = await App.DumpAsync();
        await visit.PressStaleAsync("/status/withdraw");
        Assert.Equal("You have withdrawn this inquiry", visit.Page.Headline);
        foreach (var button in new[] { "/status/consent/give", "/status/identity/show", "/status/add", "/status/quote/decline", "/status/check-in" })
        {
            await visit.PressStaleAsync(button, ("referral", "1"), ("information", "text"), ("answer", "booked"), ("once", "1"));
            Assert.Contains("Nothing was changed", visit.Page.Text, StringComparison.Ordinal);
        }

        Assert.Equal(before, await App.DumpAsync());
    }

    [Fact]
    public async Task A_button_pressed_by_another_site_or_without_the_link_does_nothing()
    {
        var submitted = await AskedAsync();
        await QuoteAsync(submitted, "MX-A", 14_000);
        using var visit = await OpenAsync(submitted);
        using var stranger = App.NewBrowser();
        var before = await App.DumpAsync();
        visit.Browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        foreach (var button in new[]
        {
            "/status/quote/decline", "/status/identity/show", "/status/identity/hide", "/status/consent/give", "/status/consent/withdraw", "/status/add", "/status/answer",
            "/status/check-in", "/status/withdraw", "/status/erase", "/status/correct/contact", "/status/correct/request",
        })
        {
            await visit.PressStaleAsync(button, ("referral", "1"), ("information", "text"));
            Assert.Equal(HttpStatusCode.NotFound, visit.Page.Status);
            using var content = new FormUrlEncodedContent([KeyValuePair.Create("link", visit.Link), KeyValuePair.Create("referral", "1")]);
            using var answer = await stranger.PostAsync(button, content);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            using var looked = await stranger.GetAsync(button + "?link=" + visit.Link);
            Assert.True(looked.StatusCode is HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotFound);
        }

        Assert.Equal(before, await App.DumpAsync());
    }
}
