using System.Globalization;
using Microsoft.Playwright;
using Xunit;

namespace InquiryRouter.BrowserTests.Support;

/// <summary>Somebody before a browser of their own, with JavaScript switched off: no page needs it.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    /// <summary>What a page and its stylesheet may weigh together, in bytes as transferred with their headers.</summary>
    public const int MostBytes = 60 * 1024;

    private static readonly Lock s_weights = new();

    private readonly IBrowserContext _context;
    private readonly Inspector _inspector;
    private readonly Screen _screen;
    private readonly List<IRequest> _requests = [];
    private readonly List<string> _problems = [];
    private int _stylesheetBytes;

    private Visitor(IBrowserContext context, IPage page, Screen screen, Inspector inspector)
    {
        (_context, Page, _screen, _inspector) = (context, page, screen, inspector);
        page.Request += (_, request) => _requests.Add(request);
    }

    public IPage Page { get; }

    /// <summary>The text of the page's first heading.</summary>
    public Task<string> HeadlineAsync() => Page.Locator("h1").InnerTextAsync();

    public Task<string> TextAsync() => Page.Locator("body").InnerTextAsync();

    public static async Task<Visitor> ArriveAsync(Chromium chromium, InquiryApp app, Screen screen)
    {
        var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = app.Settings.Urls,
            JavaScriptEnabled = false,
            Locale = screen.Language,
            ViewportSize = new ViewportSize { Width = screen.Width, Height = screen.Height },
        });
        context.SetDefaultTimeout(20_000);
        return new Visitor(context, await context.NewPageAsync(), screen, await Inspector.CreateAsync(chromium, screen));
    }

    public async Task<IResponse> OpenAsync(string address)
    {
        _requests.Clear();
        return await Page.GotoAsync(address) ?? throw new InvalidOperationException($"Nothing came from {address}.");
    }

    /// <summary>Presses the button of the form that is sent there, and waits for the page that follows.</summary>
    public async Task PressAsync(string action)
    {
        var button = Page.Locator($"form[action^='{action}'] button[type=submit]").First;
        _requests.Clear();
        await Page.RunAndWaitForResponseAsync(() => button.ClickAsync(), r => r.Request.IsNavigationRequest && r.Status is < 300 or >= 400);
        await Page.WaitForLoadStateAsync();
    }

    public Task TypeAsync(string field, string text) => Page.Locator($":is(input, textarea)[name='{field}']").FillAsync(text);

    public Task ChooseAsync(string field, string value) => Page.Locator($"select[name='{field}']").SelectOptionAsync(value);

    public Task TickAsync(string field, string value = "true") => Page.Locator($"input[name='{field}'][value='{value}']").CheckAsync();

    /// <summary>Opens the folded part of the page that holds a form.</summary>
    public async Task UnfoldAsync(string action)
    {
        var folded = Page.Locator("details", new PageLocatorOptions { Has = Page.Locator($"form[action^='{action}']") });
        if (await folded.GetAttributeAsync("open") is null)
        {
            await folded.Locator("summary").ClickAsync();
        }
    }

    /// <summary>Opens every folded part.</summary>
    public async Task UnfoldAllAsync()
    {
        var folded = Page.Locator("details:not([open]) > summary");
        while (await folded.CountAsync() > 0)
        {
            await folded.First.ClickAsync();
        }
    }

    /// <summary>Looks closely at the page that is open; what is wrong with it fails the test when the visitor leaves.</summary>
    public async Task LookAsync(string name)
    {
        _problems.AddRange(await WeighAsync(name));
        _problems.AddRange(await _inspector.InspectAsync(name, Page.Url, await Page.ContentAsync()));
        Assert.Equal(_screen.Language, await Page.Locator("html").GetAttributeAsync("lang"));
        Assert.Equal(_screen.Language == "ar" ? "rtl" : "ltr", await Page.Locator("html").GetAttributeAsync("dir"));
    }

    /// <summary>Fails with everything that was wrong on the pages looked at.</summary>
    public void AssertAllWasWell() => Assert.True(_problems.Count == 0, string.Join(Environment.NewLine, _problems));

    public async ValueTask DisposeAsync()
    {
        await _inspector.DisposeAsync();
        await _context.DisposeAsync();
    }

    private async Task<IReadOnlyList<string>> WeighAsync(string name)
    {
        var requests = _requests.ToList();
        var document = requests.LastOrDefault(r => r.IsNavigationRequest);
        if (document is null)
        {
            return [];
        }

        var documentBytes = await BytesAsync(document);
        foreach (var sheet in requests.Where(r => r.ResourceType == "stylesheet"))
        {
            // Kept by the browser afterwards; the page is weighed as if it was not.
            _stylesheetBytes = Math.Max(_stylesheetBytes, await BytesAsync(sheet));
        }

        var problems = new List<string>();
        problems.AddRange(requests.Where(r => !r.IsNavigationRequest && r.ResourceType != "stylesheet").Select(r => $"{name}: loads {r.ResourceType} {r.Url}"));
        if (await Page.Locator("link[rel=stylesheet]").CountAsync() != 1 || await Page.Locator("script, style, [style], [onclick]").CountAsync() != 0)
        {
            problems.Add($"{name}: not one stylesheet and nothing else.");
        }

        if (documentBytes + _stylesheetBytes >= MostBytes)
        {
            problems.Add($"{name}.{_screen.Language}: weighs {documentBytes} + {_stylesheetBytes} bytes.");
        }

        lock (s_weights)
        {
            File.AppendAllText(Artifacts.Weights, string.Create(CultureInfo.InvariantCulture, $"{name}\t{_screen.Language}\t{_screen.Width}\t{documentBytes}\t{_stylesheetBytes}\n"));
        }

        return problems;
    }

    private static async Task<int> BytesAsync(IRequest request)
    {
        await request.ResponseAsync();
        var sizes = await request.SizesAsync();
        return sizes.ResponseBodySize + sizes.ResponseHeadersSize;
    }
}
