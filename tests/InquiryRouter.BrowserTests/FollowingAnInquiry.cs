using System.Globalization;
using InquiryRouter.BrowserTests.Support;
using InquiryRouter.Core.Intake;
using Microsoft.Playwright;
using Xunit;

namespace InquiryRouter.BrowserTests;

/// <summary>A patient behind the link of the mails.</summary>
public sealed class FollowingAnInquiry(Chromium chromium) : BrowserTest(chromium)
{
    [Theory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task A_patient_answers_adds_compares_chooses_corrects_and_withdraws(string language, int width)
    {
        var app = await StartAsync(language);
        var screen = new Screen(language, width);
        var inquiry = An.Inquiry().With("patient.language", language);
        var submitted = await app.SubmitAsync(inquiry);
        await QuoteAndAskAsync(app, screen);
        var patient = await ArriveAsync(app, screen);
        await patient.OpenAsync(submitted.StatusUrl);
        await patient.LookAsync("status-quote-and-question");

        await patient.PressAsync("/status/answer");
        await patient.LookAsync("status-answer-error");
        await Assertions.Expect(patient.Page.Locator("[role=alert]")).ToBeFocusedAsync();
        await patient.TypeAsync("answer", "Hydroxychloroquine, 200 mg.");
        await patient.PressAsync("/status/answer");
        await Assertions.Expect(patient.Page.Locator("main [role=status]")).ToBeFocusedAsync();
        await patient.TypeAsync("information", "My new blood test:\nCRP 4");
        await patient.PressAsync("/status/add");
        Assert.Contains("CRP 4", await patient.TextAsync(), StringComparison.Ordinal);
        await patient.LookAsync("status-added");

        await patient.PressAsync("/status/identity/show");
        await patient.LookAsync("status-identity-shown");
        var clinic = await OpenMailAsync(app, screen, A.Clinic("MX-A").Email);
        Assert.Contains(inquiry.Name, await clinic.TextAsync(), StringComparison.Ordinal);
        await clinic.LookAsync("referral-identity-shown");
        await patient.PressAsync("/status/consent/withdraw");
        await patient.LookAsync("status-consent-withdrawn");

        await patient.Page.Locator("a[href^='/status/correct']").ClickAsync();
        await patient.LookAsync("status-correct");
        await patient.TypeAsync("patient.name", string.Empty);
        await patient.PressAsync("/status/correct/contact");
        await patient.LookAsync("status-correct-error");
        await Assertions.Expect(patient.Page.Locator("[role=alert]")).ToBeFocusedAsync();
        await patient.TypeAsync("patient.name", "Ana Corrected");
        await patient.PressAsync("/status/correct/contact");
        await patient.LookAsync("status-corrected");

        await patient.Page.Locator("a[href^='/status/withdraw']").ClickAsync();
        await patient.LookAsync("status-withdraw");
        await patient.PressAsync("/status/withdraw");
        await patient.LookAsync("status-withdrawn");
        Assert.Equal(InquiryState.Closed, (await app.InquiryAsync(submitted.Reference)).State);
    }

    [Theory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task A_patient_whom_a_clinic_has_accepted_says_how_it_goes_takes_a_copy_and_is_erased(string language, int width)
    {
        var app = await StartAsync(language);
        var screen = new Screen(language, width);
        var submitted = await app.SubmitAsync(An.Inquiry().With("patient.language", language));
        var clinic = await OpenMailAsync(app, screen, A.Clinic("MX-A").Email);
        await clinic.PressAsync("/referral/accept");
        await app.SettlesAsync();
        var patient = await ArriveAsync(app, screen);
        await patient.OpenAsync(submitted.StatusUrl);
        await patient.LookAsync("status-accepted");

        await patient.PressAsync("/status/check-in");

        await patient.LookAsync("status-checked-in");
        Assert.Equal(1, await app.NumberAsync("SELECT COUNT(*) FROM Note"));

        var download = await patient.Page.RunAndWaitForDownloadAsync(() => patient.Page.Locator("a[href^='/status/download']").ClickAsync());
        Assert.Equal($"{submitted.Reference}.json", download.SuggestedFilename);
        await patient.Page.Locator("a[href^='/status/erase']").ClickAsync();
        await patient.LookAsync("status-erase");
        await patient.PressAsync("/status/erase");
        await patient.LookAsync("status-erased");
        Assert.Equal(InquiryState.Erased, (await app.InquiryAsync(submitted.Reference)).State);
        await clinic.Page.ReloadAsync();
        await clinic.LookAsync("referral-erased");
    }

    [Theory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task A_lost_link_is_asked_for_again(string language, int width)
    {
        var app = await StartAsync(language);
        var inquiry = An.Inquiry().With("patient.language", language);
        await app.SubmitAsync(inquiry);
        await app.MailToAsync(inquiry.Email);
        await app.SettlesAsync();
        var patient = await ArriveAsync(app, new Screen(language, width));
        Assert.Equal(404, (await patient.OpenAsync("/status?link=0123456789abcdef")).Status);
        await patient.LookAsync("status-unknown");

        await patient.Page.Locator("a[href^='/status/link']").ClickAsync();
        await patient.LookAsync("lost-link");
        await patient.PressAsync("/status/link");
        await patient.LookAsync("lost-link-error");
        await patient.Page.Locator("[role=alert] a").ClickAsync();
        await Assertions.Expect(patient.Page.Locator("#email")).ToBeFocusedAsync();
        await patient.TypeAsync("email", inquiry.Email);
        await patient.PressAsync("/status/link");
        await patient.LookAsync("lost-link-sent");

        var mail = await app.MailToAsync(inquiry.Email, 2);
        Assert.Equal(200, (await patient.OpenAsync(InquiryApp.LinkIn(mail).AbsoluteUri)).Status);
    }

    private async Task QuoteAndAskAsync(InquiryApp app, Screen screen)
    {
        var clinic = await OpenMailAsync(app, screen, A.Clinic("MX-A").Email);
        await clinic.UnfoldAsync("/referral/quote");
        await clinic.TypeAsync("amount.treatment", "12,000");
        await clinic.TickAsync("included.hotel");
        await clinic.TypeAsync("validUntil", app.Now.AddDays(30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await clinic.PressAsync("/referral/quote");
        await clinic.UnfoldAsync("/referral/ask");
        await clinic.TypeAsync("question", "Which medicines do you take now?");
        await clinic.PressAsync("/referral/ask");
        await app.SettlesAsync();
    }
}
