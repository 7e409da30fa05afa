using System.Net;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Status;

/// <summary>A patient before the page of their inquiry, in a browser of their own.</summary>
internal sealed class StatusVisit : IDisposable
{
    private StatusVisit(HttpClient browser, Page page, string link)
    {
        Browser = browser;
        Page = page;
        Link = link;
    }

    public HttpClient Browser { get; }

    /// <summary>The page that is open now.</summary>
    public Page Page { get; private set; }

    /// <summary>The short name of the link.</summary>
    public string Link { get; }

    public static async Task<StatusVisit> OpenAsync(InquiryApp app, Submitted submitted, string language = "")
    {
        var browser = app.NewBrowser();
        using var response = await browser.GetAsync(new Uri(submitted.StatusUrl));
        var page = await Page.OfAsync(response);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var visit = new StatusVisit(browser, page, page.Hidden("link")!);
        return language.Length == 0 ? visit : await visit.LookAsync("/status", "&lang=" + language);
    }

    /// <summary>Presses a button that is on the page.</summary>
    public Task<Page> PressAsync(string action, params (string Field, string Value)[] fields)
    {
        Assert.Contains($"action=\"{action}", Page.Html, StringComparison.Ordinal);
        return PressStaleAsync(action, fields);
    }

    /// <summary>Presses a button of a page that was opened earlier.</summary>
    public async Task<Page> PressStaleAsync(string action, params (string Field, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("link", Link), .. fields.Select(f => KeyValuePair.Create(f.Field, f.Value))]);
        using var response = await Browser.PostAsync(action, content);
        return Page = await Page.OfAsync(response);
    }

    public async Task<StatusVisit> LookAsync(string path = "/status", string more = "")
    {
        using var response = await Browser.GetAsync($"{path}?link={Link}{more}");
        Page = await Page.OfAsync(response);
        return this;
    }

    public void Dispose() => Browser.Dispose();
}
