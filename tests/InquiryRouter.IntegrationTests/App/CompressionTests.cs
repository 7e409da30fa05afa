using Xunit;

namespace InquiryRouter.IntegrationTests.App;

public sealed class CompressionTests : AppTests
{
    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task What_is_the_same_for_everybody_is_compressed_and_what_stands_behind_a_link_is_not(string encoding)
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var browser = App.NewBrowser();
        browser.DefaultRequestHeaders.Add("Accept-Encoding", encoding);

        using var form = await browser.GetAsync("/inquiry?condition=lupus");
        using var sheet = await browser.GetAsync("/site.css");
        using var status = await browser.GetAsync(new Uri(submitted.StatusUrl));
        using var content = new FormUrlEncodedContent([]);
        using var answer = await browser.PostAsync("/inquiry", content);

        Assert.All(new[] { form, sheet }, r => Assert.Equal([encoding], r.Content.Headers.ContentEncoding));
        Assert.All(new[] { form, sheet }, r => Assert.Contains("Accept-Encoding", r.Headers.Vary));
        Assert.All(new[] { status, answer }, r => Assert.Empty(r.Content.Headers.ContentEncoding));
    }
}
