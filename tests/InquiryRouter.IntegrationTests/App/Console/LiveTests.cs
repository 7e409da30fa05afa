using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Web.Console.Live;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

/// <summary>
/// What a page that is open hears of its colleagues: who is there, what has changed, what is new, and that its session has
/// ended.
/// </summary>
public sealed class LiveTests : AppTests
{
    private LiveHub Hub => App.Services.GetRequiredService<LiveHub>();

    [Fact]
    public async Task Who_reads_and_who_writes_is_seen_by_colleagues_on_the_page_in_the_inbox_and_in_the_list()
    {
        var held = await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ana@operator.example");
        using var ben = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ben@operator.example");
        var name = await App.Database.ReadAsync(
            s => s.QuerySingleOrDefaultAsync<string>("SELECT Name FROM AppUser WHERE Mail = 'ana@operator.example'"));

        Assert.Equal(string.Empty, await PresentAsync(ana, held, "reading"));
        Assert.Equal($"{name} is reading", await PresentAsync(ben, held, "reading"));
        Assert.Contains($"{name} is reading", (await ben.GetAsync("/console")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"{name} is reading", (await ana.GetAsync("/console")).Text, StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.OK,
            (await ana.PostAsync($"{PathOf(held)}/drafts/note", new() { ["draft"] = "0", ["text"] = "Something." })).Status);
        Assert.Equal($"{name} is writing", await PresentAsync(ben, held, "reading"));
        Assert.Contains($"{name} is writing", (await ben.GetAsync("/console/list")).Text, StringComparison.Ordinal);

        await PresentAsync(ana, held, "left");
        Assert.Equal(string.Empty, await PresentAsync(ben, held, "reading"));
        await PresentAsync(ana, held, "reading");
        App.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(string.Empty, await PresentAsync(ben, held, "reading"));
    }

    [Fact]
    public async Task A_page_hears_that_its_inquiry_was_changed_and_by_whom_and_the_inbox_how_much_is_new()
    {
        var held = await HeldAsync();
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ana@operator.example");
        using var ben = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator, "ben@operator.example");
        await PresentAsync(ana, held, "reading");
        using var stream = await OpenAsync(ana);
        var first = await stream.NextAsync(App, m => m.TryGetProperty("inquiries", out var i) && i.TryGetProperty(held.Reference, out _));
        var line = first.GetProperty("inquiries").GetProperty(held.Reference).GetProperty("line").GetInt32();
        var newest = first.GetProperty("newest").GetInt64();

        var (path, fields) = (await ben.GetAsync(PathOf(held))).FormOf("/note");
        await ben.PostAsync(path, fields.Filled(("text", "A note that stands in no hint.")));
        var second = await HeldAsync();

        var told = await stream.NextAsync(
            App,
            m => m.TryGetProperty("inquiries", out var i) && i.TryGetProperty(held.Reference, out var one)
                && one.GetProperty("line").GetInt32() > line);
        Assert.DoesNotContain("stands in no hint", told.ToString(), StringComparison.Ordinal);
        var said = await JsonAsync(ana, $"{PathOf(held)}/changes?since={line}");
        Assert.Matches("^This inquiry was changed by .+ \\(.*noted.*\\)\\.$", said.GetProperty("text").GetString()!);
        Assert.Equal(string.Empty, (await JsonAsync(ana, $"{PathOf(held)}/changes?since=1000")).GetProperty("text").GetString());

        if (told.GetProperty("newest").GetInt64() == newest)
        {
            await stream.NextAsync(App, m => m.TryGetProperty("newest", out var n) && n.GetInt64() > newest);
        }

        Assert.Equal(1, (await JsonAsync(ana, $"/console/live/new?after={newest}")).GetProperty("count").GetInt64());
        Assert.Equal(0, (await JsonAsync(ana, $"/console/live/new?after={newest}&show=mine")).GetProperty("count").GetInt64());
        Assert.Equal(0, (await JsonAsync(ana, $"/console/live/new?after={newest}&kind=parked-message")).GetProperty("count").GetInt64());
        Assert.Contains(second.Reference, (await ana.GetAsync("/console")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_is_not_compressed_not_buffered_and_silent_only_for_a_quarter_of_a_minute()
    {
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        ana.Http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, br");
        using var stream = await OpenAsync(ana);
        var answer = stream.Answer;

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no", answer.Headers.GetValues("X-Accel-Buffering").Single());
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Empty(answer.Content.Headers.ContentEncoding);
        await App.Clock.UntilAsync(() => Task.FromResult(stream.Comments > 0), () => "a comment came", TimeSpan.FromMilliseconds(500));
    }

    [Theory]
    [InlineData("signed out")]
    [InlineData("idle")]
    public async Task It_keeps_no_session_alive_and_ends_with_it(string how)
    {
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        using var stream = await OpenAsync(ana);
        if (how == "signed out")
        {
            await ana.PostAsync("/console/sign-out");
        }
        else
        {
            App.Clock.Advance(SignInRules.LongestIdle);
        }

        await stream.NextAsync(App, m => m.TryGetProperty("ended", out _));
        await App.UntilAsync(() => Task.FromResult(stream.IsOver), "the stream is over");
        ana.Http.DefaultRequestHeaders.Add("HX-Request", "true");
        Assert.Equal(HttpStatusCode.Unauthorized, (await ana.GetAsync("/console/live")).Status);
    }

    [Fact]
    public async Task Two_hundred_streams_ask_no_more_than_one_and_nobody_asks_when_nobody_listens()
    {
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        var streams = new List<Listening>();
        for (var i = 0; i < 200; i++)
        {
            streams.Add(await OpenAsync(ana));
        }

        await App.UntilAsync(() => Task.FromResult(streams.All(s => s.Messages > 0)), "all were told how things stand");
        var (before, from) = (Hub.Questions, App.Now);
        await App.Clock.UntilAsync(
            () => Task.FromResult(App.Now - from > TimeSpan.FromSeconds(20)), () => "time passes", TimeSpan.FromMilliseconds(200));

        // One a second, and one in five seconds for whose session goes on.
        Assert.InRange(Hub.Questions - before, 10, ((App.Now - from).TotalSeconds * 1.2) + 3);
        streams.ForEach(s => s.Dispose());
        await App.UntilAsync(() => Task.FromResult(Hub.Seats == 0), "all have left");
        await App.Clock.UntilAsync(() => Task.FromResult(App.Now - from > TimeSpan.FromSeconds(25)), () => "time passes");
        before = Hub.Questions;
        App.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(before, Hub.Questions);
    }

    [Fact]
    public async Task The_program_stops_at_once_with_streams_open()
    {
        long began;
        ConsoleBrowser ana;
        Listening stream;
        await using (var app = await InquiryApp.StartAsync())
        {
            ana = await ConsoleBrowser.SignedInAsync(app, UserRoles.Coordinator);
            stream = await OpenAsync(ana);
            began = Stopwatch.GetTimestamp();
        }

        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(15));
        stream.Dispose();
        ana.Dispose();
    }

    [Fact]
    public async Task Who_may_see_no_inquiry_hears_of_none()
    {
        using var dan = await ConsoleBrowser.SignedInAsync(App, UserRoles.Admin);

        Assert.Equal(HttpStatusCode.Forbidden, (await dan.GetAsync("/console/live")).Status);
        using var eve = await ConsoleBrowser.SignedInAsync(App, UserRoles.Auditor);
        Assert.Equal(HttpStatusCode.Forbidden, (await eve.GetAsync("/console/live/new?after=0")).Status);
    }

    private static string PathOf(Submitted inquiry) => $"/console/inquiries/{inquiry.Reference}";

    private static Task<Listening> OpenAsync(ConsoleBrowser browser) => Listening.OpenAsync(browser);

    private static async Task<string> PresentAsync(ConsoleBrowser browser, Submitted inquiry, string state)
    {
        var answer = await browser.PostAsync($"{PathOf(inquiry)}/presence", new() { ["state"] = state });
        return answer.Status == HttpStatusCode.NoContent
            ? string.Empty : JsonDocument.Parse(answer.Html).RootElement.GetProperty("text").GetString()!;
    }

    private static async Task<JsonElement> JsonAsync(ConsoleBrowser browser, string path) =>
        JsonDocument.Parse((await browser.GetAsync(path)).Html).RootElement;

    private async Task<Submitted> HeldAsync()
    {
        var held = await App.SubmitAsync(An.Inquiry().With("patient.birthYear", 2015));
        await App.ReachesAsync(held.Reference, InquiryState.Held);
        await App.SettlesAsync();
        return held;
    }

    /// <summary>A stream that is read.</summary>
    private sealed class Listening : IDisposable
    {
        private readonly List<string> _messages = [];
        private readonly CancellationTokenSource _ends = new();
        private int _read;

        private Listening(HttpResponseMessage answer) => Answer = answer;

        public HttpResponseMessage Answer { get; }

        public int Comments { get; private set; }

        public bool IsOver { get; private set; }

        public int Messages
        {
            get
            {
                lock (_messages)
                {
                    return _messages.Count;
                }
            }
        }

        public static async Task<Listening> OpenAsync(ConsoleBrowser browser)
        {
            var answer = await browser.Http.GetAsync(new Uri("/console/live", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var listening = new Listening(answer);
            _ = Task.Run(listening.ReadAsync);
            return listening;
        }

        /// <summary>The next message that is so; those before it are passed over.</summary>
        public async Task<JsonElement> NextAsync(InquiryApp app, Func<JsonElement, bool> isSo)
        {
            JsonElement? found = null;
            await app.UntilAsync(
                () =>
                {
                    lock (_messages)
                    {
                        for (; found is null && _read < _messages.Count; _read++)
                        {
                            var message = JsonDocument.Parse(_messages[_read]).RootElement;
                            found = isSo(message) ? message : null;
                        }
                    }

                    return Task.FromResult(found is not null);
                },
                "a hint came");
            return found!.Value;
        }

        public void Dispose()
        {
            _ends.Cancel();
            Answer.Dispose();
            _ends.Dispose();
        }

        private async Task ReadAsync()
        {
            try
            {
                using var reader = new StreamReader(await Answer.Content.ReadAsStreamAsync(_ends.Token), Encoding.UTF8);
                while (await reader.ReadLineAsync(_ends.Token) is { } line)
                {
                    if (line.StartsWith("data: ", StringComparison.Ordinal))
                    {
                        lock (_messages)
                        {
                            _messages.Add(line["data: ".Length..]);
                        }
                    }
                    else if (line == ":")
                    {
                        Comments++;
                    }
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
            {
                // The end of it.
            }

            IsOver = true;
        }
    }
}
