using System.Net;
using InquiryRouter.IntegrationTests.App.Status;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Attacks;

/// <summary>Whoever asks for very much gets a short no, and everybody else is served.</summary>
public sealed class FloodTests : StatusTests
{
    [Fact]
    public async Task Pages_of_one_sender_are_limited_and_what_is_sent_is_not()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup().With("Intake:PermitsPerMinute", "2"));
        for (var i = 0; i < 40; i++)
        {
            using var page = await app.Http.GetAsync("/inquiry");
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }

        foreach (var path in new[] { "/inquiry", "/status", "/status/link", "/treatments", "/nowhere" })
        {
            using var refused = await app.Http.GetAsync(path);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
            Assert.InRange((await refused.Content.ReadAsByteArrayAsync()).Length, 1, 1000);
        }

        foreach (var path in new[] { "/health/live", "/site.css" })
        {
            using var answered = await app.Http.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        }

        await app.SubmitAsync(An.Inquiry());
        Assert.Contains(app.Logs.Lines, l => l.StartsWith("Information InquiryRouter.Security: A limit was hit (pages-of-a-sender)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_at_once_are_served_or_told_when_to_come_again()
    {
        using var crowd = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 400 }) { BaseAddress = App.Settings.PublicUrl };
        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(async _ =>
        {
            using var answer = await crowd.GetAsync("/inquiry");
            return (answer.StatusCode, answer.Headers.RetryAfter);
        }));

        Assert.All(answers, a => Assert.True(a is (HttpStatusCode.OK, null) or (HttpStatusCode.ServiceUnavailable, not null), $"{a}"));
        Assert.Contains(answers, a => a.StatusCode == HttpStatusCode.OK);
        using var after = await App.Http.GetAsync("/inquiry");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Theory]
    [InlineData(3900)]
    [InlineData(10)]
    public async Task What_a_patient_adds_has_an_end(int length)
    {
        var submitted = await AskedAsync();
        using var visit = await OpenAsync(submitted);
        var added = 0;
        for (; added < 60; added++)
        {
            var page = await visit.PressStaleAsync("/status/add", ("information", $"{added} " + new string('x', length)), ("once", $"{added}"));
            if (page.Status == HttpStatusCode.BadRequest)
            {
                Assert.Contains("You have added a great deal already", page.Text, StringComparison.Ordinal);
                break;
            }
        }

        Assert.InRange(added, 20, 50);
        Assert.InRange((await visit.LookAsync()).Page.Html.Length, 1, 200_000);
        await AssertWholeAsync(submitted);
    }
}
