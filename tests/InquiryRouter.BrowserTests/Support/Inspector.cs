using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace InquiryRouter.BrowserTests.Support;

/// <summary>
/// Asks of a page what is asked of every page: accessible in light and dark, and no wider than its screen. axe is a script and waits with timers, which a browser
/// without JavaScript never fires; so the page as it stands is shown again, under its own address, in a browser that has it.
/// </summary>
internal sealed class Inspector : IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private static readonly AxeRunOptions s_rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"] },

        // The size of targets (2.5.8) is off unless it is asked for by name.
        Rules = new Dictionary<string, RuleOptions> { ["target-size"] = new() { Enabled = true } },
        ResultTypes = [ResultType.Violations],
    };

    // Dark is other colours and nothing else.
    private static readonly AxeRunOptions s_colours = new()
    {
        RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block"] },
        ResultTypes = [ResultType.Violations],
    };

    private readonly IBrowserContext _context;
    private readonly IPage _page;
    private readonly Screen _screen;
    private string _html = string.Empty;

    private Inspector(IBrowserContext context, IPage page, Screen screen) => (_context, _page, _screen) = (context, page, screen);

    public static async Task<Inspector> CreateAsync(Chromium chromium, Screen screen)
    {
        // Our policy for content would keep axe out.
        var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BypassCSP = true, ViewportSize = new ViewportSize { Width = screen.Width, Height = screen.Height },
        });
        var inspector = new Inspector(context, await context.NewPageAsync(), screen);
        await inspector._page.RouteAsync("**/*", route => route.Request.IsNavigationRequest
            ? route.FulfillAsync(new RouteFulfillOptions { Body = inspector._html, ContentType = "text/html; charset=utf-8" })
            : route.ContinueAsync());
        return inspector;
    }

    /// <summary>Looks at a page; screenshots are kept under the name.</summary>
    /// <returns>Everything that is wrong, a line each.</returns>
    public async Task<IReadOnlyList<string>> InspectAsync(string name, string url, string html)
    {
        _html = html;
        await _page.GotoAsync(url);
        var problems = new List<string>();
        foreach (var (scheme, rules) in new[] { (ColorScheme.Light, s_rules), (ColorScheme.Dark, s_colours) })
        {
            await _page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            var kind = scheme == ColorScheme.Light ? "light" : "dark";
            await _page.ScreenshotAsync(new PageScreenshotOptions { Path = Artifacts.Screenshot(name, _screen, kind), FullPage = true });
            var result = await _page.RunAxe(rules).WaitAsync(s_limit);
            problems.AddRange(result.Violations.SelectMany(v => v.Nodes.Select(n => $"{name}.{_screen.Language}.{_screen.Width}.{kind}: {v.Id} ({v.Help}): {n.Html}")));
        }

        foreach (var width in _screen.Width == Screen.Phone ? new[] { Screen.Phone, Screen.Narrowest } : [_screen.Width])
        {
            await _page.SetViewportSizeAsync(width, _screen.Height);
            if (await SticksOutAsync() is { } what)
            {
                problems.Add($"{name}.{_screen.Language}.{width}: wider than the screen: {what}");
            }
        }

        await _page.SetViewportSizeAsync(_screen.Width, _screen.Height);
        return problems;
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    // Null: nothing does.
    private Task<string?> SticksOutAsync() => _page.EvaluateAsync<string?>(
        """
        () => {
          const root = document.documentElement;
          if (root.scrollWidth <= root.clientWidth) return null;
          const out = [...document.body.querySelectorAll('*')].filter(e => {
            const box = e.getBoundingClientRect();
            return box.right > root.clientWidth + 1 || box.left < -1;
          }).slice(0, 3).map(e => e.outerHTML.slice(0, 120));
          return `${root.scrollWidth} of ${root.clientWidth}: ${out.join(' | ')}`;
        }
        """);
}
