using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using InquiryRouter.Web.Console;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Console;

public sealed class AssetTests
{
    // As npm has them: htmx.org 4.0.1 (dist/htmx.min.js), @github/hotkey 3.1.4 and @github/combobox-nav 3.0.2 (dist/index.js).
    [Theory]
    [InlineData("htmx.js", "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130")]
    [InlineData("hotkey.js", "e84f471748ca94452cf51c5601a8610d28ec08a475cbf7f8f61da36851a67eb5")]
    [InlineData("combobox-nav.js", "43604aad0758257f2f78fcecf60c1805a1c60f3f2bfdb92554de4584fee0f2a5")]
    public void What_others_wrote_is_what_they_published(string name, string sha256) =>
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(ConsoleAssets.Bytes(name))));

    [Fact]
    public async Task Each_is_sent_once_and_then_only_when_it_is_another()
    {
        await using var app = await InquiryApp.StartAsync();
        using var nobody = new ConsoleBrowser(app);
        foreach (var name in ConsoleAssets.Names)
        {
            nobody.Http.DefaultRequestHeaders.Remove("If-None-Match");
            var first = (await nobody.GetAsync($"/console/assets/{name}")).Response;
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
            Assert.Contains(first.Content.Headers.ContentType!.MediaType!, (string[])["text/css", "text/javascript"]);

            nobody.Http.DefaultRequestHeaders.Add("If-None-Match", first.Headers.ETag!.ToString());
            Assert.Equal(HttpStatusCode.NotModified, (await nobody.GetAsync($"/console/assets/{name}")).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await nobody.GetAsync("/console/assets/nothing.js")).Status);
    }

    // Loaded when somebody asks for it first.
    private static readonly string[] s_later = ["palette.js", "combobox-nav.js", "passkeys.js"];

    // As they are sent; fifty-five kilobytes are left for the page itself, which is not compressed.
    [Fact]
    public void A_first_page_weighs_under_a_hundred_kilobytes() =>
        Assert.InRange(ConsoleAssets.Names.Except(s_later, StringComparer.Ordinal).Sum(n => Sent(ConsoleAssets.Bytes(n))), 10_000, 45_000);

    private static long Sent(byte[] bytes)
    {
        using var sent = new MemoryStream();
        using (var zip = new GZipStream(sent, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(bytes);
        }

        return sent.Length;
    }
}
