using System.Globalization;
using System.Net;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>What clinics say behind their links, take back, and report; and what the patient says to it.</summary>
public sealed class WhatClinicsSayTests : Status.StatusTests
{
    internal override AppSetup Setup => new()
    {
        Clinics =
        [
            .. new[] { "MX-A", "MX-B" }.Select(code => A.Clinic(code) with
            {
                Contacts = [new ContactPerson("Dr. Lu Ward", "medical", $"ward@{code.ToLowerInvariant()}.clinic.example")],
            }),
        ],
    };

    [Fact]
    public async Task A_no_is_taken_back_within_the_hour_and_the_offer_is_open_as_before()
    {
        var submitted = await AskedAsync();
        using var clinic = await OpenReferralOfAsync("MX-A");
        await clinic.DeclineAsync();
        await App.MailToAsync(ClinicAddress("MX-B"));
        await App.SettlesAsync();

        await clinic.PressAsync("/referral/reopen");

        Assert.Contains("The offer is open again.", clinic.Page.Text, StringComparison.Ordinal);
        Assert.Equal([ReferralState.Viewed, ReferralState.Offered], (await App.ReferralsAsync(submitted.Reference)).Select(r => r.State));
        Assert.Equal(1, await App.NumberAsync("SELECT Offered FROM ClinicLoad WHERE ClinicCode = 'MX-A'"));
        await clinic.AcceptAsync();
        await App.SettlesAsync();
        Assert.Equal([ReferralState.Accepted, ReferralState.Withdrawn], (await App.ReferralsAsync(submitted.Reference)).Select(r => r.State));
        await AssertWholeAsync(submitted);
    }

    [Fact]
    public async Task After_an_hour_a_no_stands()
    {
        await AskedAsync();
        using var clinic = await OpenReferralOfAsync("MX-A");
        await clinic.DeclineAsync();
        await App.SettlesAsync();
        App.Clock.Advance(TimeSpan.FromMinutes(61));

        await clinic.PressAsync("/referral/reopen");

        Assert.Equal(HttpStatusCode.Conflict, clinic.Page.Status);
        Assert.DoesNotContain("/referral/reopen", clinic.Page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clinic_that_was_late_still_would_and_takes_a_patient_whom_nobody_has()
    {
        var submitted = await AskedAsync();
        using var clinic = await OpenReferralOfAsync("MX-A");
        await App.AdvanceToAsync((await ReferralAsync(submitted, "MX-A")).OfferUntil.AddSeconds(1));
        using var other = await OpenReferralOfAsync("MX-B");
        await other.DeclineAsync();
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        await App.SettlesAsync();
        Assert.Contains("If you still would", (await clinic.LookAgainAsync()).Text, StringComparison.Ordinal);

        await clinic.PressAsync("/referral/reopen");

        Assert.Equal(InquiryState.Referred, (await App.InquiryAsync(submitted.Reference)).State);
        Assert.True((await ReferralAsync(submitted, "MX-A")).OfferUntil > App.Now);
        await clinic.AcceptAsync();
        Assert.Equal(InquiryState.Accepted, (await App.InquiryAsync(submitted.Reference)).State);
        await AssertWholeAsync(submitted);
    }

    [Fact]
    public async Task It_would_in_vain_once_another_clinic_has_the_patient()
    {
        var submitted = await AskedAsync();
        using var clinic = await OpenReferralOfAsync("MX-A");
        await App.AdvanceToAsync((await ReferralAsync(submitted, "MX-A")).OfferUntil.AddSeconds(1));
        using var other = await OpenReferralOfAsync("MX-B");
        await other.AcceptAsync();
        await App.SettlesAsync();

        await clinic.PressAsync("/referral/reopen");

        Assert.Equal(HttpStatusCode.Conflict, clinic.Page.Status);
        Assert.Equal(ReferralState.Expired, (await ReferralAsync(submitted, "MX-A")).State);
    }

    [Fact]
    public async Task A_remark_for_the_coordinators_is_not_in_the_patients_copy()
    {
        var submitted = await AskedAsync();
        using var clinic = await OpenReferralOfAsync("MX-A");
        await clinic.PressAsync("/referral/decline", Field("reason", "other"), Field("remark", "Asked us for a discount twice."));
        using var patient = await OpenAsync(submitted);

        var copy = await patient.LookAsync("/status/download");

        Assert.DoesNotContain("discount", copy.Page.Html, StringComparison.Ordinal);
        Assert.Contains(("Remark", "Asked us for a discount twice."), (await NotesAsync(submitted)).Select(n => (n.Kind.ToString(), n.Text)));
    }

    [Fact]
    public async Task Where_the_name_is_withheld_nobody_is_asked_to_get_in_touch()
    {
        var submitted = await AskedAsync();
        using var patient = await OpenAsync(submitted);
        await patient.PressAsync("/status/identity/hide", ("referral", "1"));
        using var clinic = await OpenReferralOfAsync("MX-A");

        await clinic.AcceptAsync();

        var mail = (await App.MailToAsync(ClinicAddress("MX-A"), 2)).TextBody!.ReplaceLineEndings(" ");
        Assert.Contains("The patient wants to decide first", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("get in touch", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quote_begins_with_the_clinics_package_and_a_new_one_with_the_last()
    {
        await AskedAsync();
        using var clinic = await OpenReferralOfAsync("MX-A");
        Assert.Equal("14500.5", Value(clinic.Page, "amount.treatment"));
        Assert.Contains("checked", clinic.Page.Tag("input", "included.hotel").Single(), StringComparison.Ordinal);

        await clinic.PressAsync("/referral/quote", [.. ClinicPageTests.Quote, .. Terms]);

        Assert.Equal(("12000", "450.5", "500", "30"), (
            Value(clinic.Page, "amount.treatment"), Value(clinic.Page, "amount.tests"), Value(clinic.Page, "deposit"), Value(clinic.Page, "refund.days.1")));
    }

    [Fact]
    public async Task Each_amount_that_is_wrong_is_marked_and_one_that_is_also_included_is_named()
    {
        await AskedAsync();
        using var clinic = await OpenReferralOfAsync("MX-A");

        await clinic.PressAsync(
            "/referral/quote", Field("amount.treatment", "a lot"), Field("amount.tests", "900"), Field("included.tests", "true"),
            Field("amount.meals", "50"), Field("currency", "USD"), Field("validUntil", "2027-01-31"), Field("deposit", "some"));

        Assert.Equal(HttpStatusCode.BadRequest, clinic.Page.Status);
        Assert.All(["amount.treatment", "amount.tests", "deposit"], field => Assert.Equal("true", Marked(clinic.Page, field)));
        Assert.Null(Marked(clinic.Page, "amount.meals"));
        Assert.Contains("Write an amount or tick “Included”, not both.", clinic.Page.Text, StringComparison.Ordinal);
        Assert.Equal("a lot", Value(clinic.Page, "amount.treatment"));
    }

    [Fact]
    public async Task The_patient_compares_deposit_refund_sessions_and_who_pays_for_complications()
    {
        var submitted = await AskedAsync();
        using var clinic = await OpenReferralOfAsync("MX-A");
        await clinic.PressAsync("/referral/quote", [.. ClinicPageTests.Quote, .. Terms]);

        using var patient = await OpenAsync(submitted);

        foreach (var said in (string[])
            [
                "500 USD", "30 days before or earlier: 100% back", "Later than that: 0% back", "Sessions in the price: 2",
                "Each further session: 3,000 USD", "The clinic treats them at no further cost",
            ])
        {
            Assert.Contains(said, patient.Page.Text, StringComparison.Ordinal);
            Assert.Contains(said, clinic.Page.Text, StringComparison.Ordinal);
        }

        Assert.Contains("If you cancel", patient.Page.Text, StringComparison.Ordinal);
        Assert.Contains("If the patient cancels", clinic.Page.Text, StringComparison.Ordinal);

        Assert.Contains("\"deposit\": 500", (await patient.LookAsync("/status/download")).Page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_to_reach_a_clinic_waits_in_its_remark_until_it_is_chosen_and_it_is_told_so()
    {
        var submitted = await AskedAsync();
        using var clinic = await OpenReferralOfAsync("MX-A");

        await clinic.PressAsync(
            "/referral/quote", [.. ClinicPageTests.Quote.Where(f => f.Key != "remark"), Field("remark", "Write to us@mx-a.clinic.example")]);

        Assert.Contains("are shown once the patient has chosen your clinic", clinic.Page.Text, StringComparison.Ordinal);
        using var patient = await OpenAsync(submitted);
        Assert.Contains("Write to [shown once you have chosen this clinic]", patient.Page.Text, StringComparison.Ordinal);
        await patient.PressAsync("/status/identity/show", ("referral", "1"));
        Assert.Contains("Write to us@mx-a.clinic.example", patient.Page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_booking_and_a_treatment_have_a_day_and_if_they_say_so_a_price()
    {
        var submitted = await AskedAsync();
        using var clinic = await OpenReferralOfAsync("MX-A");
        await clinic.AcceptAsync();
        await clinic.PressAsync("/referral/book");
        Assert.Contains("Please choose the day the patient has booked for.", clinic.Page.Text, StringComparison.Ordinal);
        await clinic.PressAsync("/referral/book", Field("on", Day(40)), Field("amount", "much"), Field("currency", "USD"));
        Assert.Equal((HttpStatusCode.BadRequest, "much"), (clinic.Page.Status, Value(clinic.Page, "amount")));

        await clinic.PressAsync("/referral/book", Field("on", Day(40)), Field("amount", "12,000"), Field("currency", "USD"));
        await clinic.PressAsync("/referral/complete", Field("on", Day(40)));
        Assert.Contains("the day the patient was treated: today or earlier", clinic.Page.Text, StringComparison.Ordinal);
        await clinic.PressAsync("/referral/complete", Field("on", Day(0)));

        var referral = await ReferralAsync(submitted, "MX-A");
        Assert.Equal((ReferralState.Completed, 12_000m, "USD"), (referral.State, referral.PaidAmount, referral.PaidCurrency));
        using var patient = await OpenAsync(submitted);
        Assert.Contains("12,000 USD", patient.Page.Text, StringComparison.Ordinal);
        Assert.Contains("Treated on", patient.Page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patient_says_that_it_is_not_so_and_a_coordinator_hears_of_it_although_it_is_closed()
    {
        var submitted = await AcceptedAsync();
        using var clinic = await OpenReferralOfAsync("MX-A");
        await clinic.PressAsync("/referral/complete", Field("on", Day(0)));
        using var patient = await OpenAsync(submitted);

        await patient.PressAsync("/status/dispute", ("referral", "1"));

        Assert.Contains("Thank you", patient.Page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/status/dispute", patient.Page.Html, StringComparison.Ordinal);
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM Work WHERE Kind = 'BadCheckIn' AND ClosedAt IS NULL"));
        Assert.Contains("That is not so.", (await clinic.LookAgainAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(InquiryState.Closed, (await App.InquiryAsync(submitted.Reference)).State);
        await AssertWholeAsync(submitted);
    }

    [Fact]
    public async Task Whoever_of_the_clinic_has_answered_is_named_to_their_colleagues()
    {
        var submitted = await AskedAsync();
        using var clinic = await OpenReferralOfAsync("MX-A");
        await clinic.PressAsync("/referral/forward", Field("colleague", "ward@mx-a.clinic.example"));
        using var colleague = await App.OpenReferralAsync(await App.MailToAsync("ward@mx-a.clinic.example"));

        await colleague.AcceptAsync();

        Assert.Contains("Answered by Dr. Lu Ward", (await clinic.LookAgainAsync()).Text, StringComparison.Ordinal);
        Assert.NotNull((await ReferralAsync(submitted, "MX-A")).AnsweredBy);
    }

    private static IEnumerable<KeyValuePair<string, string>> Terms =>
    [
        Field("deposit", "500"), Field("refund.days.1", "30"), Field("refund.percent.1", "100%"), Field("refund.days.2", "0"), Field("refund.percent.2", "0"),
        Field("sessions", "2"), Field("furtherSession", "3,000"), Field("complications", "clinic"),
    ];

    private string Day(int daysAhead) => App.Now.AddDays(daysAhead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static KeyValuePair<string, string> Field(string name, string value) => KeyValuePair.Create(name, value);

    private static string? Value(Page page, string field) => Page.Attribute(page.Tag("input", field).First(), "value");

    private static string? Marked(Page page, string field) => Page.Attribute(page.Tag("input", field).First(), "aria-invalid");
}
