using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Mail.Packing;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Mail;

public class MailPackingTests
{
    // By another program (zlib, with 1.txt as its preset dictionary): what is stored does not depend on who packed it.
    private const string PackedElsewhere =
        "AUMbtAtIPbwxUeF5X/fTDf3PZvTRY/AOzUrwIF6MErzFAEwaNsDUaAdvNagp5OYDc+yH+cu68Q+IoOUZO2Qr1ZSNTAytEyGp" +
        "FzNUAA==";

    private static readonly MailContent s_content = new()
    {
        ToName = "Ana Peña 王小明", ToAddress = "ana@patient.example", Subject = "We have your inquiry IR-7K3M-9Q2P", Language = "en",
        Text = "Hello Ana Peña 王小明,\n\n\"Thank you\" <for> writing & more 🦋\n",
        Html = "<!DOCTYPE html>\n<p class=\"ink\">Hello Ana Pe&#241;a</p>\n",
    };

    public static TheoryData<MailKind> Kinds => [.. Enum.GetValues<MailKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_mail_in_every_language_comes_back_as_it_was(MailKind kind)
    {
        foreach (var content in Mails.Languages.All.SelectMany(l => Mails.Of(kind, l.Code)))
        {
            Assert.Equal(content, MailPacking.Unpack(MailPacking.Pack(content)));
        }
    }

    [Fact]
    public void Letters_of_every_script_and_an_address_to_unsubscribe_come_back()
    {
        var content = s_content with { UnsubscribeUrl = "https://inquiries.example/unsubscribe?t=token" };

        Assert.Equal(content, MailPacking.Unpack(MailPacking.Pack(content)));
    }

    [Fact]
    public void What_was_stored_before_mails_were_packed_is_read() =>
        Assert.Equal(s_content, MailPacking.Unpack(JsonSerializer.SerializeToUtf8Bytes(s_content, JsonSerializerOptions.Web)));

    [Fact]
    public void What_another_version_packed_is_read() =>
        Assert.Equal(s_content, MailPacking.Unpack(Convert.FromBase64String(PackedElsewhere)));

    /// <summary>Every packed mail refers to one of them. Whoever wants a better one adds a file, with a first byte of its own.</summary>
    [Theory]
    [InlineData(1, "0f6ea3e93178363c66338333a96a5f6117eae28fdb0c83993767f3ca6d69d351")]
    [InlineData(2, "b39be3c1ce907b442b5d9f471565cc2e264598fd075a681b6d2f7ba92bf2454a")]
    public void The_texts_that_mails_are_packed_with_never_change(int number, string hash)
    {
        using var text = typeof(MailPacking).Assembly.GetManifestResourceStream($"mail-packing/{number}.txt")!;

        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(text)));
    }

    /// <summary>
    /// When this fails, layout or words have moved on from the newest text, and another one is worth it.
    /// </summary>
    [Theory]
    [InlineData(MailKind.Acknowledgement, 600)]
    [InlineData(MailKind.ReferralOffer, 500)]
    public void The_mails_that_every_inquiry_causes_are_small(MailKind kind, int most)
    {
        foreach (var language in Mails.Languages.All)
        {
            Assert.InRange(MailPacking.Pack(Mails.Of(kind, language.Code)[0]).Length, 1, most);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u0003")]
    public void What_is_not_known_is_refused(string stored) =>
        Assert.Throws<InvalidDataException>(() => MailPacking.Unpack(Encoding.UTF8.GetBytes(stored)));
}
