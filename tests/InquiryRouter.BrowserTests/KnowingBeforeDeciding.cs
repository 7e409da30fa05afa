using System.Text;
using System.Text.RegularExpressions;
using InquiryRouter.BrowserTests.Support;
using InquiryRouter.Core.Intake;
using Microsoft.Playwright;
using Xunit;

namespace InquiryRouter.BrowserTests;

/// <summary>What somebody reads before they decide, the sheet they take along, and what they tell of their health.</summary>
public sealed class KnowingBeforeDeciding(Chromium chromium) : BrowserTest(chromium)
{
    private const string Lupus = "/treatments/stem-cell-therapy/lupus";

    [Theory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task What_is_known_leads_to_its_sources_and_to_the_questions(string language, int width)
    {
        var app = await StartAsync(language);
        var reader = await ArriveAsync(app, new Screen(language, width));
        await reader.OpenAsync(Lupus);
        await reader.LookAsync("landing-facts");
        Assert.True(await reader.Page.Locator("section:has(#known) a[href^='https://']").CountAsync() >= 6);

        await reader.FollowAsync("/questions");

        await reader.LookAsync("questions");
        Assert.Equal(20, await reader.Page.Locator(".sheet li").CountAsync());
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("ar")]
    public async Task The_questions_are_printed_on_one_sheet(string language)
    {
        var app = await StartAsync(language);
        var reader = await ArriveAsync(app, new Screen(language, Screen.Desktop));
        foreach (var format in new[] { "A4", "Letter" })
        {
            await reader.OpenAsync("/questions");
            Assert.Equal(1, await SheetsAsync(reader.Page, format));
        }

        // A page that needs more is found to need more.
        await reader.OpenAsync(Lupus);
        Assert.True(await SheetsAsync(reader.Page, "A4") > 1);
    }

    [Theory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task Who_names_a_medicine_is_asked_whether_it_is_behind_the_illness_and_tells_of_their_health(string language, int width)
    {
        var app = await StartAsync(language);
        var screen = new Screen(language, width);
        var submitted = await app.SubmitAsync(An.Inquiry().With("patient.language", language).With("message", "Hydralazine, 25 mg."));
        await app.MailToAsync(A.Clinic("MX-A").Email);
        await app.SettlesAsync();
        var patient = await ArriveAsync(app, screen);
        await patient.OpenAsync(submitted.StatusUrl);
        await patient.LookAsync("status-medicine-named");

        await patient.FollowAsync("/status/health");
        await patient.LookAsync("status-health");
        await patient.TypeAsync("medicines", "ana@patient.example");
        await patient.PressAsync("/status/health");
        await patient.LookAsync("status-health-error");
        await Assertions.Expect(patient.Page.Locator("[role=alert]")).ToBeFocusedAsync();
        await patient.TypeAsync("diagnosed", "2014");
        await patient.TypeAsync("medicines", "Prednisone 5 mg\nHydralazine 25 mg");
        await patient.ChooseAsync("pregnant", "no");
        await patient.ChooseAsync("illness", "yes");
        await patient.TypeAsync("illnessText", "Tuberculosis, 2009");
        await patient.ChooseAsync("flies", "yes");
        await patient.ChooseAsync("drugInduced", "unsure");
        await patient.PressAsync("/status/health");

        await Assertions.Expect(patient.Page.Locator("main [role=status]")).ToBeFocusedAsync();
        await patient.LookAsync("status-health-saved");
        await patient.Page.Locator("a[href^='/questions']").ClickAsync();
        Assert.Equal(1, await patient.Page.Locator(".sheet").CountAsync());
        var clinic = await OpenMailAsync(app, screen, A.Clinic("MX-A").Email);
        Assert.Contains("Tuberculosis, 2009", await clinic.TextAsync(), StringComparison.Ordinal);
        await clinic.LookAsync("referral-health");
        Assert.Equal(InquiryState.Referred, (await app.InquiryAsync(submitted.Reference)).State);
    }

    [Theory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task The_note_about_drug_induced_lupus_is_on_both_pages(string language, int width)
    {
        var app = await StartAsync(language);
        var screen = new Screen(language, width);
        var submitted = await app.SubmitAsync(An.Inquiry().With("patient.language", language).With("conditionType", "drug-induced"));
        await app.ReachesAsync(submitted.Reference, InquiryState.Held);
        var patient = await ArriveAsync(app, screen);
        await patient.OpenAsync(submitted.StatusUrl);
        await patient.LookAsync("status-drug-induced");
        Assert.Equal(1, await patient.Page.Locator("main > .notice").CountAsync());

        await app.RunCommandAsync("release", submitted.Reference);

        var clinic = await OpenMailAsync(app, screen, A.Clinic("MX-A").Email);
        await clinic.LookAsync("referral-drug-induced");
        Assert.Equal(1, await clinic.Page.Locator("main > .notice").CountAsync());
    }

    private static async Task<int> SheetsAsync(IPage page, string format) => Regex.Count(
        Encoding.Latin1.GetString(await page.PdfAsync(new PagePdfOptions { Format = format })), @"/Type\s*/Page\b(?!s)", RegexOptions.None, TimeSpan.FromSeconds(5));
}
