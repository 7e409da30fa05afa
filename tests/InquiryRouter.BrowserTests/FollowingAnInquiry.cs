using System.Globalization;
using System.Text.Json.Nodes;
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
        var app = await StartAsync(language, parallel: 2);
        var screen = new Screen(language, width);
        var inquiry = An.Inquiry().With("patient.language", language);
        var submitted = await app.SubmitAsync(inquiry);
        var first = await QuoteAsync(app, screen, "MX-A", "12000");
        await first.UnfoldAsync("/referral/ask");
        await first.TypeAsync("question", "Which medicines do you take now?");
        await first.PressAsync("/referral/ask");
        await QuoteAsync(app, screen, "MX-B", "13500.50");
        await app.SettlesAsync();
        var patient = await ArriveAsync(app, screen);
        await patient.OpenAsync(submitted.StatusUrl);
        await patient.LookAsync("status-quotes-and-question");
        Assert.Equal(2, await patient.Page.Locator(".quotes thead th").CountAsync());

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
        await patient.UnfoldAsync("/status/consent/withdraw");
        await patient.LookAsync("status-consent-asked");
        await patient.PressAsync("/status/consent/withdraw");
        await patient.LookAsync("status-consent-withdrawn");
        await clinic.Page.ReloadAsync();
        Assert.DoesNotContain(inquiry.Name, await clinic.TextAsync(), StringComparison.Ordinal);
        await clinic.LookAsync("referral-consent-withdrawn");
        await patient.PressAsync("/status/consent/give");
        await patient.LookAsync("status-consent-given");

        await patient.FollowAsync("/status/correct");
        await patient.LookAsync("status-correct");
        await patient.TypeAsync("patient.name", string.Empty);
        await patient.PressAsync("/status/correct/contact");
        await patient.LookAsync("status-correct-error");
        await Assertions.Expect(patient.Page.Locator("[role=alert]")).ToBeFocusedAsync();
        await patient.TypeAsync("patient.name", "Ana Corrected");
        await patient.PressAsync("/status/correct/contact");
        await patient.LookAsync("status-corrected");

        await patient.FollowAsync("/status/withdraw");
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
        var inquiry = An.Inquiry().With("patient.language", language);
        var submitted = await app.SubmitAsync(inquiry);
        var clinic = await OpenMailAsync(app, screen, A.Clinic("MX-A").Email);
        await clinic.PressAsync("/referral/accept");
        await app.SettlesAsync();
        var patient = await ArriveAsync(app, screen);
        await patient.OpenAsync(submitted.StatusUrl);
        await patient.LookAsync("status-accepted");
        await patient.PressAsync("/status/identity/hide");
        await patient.LookAsync("status-identity-hidden");
        await clinic.Page.ReloadAsync();
        Assert.DoesNotContain(inquiry.Name, await clinic.TextAsync(), StringComparison.Ordinal);
        await clinic.LookAsync("referral-identity-hidden");
        await patient.PressAsync("/status/identity/show");

        await patient.PressAsync("/status/check-in");

        await patient.LookAsync("status-checked-in");
        Assert.Equal(1, await app.NumberAsync("SELECT COUNT(*) FROM Note"));

        var download = await patient.Page.RunAndWaitForDownloadAsync(() => patient.Page.Locator("a[href^='/status/download']").ClickAsync());
        Assert.Equal($"{submitted.Reference}.json", download.SuggestedFilename);
        await patient.FollowAsync("/status/erase");
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
        await patient.LookAsync("status-without-cookie");
        Assert.Equal(404, (await patient.OpenAsync("/status?t=a-link-that-was-mistyped")).Status);
        await patient.LookAsync("status-unknown");

        await patient.FollowAsync("/status/link");
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

    [Theory]
    [InlineData("en", Screen.Desktop)]
    [InlineData("es", Screen.Phone)]
    [InlineData("ar", Screen.Phone)]
    public async Task A_patient_corrects_what_they_ask_for_while_no_clinic_has_it(string language, int width)
    {
        var app = await StartAsync(language);
        var submitted = await app.SubmitAsync(An.Inquiry().With("patient.language", language));
        await app.MailToAsync(A.Clinic("MX-A").Email);
        await app.SettlesAsync();
        var patient = await ArriveAsync(app, new Screen(language, width));
        await patient.OpenAsync(submitted.StatusUrl);
        await patient.FollowAsync("/status/correct");
        await patient.TypeAsync("patient.birthYear", "long ago");
        await patient.PressAsync("/status/correct/request");
        await patient.LookAsync("status-request-error");
        await patient.TypeAsync("patient.birthYear", "1990");
        await patient.PressAsync("/status/correct/request");
        await patient.LookAsync("status-request-corrected");

        Assert.Equal(1990, (await app.InquiryAsync(submitted.Reference)).Facts.BirthYear);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("ar")]
    public async Task A_patient_reads_what_it_means_before_a_quote_is_turned_down(string language)
    {
        var app = await StartAsync(language);
        var screen = new Screen(language, Screen.Phone);
        var submitted = await app.SubmitAsync(An.Inquiry().With("patient.language", language));
        var clinic = await QuoteAsync(app, screen, "MX-A", "12000", accept: true);
        await app.SettlesAsync();
        var patient = await ArriveAsync(app, screen);
        await patient.OpenAsync(submitted.StatusUrl);
        await Assertions.Expect(patient.ButtonOf("/status/quote/decline")).ToBeHiddenAsync();
        await patient.UnfoldAsync("/status/quote/decline");
        await patient.LookAsync("status-quote-decline-asked");

        await patient.PressAsync("/status/quote/decline");

        await patient.LookAsync("status-quote-declined");
        await clinic.Page.ReloadAsync();
        await clinic.LookAsync("referral-quote-declined");
        Assert.Equal(InquiryState.Referred, (await app.InquiryAsync(submitted.Reference)).State);
    }

    // Each page is looked at as on a desktop and on a phone; the path is one.
    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("ar")]
    public async Task A_patient_who_wants_no_more_questions_says_so_from_the_mail_that_asks(string language)
    {
        var app = await StartAsync(language);
        var screen = new Screen(language, Screen.Phone);
        var inquiry = An.Inquiry().With("patient.language", language);
        await app.SubmitAsync(inquiry);
        var clinic = await OpenMailAsync(app, screen, A.Clinic("MX-A").Email);
        await clinic.PressAsync("/referral/accept");
        await app.SettlesAsync();
        await app.AdvanceToAsync(app.Now.AddDays(8));
        var unsubscribe = await UnsubscribeLinkAsync(app, inquiry.Email);
        var patient = await ArriveAsync(app, screen);
        await patient.OpenAsync(unsubscribe);
        await patient.LookAsync("unsubscribe");
        Assert.Equal(0, await app.NumberAsync("SELECT COUNT(*) FROM Unsubscription"));

        await patient.PressAsync("/unsubscribe");

        await patient.LookAsync("unsubscribed");
        Assert.Equal(1, await app.NumberAsync("SELECT COUNT(*) FROM Unsubscription"));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("ar")]
    public async Task A_patient_for_whom_no_clinic_fits_and_one_in_an_emergency_read_what_they_can_do(string language)
    {
        var app = await StartAsync(language);
        var patient = await ArriveAsync(app, new Screen(language, Screen.Phone));
        var nowhere = await app.SubmitAsync(An.Inquiry().With("patient.language", language).With("destinations", new JsonArray("JP")));
        await app.ReachesAsync(nowhere.Reference, InquiryState.Held);
        await patient.OpenAsync(nowhere.StatusUrl);
        await patient.LookAsync("status-no-clinic-fits");

        var urgent = await app.SubmitAsync(An.Inquiry().With("patient.language", language).Saying("Since this morning I have chest pain. I want to end my life."));
        await app.ReachesAsync(urgent.Reference, InquiryState.Held);
        await patient.OpenAsync(urgent.StatusUrl);
        await patient.LookAsync("status-emergency");
        Assert.Equal(1, await patient.Page.Locator(".urgent[role=alert]").CountAsync());
    }

    private static async Task<string> UnsubscribeLinkAsync(InquiryApp app, string email)
    {
        string? Find() => app.MailsTo(email).Select(m => m.Headers["List-Unsubscribe"]).FirstOrDefault(h => h is not null);
        await app.UntilAsync(() => Task.FromResult(Find() is not null), "a mail that can be unsubscribed from");
        return Find()!.Trim('<', '>', ' ');
    }

    private async Task<Visitor> QuoteAsync(InquiryApp app, Screen screen, string code, string amount, bool accept = false)
    {
        var clinic = await OpenMailAsync(app, screen, A.Clinic(code).Email);
        if (accept)
        {
            await clinic.PressAsync("/referral/accept");
        }

        await clinic.UnfoldAsync("/referral/quote");
        await clinic.TypeAsync("amount.treatment", amount);
        await clinic.TickAsync("included.hotel");
        await clinic.TypeAsync("validUntil", app.Now.AddDays(30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await clinic.Page.Locator("#quote-remark").FillAsync($"{code}: we look forward to meeting you.");
        await clinic.PressAsync("/referral/quote");
        return clinic;
    }
}
