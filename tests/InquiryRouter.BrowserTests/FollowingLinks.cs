using InquiryRouter.BrowserTests.Support;
using Xunit;

namespace InquiryRouter.BrowserTests;

/// <summary>Mail scanners and browsers that load ahead follow every link there is, and run every script.</summary>
public sealed class FollowingLinks(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task Whoever_follows_every_link_from_every_mail_with_scripts_on_changes_nothing()
    {
        var app = await StartAsync("en");
        await app.SubmitAsync(An.Inquiry());
        await app.MailToAsync(A.Clinic("MX-A").Email);
        var scanner = await ArriveAsync(app, new Screen("en", Screen.Desktop), scripts: true);
        await app.SettlesAsync();
        var before = await app.DumpAsync();

        var waiting = new Queue<string>(app.Mails().Select(m => InquiryApp.LinkIn(m).AbsoluteUri).Append(app.Settings.Urls + TheForm.Address));
        var seen = new HashSet<string>(waiting, StringComparer.Ordinal);
        while (waiting.TryDequeue(out var address))
        {
            if (address.Contains("/status/download", StringComparison.Ordinal))
            {
                Assert.Equal(200, (await scanner.Page.Context.APIRequest.GetAsync(address)).Status);
                continue;
            }

            await scanner.OpenAsync(address);
            foreach (var link in await scanner.Page.Locator("a[href]").AllAsync())
            {
                // A place in a page is the page.
                var found = new Uri(new Uri(scanner.Page.Url), await link.GetAttributeAsync("href")).GetLeftPart(UriPartial.Query);
                if (found.StartsWith(app.Settings.Urls, StringComparison.Ordinal) && seen.Add(found) && !IsOneOfMany(found))
                {
                    waiting.Enqueue(found);
                }
            }
        }

        await app.SettlesAsync();
        Assert.True(seen.Count > 10, $"Only {seen.Count} links were found.");
        Assert.Equal(before, await app.DumpAsync());

        // The pages about treatments are alike and many: one is enough.
        static bool IsOneOfMany(string address) => address.Contains("/treatments/", StringComparison.Ordinal) && !address.Contains("/stem-cell-therapy/lupus", StringComparison.Ordinal);
    }
}
