using InquiryRouter.Core.Intake;

namespace InquiryRouter.Tests.Intake;

/// <summary>The one cleaning of what people type, as a table.</summary>
public sealed class TypedTests
{
    /// <summary>What is typed, what it is as one line, and as several lines with only what can be shown (null: nothing).</summary>
    public static TheoryData<string?, string?, string?> Cleaned => new()
    {
        { null, null, null },
        { "", null, null },
        { " \t\r\n\u00A0\u3000", null, null },
        { "  Ana  ", "Ana", "Ana" },
        { "\u00A0Ana\u2003", "Ana", "Ana" },
        { "Ana  María", "Ana  María", "Ana  María" },
        { "Jose\u0301", "José", "José" },
        { "a\ud800b", "a\uFFFDb", "a\uFFFDb" },
        { "a😀b", "a😀b", "a😀b" },
        { "\u202Eevil\u202C name", "evil name", "evil name" },
        { "\u202A \u202C", null, null },
        { "one\r\ntwo\rthree\nfour", "one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour" },
        { "uno\u2028dos\u2029tres\u0085é", "uno\u2028dos\u2029tres\u0085é", "uno\ndos\ntres\né" },
        { "a\tb", "a\tb", "a\tb" },
        { "a\u0007b\u001b[31m", "a\u0007b\u001b[31m", "ab[31m" },
        { "\u0007", "\u0007", null },
        { "\u0000 a", "\u0000 a", "a" },
    };

    [Theory]
    [MemberData(nameof(Cleaned))]
    public void What_is_typed_is_cleaned_and_what_is_clean_stays_as_it_is(string? typed, string? line, string? lines)
    {
        Assert.Equal(line, Typed.Line(typed));
        Assert.Equal(lines, Typed.Lines(typed, onlyShowable: true));
        Assert.Equal(line, Typed.Line(line));
        Assert.Equal(lines, Typed.Lines(lines, onlyShowable: true));
        Assert.True(lines is null || Typed.IsShowable(lines, lines: true));
    }

    [Theory]
    [InlineData("a\r\nb\u0007", "a\nb\u0007")]
    [InlineData(" a\r\r", "a")]
    public void Lines_keep_what_cannot_be_shown_for_a_field_to_refuse(string typed, string lines) =>
        Assert.Equal(lines, Typed.Lines(typed));

    [Theory]
    [InlineData("José 😀", true, true)]
    [InlineData("a\nb\tc", false, true)]
    [InlineData("a\rb", false, false)]
    [InlineData("a\u2028b", false, false)]
    [InlineData("a\u0007", false, false)]
    [InlineData("a\u0085", false, false)]
    public void A_control_character_cannot_be_shown(string text, bool asLine, bool asLines) =>
        Assert.Equal((asLine, asLines), (Typed.IsShowable(text), Typed.IsShowable(text, lines: true)));

    [Theory]
    [InlineData(null, null)]
    [InlineData(" \u200F ", null)]
    [InlineData(" 1984 ", "1984")]
    [InlineData("١٩٨٤", "1984")]
    [InlineData("۱۹۸۴", "1984")]
    [InlineData("\u2067١٥٬٠٠٠٫٥٠\u2069", "15,000.50")]
    [InlineData("\u202A+1 213\u202C", "+1 213")]
    [InlineData("٣،٥", "3,5")]
    public void A_number_is_that_of_any_keyboard(string? typed, string? number) => Assert.Equal(number, Typed.Number(typed));
}
