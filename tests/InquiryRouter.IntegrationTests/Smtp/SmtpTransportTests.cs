using System.Text;
using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.Mail.Sending;
using MimeKit;
using Xunit;

namespace InquiryRouter.IntegrationTests.Smtp;

/// <summary>What each ending of a conversation counts as: the table of the mail rules, row by row.</summary>
public sealed class SmtpTransportTests : IAsyncLifetime
{
    private readonly ScriptedSmtpServer _server = new(null, "8BITMIME", "ENHANCEDSTATUSCODES", "SIZE 50000000");
    private readonly MailOptions _options = new() { Host = "127.0.0.1", Security = MailSecurity.None };
    private SmtpTransport? _transport;

    public ValueTask InitializeAsync()
    {
        _options.Port = _server.Port;
        _transport = new SmtpTransport(_options);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _transport!.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_mail_that_is_taken_is_delivered_with_its_sender_and_receiver()
    {
        var id = Guid.NewGuid();

        Assert.Equal(SendResult.Delivered, await SendAsync(id: id));

        var mail = Assert.Single(_server.Received);
        Assert.Equal(("patient@patient.example", $"no-reply+{id:N}@inquiryrouter.example"), (mail.Recipient, mail.Sender));
        Assert.Contains($"Message-Id: <{id:N}@inquiryrouter.example>", Encoding.UTF8.GetString(mail.Content), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(nameof(SmtpStage.MailFrom))]
    [InlineData(nameof(SmtpStage.RcptTo))]
    [InlineData(nameof(SmtpStage.Data))]
    [InlineData(nameof(SmtpStage.AfterDot))]
    public async Task A_temporary_refusal_anywhere_is_tried_again(string stage)
    {
        _server.Expect(SmtpTrouble.Reply451(Enum.Parse<SmtpStage>(stage)));

        Assert.Equal(new SendResult(SendOutcome.Deferred, RefusalReason.TryLater, "451 4.3.0"), await SendAsync());
        Assert.Equal(SendOutcome.Delivered, (await SendAsync()).Outcome);
    }

    [Theory]
    [InlineData("552 5.2.2 mailbox full", RefusalReason.MailboxFull, "552 5.2.2")]
    [InlineData("550 5.7.1 greylisted, come back in five minutes", RefusalReason.Greylisted, "550 5.7.1")]
    public async Task A_refusal_that_passes_is_tried_again_whatever_its_number(string reply, string reason, string codes)
    {
        _server.Expect(new SmtpTrouble(SmtpStage.RcptTo, reply));

        Assert.Equal(new SendResult(SendOutcome.Deferred, reason, codes), await SendAsync());
    }

    [Fact]
    public async Task A_server_that_has_no_time_is_not_reached()
    {
        _server.Expect(new SmtpTrouble(SmtpStage.Greeting, "421 4.3.2 too busy"));

        Assert.Equal(new SendResult(SendOutcome.Unreachable, MailCause.NotConnected), await SendAsync());
        Assert.Equal(SendOutcome.Delivered, (await SendAsync()).Outcome);
    }

    [Theory]
    [InlineData(nameof(SmtpStage.MailFrom))]
    [InlineData(nameof(SmtpStage.RcptTo))]
    public async Task A_server_that_closes_down_turns_all_mails_away(string stage)
    {
        _server.Expect(new SmtpTrouble(Enum.Parse<SmtpStage>(stage), "421 4.3.2 closing down"));

        Assert.Equal(new SendResult(SendOutcome.TurnedAway, RefusalReason.Busy, "421 4.3.2"), await SendAsync());
        Assert.Equal(SendOutcome.Delivered, (await SendAsync()).Outcome);
    }

    [Fact]
    public async Task A_server_that_says_goodbye_to_a_kept_connection_gets_the_mail_on_a_new_one()
    {
        await SendAsync();
        _server.Expect(new SmtpTrouble(SmtpStage.MailFrom, "421 4.4.2 idle for too long"));

        Assert.Equal(SendOutcome.Delivered, (await SendAsync()).Outcome);
        Assert.Equal(2, _server.Connections);
    }

    [Fact]
    public async Task A_server_that_closes_down_after_the_mail_speaks_of_this_mail()
    {
        _server.Expect(new SmtpTrouble(SmtpStage.AfterDot, "421 4.7.0 unusual rate of mails like this"));

        Assert.Equal(SendOutcome.Deferred, (await SendAsync()).Outcome);
    }

    [Fact]
    public async Task A_server_that_does_not_take_our_password_is_not_reached()
    {
        await using var server = new ScriptedSmtpServer(null, "AUTH PLAIN");
        var options = new MailOptions { Host = "127.0.0.1", Port = server.Port, Security = MailSecurity.None, Username = "us", Password = "wrong" };
        await using var transport = new SmtpTransport(options);

        // It says 250, which is no yes to a password.
        Assert.Equal(new SendResult(SendOutcome.Unreachable, MailCause.SignInFailed), await SendAsync(transport: transport));
    }

    [Fact]
    public async Task A_server_that_asks_who_we_are_turns_all_mails_away()
    {
        _server.Expect(new SmtpTrouble(SmtpStage.MailFrom, "530 5.7.0 authentication required"));

        Assert.Equal(new SendResult(SendOutcome.TurnedAway, RefusalReason.SignIn), await SendAsync());
    }

    [Theory]
    [InlineData("550 5.1.1 no such user", RefusalReason.NoSuchMailbox, "550 5.1.1")]
    [InlineData("550 5.1.1 no such user (host 10.5.7.1)", RefusalReason.NoSuchMailbox, "550 5.1.1")]
    [InlineData("550 no such user", RefusalReason.NoSuchMailbox, "550")]
    [InlineData("553 5.1.3 bad address", RefusalReason.BadAddress, "553 5.1.3")]
    public async Task An_address_that_does_not_exist_is_a_hard_bounce(string reply, string reason, string codes)
    {
        _server.Expect(new SmtpTrouble(SmtpStage.RcptTo, reply));

        Assert.Equal(new SendResult(SendOutcome.HardBounce, reason, codes), await SendAsync());
    }

    [Fact]
    public async Task An_address_that_does_not_exist_is_a_hard_bounce_in_a_pipeline_too()
    {
        await using var server = new ScriptedSmtpServer(null, "PIPELINING", "ENHANCEDSTATUSCODES");
        await using var transport = new SmtpTransport(new MailOptions { Host = "127.0.0.1", Port = server.Port, Security = MailSecurity.None });
        server.Expect(new SmtpTrouble(SmtpStage.RcptTo, "550 5.1.1 no such user"));

        Assert.Equal(SendOutcome.HardBounce, (await SendAsync(transport: transport)).Outcome);
        Assert.Equal(SendOutcome.Delivered, (await SendAsync(transport: transport)).Outcome);
    }

    [Theory]
    [InlineData(nameof(SmtpStage.RcptTo), "550 5.7.1 rejected by policy", RefusalReason.Policy)]
    [InlineData(nameof(SmtpStage.RcptTo), "553 5.1.8 sender address rejected", RefusalReason.SenderRefused)]
    [InlineData(nameof(SmtpStage.RcptTo), "550 5.0.0", RefusalReason.Unexplained)]
    [InlineData(nameof(SmtpStage.RcptTo), "550 blocked by a list", RefusalReason.BlockList)]
    [InlineData(nameof(SmtpStage.MailFrom), "550 5.7.1 you may not", RefusalReason.Policy)]
    [InlineData(nameof(SmtpStage.MailFrom), "550 5.1.8 sender's domain unknown", RefusalReason.SenderRefused)]
    [InlineData(nameof(SmtpStage.MailFrom), "550 5.1.1 no such user", RefusalReason.SenderRefused)]
    [InlineData(nameof(SmtpStage.Data), "554 5.5.1 no valid recipients", RefusalReason.Protocol)]
    [InlineData(nameof(SmtpStage.AfterDot), "554 5.6.0 content refused", RefusalReason.Content)]
    [InlineData(nameof(SmtpStage.AfterDot), "550 5.7.1 content looks like spam", RefusalReason.Spam)]
    public async Task Any_other_final_refusal_speaks_of_us_and_not_of_the_address(string stage, string reply, string reason)
    {
        _server.Expect(new SmtpTrouble(Enum.Parse<SmtpStage>(stage), reply));

        var result = await SendAsync();

        Assert.Equal((SendOutcome.Refused, reason), (result.Outcome, result.Code));
    }

    [Theory]
    [InlineData(nameof(SmtpStage.MailFrom))]
    [InlineData(nameof(SmtpStage.RcptTo))]
    [InlineData(nameof(SmtpStage.Data))]
    public async Task A_connection_dropped_before_the_mail_was_sent_is_tried_again(string stage)
    {
        _server.Expect(SmtpTrouble.Drop(Enum.Parse<SmtpStage>(stage)));

        Assert.Equal(SendOutcome.TryAgain, (await SendAsync()).Outcome);
        Assert.Equal(SendOutcome.Delivered, (await SendAsync()).Outcome);
    }

    [Fact]
    public async Task A_connection_dropped_in_the_middle_of_the_mail_is_tried_again()
    {
        _server.Expect(SmtpTrouble.Drop(SmtpStage.Content));

        // Far more than fits on the way between the two.
        Assert.Equal(SendOutcome.TryAgain, (await SendAsync(text: new string('x', 30_000_000))).Outcome);
        Assert.Empty(_server.Received);
    }

    [Fact]
    public async Task A_connection_dropped_after_the_whole_mail_was_sent_is_unknown()
    {
        _server.Expect(SmtpTrouble.Drop(SmtpStage.AfterDot));

        Assert.Equal(new SendResult(SendOutcome.Unknown, "no-answer-after-data"), await SendAsync());
        Assert.Single(_server.Received);
    }

    [Fact]
    public async Task Silence_after_the_whole_mail_was_sent_is_unknown()
    {
        _server.Expect(new SmtpTrouble(SmtpStage.AfterDot, null, Silent: true));
        using var limit = new CancellationTokenSource();
        var sending = SendAsync(cancellation: limit.Token);
        while (_server.Received.Count == 0)
        {
            await Task.Delay(10);
        }

        await limit.CancelAsync();

        Assert.Equal(SendOutcome.Unknown, (await sending).Outcome);
    }

    [Fact]
    public async Task Silence_before_the_mail_was_sent_is_tried_again()
    {
        _server.Expect(new SmtpTrouble(SmtpStage.RcptTo, null, Silent: true));
        using var limit = new CancellationTokenSource();
        var sending = SendAsync(cancellation: limit.Token);
        while (_server.Recipients.Count == 0)
        {
            await Task.Delay(10);
        }

        await limit.CancelAsync();

        Assert.Equal(SendOutcome.TryAgain, (await sending).Outcome);
    }

    [Fact]
    public async Task Lines_of_a_lone_dot_in_a_mail_are_not_its_end()
    {
        _server.Expect(SmtpTrouble.Drop(SmtpStage.Content));

        Assert.Equal(SendOutcome.TryAgain, (await SendAsync(text: "first\n.\n.\nlast\n" + new string('x', 30_000_000))).Outcome);
    }

    [Fact]
    public async Task One_connection_serves_many_mails()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(SendOutcome.Delivered, (await SendAsync()).Outcome);
        }

        Assert.Equal(5, _server.Received.Count);
        Assert.Equal(1, _server.Connections);
    }

    [Fact]
    public async Task A_kept_connection_that_the_server_has_closed_meanwhile_is_no_failure()
    {
        await SendAsync();
        _server.HangUp();

        Assert.Equal(SendOutcome.Delivered, (await SendAsync()).Outcome);
        Assert.Equal(2, _server.Received.Count);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_not_reached()
    {
        _options.Port = FreePort.Pick(1)[0];

        Assert.Equal(new SendResult(SendOutcome.Unreachable, MailCause.NotConnected), await SendAsync());
    }

    [Fact]
    public async Task A_server_that_hangs_up_before_it_has_said_who_it_is_is_not_reached()
    {
        _server.Expect(SmtpTrouble.Drop(SmtpStage.Greeting));

        Assert.Equal(SendOutcome.Unreachable, (await SendAsync()).Outcome);
        Assert.Equal(SendOutcome.Delivered, (await SendAsync()).Outcome);
    }

    /// <summary>To whom, what the server offers, whom it hears of (null: nobody), and what becomes of the mail.</summary>
    public static TheoryData<string, bool, string?, string?> Addresses => new()
    {
        { "zwei@münchen.de", false, "zwei@xn--mnchen-3ya.de", null },
        { "zwei@münchen.de", true, "zwei@xn--mnchen-3ya.de", null },
        { "Zwei@xn--mnchen-3ya.de", false, "Zwei@xn--mnchen-3ya.de", null },
        { "ana@patient.example", true, "ana@patient.example", null },
        { "josé@patient.example", true, "josé@patient.example", null },
        { "josé@münchen.de", true, "josé@münchen.de", null },
        { "josé@patient.example", false, null, MailCause.NoUnicodeAddresses },
        { "josé@münchen.de", false, null, MailCause.NoUnicodeAddresses },
        { "用户@例え.jp", false, null, MailCause.NoUnicodeAddresses },
    };

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task An_address_is_written_as_every_server_on_the_way_can_take_it_or_not_at_all(
        string address, bool takesUnicode, string? recipient, string? cause)
    {
        await using var server = new ScriptedSmtpServer(null, takesUnicode ? ["8BITMIME", "SMTPUTF8"] : ["8BITMIME"]);
        var options = new MailOptions { Host = "127.0.0.1", Security = MailSecurity.None, Port = server.Port };
        await using var transport = new SmtpTransport(options);

        var result = await SendAsync(transport: transport, to: address);
        var next = await SendAsync(transport: transport);

        Assert.Equal(cause is null ? SendResult.Delivered : new SendResult(SendOutcome.Refused, cause), result);
        Assert.Equal(SendResult.Delivered, next);
        Assert.Equal(recipient is null ? ["patient@patient.example"] : [recipient, "patient@patient.example"], server.Recipients);
        Assert.Equal(1, server.Connections);
        if (recipient is not null)
        {
            Assert.Contains($"<{recipient}>", Encoding.UTF8.GetString(server.Received[0].Content), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_cause_of_a_mail_has_a_sentence() =>
        Assert.Contains("SMTPUTF8", MailCause.Sentence(MailCause.NoUnicodeAddresses), StringComparison.Ordinal);

    private Task<SendResult> SendAsync(
        string text = "Hello", Guid? id = null, string to = "patient@patient.example", SmtpTransport? transport = null, CancellationToken cancellation = default)
    {
        var mime = new MimeFactory(_options);
        var mail = id ?? Guid.NewGuid();
        var message = mime.Create(mail, Clocks.Start, new MailContent
        {
            ToName = "Patient", ToAddress = to, Subject = "Subject", Text = text, Html = "<p>Hello</p>",
        });
        ((TextPart)((Multipart)message.Body!)[0]).ContentTransferEncoding = ContentEncoding.SevenBit;
        return (transport ?? _transport!).SendAsync(mail, message, mime.Sender(mail), cancellation);
    }
}
