using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace InquiryRouter.FaultTests.Support.Load;

/// <summary>Sites that post inquiries on a few connections, each waiting for its answer before the next.</summary>
internal sealed class Senders : IDisposable
{
    private const int Connections = 8;
    private readonly Uri _intake;
    private readonly Receipts _receipts;
    private readonly HttpClient _http;

    public Senders(Uri server, Receipts receipts)
    {
        _intake = new Uri(server, "/api/inquiries");
        _receipts = receipts;
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections }) { Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>Posts until it is stopped, <paramref name="most"/> inquiries are posted, or every connection has broken.</summary>
    /// <param name="most">How many at most; those without an answer come first, and come even if they are more.</param>
    /// <param name="pause">What each connection waits between two; zero: nothing.</param>
    /// <param name="stop">Ends it after the answers to what is on its way.</param>
    public async Task PostAsync(int most, TimeSpan pause, CancellationToken stop)
    {
        var left = most;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested && _receipts.Take(Interlocked.Decrement(ref left) >= 0) is { } posting)
                {
                    if (!await TryPostAsync(posting))
                    {
                        return;
                    }

                    await Task.Delay(pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            },
            CancellationToken.None)));
    }

    /// <summary>Posts everything that has no answer yet.</summary>
    public Task PostUnansweredAsync() => PostAsync(0, TimeSpan.Zero, CancellationToken.None);

    /// <summary>Posts some of the answered ones once more and compares the answers.</summary>
    /// <returns>How many.</returns>
    public async Task<int> PostAgainAsync(int most)
    {
        var answered = _receipts.Accepted.OrderByDescending(a => a.Value.Tries).Take(most).Select(a => new Posting(a.Key)).ToList();
        foreach (var posting in answered)
        {
            var (status, text) = await SendAsync(posting);
            if (status == HttpStatusCode.Accepted)
            {
                var (reference, statusUrl) = Read(text);
                _receipts.Compare(posting, reference, statusUrl);
            }
            else
            {
                _receipts.Refuse(posting, (int)status, text);
            }
        }

        return answered.Count;
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> TryPostAsync(Posting posting)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var (status, text) = await SendAsync(posting);
            if (status == HttpStatusCode.Accepted)
            {
                var (reference, statusUrl) = Read(text);
                _receipts.Accept(posting, reference, statusUrl, Stopwatch.GetElapsedTime(started));
            }
            else
            {
                _receipts.Refuse(posting, (int)status, text);
            }

            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            _receipts.Break(posting);
            return false;
        }
    }

    private async Task<(HttpStatusCode Status, string Text)> SendAsync(Posting posting)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _intake) { Content = new ByteArrayContent(posting.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Idempotency-Key", posting.IdempotencyKey);
        using var response = await _http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static (string Reference, string StatusUrl) Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return (document.RootElement.GetProperty("reference").GetString()!, document.RootElement.GetProperty("statusUrl").GetString()!);
    }
}
