using InquiryRouter.BrowserTests.Support;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace InquiryRouter.BrowserTests.Support;

/// <summary>
/// One browser for all tests: the chromium that is installed, never one that Playwright downloads. Without one every test fails.
/// <c>INQUIRYROUTER_TEST_CHROMIUM</c> names its program; unset: <c>chromium</c> on PATH.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Variable = "INQUIRYROUTER_TEST_CHROMIUM";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public IBrowser Browser => _browser ?? throw new InvalidOperationException("The browser is not started yet.");

    public async ValueTask InitializeAsync()
    {
        Artifacts.Begin();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Find(),
            Headless = true,

            // Root cannot have a sandbox; nothing but the program under test is to be reached.
            Args = ["--no-sandbox", "--disable-background-networking"],
        });
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

        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(d => Path.Combine(d, "chromium")).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"There is no browser: install chromium (bash tests/apt-install.sh chromium), or name its program in {Variable}.");
    }
}
