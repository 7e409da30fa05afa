using System.Net;
using System.Text.Json;
using InquiryRouter.Core.Intake;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Attacks;

/// <summary>Whoever asks oddly gets their own right answer, never an error of ours, and the log is not filled by it.</summary>
public sealed class OddRequestsTests : AppTests
{
    private const string Close = "Connection: close\n";

    private static readonly (string Host, int Status)[] s_hosts =
    [
        ("x:99999", 400), ("xn--zzzz99999-.de", 400), ("xn--.de", 400), ("x:65536", 400), ("127.0.0.1:123456789012345678901", 400), ("", 400), ("[::1", 400), ("a b", 400), ("x/y", 400),
        ("user@x", 400), ("x?q", 400), ("..", 400), ("x:", 400), ("x:y", 400), ("x\ny: z", 200), ("[::1]:80", 200), ("inquiries.example.org", 200),
    ];

    private static readonly (string Request, int Status)[] s_without =
    [
        ("GET /inquiry HTTP/1.0\n\n", 200), ("GET /health/ready HTTP/1.0\n\n", 200), ("GET / HTTP/1.0\n\n", 302),
        ("GET /inquiry HTTP/1.1\nConnection: close\n\n", 400), ("GET /inquiry HTTP/1.1\nHost: a\nHost: b\nConnection: close\n\n", 400),
    ];

    private static readonly (string Line, int Status)[] s_lines =
    [
        ("GET /inquiry?%00=%ff HTTP/1.1", 200), ("GET /%00 HTTP/1.1", 400), ("GET //x:99999/ HTTP/1.1", 404),
        ("GET /status?t=%00%00&link=%00 HTTP/1.1", 302), ("GET /status?link=ffffffffffffffff HTTP/1.1", 404),
        ("GET /referral?link=.%00.. HTTP/1.1", 404), ("GET /inquiry?lang=%f0%9f&condition=%00&treatment=%e2%80%a8 HTTP/1.1", 200),
        ("OPTIONS * HTTP/1.1", 405), ("TRACE /inquiry HTTP/1.1", 405), ("GET http://x:99999/inquiry HTTP/1.1", 400),
        ("GET /treatments/%2e%2e/%00 HTTP/1.1", 400), ("GET /status/erased HTTP/1.1", 410), ("BREW /inquiry HTTP/1.1", 405),
    ];

    private static readonly string[] s_forms =
    [
        "/inquiry", "/status/add", "/status/link", "/status/correct/contact", "/referral/accept", "/referral/decline", "/referral/pause", "/unsubscribe",
    ];

    private static readonly (string Type, string Body)[] s_broken =
    [
        ("multipart/form-data; boundary=b", "--b\nContent-Disposition: form-data; name=\"message\"\n\nhalf"),
        ("multipart/form-data; boundary=b", "--b\nContent-Disposition"),
        ("multipart/form-data; boundary=b", "x"),
        ("multipart/form-data", "--b--\n"), ("application/x-www-form-urlencoded; charset=utf-7", "a=b"),
        ("multipart/form-data; boundary=" + new string('b', 200), "--b--\n"),
        ("application/x-www-form-urlencoded", string.Join('&', Enumerable.Range(0, 2000).Select(i => $"a{i}=1"))),
    ];

    [Fact]
    public async Task A_host_that_is_no_address_is_a_400_on_every_page()
    {
        await AssertAsync(s_hosts.SelectMany(h => new[] { "/inquiry", "/status/link", "/health/live" }.Select(
            path => ($"GET {path} HTTP/1.1\nHost: {h.Host}\n{Close}\n", h.Status))));
    }

    [Fact]
    public Task Without_a_host_an_old_client_is_answered_and_a_new_one_refused() => AssertAsync(s_without);

    [Fact]
    public Task An_odd_address_is_no_error_of_ours() => AssertAsync(s_lines.Select(l => ($"{l.Line}\nHost: 127.0.0.1\n{Close}\n", l.Status)));

    [Fact]
    public Task A_form_that_is_broken_is_a_400_that_says_so() => AssertAsync(
        s_forms.SelectMany(path => s_broken.Select(b =>
        {
            var length = b.Body.Replace("\n", "\r\n", StringComparison.Ordinal).Length;
            return ($"POST {path} HTTP/1.1\nHost: 127.0.0.1\nContent-Type: {b.Type}\nContent-Length: {length}\n{Close}\n{b.Body}", 400);
        })),
        "We could not read that");

    [Fact]
    public async Task A_page_and_a_program_read_why_the_host_was_refused()
    {
        var page = await RawRequest.SendAsync(App, $"GET /inquiry HTTP/1.1\nHost: x:99999\n{Close}\n");
        var program = await RawRequest.SendAsync(App, $"POST /api/inquiries HTTP/1.1\nHost: x:99999\nContent-Length: 0\n{Close}\n");

        Assert.Contains("This address cannot be read", page.Text, StringComparison.Ordinal);
        Assert.Contains("no-store", page.Text, StringComparison.Ordinal);
        Assert.Contains("The Host header of the request is no address.", program.Text, StringComparison.Ordinal);
        AssertNothingIsLogged();
    }

    [Fact]
    public async Task What_arrives_too_slowly_is_a_408_that_says_so()
    {
        await Task.WhenAll(new[] { "/inquiry", "/status/add", "/status/link", "/api/inquiries" }.Select(path =>
        {
            var isProgram = path.StartsWith("/api", StringComparison.Ordinal);
            var type = isProgram ? "application/json" : "application/x-www-form-urlencoded";
            return AssertAsync(
                [($"POST {path} HTTP/1.1\nHost: 127.0.0.1\nContent-Type: {type}\nContent-Length: 1000\n{Close}\nlink=1", 408)],
                isProgram ? "The body of the request arrived too slowly" : "That took too long");
        }));
    }

    [Fact]
    public async Task The_id_of_another_inquirys_form_is_taken_for_a_new_one()
    {
        await App.SubmitAsync(An.Inquiry());
        using var one = await OpenReferralOfAsync("MX-A");

        // Whose turn it is follows from numbers that may be some moments old.
        var second = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(second.Reference, InquiryState.Referred);
        var clinic = Assert.Single(await App.ReferralsAsync(second.Reference)).ClinicCode;
        using var other = await OpenReferralOfAsync(clinic, clinic == "MX-A" ? 2 : 1);
        var (id, asked) = (KeyValuePair.Create("id", Guid.NewGuid().ToString()), KeyValuePair.Create("question", "May I ask something?"));

        foreach (var visit in new[] { one, one, other, other })
        {
            Assert.Equal(HttpStatusCode.OK, (await visit.PressAsync("/referral/ask", asked, id)).Status);
        }

        await App.SettlesAsync();
        Assert.Equal(2, await App.NumberAsync("SELECT COUNT(*) FROM Note"));
        AssertNothingIsLogged();
    }

    [Fact]
    public async Task Every_status_a_program_can_get_has_its_title()
    {
        using var response = await App.PostAsync("{");
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("Bad Request", json.RootElement.GetProperty("title").GetString());
    }

    private async Task AssertAsync(IEnumerable<(string Request, int Status)> cases, string said = "")
    {
        foreach (var (request, status) in cases)
        {
            var answer = await RawRequest.SendAsync(App, request);
            Assert.True(answer.Status == status, $"{answer.Status} for {request[..Math.Min(request.Length, 200)]}");
            Assert.Contains(said, answer.Text, StringComparison.Ordinal);
        }

        AssertNothingIsLogged();
    }

    private void AssertNothingIsLogged() => Assert.DoesNotContain(
        App.Logs.Lines, l => l.StartsWith("Err", StringComparison.Ordinal) || l.StartsWith("Warning Microsoft", StringComparison.Ordinal)
            || l.Contains("Exception", StringComparison.Ordinal) || l.Contains("   at ", StringComparison.Ordinal));
}
