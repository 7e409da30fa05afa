using InquiryRouter.Infrastructure.Mail;

namespace InquiryRouter.Tests.Mail;

public sealed class EmailRulesTests
{
    [Theory]
    [InlineData("ana@example.org")]
    [InlineData("ana.maria+lupus@mail.example.co.uk")]
    [InlineData("o'brien@example.org")]
    [InlineData("a@b.co")]
    [InlineData("ana@xn--bcher-kva.example")]
    [InlineData("a-b_c@example-site.org")]
    public void An_ordinary_address_is_taken_as_it_is(string address) => Assert.Equal(address, Normal(address));

    [Fact]
    public void Only_the_domain_is_put_in_lower_case() => Assert.Equal("Ana.B@example.org", Normal("Ana.B@EXAMPLE.Org"));

    [Theory]
    [InlineData("")]
    [InlineData("ana")]
    [InlineData("@example.org")]
    [InlineData("ana@")]
    [InlineData("ana@example")]
    [InlineData("ana@@example.org")]
    [InlineData("ana@example.org@example.com")]
    [InlineData("ana@.example.org")]
    [InlineData("ana@example.org.")]
    [InlineData("ana@example..org")]
    [InlineData("ana@-example.org")]
    public void What_is_no_address_is_refused(string typed) => Assert.Null(Normal(typed));

    [Theory]
    [InlineData("ana@localhost")]
    [InlineData("ana@[127.0.0.1]")]
    [InlineData("ana@[IPv6:::1]")]
    [InlineData("ana@127.0.0.1")]
    public void What_leads_to_a_machine_of_ours_is_refused(string typed) => Assert.Null(Normal(typed));

    [Theory]
    [InlineData("-f@example.org")]
    [InlineData("-oQ/tmp@example.org")]
    public void What_a_mail_program_could_take_for_an_option_is_refused(string typed) => Assert.Null(Normal(typed));

    [Theory]
    [InlineData("ana@example.org\r\nBcc: eve@example.org")]
    [InlineData("ana\n@example.org")]
    [InlineData("ana\0@example.org")]
    [InlineData("ana@exam\tple.org")]
    [InlineData("ana\u007F@example.org")]
    [InlineData("ana \u00A0@example.org")]
    public void Control_characters_and_spaces_are_refused(string typed) => Assert.Null(Normal(typed));

    [Theory]
    [InlineData("Ana <ana@example.org> Eve <eve@example.org>")]
    [InlineData("Ana <ana@example.org>, eve")]
    [InlineData("eve@example.com <ana@example.org>")]
    [InlineData("Ana <ana>")]
    [InlineData("ana@example.org,eve@example.org")]
    [InlineData("ana@example.org;eve@example.org")]
    [InlineData("friends:ana@example.org;")]
    [InlineData("\"ana b\"@example.org")]
    [InlineData("ana(comment)@example.org")]
    public void Anything_but_one_plain_address_is_refused(string typed) => Assert.Null(Normal(typed));

    [Theory]
    [InlineData("Ana Example <ana@example.org>")]
    [InlineData("<ana@example.org>")]
    [InlineData("mailto:ana@example.org")]
    [InlineData("<MAILTO:ana@example.org>")]
    [InlineData("ａｎａ＠ｅｘａｍｐｌｅ．ｏｒｇ")]
    [InlineData("ana@example。org")]
    [InlineData("ana\u2800@example.org")]
    public void As_it_is_copied_or_typed_in_full_width_it_is_the_address(string typed) => Assert.Equal("ana@example.org", Normal(typed));

    [Fact]
    public void Lengths_are_those_of_the_standard()
    {
        Assert.NotNull(Normal(new string('a', 64) + "@example.org"));
        Assert.Null(Normal(new string('a', 65) + "@example.org"));
        Assert.Null(Normal("a@" + string.Join('.', Enumerable.Repeat(new string('b', 60), 5)) + ".org"));
    }

    [Theory]
    [InlineData("InquiryRouter <no-reply@example.org>", true)]
    [InlineData("no-reply@example.org", true)]
    [InlineData("nobody", false)]
    [InlineData("", false)]
    [InlineData("<>", false)]
    public void A_sender_is_an_address_with_a_domain(string text, bool possible) => Assert.Equal(possible, EmailRules.IsSender(text));

    private static string? Normal(string typed) => EmailRules.TryNormalise(typed, out var normal) ? normal : null;
}
