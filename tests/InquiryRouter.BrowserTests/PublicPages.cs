using System.Globalization;
using InquiryRouter.BrowserTests.Support;
using Xunit;

namespace InquiryRouter.BrowserTests;

/// <summary>What the pages cost that anybody can open, as the browser counts it on a first visit. The figures are kept in <c>artifacts/page-weights.txt</c>.</summary>
public sealed class PublicPages(Chromium chromium) : BrowserTest(chromium)
{
    /// <summary>Of a page with all that it loads, headers included.</summary>
    private const int MostBytes = 60 * 1024;

    private static readonly string[] s_addresses =
    [
        TheForm.Address, "/inquiry", "/treatments", "/treatments/stem-cell-therapy/lupus", "/questions", "/status/link", "/status?link=0123456789abcdef", "/referral?link=0123456789abcdef", "/referral/list?link=0123456789abcdef",
    ];

    [Fact]
    public async Task Every_one_weighs_less_than_60_KB_in_every_language_and_waits_for_one_stylesheet_only()
    {
        var app = await StartAsync("en");
        var table = new List<string> { "bytes transferred on a first visit, headers included: the page, what it loads, both" };
        var tooMuch = new List<string>();
        foreach (var language in Screen.Languages)
        {
            foreach (var address in s_addresses)
            {
                // A browser of its own: it has nothing yet. With scripts on, so that one would be counted.
                var visitor = await ArriveAsync(app, new Screen(language, Screen.Phone), scripts: true);
                await visitor.OpenAsync(address);
                var cost = await visitor.Page.EvaluateAsync<Cost>(
                    """
                    () => {
                      const loaded = performance.getEntriesByType('resource');
                      return {
                        document: performance.getEntriesByType('navigation')[0].transferSize,
                        rest: loaded.reduce((sum, r) => sum + r.transferSize, 0),
                        blocking: loaded.filter(r => r.renderBlockingStatus !== 'non-blocking').map(r => new URL(r.name).pathname),
                      };
                    }
                    """);
                table.Add(string.Create(CultureInfo.InvariantCulture, $"{language}  {cost.Document,6} {cost.Rest,6} {cost.Document + cost.Rest,6}  {address}"));
                Assert.Equal(["/site.css"], cost.Blocking);
                Assert.True(cost is { Document: > 0, Rest: > 0 });
                if (cost.Document + cost.Rest >= MostBytes)
                {
                    tooMuch.Add(table[^1]);
                }

                await visitor.DisposeAsync();
            }
        }

        await File.WriteAllLinesAsync(Artifacts.Weights, table);
        Assert.Empty(tooMuch);
    }

    [Fact(Explicit = true)]
    public async Task What_somebody_with_a_slow_phone_waits_for()
    {
        var lines = new List<string> { "400 ms to the first byte, 400 kbit/s, a quarter of this processor; seconds, the median of five first visits: first seen, all there" };
        foreach (var language in Screen.Languages)
        {
            var app = await StartAsync(language);
            var submitted = await app.SubmitAsync(An.Inquiry().With("patient.language", language));
            var mail = await app.MailToAsync(A.Clinic("MX-A").Email);
            await app.SettlesAsync();
            foreach (var (name, address) in new[] { ("form", TheForm.Address), ("status", submitted.StatusUrl), ("referral", InquiryApp.LinkIn(mail).AbsoluteUri) })
            {
                var times = new List<Times>();

                // The first visit is the program's first as well.
                for (var visit = 0; visit < 6; visit++)
                {
                    times.Add(await VisitSlowlyAsync(app, language, address));
                }

                times.RemoveAt(0);
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{language} {name,-8} {Median(times.Select(t => t.Seen)):F1} {Median(times.Select(t => t.Loaded)):F1}"));
            }
        }

        await File.WriteAllLinesAsync(Artifacts.SlowPhone, lines);
        lines.ForEach(TestContext.Current.TestOutputHelper!.WriteLine);
    }

    private async Task<Times> VisitSlowlyAsync(InquiryApp app, string language, string address)
    {
        var phone = await ArriveAsync(app, new Screen(language, Screen.Phone), scripts: true);
        var tools = await phone.Page.Context.NewCDPSessionAsync(phone.Page);
        await tools.SendAsync("Network.enable");
        await tools.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object>
        {
            ["offline"] = false, ["latency"] = 400, ["downloadThroughput"] = 400_000 / 8, ["uploadThroughput"] = 400_000 / 8,
        });
        await tools.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object> { ["rate"] = 4 });
        await phone.OpenAsync(address);
        await phone.Page.WaitForFunctionAsync("() => performance.getEntriesByName('first-contentful-paint').length > 0 && performance.getEntriesByType('navigation')[0].loadEventEnd > 0");
        var times = await phone.Page.EvaluateAsync<Times>(
            """
            () => ({
              seen: performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000,
              loaded: performance.getEntriesByType('navigation')[0].loadEventEnd / 1000,
            })
            """);
        await phone.DisposeAsync();
        return times;
    }

    private static double Median(IEnumerable<double> times) => times.Order().ElementAt(2);

    private sealed record Cost
    {
        public int Document { get; init; }

        public int Rest { get; init; }

        public string[] Blocking { get; init; } = [];
    }

    private sealed record Times
    {
        public double Seen { get; init; }

        public double Loaded { get; init; }
    }
}
