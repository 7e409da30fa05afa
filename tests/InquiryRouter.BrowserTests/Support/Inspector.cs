using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace InquiryRouter.BrowserTests.Support;

/// <summary>
/// Asks of a page what is asked of every page: accessible on a desktop and on a phone, in light and in dark, no wider than its screen, and with targets a thumb can hit.
/// axe is a script and waits with timers, which a browser without JavaScript never fires; so the page as it stands is shown again, under its own address, in a browser
/// that has it.
/// </summary>
internal sealed class Inspector : IAsyncDisposable
{
    /// <summary>In CSS pixels, each way: what a thumb hits (WCAG 2.2, 2.5.5).</summary>
    public const int SmallestTarget = 44;

    private const string Everything =
        """
        { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'], rules: { 'target-size': { enabled: true } } }
        """;

    // What may differ on another screen: colours in the dark, sizes on a phone.
    private const string WhatLooksDifferent =
        """
        { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable'] } }
        """;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);
    private static readonly string s_axe = new BundledAxeScriptProvider().GetScript();

    private readonly IBrowserContext _context;
    private readonly IPage _page;
    private string _html = string.Empty;

    private Inspector(IBrowserContext context, IPage page) => (_context, _page) = (context, page);

    public static async Task<Inspector> CreateAsync(Chromium chromium)
    {
        // Our policy for content would keep axe out.
        var context = await chromium.NewContextAsync(new BrowserNewContextOptions { BypassCSP = true });
        var inspector = new Inspector(context, await context.NewPageAsync());
        await inspector._page.RouteAsync("**/*", route => route.Request.IsNavigationRequest
            ? route.FulfillAsync(new RouteFulfillOptions { Body = inspector._html, ContentType = "text/html; charset=utf-8" })
            : route.ContinueAsync());
        return inspector;
    }

    /// <summary>Looks at a page on each screen; screenshots are kept under its name and language.</summary>
    /// <returns>Everything that is wrong, a line each.</returns>
    public async Task<IReadOnlyList<string>> InspectAsync(string name, string language, string url, string html)
    {
        _html = html;
        var problems = new List<string>();

        await ShowAsync(Screen.Desktop, ColorScheme.Light);
        await _page.GotoAsync(url);
        await PhotographAsync(Artifacts.Screenshot(name, language, "desktop"));
        await _page.EvaluateAsync(s_axe);
        problems.AddRange(await ViolationsAsync(Everything));
        problems.AddRange(await MeasureAsync());

        await ShowAsync(Screen.Desktop, ColorScheme.Dark);
        problems.AddRange(await ViolationsAsync(WhatLooksDifferent));

        await ShowAsync(Screen.Phone, ColorScheme.Light);
        problems.AddRange(await ViolationsAsync(WhatLooksDifferent));
        await PhotographAsync(Artifacts.Screenshot(name, language, "phone"));
        problems.AddRange(await MeasureAsync());

        await ShowAsync(Screen.Phone, ColorScheme.Dark);
        if (language == Screen.Languages[0])
        {
            await PhotographAsync(Artifacts.Screenshot(name, language, "phone-dark"));
        }

        problems.AddRange(await ViolationsAsync(WhatLooksDifferent));
        await ShowAsync(Screen.Narrowest, ColorScheme.Dark);
        problems.AddRange(await MeasureAsync());
        return [.. problems.Select(p => $"{name}.{language}: {p}").Distinct(StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private async Task ShowAsync(int width, ColorScheme scheme)
    {
        await _page.SetViewportSizeAsync(width, Screen.HeightOf(width));
        await _page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
    }

    private async Task PhotographAsync(string path) => await _page.ScreenshotAsync(new PageScreenshotOptions { Path = path, Type = ScreenshotType.Jpeg, Quality = 80, FullPage = true });

    private async Task<string[]> ViolationsAsync(string options) => await _page.EvaluateAsync<string[]>(
        $$"""
        async () => {
          const result = await axe.run(document, { ...{{options}}, resultTypes: ['violations'] });
          return result.violations.flatMap(v => v.nodes.map(n => `${v.id} (${v.help}): ${n.html}`));
        }
        """).WaitAsync(s_limit);

    private Task<string[]> MeasureAsync() => _page.EvaluateAsync<string[]>(
        """
        smallest => {
          const root = document.documentElement, wrong = [], start = e => e.outerHTML.slice(0, 120);
          if (root.scrollWidth > root.clientWidth) {
            const out = [...document.body.querySelectorAll('*')].filter(e => {
              const box = e.getBoundingClientRect();
              return box.right > root.clientWidth + 1 || box.left < -1;
            });
            wrong.push(`wider than the screen: ${root.scrollWidth} of ${root.clientWidth}: ${out.slice(0, 3).map(start).join(' | ')}`);
          }
          for (const control of document.querySelectorAll('button, summary, select, textarea, input:not([type=hidden])')) {
            // The label of a box belongs to its target. What is out of sight for people is none.
            const box = (control.closest('label') ?? control).getBoundingClientRect();
            if (control.checkVisibility() && !control.closest('[aria-hidden=true]') && Math.min(box.width, box.height) < smallest - .5) {
              wrong.push(`smaller than ${smallest} px: ${box.width} x ${box.height}: ${start(control)}`);
            }
          }
          return wrong;
        }
        """,
        SmallestTarget);
}
