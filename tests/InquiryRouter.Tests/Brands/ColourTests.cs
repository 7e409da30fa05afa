using System.Text.RegularExpressions;
using InquiryRouter.Infrastructure.Brands;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Brands;

/// <summary>Colours that can be told apart, also on a dark screen.</summary>
public sealed class ColourTests
{
    private static readonly string s_sheet = File.ReadAllText(Path.Combine(Repository.Root, "src/InquiryRouter.Web/Pages/site.css"));

    [Theory]
    [InlineData("#000000", "#ffffff", 21)]
    [InlineData("#777777", "#ffffff", 4.48)]
    [InlineData("#0a567c", "#fff", 8.0)]
    [InlineData("#ffcc00", "#ffffff", 1.5)]
    public void Contrast_is_that_of_WCAG(string one, string other, double ratio)
    {
        Assert.True(Colour.TryParse(one, out var first) & Colour.TryParse(other, out var second));

        Assert.Equal(ratio, first.Contrast(second), tolerance: 0.05);
        Assert.Equal(first.Contrast(second), second.Contrast(first));
    }

    [Theory]
    [InlineData("0a567c")]
    [InlineData("#0a567")]
    [InlineData("#0a567g")]
    [InlineData("blue")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_colour_is_refused(string? text) => Assert.False(Colour.TryParse(text, out _));

    [Fact]
    public void The_shipped_colours_are_those_of_the_style_sheet_and_can_be_read_on_all_of_its_grounds()
    {
        var (day, night) = (Values(s_sheet[..s_sheet.IndexOf("@media", StringComparison.Ordinal)]), Values(s_sheet[s_sheet.IndexOf("@media", StringComparison.Ordinal)..]));

        Assert.Equal((BrandColours.Shipped.Action, BrandColours.Shipped.Accent), (day["action"], day["accent"]));
        Assert.Equal((BrandColours.Shipped.DarkAction, BrandColours.Shipped.DarkAccent), (night["action"], night["accent"]));
        Assert.Equal((day["action"], night["action"]), (day["link"], night["link"]));
        Assert.Superset(GroundsOf(day), BrandColours.Grounds.ToHashSet());
        Assert.Superset(GroundsOf(night), BrandColours.DarkGrounds.ToHashSet());
        Assert.True(BrandColours.Shipped.Action.Contrast(BrandColours.Grounds) >= BrandColours.LeastOfWords);
        Assert.True(BrandColours.Shipped.Accent.Contrast(BrandColours.Grounds) >= BrandColours.LeastOfLines);
        Assert.True(BrandColours.Shipped.DarkAction.Contrast(BrandColours.DarkGrounds) >= BrandColours.LeastOfWords);
        Assert.True(BrandColours.Shipped.DarkAccent.Contrast(BrandColours.DarkGrounds) >= BrandColours.LeastOfLines);
        Assert.Equal(string.Empty, BrandColours.Of(null, null).StyleSheet());
    }

    [Theory]
    [InlineData("#7a1f2b")]
    [InlineData("#000000")]
    [InlineData("#004d40")]
    public void A_colour_for_daylight_is_made_lighter_for_a_dark_screen(string text)
    {
        Assert.True(Colour.TryParse(text, out var colour));

        var colours = BrandColours.Of(colour, colour);

        Assert.Equal((colour, colour), (colours.Action, colours.Accent));
        Assert.True(colours.DarkAction.Contrast(BrandColours.DarkGrounds) >= 7);

        // What is written on a dark screen's buttons.
        Assert.True(colours.DarkAction.Contrast(new Colour(0x0c, 0x1a, 0x22)) >= 4.5);
        Assert.True(colours.DarkAccent.Contrast(BrandColours.DarkGrounds) >= 4.5);
        Assert.Contains($"--action: {text}; --accent: {text};", colours.StyleSheet(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_colour_that_is_suggested_would_be_taken()
    {
        Assert.True(Colour.TryParse("#ffcc00", out var yellow));

        Assert.True(BrandColours.Suggested(yellow, BrandColours.LeastOfWords).Contrast(BrandColours.Grounds) >= BrandColours.LeastOfWords);
    }

    private static Dictionary<string, Colour> Values(string sheet) =>
        Regex.Matches(sheet[..sheet.IndexOf("--halo", StringComparison.Ordinal)], "--(?<name>[a-z-]+): (?<value>#[0-9a-f]+);", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5))
            .ToDictionary(m => m.Groups["name"].Value, m => Colour.TryParse(m.Groups["value"].Value, out var colour) ? colour : throw new FormatException(m.Value), StringComparer.Ordinal);

    private static HashSet<Colour> GroundsOf(Dictionary<string, Colour> values) =>
        [.. values.Where(v => v.Key is "ground" or "raised" || v.Key.EndsWith("-ground", StringComparison.Ordinal)).Select(v => v.Value)];
}
