using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace InquiryRouter.FaultTests.Support.Canary;

/// <summary>Sends marked inquiries in every right and wrong way, and keeps what was answered.</summary>
internal sealed partial class CanaryVisitor : IDisposable
{
    private readonly HttpClient _http;

    public CanaryVisitor(Uri server) =>
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = server, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>References of those accepted by the API.</summary>
    public List<string> Accepted { get; } = [];

    /// <summary>Answers to errors, with their headers, addresses somebody was sent on to, what operators read: nothing of a patient may be in them.</summary>
    public List<(string What, string Text)> Answers { get; } = [];

    public static string Inquiry(string name, string mail, string message, Action<JsonObject>? change = null)
    {
        var inquiry = new JsonObject
        {
            ["patient"] = new JsonObject
            {
                ["name"] = name, ["email"] = mail, ["phone"] = "+14155550132", ["country"] = "US", ["language"] = "en", ["timeZone"] = "America/New_York", ["birthYear"] = 1984,
            },
            ["inquirer"] = new JsonObject { ["relation"] = "self" },
            ["condition"] = "lupus", ["conditionType"] = "sle", ["treatment"] = "stem-cell-therapy", ["cellSource"] = "any", ["destinations"] = new JsonArray("MX"),
            ["budget"] = new JsonObject { ["amount"] = 15000, ["currency"] = "USD" }, ["timeframe"] = "within-3-months", ["message"] = message,
            ["consent"] = new JsonObject { ["shareWithClinics"] = true, ["contact"] = true, ["marketing"] = false, ["textVersion"] = "2026-11" },
            ["source"] = new JsonObject { ["page"] = "https://www.example.org/canarypage", ["campaign"] = "Canarycampaign" },
        };
        change?.Invoke(inquiry);
        return inquiry.ToJsonString();
    }

    public async Task<HttpStatusCode> PostAsync(string body, string? key = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/inquiries") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (response.StatusCode == HttpStatusCode.Accepted)
        {
            using var json = JsonDocument.Parse(text);
            Accepted.Add(json.RootElement.GetProperty("reference").GetString()!);
        }

        // Also of a yes: a reference and a link.
        Answers.Add(($"answer {(int)response.StatusCode} of the API", response.Headers + text));
        return response.StatusCode;
    }

    public async Task GetAsync(string path)
    {
        using var response = await _http.GetAsync(path);
        Answers.Add(($"GET {path.Split('?')[0]}: {(int)response.StatusCode}", response.Headers + await response.Content.ReadAsStringAsync()));
    }

    /// <summary>Fills in the form; its page with the errors beside the fields shows what was typed, to who typed it: only its headers may not.</summary>
    public async Task<HttpStatusCode> SendFormAsync(string name, string mail, string message)
    {
        var page = await _http.GetStringAsync("/inquiry?condition=lupus&treatment=stem-cell-therapy");
        var fields = Hidden(page).Concat(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["patient.name"] = name, ["patient.email"] = mail, ["patient.country"] = "US", ["patient.language"] = "en", ["patient.timeZone"] = "America/New_York",
            ["patient.birthYear"] = "1984", ["inquirer.relation"] = "self", ["condition"] = "lupus", ["conditionType"] = "sle", ["treatment"] = "stem-cell-therapy", ["cellSource"] = "any",
            ["destinations"] = "MX", ["timeframe"] = "within-3-months", ["message"] = message, ["consent.shareWithClinics"] = "true", ["consent.contact"] = "true",
        }).GroupBy(f => f.Key, StringComparer.Ordinal).Select(g => g.Last());
        using var content = new FormUrlEncodedContent(fields);
        using var response = await _http.PostAsync("/inquiry", content);
        Answers.Add(($"headers of the form's answer {(int)response.StatusCode}", response.Headers.ToString()));
        return response.StatusCode;
    }

    /// <summary>A clinic opens the link of its mail and says no, with a remark of its own.</summary>
    public async Task<bool> DeclineAsync(Uri link)
    {
        var page = await FollowAsync(link);
        if (DeclineForm().Match(page) is not { Success: true } form)
        {
            return false;
        }

        using var content = new FormUrlEncodedContent([.. Hidden(form.Groups["body"].Value), new("reason", "other"), new("remark", "Canaryremark")]);
        using var response = await _http.PostAsync(WebUtility.HtmlDecode(form.Groups["action"].Value), content);
        Answers.Add(("headers of the clinic's answer", response.Headers.ToString()));
        return response.StatusCode is HttpStatusCode.OK or HttpStatusCode.SeeOther or HttpStatusCode.Found;
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> FollowAsync(Uri link)
    {
        for (var steps = 0; ; steps++)
        {
            using var response = await _http.GetAsync(link);
            if (response.Headers.Location is not { } next || steps > 5)
            {
                return await response.Content.ReadAsStringAsync();
            }

            link = new Uri(link, next);
            Answers.Add(("address a link leads on to", link.AbsoluteUri));
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Hidden(string html) => HiddenField().Matches(html).Select(m => KeyValuePair.Create(
        WebUtility.HtmlDecode(NameOf().Match(m.Value).Groups["it"].Value), WebUtility.HtmlDecode(ValueOf().Match(m.Value).Groups["it"].Value)));

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HiddenField();

    [GeneratedRegex("name=\"(?<it>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameOf();

    [GeneratedRegex("value=\"(?<it>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ValueOf();

    [GeneratedRegex("<form[^>]*action=\"(?<action>[^\"]*decline[^\"]*)\"[^>]*>(?<body>.*?)</form>", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DeclineForm();
}
