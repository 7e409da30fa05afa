using InquiryRouter.BrowserTests.Support;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace InquiryRouter.BrowserTests.Support;

/// <summary>
/// One browser for all tests: the chromium that is installed, never one that Playwright downloads. Without one every test fails.
/// <c>INQUIRYROUTER_TEST_CHROMIUM</c> names its program; unset: <c>chromium-headless-shell</c> on PATH (no windows: half the work), else <c>chromium</c>.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Variable = "INQUIRYROUTER_TEST_CHROMIUM";

    /// <summary>No page takes a second; a machine that does much else at the same time takes many.</summary>
    public static readonly TimeSpan LongestNavigation = TimeSpan.FromSeconds(60);

    private static readonly string[] s_programs = ["chromium-headless-shell", "chromium"];
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(30);

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        Artifacts.Begin();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Find(),
            Headless = true,

            // Root cannot have a sandbox; nothing but the program under test is to be reached; without a graphics card, imitating one is slower than none.
            Args = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"],
        });
        Assertions.SetDefaultExpectTimeout((float)s_longestWait.TotalMilliseconds);
    }

    /// <summary>A browser of somebody's own: no cookie, nothing remembered.</summary>
    public async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options)
    {
        var context = await (_browser ?? throw new InvalidOperationException("The browser is not started yet.")).NewContextAsync(options);
        context.SetDefaultTimeout((float)s_longestWait.TotalMilliseconds);
        context.SetDefaultNavigationTimeout((float)LongestNavigation.TotalMilliseconds);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return File.Exists(named) ? named : throw new InvalidOperationException($"{Variable} names {named}, which is not there.");
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return s_programs.SelectMany(program => folders.Select(folder => Path.Combine(folder, program))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"There is no browser: install one (bash tests/apt-install.sh chromium-headless-shell), or name its program in {Variable}.");
    }
}
