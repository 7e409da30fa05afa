using InquiryRouter.Core.Mail;

namespace InquiryRouter.Tests.Mail;

/// <summary>What a stranger typed as a name, as a mail says it.</summary>
public sealed class MailNamesTests
{
    [Theory]
    [InlineData("Ana Example", "Ana Example")]
    [InlineData("  Ana\tMaría   de la Cruz-O’Neill ", "Ana María de la Cruz-O’Neill")]
    [InlineData("Dr.Smith", "Dr. Smith")]
    [InlineData("J. R. R. Tolkien", "J. R. R. Tolkien")]
    [InlineData("محمد بن عبد الله", "محمد بن عبد الله")]
    [InlineData("नरेंद्र मोदी", "नरेंद्र मोदी")]
    [InlineData("王小明", "王小明")]
    [InlineData("Smith, Jane", "Smith, Jane")]
    [InlineData("J.R.R. Tolkien", "J.R.R. Tolkien")]
    [InlineData("María de los Ángeles Fernández de la Vega y Ruiz de Castro", "María de los Ángeles Fernández de la Vega y Ruiz de Castro")]
    [InlineData("see https://evil.example/x?y=1", "")]
    [InlineData("Free money www.evil.example", "")]
    [InlineData("mail@evil.example", "")]
    [InlineData("Call 1-900-555-0123 to claim prize", "")]
    [InlineData("t.me/evilchan", "")]
    [InlineData("You won $ now!", "")]
    [InlineData("Ana\r\n\r\nBcc: x", "")]
    [InlineData("Ana\r\n\r\nBcc", "Ana Bcc")]
    [InlineData("Ana\u2028Bea\u2029Eva\u0085Zoe", "Ana Bea Eva Zoe")]
    [InlineData("Ana\u202Egnp.exe", "")]
    [InlineData("<b>Ana</b>", "")]
    [InlineData("\u200B\u2060", "")]
    [InlineData("123 456", "")]
    [InlineData("💰💰 Ana", "Ana")]
    [InlineData("a b c d e f g h i j k l m n", "a b c d e f g h i j k l…")]
    public void It_is_one_line_of_words_without_links_or_numbers(string typed, string said) => Assert.Equal(said, MailNames.Line(typed));

    [Theory]
    [InlineData(200, 1)]
    [InlineData(61, 1)]
    [InlineData(30, 12)]
    public void It_is_short(int letters, int words)
    {
        var line = MailNames.Line(string.Join(' ', Enumerable.Repeat(new string('x', letters), words)));

        Assert.InRange(line.Length, 1, MailNames.Longest + 1);
        Assert.EndsWith("…", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_letter_and_what_belongs_to_it_are_not_cut_apart() =>
        Assert.EndsWith("e\u0301…", MailNames.Line(string.Concat(Enumerable.Repeat("e\u0301", 100))), StringComparison.Ordinal);
}
