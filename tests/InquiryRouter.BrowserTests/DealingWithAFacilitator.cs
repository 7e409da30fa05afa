using InquiryRouter.BrowserTests.Support;
using Microsoft.Playwright;
using Xunit;

namespace InquiryRouter.BrowserTests;

/// <summary>Patients and clinics deal with a facilitator that has a name, a logo and colours of its own.</summary>
public sealed class DealingWithAFacilitator(Chromium chromium) : BrowserTest(chromium)
{
    [Theory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task A_patient_sees_whose_page_it_is_reads_the_privacy_notice_and_learns_who_the_clinic_is(string language, int width)
    {
        using var brand = new ABrand();
        var app = await StartAsync(language, settings: brand.Settings);
        var screen = new Screen(language, width);
        var visitor = await ArriveAsync(app, screen);

        await visitor.OpenAsync("/treatments/stem-cell-therapy/lupus");
        await visitor.LookAsync("brand-treatment");
        Assert.Equal(40f, (await visitor.Page.Locator("header .face > img").BoundingBoxAsync())!.Height);

        // The first thing to press is what the visitor came for.
        var start = visitor.Page.Locator("main a").First;
        Assert.Equal("#ask", await start.GetAttributeAsync("href"));
        Assert.Equal("rgb(122, 31, 43)", await start.EvaluateAsync<string>("e => getComputedStyle(e).backgroundColor"));
        Assert.True((await start.BoundingBoxAsync())!.Y < Screen.HeightOf(width), "It is on the first screen.");

        await visitor.OpenAsync("/inquiry");
        await visitor.LookAsync("brand-form");
        Assert.Equal("_blank", await visitor.Page.Locator("form a[href^='/privacy']").GetAttributeAsync("target"));
        await visitor.OpenAsync((await visitor.Page.Locator("footer a[href^='/privacy']").GetAttributeAsync("href"))!);
        await visitor.LookAsync("brand-privacy");
        await visitor.OpenAsync((await visitor.Page.Locator("footer a[href^='/imprint']").GetAttributeAsync("href"))!);
        await visitor.LookAsync("brand-imprint");
        await visitor.OpenAsync("/status?link=0123456789abcdef");
        await visitor.LookAsync("brand-message");

        var submitted = await app.SubmitAsync(An.Inquiry().With("patient.language", language));
        var clinic = await OpenMailAsync(app, screen, A.Clinic("MX-A").Email);
        await clinic.LookAsync("brand-referral");
        var answer = clinic.Page.Locator("main a").First;
        Assert.Equal("#answer", await answer.GetAttributeAsync("href"));
        await clinic.PressAsync("/referral/accept");
        await app.SettlesAsync();

        await visitor.OpenAsync(submitted.StatusUrl);
        await visitor.UnfoldAllAsync();
        await visitor.LookAsync("brand-status");
        await Assertions.Expect(visitor.Page.Locator("details.about a[href='https://register.example/1']").First).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.Locator("main a[href='tel:+525512345678']")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.Locator("main a[href^='mailto:']")).ToBeVisibleAsync();
    }
}
