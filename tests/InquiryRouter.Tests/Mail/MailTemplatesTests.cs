using HandlebarsDotNet.Compiler;
using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Mail;

/// <summary>What the templates refuse, and what they do with what a person typed.</summary>
public sealed class MailTemplatesTests
{
    private static readonly Words s_english = Mails.Languages.English;

    [Fact]
    public void Every_kind_can_be_written_in_every_language() => Mails.Samples.Check();

    [Theory]
    [InlineData("url")]
    [InlineData("name")]
    [InlineData("reference")]
    public void A_field_the_mail_lacks_is_an_error(string field)
    {
        var fields = Fields();
        fields.Remove(field);

        Assert.ThrowsAny<Exception>(() => Render(MailKind.Acknowledgement, fields));
    }

    [Fact]
    public void A_field_that_decides_is_an_error_when_it_is_lacking() =>
        Assert.IsType<HandlebarsUndefinedBindingException>(
            Assert.ThrowsAny<Exception>(() => Render(MailKind.AcknowledgementHeld, Fields())).GetBaseException());

    [Fact]
    public void A_place_of_a_sentence_that_nobody_filled_is_an_error() =>
        Assert.Contains("{until}", Assert.ThrowsAny<Exception>(() => Render(MailKind.OfferExpired, Fields())).GetBaseException().Message, StringComparison.Ordinal);

    [Fact]
    public void A_sentence_that_no_language_has_is_an_error()
    {
        var fields = Fields();
        fields["title"] = "mail.nobody.wrote.this";

        Assert.Contains("mail.nobody.wrote.this", Assert.ThrowsAny<Exception>(() => Render(MailKind.CoordinatorAlert, fields)).GetBaseException().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_person_typed_is_text_on_the_page_and_not_markup()
    {
        var fields = Fields();
        fields["name"] = "Ana <b>Example</b> & Co {{reference}} {url}";
        var mail = Render(MailKind.StatusLink, fields);

        Assert.Contains("Hello Ana &lt;b&gt;Example&lt;/b&gt; &amp; Co {{reference}} {url},", mail.Html, StringComparison.Ordinal);
        Assert.Contains("Hello Ana <b>Example</b> & Co {{reference}} {url},", mail.Text, StringComparison.Ordinal);
    }

    private static MailFields Fields() => new() { ["name"] = "Ana", ["reference"] = "IR-7K3M-9Q2P", ["url"] = "https://router.example/status?t=token" };

    private static MailContent Render(MailKind kind, MailFields fields) => MailTemplates.Render(kind, s_english, "Ana Example", "ana@example.org", fields);
}
