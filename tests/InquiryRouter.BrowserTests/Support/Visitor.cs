using Microsoft.Playwright;
using Xunit;

namespace InquiryRouter.BrowserTests.Support;

/// <summary>Somebody before a browser of their own, with JavaScript switched off: no page needs it.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly Func<Task<Inspector>> _inspector;
    private readonly Screen _screen;
    private readonly List<string> _problems = [];
    private IFrame? _frame;

    private Visitor(IBrowserContext context, IPage page, Screen screen, Func<Task<Inspector>> inspector) =>
        (_context, Page, _screen, _inspector) = (context, page, screen, inspector);

    public IPage Page { get; }

    /// <summary>Where fields are filled in: the page, or the frame in it that was entered.</summary>
    public IFrame Frame => _frame ?? Page.MainFrame;

    public static async Task<Visitor> ArriveAsync(Chromium chromium, string home, Screen screen, Func<Task<Inspector>> inspector, bool scripts = false)
    {
        var context = await chromium.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = home,
            JavaScriptEnabled = scripts,
            Locale = screen.Language,
            ViewportSize = new ViewportSize { Width = screen.Width, Height = Screen.HeightOf(screen.Width) },
        });
        return new Visitor(context, await context.NewPageAsync(), screen, inspector);
    }

    public Task<string> TextAsync() => Page.Locator("body").InnerTextAsync();

    public async Task<IResponse> OpenAsync(string address) =>
        await Page.GotoAsync(address) ?? throw new InvalidOperationException($"Nothing came from {address}.");

    /// <summary>Presses the button of the form that is sent there, and waits for the page that follows.</summary>
    public Task PressAsync(string action) => ArriveByAsync(() => ButtonOf(action).ClickAsync());

    /// <summary>Follows the link that leads there, and waits for the page.</summary>
    public Task FollowAsync(string address) => ArriveByAsync(() => Page.Locator($"main a[href^='{address}']").First.ClickAsync());

    /// <summary>Chooses another language at the top of the page.</summary>
    public Task SpeakAsync(string language) => ArriveByAsync(() => Page.Locator($"nav a[hreflang={language}]").ClickAsync());

    public ILocator ButtonOf(string action) => Frame.Locator($"form[action^='{action}'] button[type=submit]").First;

    /// <summary>Goes on in a frame of the page.</summary>
    public async Task EnterFrameAsync() =>
        _frame = await (await Page.Locator("iframe").ElementHandleAsync()).ContentFrameAsync() ?? throw new InvalidOperationException("There is nothing in the frame.");

    public Task TypeAsync(string field, string text) => Frame.Locator($"[name='{field}']").FillAsync(text);

    public Task ChooseAsync(string field, string value) => Frame.Locator($"select[name='{field}']").SelectOptionAsync(value);

    public Task TickAsync(string field, string value = "true") => Frame.Locator($"input[name='{field}'][value='{value}']").CheckAsync();

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

    /// <summary>
    /// Looks closely at the page that is open; what is wrong with it fails the test when the visitor leaves. What the program sends is the same on every screen: the visitor
    /// on a phone has it inspected for all.
    /// </summary>
    public async Task LookAsync(string name)
    {
        Assert.Equal(_screen.Language, await Page.Locator("html").GetAttributeAsync("lang"));
        Assert.Equal(_screen.Language == "ar" ? "rtl" : "ltr", await Page.Locator("html").GetAttributeAsync("dir"));
        Assert.Equal(1, await Page.Locator("link[rel=stylesheet]").CountAsync());
        Assert.Equal(0, await Page.Locator("script, style, [style], [onclick], img:not(.face > img), iframe").CountAsync());
        if (_screen.Width == Screen.Phone)
        {
            var inspector = await _inspector();
            _problems.AddRange(await inspector.InspectAsync(name, _screen.Language, Page.Url, await Page.ContentAsync()));
        }
    }

    /// <summary>Fails with everything that was wrong on the pages looked at.</summary>
    public void AssertAllWasWell() => Assert.True(_problems.Count == 0, string.Join(Environment.NewLine, _problems));

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    // The page that follows may have the same address, so neither its address nor the state of the page before tells that it is there.
    private async Task ArriveByAsync(Func<Task> act)
    {
        var loaded = new TaskCompletionSource();
        Page.Load += Loaded;
        try
        {
            await act();
            await loaded.Task.WaitAsync(Chromium.LongestNavigation);
        }
        finally
        {
            Page.Load -= Loaded;
        }

        void Loaded(object? sender, IPage page) => loaded.TrySetResult();
    }
}
