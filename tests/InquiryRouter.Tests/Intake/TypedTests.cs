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

    /// <summary>What is typed with something that is not seen, what it is as a text, and what as an address or code.</summary>
    public static TheoryData<string, string?, string?> Invisible => new()
    {
        // At the ends nothing of it stays, whatever it is.
        { "\u200Eana@patient.example\u200E", "ana@patient.example", "ana@patient.example" },
        { "\u200F\u061CAna\u200F ", "Ana", "Ana" },
        { "\u200B \u2060Ana\uFEFF \u200C", "Ana", "Ana" },
        { "\u00ADAna\u00AD", "Ana", "Ana" },
        { "\u2800Ana\u2800", "Ana", "Ana" },
        { "\u3164Ana\uFFA0", "Ana", "Ana" },
        { "\u0301Ana", "Ana", "Ana" },
        { "\uFE0FAna", "Ana", "Ana" },
        { "\u200DAna\u200D", "Ana", "Ana" },
        { "\uFEFFMX", "MX", "MX" },

        // Inside, what means nothing goes everywhere.
        { "ana\u200B@patient.example", "ana@patient.example", "ana@patient.example" },
        { "a\u00ADn\u2060a\uFEFF@x.example", "ana@x.example", "ana@x.example" },
        { "A\u180En\u2061a", "Ana", "Ana" },
        { "A\u2067na\u2069", "Ana", "Ana" },
        { "A\u034Fna", "Ana", "Ana" },
        { "a\u200Cn\u200Da", "ana", "ana" },
        { "a\u206Ena", "ana", "ana" },
        { "김\u3164지우", "김지우", "김지우" },
        { "a\U000E0001na", "ana", "ana" },
        { "a\U000E0041na", "ana", "ana" },

        // Marks of direction have a meaning in a text only.
        { "ABC\u200E (عيادة)", "ABC\u200E (عيادة)", "ABC (عيادة)" },
        { "عيادة\u200F A", "عيادة\u200F A", "عيادة A" },

        // Joiners spell words in Persian, Urdu and the scripts of India.
        { "می\u200Cخواهم", "می\u200Cخواهم", "می\u200Cخواهم" },
        { "क्\u200Dष", "क्\u200Dष", "क्\u200Dष" },
        { "ന്\u200D", "ന്", "ന്" },
        { "නි\u200Dක්\u200Dර", "නි\u200Dක්\u200Dර", "නි\u200Dක්\u200Dර" },
        { "می\u200C خواهم", "می خواهم", "می خواهم" },
        { "info@نامه\u200Cای.example", "info@نامه\u200Cای.example", "info@نامه\u200Cای.example" },

        // They, variants and tags draw pictures.
        { "👩\u200D⚕\uFE0F ok", "👩\u200D⚕\uFE0F ok", "👩⚕ ok" },
        { "👨\u200D👩\u200D👧", "👨\u200D👩\u200D👧", "👨👩👧" },
        { "👩🏽\u200D🦽", "👩🏽\u200D🦽", "👩🏽🦽" },
        { "I ❤\uFE0F you", "I ❤\uFE0F you", "I ❤ you" },
        { "🏳\uFE0F\u200D🌈", "🏳\uFE0F\u200D🌈", "🏳🌈" },
        { "🏴\U000E0067\U000E0062\U000E007F", "🏴\U000E0067\U000E0062\U000E007F", "🏴" },
        { "葛\U000E0100城", "葛\U000E0100城", "葛城" },

        // Thai, Lao, Burmese and Khmer have no space where a line may break.
        { "ภาษา\u200Bไทย", "ภาษา\u200Bไทย", "ภาษาไทย" },
        { "ខ្ញុំ\u200Bឈឺ", "ខ្ញុំ\u200Bឈឺ", "ខ្ញុំឈឺ" },

        // A number of an Arabic text has a sign around it that is seen.
        { "\u0600١٢", "\u0600١٢", "\u0600١٢" },

        // Nothing visible is nothing.
        { "\u200B\u200B", null, null },
        { "\u3164", null, null },
        { "\u3164 \u3164", null, null },
        { "\u115F\u1160", null, null },
        { "\u0301", null, null },
        { " \u0301\u0308 ", null, null },
        { "\u00A0\u200F\u00A0", null, null },
        { "\u2800", null, null },
        { "\u17B4", null, null },
        { "\U0001D159", null, null },
        { "A\u2800B", "AB", "AB" },
        { "⠓⠊\u2800⠁", "⠓⠊\u2800⠁", "⠓⠊⠁" },
        { "\uFE0F", null, null },
        { "\u200D\u200C", null, null },
        { "\U000E0020", null, null },
    };

    [Theory]
    [MemberData(nameof(Invisible))]
    public void What_is_not_seen_stays_only_where_it_means_something(string typed, string? text, string? code)
    {
        Assert.Equal((text, text, code), (Typed.Line(typed), Typed.Lines(typed), Typed.Code(typed)));
        Assert.Equal((text, text, code), (Typed.Line(text), Typed.Lines(text), Typed.Code(code)));
    }

    [Theory]
    [InlineData("´", null)]
    [InlineData("\uE000", null)]
    [InlineData("\u0378", null)]
    [InlineData("Ana \uE000", "Ana \uE000")]
    [InlineData("`", null)]
    [InlineData(" ^ ¨ ", null)]
    [InlineData("O´Neil", "O´Neil")]
    [InlineData("-", "-")]
    [InlineData("X", "X")]
    [InlineData("王", "王")]
    [InlineData("😀", "😀")]
    public void An_accent_alone_is_no_name(string typed, string? name) => Assert.Equal(name, Typed.Line(typed));

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
    [InlineData("+1\u2009213\u202F373\u20034253", "+1 213 373 4253")]
    [InlineData("+1\u200B213\uFE0F", "+1213")]
    [InlineData("1\uFE0F\u20E32\uFE0F\u20E3", "12")]
    [InlineData("213\u2011373\u20134253", "213-373-4253")]
    [InlineData("＋１２", "+12")]
    [InlineData("\u2212५", "-5")]
    public void A_number_is_that_of_any_keyboard(string? typed, string? number) => Assert.Equal(number, Typed.Number(typed));
}
