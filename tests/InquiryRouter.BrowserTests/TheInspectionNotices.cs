using InquiryRouter.BrowserTests.Support;
using Xunit;

namespace InquiryRouter.BrowserTests;

/// <summary>The inspection of pages can fail: pages with something wrong, and what it says of them.</summary>
public sealed class TheInspectionNotices(Chromium chromium)
{
    [Theory]
    [InlineData("<p style='color:#999'>Pale</p>", "color-contrast")]
    [InlineData("<label>Name</label><input name='name'>", "label")]
    [InlineData("<p><a href='#a' style='display:inline-block;font-size:8px'>a</a><a href='#b' style='display:inline-block;font-size:8px'>b</a></p>", "target-size")]
    [InlineData("<h3>Too deep</h3>", "heading-order")]
    [InlineData("<div style='inline-size:500px'>Wide</div>", "wider than the screen")]
    [InlineData("<p><button style='block-size:30px;inline-size:90px'>Low</button></p>", "smaller than 44 px")]
    public async Task What_is_wrong_with_a_page(string content, string said)
    {
        await using var inspector = await Inspector.CreateAsync(chromium);

        var problems = await inspector.InspectAsync(
            "wrong", "en", "http://wrong.example/",
            $"<!DOCTYPE html><html lang='en'><head><title>A page</title><meta name='viewport' content='width=device-width'></head><body><main><h1>A page</h1>{content}</main></body></html>");

        Assert.Contains(problems, p => p.Contains(said, StringComparison.Ordinal));
    }
}
