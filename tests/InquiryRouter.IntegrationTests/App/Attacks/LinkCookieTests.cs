using System.Net;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Attacks;

/// <summary>A browser keeps few links, and only those that open something.</summary>
public sealed class LinkCookieTests : AppTests
{
    [Theory]
    [InlineData("/status")]
    [InlineData("/referral")]
    [InlineData("/referral/list")]
    [InlineData("/unsubscribe")]
    public async Task A_link_that_opens_nothing_sets_no_cookie(string path)
    {
        foreach (var token in new[] { "nothing", AccessLinkStore.NewToken(), new string('x', 100), new string('x', 101), "%00", "a;b=c" })
        {
            using var response = await App.Http.GetAsync($"{path}?t={token}");
            Assert.False(response.Headers.Contains("Set-Cookie"));
            using var followed = await App.Http.GetAsync(response.Headers.Location ?? new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, followed.StatusCode);
        }
    }

    [Fact]
    public async Task Of_many_links_the_oldest_makes_room_and_all_are_under_2_KB()
    {
        var jar = new Dictionary<string, string>(StringComparer.Ordinal);
        var inquiry = (await App.InquiryAsync((await App.SubmitAsync(An.Inquiry())).Reference)).Id;
        var names = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            var token = AccessLinkStore.NewToken();
            await App.Database.WriteAsync(tx => AccessLinkStore.AddAsync(
                tx, AccessLinkStore.Hash(token), LinkPurpose.Unsubscribe, inquiry.Value, AccessLinkStore.StatusLifetime));
            App.Clock.Advance(TimeSpan.FromSeconds(2));
            names.Add((await VisitAsync(jar, $"/unsubscribe?t={token}")).Split("link=")[1]);
            Assert.InRange(Header(jar).Length, 0, 2048);
        }

        Assert.Equal(20, jar.Count);
        Assert.Equal(names[^20..].Select(n => $"ir-Unsubscribe-{n}").Order(StringComparer.Ordinal), jar.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task After_an_erasure_nothing_of_the_link_is_left_in_the_browser()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        var cookies = new CookieContainer();
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = App.Settings.PublicUrl };
        using var opened = await browser.GetAsync(new Uri(submitted.StatusUrl));
        var link = (await Page.OfAsync(opened)).Hidden("link")!;
        Assert.Equal(1, cookies.Count);

        using var content = new FormUrlEncodedContent([KeyValuePair.Create("link", link)]);
        using var erased = await browser.PostAsync("/status/erase", content);

        Assert.Equal(HttpStatusCode.Gone, erased.StatusCode);
        Assert.Contains("Everything was erased", (await Page.OfAsync(erased)).Text, StringComparison.Ordinal);
        Assert.Equal(0, cookies.Count);
        using var again = await browser.GetAsync(new Uri(submitted.StatusUrl));
        Assert.Equal((HttpStatusCode.Gone, 0), (again.StatusCode, cookies.Count));
    }

    private async Task<string> VisitAsync(Dictionary<string, string> jar, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (jar.Count > 0)
        {
            request.Headers.Add("Cookie", Header(jar));
        }

        using var response = await App.Http.SendAsync(request);
        foreach (var cookie in response.Headers.GetValues("Set-Cookie"))
        {
            var (name, value) = (cookie.Split('=')[0], cookie.Split('=')[1].Split(';')[0]);
            if (value.Length == 0)
            {
                jar.Remove(name);
            }
            else
            {
                jar[name] = value;
            }
        }

        return response.Headers.Location!.OriginalString;
    }

    private static string Header(Dictionary<string, string> jar) => string.Join("; ", jar.Select(c => $"{c.Key}={c.Value}"));
}
