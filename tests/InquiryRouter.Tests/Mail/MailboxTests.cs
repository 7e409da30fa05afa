using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Privacy;

namespace InquiryRouter.Tests.Mail;

/// <summary>One mailbox has one key, however it is written.</summary>
public sealed class MailboxTests
{
    /// <summary>How it is typed, how it is kept, the key, and what SMTP gets.</summary>
    public static TheoryData<string, string, string, string> Written => new()
    {
        { "ana@example.org", "ana@example.org", "ana@example.org", "ana@example.org" },
        { " Ana@Example.ORG ", "Ana@example.org", "ana@example.org", "Ana@example.org" },
        { "\u200Eana@example.org\u200E", "ana@example.org", "ana@example.org", "ana@example.org" },
        { "\u2068ana@example.org\u2069", "ana@example.org", "ana@example.org", "ana@example.org" },
        { "ana\u200B@exam\u00ADple.org\uFEFF", "ana@example.org", "ana@example.org", "ana@example.org" },
        { "\u3164ana@example.org\u2060", "ana@example.org", "ana@example.org", "ana@example.org" },
        { "zwei@münchen.de", "zwei@münchen.de", "zwei@xn--mnchen-3ya.de", "zwei@xn--mnchen-3ya.de" },
        { "zwei@mu\u0308nchen.de", "zwei@münchen.de", "zwei@xn--mnchen-3ya.de", "zwei@xn--mnchen-3ya.de" },
        { "Zwei@MÜNCHEN.de", "Zwei@münchen.de", "zwei@xn--mnchen-3ya.de", "Zwei@xn--mnchen-3ya.de" },
        { "zwei@xn--mnchen-3ya.de", "zwei@xn--mnchen-3ya.de", "zwei@xn--mnchen-3ya.de", "zwei@xn--mnchen-3ya.de" },
        { "zwei@XN--MNCHEN-3YA.DE", "zwei@xn--mnchen-3ya.de", "zwei@xn--mnchen-3ya.de", "zwei@xn--mnchen-3ya.de" },
        { "info@mail.例え.jp", "info@mail.例え.jp", "info@mail.xn--r8jz45g.jp", "info@mail.xn--r8jz45g.jp" },
        { "info@موقع.example", "info@موقع.example", "info@xn--4gbrim.example", "info@xn--4gbrim.example" },
        { "josé@example.org", "josé@example.org", "josé@example.org", "josé@example.org" },
        { "JOSE\u0301@example.org", "JOSÉ@example.org", "josé@example.org", "JOSÉ@example.org" },
        { "josé@münchen.de", "josé@münchen.de", "josé@xn--mnchen-3ya.de", "josé@münchen.de" },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void An_address_is_kept_found_and_sent_to_in_one_form(string typed, string kept, string key, string sent)
    {
        Assert.True(EmailRules.TryNormalise(typed, out var normal));
        Assert.Equal((kept, key, sent), (normal, Mailbox.Key(normal), Mailbox.OnWire(normal)));
        Assert.Equal(key, SearchKeys.Mail(normal));
        Assert.Equal(new KeyedHash(new byte[32]).OfAddress(key), new KeyedHash(new byte[32]).OfAddress(normal));
        Assert.Equal(!sent.All(char.IsAscii), Mailbox.NeedsUnicode(normal));
    }

    [Theory]
    [InlineData("ana+lupus@münchen.de", "ana@xn--mnchen-3ya.de")]
    [InlineData("ana+lupus@xn--mnchen-3ya.de", "ana@xn--mnchen-3ya.de")]
    [InlineData("a.n.a@gmail.com", "ana@gmail.com")]
    public void Tags_and_dots_are_left_out_as_ever(string address, string mailbox) => Assert.Equal(mailbox, SearchKeys.Mail(address));

    [Theory]
    [InlineData("")]
    [InlineData("\u200E\u200B")]
    [InlineData("ana")]
    [InlineData("ana@\u200B")]
    [InlineData("\u200B@example.org")]
    [InlineData("ana@exa mple.org")]
    [InlineData("ana@example.org\nbob@example.org")]
    [InlineData("ana@ü..de")]
    [InlineData("ana@-ü-.de")]
    public void What_cannot_be_sent_to_is_refused(string typed) => Assert.False(EmailRules.TryNormalise(typed, out _));

    [Fact]
    public void A_label_that_is_too_long_in_ASCII_is_refused() =>
        Assert.False(EmailRules.TryNormalise($"ana@{new string('ü', 62)}.de", out _));
}
