using InquiryRouter.BrowserTests.Support;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;
using Microsoft.Playwright;
using Xunit;

namespace InquiryRouter.BrowserTests;

/// <summary>A clinic and what its mails lead to.</summary>
public sealed class AnsweringAReferral(Chromium chromium) : BrowserTest(chromium)
{
    [Theory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task A_clinic_reads_accepts_takes_it_back_quotes_asks_forwards_and_gives_back(string language, int width)
    {
        var app = await StartAsync(language);
        var inquiry = An.Inquiry().With("patient.language", language);
        var submitted = await app.SubmitAsync(inquiry);
        var clinic = await OpenMailAsync(app, new Screen(language, width), A.Clinic("MX-A").Email);
        await clinic.LookAsync("referral-offer");
        Assert.DoesNotContain(inquiry.Name, await clinic.TextAsync(), StringComparison.Ordinal);

        await clinic.PressAsync("/referral/accept");
        Assert.Contains(inquiry.Name, await clinic.TextAsync(), StringComparison.Ordinal);
        await clinic.LookAsync("referral-accepted");
        await app.SettlesAsync();
        await app.AdvanceToAsync(Assert.Single(await app.ReferralsAsync(submitted.Reference)).AcceptedAt!.Value.AddMinutes(59));
        await clinic.PressAsync("/referral/undo");
        Assert.DoesNotContain(inquiry.Name, await clinic.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(InquiryState.Referred, (await app.InquiryAsync(submitted.Reference)).State);
        await clinic.LookAsync("referral-undone");

        await clinic.PressAsync("/referral/accept");
        await QuoteAsync(app, clinic);
        await clinic.LookAsync("referral-quoted");
        await clinic.UnfoldAsync("/referral/ask");
        await clinic.TypeAsync("question", "Which medicines do you take now?");
        await clinic.PressAsync("/referral/ask");
        await clinic.LookAsync("referral-asked");
        await clinic.UnfoldAsync("/referral/forward");
        await clinic.ChooseAsync("colleague", WardOf("MX-A"));
        await clinic.PressAsync("/referral/forward");
        await clinic.LookAsync("referral-forwarded");
        var colleague = await OpenMailAsync(app, new Screen(language, width), WardOf("MX-A"));
        Assert.Contains(inquiry.Name, await colleague.TextAsync(), StringComparison.Ordinal);

        await clinic.UnfoldAllAsync();
        await clinic.LookAsync("referral-quoted-unfolded");
        await clinic.PressAsync("/referral/return");
        await clinic.LookAsync("referral-return-error");
        await Assertions.Expect(clinic.Page.Locator("[role=alert]")).ToBeFocusedAsync();
        await clinic.Page.Locator("#return-reason").SelectOptionAsync("no-capacity");
        await clinic.PressAsync("/referral/return");
        await clinic.LookAsync("referral-returned");
        Assert.Equal(ReferralState.Returned, (await app.ReferralsAsync(submitted.Reference))[0].State);
    }

    [Theory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task A_clinic_declines_with_a_reason_and_the_next_one_books_and_treats(string language, int width)
    {
        var app = await StartAsync(language);
        var submitted = await app.SubmitAsync(An.Inquiry().With("patient.language", language));
        var clinic = await OpenMailAsync(app, new Screen(language, width), A.Clinic("MX-A").Email);
        await clinic.Page.Locator("#remark").FillAsync("Our ward is closed.");
        await clinic.PressAsync("/referral/decline");
        await clinic.LookAsync("referral-decline-error");
        await Assertions.Expect(clinic.Page.Locator("#remark")).ToHaveValueAsync("Our ward is closed.");
        await clinic.ChooseAsync("reason", "no-capacity");
        await clinic.PressAsync("/referral/decline");
        await clinic.LookAsync("referral-declined");
        await clinic.PressAsync("/referral/reopen");
        await clinic.LookAsync("referral-reopened");
        await clinic.ChooseAsync("reason", "no-capacity");
        await clinic.PressAsync("/referral/decline");

        var next = await OpenMailAsync(app, new Screen(language, width), A.Clinic("MX-B").Email);
        await next.PressAsync("/referral/accept");
        await next.UnfoldAsync("/referral/book");
        await next.PressAsync("/referral/book");
        await next.LookAsync("referral-book-error");
        await next.Page.Locator("#book-on").FillAsync(Day(app, 40));
        await next.Page.Locator("#book-amount").FillAsync("12,000");
        await next.PressAsync("/referral/book");
        await next.LookAsync("referral-booked");
        await next.UnfoldAsync("/referral/complete");
        await next.Page.Locator("#complete-on").FillAsync(Day(app, 0));
        await next.PressAsync("/referral/complete");
        await next.LookAsync("referral-completed");
        var patient = await ArriveAsync(app, new Screen(language, width));
        await patient.OpenAsync(submitted.StatusUrl);
        await patient.UnfoldAsync("/status/dispute");
        await patient.LookAsync("status-treated");
        await patient.PressAsync("/status/dispute");
        await patient.LookAsync("status-disputed");
        await next.Page.ReloadAsync();
        await next.LookAsync("referral-disputed");
        Assert.Equal([ReferralState.Declined, ReferralState.Completed], (await app.ReferralsAsync(submitted.Reference)).Select(r => r.State));
    }

    [Theory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task A_clinic_sees_all_its_referrals_by_a_mailed_link_and_pauses(string language, int width)
    {
        var app = await StartAsync(language);
        await app.SubmitAsync(An.Inquiry().With("patient.language", language));
        var screen = new Screen(language, width);
        var clinic = await OpenMailAsync(app, screen, A.Clinic("MX-A").Email);
        await clinic.PressAsync("/referral/list-link");
        await clinic.LookAsync("referral-list-sent");

        var mail = await app.MailToAsync(A.Clinic("MX-A").Email, 2);
        await clinic.OpenAsync(InquiryApp.LinkIn(mail).AbsoluteUri);
        await clinic.LookAsync("referral-list");
        await clinic.TypeAsync("until", "2026-12-24");
        await clinic.PressAsync("/referral/pause");
        await clinic.LookAsync("referral-list-paused");
        await clinic.PressAsync("/referral/resume");
        Assert.Equal(1, await clinic.Page.Locator("form[action^='/referral/pause']").CountAsync());

        await clinic.FollowAsync("/referral?");
        await clinic.LookAsync("referral-offer-from-list");
        Assert.Equal(1, await clinic.Page.Locator("form[action^='/referral/accept']").CountAsync());
    }

    [Theory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task A_link_that_has_ended_says_so_and_the_way_on_works(string language, int width)
    {
        var app = await StartAsync(language);
        var submitted = await app.SubmitAsync(An.Inquiry().With("patient.language", language));
        var clinic = await OpenMailAsync(app, new Screen(language, width), A.Clinic("MX-A").Email);
        var mail = await app.MailToAsync(A.Clinic("MX-A").Email);
        await app.AdvanceToAsync((await app.ReferralsAsync(submitted.Reference))[0].OfferUntil.AddSeconds(1));
        await app.MailToAsync(A.Clinic("MX-B").Email);
        await app.SettlesAsync();

        // Used too late: the clinic reads what has become of it, and has no button.
        await clinic.OpenAsync(InquiryApp.LinkIn(mail).AbsoluteUri);
        await clinic.LookAsync("referral-lapsed");
        Assert.Equal(1, await clinic.ButtonOf("/referral/reopen").CountAsync());
        Assert.Equal(0, await clinic.ButtonOf("/referral/accept").CountAsync());
        app.Clock.Advance(Infrastructure.Data.Stores.Privacy.AccessLinkStore.ReferralLifetime + TimeSpan.FromDays(1));

        var answer = await clinic.OpenAsync(InquiryApp.LinkIn(mail).AbsoluteUri);

        Assert.Equal(410, answer.Status);
        await clinic.LookAsync("link-ended");
        var sent = app.MailsTo(A.Clinic("MX-A").Email).Count;
        await clinic.PressAsync("/referral/list-link");
        var list = await app.MailToAsync(A.Clinic("MX-A").Email, sent + 1);
        Assert.Equal(200, (await clinic.OpenAsync(InquiryApp.LinkIn(list).AbsoluteUri)).Status);
        Assert.Equal(404, (await clinic.OpenAsync("/referral?link=0123456789abcdef")).Status);
        await clinic.LookAsync("link-unknown");
    }

    [Fact]
    public async Task Two_clicks_on_a_yes_and_the_back_button_are_one_yes()
    {
        var app = await StartAsync("en");
        var submitted = await app.SubmitAsync(An.Inquiry());
        var clinic = await OpenMailAsync(app, new Screen("en", Screen.Desktop), A.Clinic("MX-A").Email);

        await clinic.ButtonOf("/referral/accept").DblClickAsync();
        await Assertions.Expect(clinic.Page.Locator("form[action^='/referral/undo']")).ToBeVisibleAsync();
        await app.SettlesAsync();
        var before = await app.DumpAsync();
        await clinic.Page.GoBackAsync();
        if (await clinic.Page.Locator("form[action^='/referral/accept']").CountAsync() > 0)
        {
            await clinic.PressAsync("/referral/accept");
        }

        await app.SettlesAsync();
        Assert.Equal(before, await app.DumpAsync());
        Assert.Equal(InquiryState.Accepted, (await app.InquiryAsync(submitted.Reference)).State);
    }

    private static string Day(InquiryApp app, int ahead) =>
        app.Now.AddDays(ahead).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task QuoteAsync(InquiryApp app, Visitor clinic)
    {
        await clinic.UnfoldAsync("/referral/quote");
        await clinic.TypeAsync("amount.treatment", "a lot");
        await clinic.PressAsync("/referral/quote");
        await clinic.LookAsync("referral-quote-error");
        await clinic.UnfoldAsync("/referral/quote");
        await clinic.TypeAsync("amount.treatment", "12,000");
        await clinic.TypeAsync("amount.tests", "450.50");
        await clinic.TickAsync("included.hotel");
        await clinic.TypeAsync("deposit", "500");
        await clinic.TypeAsync("refund.days.1", "30");
        await clinic.TypeAsync("refund.percent.1", "100");
        await clinic.TypeAsync("sessions", "2");
        await clinic.TypeAsync("furtherSession", "3000");
        await clinic.ChooseAsync("complications", "insurance");
        await clinic.TypeAsync("validUntil", app.Now.AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await clinic.PressAsync("/referral/quote");
    }
}
