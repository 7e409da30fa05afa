using InquiryRouter.BrowserTests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Xunit;

namespace InquiryRouter.BrowserTests;

/// <summary>A reader of a page about a treatment, ours or another site's, who asks for help at its end.</summary>
public sealed class ComingFromAPage(Chromium chromium) : BrowserTest(chromium)
{
    private const string Email = "ana@patient.example";

    [Theory]
    [MemberData(nameof(Screen.All), MemberType = typeof(Screen))]
    public async Task A_reader_finds_the_page_of_a_treatment_and_asks_at_its_end(string language, int width)
    {
        var app = await StartAsync(language);
        var reader = await ArriveAsync(app, new Screen(language, width));
        await reader.OpenAsync("/treatments");
        await reader.LookAsync("landing-list");
        await reader.FollowAsync("/treatments/stem-cell-therapy/lupus");
        await reader.LookAsync("landing");

        await reader.PressAsync("/inquiry");
        await reader.LookAsync("landing-form-errors");
        await TheForm.FillAsync(reader, Email);
        await reader.PressAsync("/inquiry");

        Assert.Equal("/status", new Uri(reader.Page.Url).AbsolutePath);
        await app.MailToAsync(Email);
        Assert.Equal(("lupus", "stem-cell-therapy"), await AskedForAsync(app, await reader.TextAsync()));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("ar")]
    public async Task On_the_page_of_another_site_the_form_is_as_high_as_it_needs_and_is_sent_without_leaving(string language)
    {
        var site = $"http://localhost:{FreePort.Pick(1)[0]}";
        var app = await StartAsync(language, embedOrigins: site);
        await using var host = await StartSiteAsync(site, $"""
            <!DOCTYPE html><html lang="{language}"><head><title>Lupus</title><meta name="viewport" content="width=device-width"></head><body><h1>Lupus</h1>
            <script src="{app.Settings.Urls}/embed.js" data-condition="lupus" data-treatment="stem-cell-therapy"></script></body></html>
            """);
        var reader = await ArriveAsync(app, new Screen(language, Screen.Phone), scripts: true);
        await reader.OpenAsync($"{site}/lupus");
        await reader.Page.Locator("iframe").ScrollIntoViewIfNeededAsync();
        await reader.EnterFrameAsync();
        await Assertions.Expect(reader.ButtonOf("/inquiry")).ToBeVisibleAsync();
        await FitsAsync(reader);

        await reader.ButtonOf("/inquiry").ClickAsync();
        await Assertions.Expect(reader.Frame.Locator("[role=alert]")).ToBeFocusedAsync();
        await FitsAsync(reader);
        await TheForm.FillAsync(reader, Email);
        await reader.ButtonOf("/inquiry").ClickAsync();
        await Assertions.Expect(reader.Frame.Locator("[role=status] .reference")).ToBeVisibleAsync();
        await Assertions.Expect(reader.Frame.Locator("[role=status]")).ToBeFocusedAsync();
        await FitsAsync(reader);

        Assert.Equal($"{site}/lupus", reader.Page.Url);
        Assert.Equal(language, await reader.Frame.Locator("html").GetAttributeAsync("lang"));
        Assert.Equal(("lupus", "stem-cell-therapy"), await AskedForAsync(app, await reader.Frame.Locator("main").InnerTextAsync()));
        Assert.Empty(await reader.Page.Context.CookiesAsync());

        // The patient's own page opens beside the site's.
        var opened = await reader.Page.Context.RunAndWaitForPageAsync(() => reader.Frame.Locator("main a[target=_blank]").First.ClickAsync());
        await opened.WaitForLoadStateAsync();
        Assert.Equal("/status", new Uri(opened.Url).AbsolutePath);
    }

    private static async Task<WebApplication> StartSiteAsync(string site, string page)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(site);
        builder.Logging.ClearProviders();
        var host = builder.Build();
        host.MapGet("/lupus", () => Results.Content(page, "text/html; charset=utf-8"));
        await host.StartAsync();
        return host;
    }

    private static async Task<(string Condition, string Treatment)> AskedForAsync(InquiryApp app, string text)
    {
        var facts = (await app.InquiryAsync(TheForm.Reference().Match(text).Value)).Facts;
        return (facts.Condition, facts.Treatment);
    }

    // Without a bar to scroll inside, and without an empty rest.
    private static async Task FitsAsync(Visitor reader)
    {
        var (needed, given) = (0.0, 0.0);
        for (var until = DateTime.UtcNow.AddSeconds(30); DateTime.UtcNow < until && (needed < 100 || Math.Ceiling(needed) != given); await Task.Delay(100))
        {
            needed = await reader.Frame.EvaluateAsync<double>("() => document.documentElement.getBoundingClientRect().height");
            given = await reader.Page.Locator("iframe").EvaluateAsync<double>("frame => frame.clientHeight");
        }

        Assert.InRange(needed, 100, 10_000);
        Assert.Equal(Math.Ceiling(needed), given);
    }
}
