using System.Runtime.CompilerServices;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Mail.Sending;
using InquiryRouter.Tests.Support;
using MimeKit;

namespace InquiryRouter.Tests.Mail;

public sealed class MimeFactoryTests
{
    private static readonly Guid s_id = new("018f3a52-7c1d-7a2b-9c3d-4e5f60718293");
    private static readonly MimeFactory s_factory = new(new MailOptions { From = "InquiryRouter <no-reply@router.example>" });

    private static readonly MailContent s_content = new()
    {
        ToName = "José Pérez", ToAddress = "jose@example.org", Subject = "We have your inquiry IR-7K3M-9Q2P",
        Text = "Hello José,\n\nthank you.\n", Html = "<p>Hello José,</p>",
    };

    [Fact]
    public void The_same_mail_has_the_same_bytes_whenever_it_is_made() => Assert.Equal(Bytes(Make()), Bytes(Make()));

    [Fact]
    public void Another_mail_has_other_bytes() => Assert.NotEqual(Bytes(Make()), Bytes(s_factory.Create(Guid.Empty, Moment.Now, s_content)));

    [Fact]
    public void The_Message_ID_comes_from_the_id_of_the_mail() =>
        Assert.Equal("018f3a527c1d7a2b9c3d4e5f60718293@router.example", Make().MessageId);

    [Fact]
    public void A_mail_says_that_a_program_wrote_it() => Assert.Equal("auto-generated", Make().Headers[HeaderId.AutoSubmitted]);

    [Fact]
    public void The_date_is_when_the_mail_was_decided_on() => Assert.Equal(Moment.Now, Make().Date);

    [Fact]
    public void A_mail_that_was_sent_is_not_kept_in_memory()
    {
        var sent = MakeAndForget();

        GC.Collect();

        Assert.False(sent.IsAlive);
        GC.KeepAlive(s_factory);
    }

    [Fact]
    public void A_mail_has_one_recipient()
    {
        var message = Make();

        Assert.Equal("jose@example.org", Assert.Single(message.To.Mailboxes).Address);
        Assert.Empty(message.Cc);
        Assert.Empty(message.Bcc);
    }

    [Fact]
    public void A_name_with_an_address_in_it_makes_no_second_recipient()
    {
        var message = Reread(s_factory.Create(s_id, Moment.Now, s_content with { ToName = "Eve <eve@example.org>, \"x\"" }));

        Assert.Equal(["jose@example.org"], message.To.Mailboxes.Select(m => m.Address));
    }

    [Fact]
    public void A_subject_with_a_line_break_makes_no_second_header()
    {
        var message = Reread(s_factory.Create(s_id, Moment.Now, s_content with { Subject = "Hello\r\nBcc: eve@example.org" }));

        Assert.Empty(message.Bcc);
        Assert.Equal("jose@example.org", Assert.Single(message.To.Mailboxes).Address);
    }

    [Fact]
    public void The_return_path_names_the_mail() =>
        Assert.Equal("no-reply+018f3a527c1d7a2b9c3d4e5f60718293@router.example", s_factory.Sender(s_id).Address);

    [Fact]
    public void The_text_comes_before_the_page()
    {
        var body = Assert.IsType<MultipartAlternative>(Reread(Make()).Body);

        Assert.Equal(["text/plain", "text/html"], body.Select(p => p.ContentType.MimeType));
    }

    [Fact]
    public void What_was_written_is_what_is_read()
    {
        var message = Reread(Make());

        Assert.Equal(s_content.Subject, message.Subject);
        Assert.Equal(s_content.Text, message.TextBody!.ReplaceLineEndings("\n"));
        Assert.Equal(s_content.Html, message.HtmlBody!.TrimEnd());
        Assert.Equal("José Pérez", message.To[0].Name);
    }

    [Fact]
    public void The_bytes_go_through_servers_that_take_seven_bits() => Assert.All(Bytes(Make()), b => Assert.InRange(b, 1, 127));

    [Fact]
    public void No_header_tells_which_program_or_machine_made_it() =>
        Assert.DoesNotContain(Make().Headers, h => h.Id is HeaderId.XMailer or HeaderId.UserAgent or HeaderId.Received);

    private static MimeMessage Make() => s_factory.Create(s_id, Moment.Now, s_content);

    private static byte[] Bytes(MimeMessage message)
    {
        using var stream = new MemoryStream();
        message.WriteTo(stream);
        return stream.ToArray();
    }

    private static MimeMessage Reread(MimeMessage message)
    {
        using var stream = new MemoryStream(Bytes(message));
        return MimeMessage.Load(stream);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference MakeAndForget() => new(Make());
}
