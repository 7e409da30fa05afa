using System.Net;
using System.Text.RegularExpressions;
using RegexMatch = System.Text.RegularExpressions.Match;
using InquiryRouter.Benchmarks.Server;

namespace InquiryRouter.Benchmarks.Pages;

/// <summary>Somebody who is signed in to the console: keeps cookies, follows redirects, and comes from the same site.</summary>
internal sealed partial class ConsoleVisitor : IDisposable
{
    public const string Home = "/console";
    private static readonly TimeSpan SignInLimit = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http;

    public ConsoleVisitor(Uri address)
    {
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(),
            AutomaticDecompression = DecompressionMethods.None })
        {
            BaseAddress = address, Timeout = TimeSpan.FromMinutes(2),
        };
        _http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
    }

    /// <summary>By the link that a start in Development prints.</summary>
    public async Task SignInAsync(string log, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(SignInLimit);
        RegexMatch link;
        while (!(link = Link().Match(await ReadAsync(log, limit.Token))).Success)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
        }

        var page = await TextAsync(link.Value, cancel);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("link", Hidden().Match(page).Groups["value"].Value)]);
        using var answer = await _http.PostAsync(new Uri("/console/demo", UriKind.Relative), form, cancel);
        if (!(await TextAsync(Home, cancel)).Contains("/console/list", StringComparison.Ordinal))
        {
            throw new ServerFailedException($"The one-time link did not sign in ({(int)answer.StatusCode}).");
        }
    }

    public Task<string> TextAsync(string url, CancellationToken cancel) => _http.GetStringAsync(new Uri(url, UriKind.Relative), cancel);

    /// <returns>The text of a page, or null: it is none, or cannot be seen.</returns>
    public async Task<string?> TryTextAsync(string url, CancellationToken cancel)
    {
        using var answer = await _http.GetAsync(new Uri(url, UriKind.Relative), cancel);
        return answer.IsSuccessStatusCode && answer.Content.Headers.ContentType?.MediaType == "text/html"
            ? await answer.Content.ReadAsStringAsync(cancel) : null;
    }

    /// <returns>How many bytes came.</returns>
    public async Task<long> GetAsync(string url, CancellationToken cancel)
    {
        using var answer = await _http.GetAsync(new Uri(url, UriKind.Relative), cancel);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadAsByteArrayAsync(cancel)).Length;
    }

    /// <summary>Types something into the search; the page of what was found is asked for as well.</summary>
    public Task<long> SearchAsync(string term, CancellationToken cancel) =>
        PostAsync("/console/search", [KeyValuePair.Create("term", term)], cancel);

    /// <summary>Takes the numbers of a report out as a file.</summary>
    /// <param name="url">Of the report's page.</param>
    /// <param name="cancel">Ends it.</param>
    public Task<long> TakeOutAsync(string url, CancellationToken cancel)
    {
        var parts = url.Split('?', 2);
        var name = parts[0][(parts[0].LastIndexOf('/') + 1)..];
        var report = name switch { "reports" => "Leads", "no-match" => "NoMatch", _ => name };
        var query = parts.Length == 1 ? string.Empty : $"?{parts[1]}";
        return PostAsync(
            "/console/reports/csv", [KeyValuePair.Create("report", report), KeyValuePair.Create("query", query)], cancel);
    }

    /// <summary>Everything a first visit transfers: the page with style and scripts.</summary>
    public async Task<PageResult> FirstVisitAsync(CancellationToken cancel)
    {
        var page = await TextAsync(Home, cancel);
        var bytes = (long)System.Text.Encoding.UTF8.GetByteCount(page);
        foreach (var asset in Asset().Matches(page).Select(m => m.Groups["value"].Value).Distinct(StringComparer.Ordinal))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(asset, UriKind.Relative));
            request.Headers.AcceptEncoding.ParseAdd("br, gzip");
            using var answer = await _http.SendAsync(request, cancel);
            bytes += (await answer.Content.ReadAsByteArrayAsync(cancel)).Length;
        }

        return new PageResult("first visit: the inbox with style and scripts", 1, 0, 0, 0, bytes);
    }

    public Task<Stream> StreamAsync(string url, CancellationToken cancel) => _http.GetStreamAsync(new Uri(url, UriKind.Relative), cancel);

    public void Dispose() => _http.Dispose();

    private async Task<long> PostAsync(string url, KeyValuePair<string, string>[] fields, CancellationToken cancel)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await _http.PostAsync(new Uri(url, UriKind.Relative), form, cancel);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadAsByteArrayAsync(cancel)).Length;
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancel)
    {
        // The server is still writing it.
        await using var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancel);
    }

    [GeneratedRegex(@"/console/demo\?t=[A-Za-z0-9_-]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("""name="link" value="(?<value>[^"]+)""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Hidden();

    [GeneratedRegex("""(?:src|href)="(?<value>/console/assets/[^"]+)""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Asset();
}
