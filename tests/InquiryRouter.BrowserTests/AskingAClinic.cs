using InquiryRouter.BrowserTests.Support;
using InquiryRouter.Core.Referral;
using Microsoft.Playwright;
using Xunit;

namespace InquiryRouter.BrowserTests;

/// <summary>A patient and a clinic that has the open offer, before either knows more of the other.</summary>
public sealed class AskingAClinic(Chromium chromium) : BrowserTest(chromium)
{
    [Theory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task They_read_ask_and_answer_without_a_name(string language, int width)
    {
        var app = await StartAsync(language);
        var screen = new Screen(language, width);
        var inquiry = An.Inquiry().With("patient.language", language);
        var submitted = await app.SubmitAsync(inquiry.Saying($"Since 2015. My address is {inquiry.Email}."));
        var clinic = await OpenMailAsync(app, screen, A.Clinic("MX-A").Email);
        Assert.Contains("Since 2015.", await clinic.TextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(inquiry.Email, await clinic.TextAsync(), StringComparison.Ordinal);

        var patient = await ArriveAsync(app, screen);
        await patient.OpenAsync(submitted.StatusUrl);
        await patient.UnfoldAsync("/status/ask");
        await patient.PressAsync("/status/ask");
        await patient.LookAsync("status-ask-error");
        await Assertions.Expect(patient.Page.Locator("[role=alert]")).ToBeFocusedAsync();
        await patient.TypeAsync("question", $"Who gives the cells? {inquiry.Name}");
        await patient.PressAsync("/status/ask");
        await patient.LookAsync("status-asked");

        await app.MailToAsync(A.Clinic("MX-A").Email, 2);
        await clinic.Page.ReloadAsync();
        Assert.Contains("Who gives the cells?", await clinic.TextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(inquiry.Name, await clinic.TextAsync(), StringComparison.Ordinal);
        await clinic.LookAsync("referral-question");
        await clinic.PressAsync("/referral/reply");
        await clinic.LookAsync("referral-reply-error");
        await clinic.TypeAsync("text", "Dr. Lu. Write to lu@mx-a.clinic.example.");
        await clinic.PressAsync("/referral/reply");
        await clinic.LookAsync("referral-replied");

        await app.MailToAsync(inquiry.Email, 2);
        await patient.Page.ReloadAsync();
        Assert.Contains("Dr. Lu.", await patient.TextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("lu@mx-a", await patient.TextAsync(), StringComparison.Ordinal);
        await patient.LookAsync("status-replied");

        // In other words alone: the clinic keeps it.
        await patient.FollowAsync("/status/correct");
        await patient.TypeAsync("message", "Since 2016.");
        await patient.PressAsync("/status/correct/request");
        await patient.LookAsync("status-message-corrected");
        await clinic.Page.ReloadAsync();
        Assert.Contains("Since 2016.", await clinic.TextAsync(), StringComparison.Ordinal);
        Assert.True(ReferralTransitions.IsOpen(Assert.Single(await app.ReferralsAsync(submitted.Reference)).State));
    }
}
