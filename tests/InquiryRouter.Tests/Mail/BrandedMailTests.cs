using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Brands;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Mail.Packing;
using InquiryRouter.Infrastructure.Mail.Sending;
using InquiryRouter.Infrastructure.ReferenceData;
using InquiryRouter.Tests.Support;
using MimeKit;

namespace InquiryRouter.Tests.Mail;

/// <summary>Mails are the facilitator's: its name, how it is reached, where answers go; and they stay small.</summary>
public sealed class BrandedMailTests
{
    private static readonly Brand s_brand = new()
    {
        Name = "Example Health", Address = "12 Harbour Street, Lisbon", Phone = new BrandPhone("+351 21 123 4567", "+351211234567"),
        ReplyAddress = "care@example.org", Colours = BrandColours.Of(new Colour(0x7a, 0x1f, 0x2b), null),
    };

    private static readonly MailSamples s_samples = new(
        Mails.Languages, Mails.Links, ReferenceDataFiles.LoadTreatmentFacts(ReferenceFiles.Shipped), s_brand);

    public static TheoryData<MailKind> Kinds => [.. Enum.GetValues<MailKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Both_parts_end_with_who_writes_and_how_they_are_reached(MailKind kind)
    {
        foreach (var words in Mails.Languages.All)
        {
            Assert.All(s_samples.Of(kind, words), mail =>
            {
                foreach (var part in new[] { mail.Text, mail.Html })
                {
                    Assert.Contains("Example Health", part, StringComparison.Ordinal);
                    Assert.Contains("12 Harbour Street, Lisbon", part, StringComparison.Ordinal);
                    Assert.Contains("care@example.org", part, StringComparison.Ordinal);
                    Assert.DoesNotContain("InquiryRouter demo", part, StringComparison.Ordinal);
                }

                // Who may answer is not asked not to.
                Assert.DoesNotContain(words["mail.footer.patient"], mail.Text, StringComparison.Ordinal);
                Assert.DoesNotContain("#0a567c", mail.Html, StringComparison.Ordinal);
                Assert.DoesNotContain("<img", mail.Html, StringComparison.Ordinal);
            });
        }
    }

    [Fact]
    public void Without_a_brand_a_mail_says_that_it_is_a_demo() =>
        Assert.EndsWith(
            $"\nInquiryRouter demo\n{Mails.Languages.English["mail.footer.patient"]}\n", Mails.Of(MailKind.Acknowledgement, "en")[0].Text, StringComparison.Ordinal);

    [Fact]
    public void A_brand_costs_a_mail_little()
    {
        foreach (var words in Mails.Languages.All)
        {
            Assert.InRange(
                MailPacking.Pack(s_samples.Of(MailKind.Acknowledgement, words)[0]).Length - MailPacking.Pack(Mails.Of(MailKind.Acknowledgement, words.Code)[0]).Length,
                0, 300);
        }
    }

    [Theory]
    [InlineData("no-reply@router.example", "Example Health")]
    [InlineData("Care Team <no-reply@router.example>", "Care Team")]
    public void The_sender_is_called_as_the_brand_unless_the_setting_has_a_name(string from, string name)
    {
        using var mail = Sent(new MailOptions { From = from }, s_brand);

        Assert.Equal((name, "no-reply@router.example"), (mail.From.Mailboxes.Single().Name, mail.From.Mailboxes.Single().Address));
        Assert.Equal("care@example.org", mail.ReplyTo.Mailboxes.Single().Address);
    }

    [Fact]
    public void Without_an_address_for_answers_there_is_none()
    {
        using var mail = Sent(new MailOptions(), null);

        Assert.Equal(Brand.DemoName, mail.From.Mailboxes.Single().Name);
        Assert.Empty(mail.ReplyTo);
    }

    private static MimeMessage Sent(MailOptions options, Brand? brand)
    {
        using var message = new MimeFactory(options, brand).Create(Guid.CreateVersion7(), Moment.Now, s_samples.Of(MailKind.Acknowledgement, Mails.Languages.English)[0]);
        using var bytes = new MemoryStream();
        message.WriteTo(bytes);
        bytes.Position = 0;
        return MimeMessage.Load(bytes);
    }
}
