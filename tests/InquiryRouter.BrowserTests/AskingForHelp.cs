using InquiryRouter.BrowserTests.Support;
using Microsoft.Playwright;
using Xunit;

namespace InquiryRouter.BrowserTests;

/// <summary>A patient and the form.</summary>
public sealed class AskingForHelp(Chromium chromium) : BrowserTest(chromium)
{
    [Theory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task A_form_sent_empty_says_what_is_missing_and_leads_there_and_mended_it_is_sent(string language, int width)
    {
        var app = await StartAsync(language);
        var patient = await ArriveAsync(app, new Screen(language, width));
        await patient.OpenAsync(TheForm.Address);
        await patient.LookAsync("form");

        await patient.PressAsync("/inquiry");

        await patient.LookAsync("form-errors");
        await Assertions.Expect(patient.Page.Locator("[role=alert]")).ToBeFocusedAsync();
        var links = await patient.Page.Locator("[role=alert] a").AllAsync();
        Assert.True(links.Count >= 4);
        foreach (var link in links)
        {
            var field = (await link.GetAttributeAsync("href"))![1..];
            await link.ClickAsync();
            await Assertions.Expect(patient.Page.Locator($"[id='{field}']")).ToBeFocusedAsync();
        }

        await TheForm.FillAsync(patient, "ana@patient.example");
        await patient.PressAsync("/inquiry");

        Assert.Equal("/status", new Uri(patient.Page.Url).AbsolutePath);
        Assert.DoesNotContain("t=", new Uri(patient.Page.Url).Query, StringComparison.Ordinal);
        await patient.LookAsync("status-received");
        var mail = await app.MailToAsync("ana@patient.example");
        await app.SettlesAsync();

        // The link of the acknowledgement, opened on another device.
        var other = await ArriveAsync(app, new Screen(language, width));
        await other.OpenAsync(InquiryApp.LinkIn(mail).AbsoluteUri);
        Assert.Contains(Reference(await patient.TextAsync()), await other.TextAsync(), StringComparison.Ordinal);
        await other.LookAsync("status-referred");
    }

    [Theory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task A_tick_that_is_missing_is_asked_for_at_once_and_what_is_sent_again_with_a_change_is_asked_about(string language, int width)
    {
        var app = await StartAsync(language);
        var patient = await ArriveAsync(app, new Screen(language, width));
        await patient.OpenAsync(TheForm.Address);
        await TheForm.FillAsync(patient, "ana@gmial.com");
        await patient.Page.Locator("[name='consent.shareWithClinics']").UncheckAsync();
        await patient.PressAsync("/inquiry");
        await patient.LookAsync("form-mistyped");
        await Assertions.Expect(patient.Page.Locator("[role=alert]")).ToContainTextAsync("gmail.com");
        await patient.PressAsync("/inquiry");

        await Assertions.Expect(patient.Page.Locator("main")).ToContainTextAsync("ana@gmial.com");
        await patient.Page.Locator("#sent ~ details > summary").ClickAsync();
        await patient.LookAsync("status-one-tick");
        await patient.PressAsync("/status/consent/give");
        await app.SettlesAsync();

        await patient.OpenAsync(TheForm.Address);
        await TheForm.FillAsync(patient, "ana@gmial.com");
        await patient.TypeAsync("message", "I can travel in May only.");
        await patient.PressAsync("/inquiry");
        await patient.PressAsync("/inquiry");
        await patient.LookAsync("form-sent-before");
        await patient.Page.Locator("button[value=correct]").ClickAsync();
        await patient.Page.WaitForURLAsync("**/status?**");
        Assert.Equal(1, await app.NumberAsync("SELECT COUNT(*) FROM Inquiry"));

        await patient.FollowAsync("/status/copy");
        await patient.LookAsync("status-copy");
        await Assertions.Expect(patient.Page.Locator("main")).ToContainTextAsync("I can travel in May only.");
        await app.SettlesAsync();
    }

    [Fact]
    public async Task The_form_asks_for_the_types_of_the_chosen_condition_only_and_which_another_one_is()
    {
        var app = await StartAsync("en");
        var patient = await ArriveAsync(app, new Screen("en", Screen.Phone));
        await patient.OpenAsync(TheForm.Address);
        var (ofLupus, named) = (patient.Page.Locator("[name='conditionType.lupus']"), patient.Page.Locator("[name='conditionNamed']"));
        await Assertions.Expect(ofLupus).ToBeVisibleAsync();
        await Assertions.Expect(named).ToBeHiddenAsync();

        await patient.ChooseAsync("condition", "multiple-sclerosis");
        await Assertions.Expect(ofLupus).ToBeHiddenAsync();

        await patient.ChooseAsync("condition", "other");
        await Assertions.Expect(named).ToBeVisibleAsync();
        await patient.LookAsync("form-other-condition");
    }

    [Fact]
    public async Task Two_clicks_on_the_button_and_the_same_page_sent_again_are_one_inquiry()
    {
        var app = await StartAsync("en");
        var patient = await ArriveAsync(app, new Screen("en", Screen.Phone));
        await patient.OpenAsync(TheForm.Address);
        await TheForm.FillAsync(patient, "ana@patient.example");

        await patient.ButtonOf("/inquiry").DblClickAsync();
        await patient.Page.WaitForURLAsync("**/status?link=*");
        var first = Reference(await patient.TextAsync());
        await patient.Page.GoBackAsync();
        Assert.Equal("/inquiry", new Uri(patient.Page.Url).AbsolutePath);
        await TheForm.FillAsync(patient, "ana@patient.example");
        await patient.PressAsync("/inquiry");

        Assert.Equal("/status", new Uri(patient.Page.Url).AbsolutePath);
        await app.SettlesAsync();

        // The browser asks for the form anew when it goes back, with another number: it holds the link of what it sent, and that is shown.
        Assert.Equal(first, Reference(await patient.TextAsync()));
        Assert.Equal(1, await app.NumberAsync("SELECT COUNT(*) FROM Inquiry"));
        Assert.Equal(1, await app.NumberAsync("SELECT COUNT(*) FROM Referral"));
    }

    [Fact]
    public async Task What_was_typed_is_still_there_when_something_is_wrong()
    {
        var app = await StartAsync("es");
        var patient = await ArriveAsync(app, new Screen("es", Screen.Desktop));
        await patient.OpenAsync(TheForm.Address);
        await TheForm.FillAsync(patient, "ana@patient");
        await patient.PressAsync("/inquiry");

        Assert.Equal("ana@patient", await patient.Page.Locator("[name='patient.email']").InputValueAsync());
        Assert.Equal(TheForm.Message, await patient.Page.Locator("[name='message']").InputValueAsync());
        Assert.True(await patient.Page.Locator("[name='consent.contact']").IsCheckedAsync());
        Assert.Equal("sle", await patient.Page.Locator("[name='conditionType.lupus']").InputValueAsync());
        Assert.Equal(0, await app.NumberAsync("SELECT COUNT(*) FROM Inquiry"));
    }

    [Fact]
    public async Task The_questions_about_somebody_else_appear_for_those_who_ask_for_somebody_else()
    {
        var app = await StartAsync("en");
        var parent = await ArriveAsync(app, new Screen("en", Screen.Phone));
        await parent.OpenAsync(TheForm.Address);
        await Assertions.Expect(parent.Page.Locator("[name='inquirer.name']")).ToBeHiddenAsync();

        await parent.TickAsync("inquirer.relation", "parent");

        await Assertions.Expect(parent.Page.Locator("[name='inquirer.name']")).ToBeVisibleAsync();
        await parent.LookAsync("form-for-child");
    }

    [Fact]
    public async Task Another_language_is_the_same_page()
    {
        var app = await StartAsync("en");
        var patient = await ArriveAsync(app, new Screen("en", Screen.Desktop));
        await patient.OpenAsync(TheForm.Address);

        foreach (var language in new[] { "es", "ar", "en" })
        {
            await patient.SpeakAsync(language);
            Assert.Equal(language, await patient.Page.Locator("html").GetAttributeAsync("lang"));
            Assert.Equal("lupus", await patient.Page.Locator("[name=condition]").InputValueAsync());
            Assert.Equal("stem-cell-therapy", await patient.Page.Locator("[name=treatment]").InputValueAsync());
        }
    }

    private static string Reference(string text) => TheForm.Reference().Match(text) is { Success: true } match ? match.Value : throw new InvalidOperationException("There is no reference on the page.");
}
