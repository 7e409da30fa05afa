using System.Text;
using InquiryRouter.Infrastructure.Brands;

namespace InquiryRouter.Tests.Brands;

/// <summary>Logos and texts of one's own, as they lie on a disk.</summary>
public sealed class BrandFileTests : IDisposable
{
    private const string Begins = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 240.5 60\">";

    private readonly string _directory = Directory.CreateTempSubdirectory("inquiryrouter-brand-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_drawing_is_taken_as_it_is()
    {
        var svg = $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- drawn by hand -->
            {Begins}
              <title>Example Health</title>
              <style>.a {"{ fill: url(#g) }"}</style>
              <metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about="" /></metadata>
              <defs><linearGradient id="g"><stop offset="0" stop-color="#0a567c" /></linearGradient><path id="p" d="M0 0h10v10z" /></defs>
              <use xlink:href="#p" class="a" style="clip-path: url('#g')" />
            </svg>
            """;

        var logo = BrandLogo.Read(Write("logo.svg", svg));

        Assert.Equal(("image/svg+xml", 241, 60, ".svg"), (logo.ContentType, logo.Width, logo.Height, logo.Extension));
        Assert.Equal(svg, Encoding.UTF8.GetString(logo.Bytes));
        Assert.NotEqual(logo.Tag, BrandLogo.Read(Write("other.svg", svg + " ")).Tag);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", "<script>")]
    [InlineData("<foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\">x</p></foreignObject>", "<foreignObject>")]
    [InlineData("<script xmlns=\"http://www.w3.org/1999/xhtml\">alert(1)</script>", "<script>")]
    [InlineData("<rect onload=\"alert(1)\" />", "onload=")]
    [InlineData("<rect ONCLICK=\"alert(1)\" />", "ONCLICK=")]
    [InlineData("<image href=\"https://elsewhere.example/x.png\" />", "<image>")]
    [InlineData("<use href=\"https://elsewhere.example/x.svg#a\" />", "href")]
    [InlineData("<use xlink:href=\"data:image/svg+xml,x\" />", "href")]
    [InlineData("<a href=\"javascript:alert(1)\"><rect /></a>", "<a>")]
    [InlineData("<animate attributeName=\"href\" values=\"javascript:alert(1)\" />", "<animate>")]
    [InlineData("<set attributeName=\"onload\" to=\"alert(1)\" />", "<set>")]
    [InlineData("<style>@import url(https://elsewhere.example/x.css);</style>", "style")]
    [InlineData("<style>rect { fill: url(https://elsewhere.example/x.svg#a) }</style>", "style")]
    [InlineData("<style>rect { fill: u\\72l(https://elsewhere.example/) }</style>", "style")]
    [InlineData("<rect style=\"fill: url( 'https://elsewhere.example/x#a' )\" />", "style")]
    [InlineData("<rect fill=\"url(//elsewhere.example/x#a)\" />", "style")]
    [InlineData("<?xml-stylesheet href=\"https://elsewhere.example/x.css\"?>", "<?")]
    public void What_does_more_than_draw_is_refused(string content, string why)
    {
        var exception = Assert.Throws<BrandFileException>(() => BrandLogo.Read(Write("logo.svg", $"{Begins}<rect width=\"1\" height=\"1\" />{content}</svg>")));

        Assert.Contains(why, exception.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("<!DOCTYPE svg [<!ENTITY a \"aaaa\">]><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\">&a;</svg>", "DOCTYPE")]
    [InlineData("<svg viewBox=\"0 0 1 1\"></svg>", "neither SVG nor PNG")]
    [InlineData("<html xmlns=\"http://www.w3.org/1999/xhtml\"></html>", "neither SVG nor PNG")]
    [InlineData("GIF89a", "well-formed")]
    [InlineData("", "empty")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>", "viewBox")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 0 1\"></svg>", "viewBox")]
    public void What_is_no_logo_is_refused(string content, string why) =>
        Assert.Contains(why, Assert.Throws<BrandFileException>(() => BrandLogo.Read(Write("logo.svg", content))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_picture_of_pixels_says_how_large_it_is()
    {
        byte[] png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 1, 0x2c, 0, 0, 0, 100, 8, 6, 0, 0, 0, 0, 0, 0, 0];
        var file = Path.Combine(_directory, "logo.png");
        File.WriteAllBytes(file, png);
        var logo = BrandLogo.Read(file);
        Assert.Equal(("image/png", 300, 100), (logo.ContentType, logo.Width, logo.Height));

        File.WriteAllBytes(file, png[..20]);
        Assert.Throws<BrandFileException>(() => BrandLogo.Read(file));
        png[16] = 1;
        File.WriteAllBytes(file, png);
        Assert.Contains("pixels", Assert.Throws<BrandFileException>(() => BrandLogo.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_slow_phones_would_wait_for_is_refused() => Assert.Contains(
        "64 KB is the most",
        Assert.Throws<BrandFileException>(() => BrandLogo.Read(Write("logo.svg", $"{Begins}<title>{new string('x', 64 * 1024)}</title></svg>"))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_text_is_read_in_the_readers_language_where_there_is_one()
    {
        Write("privacy.es.txt", "# Sus datos\nLos guardamos.");
        var text = BrandText.Read(Write("privacy.txt", "\uFEFF# Your data\r\n\r\nWe keep\r\nthem.\r\n\r\n- sealed\r\n- two years\r\n# Questions\r\nAsk us."));

        Assert.Null(text.LinkFor("en"));
        Assert.Equal(
            [
                (TextBlockKind.Heading, "Your data"), (TextBlockKind.Paragraph, "We keep|them."), (TextBlockKind.List, "sealed|two years"),
                (TextBlockKind.Heading, "Questions"), (TextBlockKind.Paragraph, "Ask us."),
            ],
            text.For("ar")!.Select(b => (b.Kind, string.Join('|', b.Lines))));
        Assert.Equal("Sus datos", text.For("es")![0].Lines[0]);
    }

    [Fact]
    public void An_address_may_have_a_place_for_the_readers_language()
    {
        var text = BrandText.Read("https://www.example.org/{lang}/privacy");

        Assert.Equal("https://www.example.org/ar/privacy", text.LinkFor("ar"));
        Assert.Null(text.For("ar"));
    }

    [Theory]
    [InlineData("ftp://example.org/x", "no address of the web")]
    [InlineData("privacy.pdf", "neither an address nor a .txt file")]
    [InlineData("none.txt", "cannot be read")]
    public void What_is_no_text_is_refused(string setting, string why) => Assert.Contains(
        why,
        Assert.Throws<BrandFileException>(() => BrandText.Read(setting.EndsWith(".txt", StringComparison.Ordinal) ? Path.Combine(_directory, setting) : setting)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_text_in_another_encoding_is_refused()
    {
        var file = Path.Combine(_directory, "privacy.txt");
        File.WriteAllBytes(file, [0x44, 0xf1, 0x6f]);

        Assert.Contains("UTF-8", Assert.Throws<BrandFileException>(() => BrandText.Read(file)).Message, StringComparison.Ordinal);
    }

    private string Write(string name, string content)
    {
        var file = Path.Combine(_directory, name);
        File.WriteAllText(file, content);
        return file;
    }
}
