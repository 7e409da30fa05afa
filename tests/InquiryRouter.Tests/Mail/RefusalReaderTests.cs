using InquiryRouter.Core.Mail;

namespace InquiryRouter.Tests.Mail;

/// <summary>What a server's no means: a table of cases. What is not on the short list of dead addresses never costs anybody their mail.</summary>
public sealed class RefusalReaderTests
{
    [Theory]
    [InlineData("550", "5.1.1 <a@b.example>: Recipient address rejected: User unknown in virtual mailbox table", RefusalReason.NoSuchMailbox)]
    [InlineData("550", "5.1.1 <a@b.example>: Recipient address rejected: User unknown in relay recipient table", RefusalReason.NoSuchMailbox)]
    [InlineData("550", "5.1.1 no such user (host 10.5.7.1)", RefusalReason.NoSuchMailbox)]
    [InlineData("550", "5.1.1", RefusalReason.NoSuchMailbox)]
    [InlineData("550", "5.1.2 no such domain", RefusalReason.NoSuchDomain)]
    [InlineData("553", "5.1.3 not an address", RefusalReason.BadAddress)]
    [InlineData("551", "5.1.6 not our customer any more", RefusalReason.MailboxMoved)]
    [InlineData("556", "5.1.10 the domain takes no mail", RefusalReason.NoSuchMailbox)]
    [InlineData("550", "5.2.1 The email account that you tried to reach is disabled", RefusalReason.MailboxDisabled)]
    [InlineData("550", "no such user", RefusalReason.NoSuchMailbox)]
    [InlineData("550", "User unknown", RefusalReason.NoSuchMailbox)]
    [InlineData("550", "Unknown user spam.later@b.example", RefusalReason.NoSuchMailbox)]
    [InlineData("550", "<a@b.example>... User not exist", RefusalReason.NoSuchMailbox)]
    [InlineData("554", "delivery error: dd This user doesn't have a b.example account (a@b.example) [0]", RefusalReason.NoSuchMailbox)]
    [InlineData("550", "The email account that you tried to reach does not exist", RefusalReason.NoSuchMailbox)]
    [InlineData("550", "User a@b.example not listed in public Name & Address Book", RefusalReason.NoSuchMailbox)]
    [InlineData("550", "5.0.0 User not found", RefusalReason.NoSuchMailbox)]
    public void The_address_is_dead(string reply, string text, string reason) => Assert.Equal(new Refusal(RefusalMeaning.DeadAddress, reason), Read(reply, text));

    [Theory]
    [InlineData("552", "5.2.2 mailbox full", RefusalReason.MailboxFull)]
    [InlineData("550", "5.1.1 the mailbox for the user is full", RefusalReason.MailboxFull)]
    [InlineData("550", "Quota exceeded", RefusalReason.MailboxFull)]
    [InlineData("552", "", RefusalReason.MailboxFull)]
    [InlineData("550", "5.7.1 greylisted, please wait", RefusalReason.Greylisted)]
    [InlineData("550", "Graylisted", RefusalReason.Greylisted)]
    [InlineData("554", "5.3.0 please try again later", RefusalReason.TryLater)]
    [InlineData("550", "5.2.1 mailbox temporarily disabled", RefusalReason.TryLater)]
    [InlineData("550", "5.2.1 The user you are trying to contact is receiving mail at a rate that prevents more", RefusalReason.Busy)]
    [InlineData("550", "5.1.1 203.0.113.9 has sent to too many recipients this hour", RefusalReason.Busy)]
    [InlineData("554", "Service currently unavailable", RefusalReason.Busy)]
    [InlineData("451", "4.7.1 greylisted", RefusalReason.Greylisted)]
    [InlineData("450", "4.1.1 user unknown", RefusalReason.NoSuchMailbox)]
    [InlineData("452", "4.2.2 over quota", RefusalReason.MailboxFull)]
    [InlineData("421", "4.7.0 messages from 203.0.113.9 deferred because of their reputation", RefusalReason.BlockList)]
    [InlineData("451", "", RefusalReason.TryLater)]
    [InlineData("450", "5.1.1 user unknown", RefusalReason.NoSuchMailbox)]
    public void It_passes(string reply, string text, string reason) => Assert.Equal(new Refusal(RefusalMeaning.Passing, reason), Read(reply, text));

    [Theory]
    [InlineData("550", "5.1.7 bad sender's mailbox", RefusalReason.SenderRefused)]
    [InlineData("553", "5.1.8 sender address rejected: Domain not found", RefusalReason.SenderRefused)]
    [InlineData("550", "5.1.1 Sender verify failed: user unknown", RefusalReason.SenderRefused)]
    [InlineData("550", "sender verify failed: no such user", RefusalReason.SenderRefused)]
    [InlineData("552", "5.3.4 message too big for system", RefusalReason.TooLarge)]
    [InlineData("552", "Message size exceeds fixed limit", RefusalReason.TooLarge)]
    [InlineData("550", "5.7.1 Service unavailable, client host [203.0.113.9] blocked using zen.spamhaus.org; try again later", RefusalReason.BlockList)]
    [InlineData("550", "blocked by our rules", RefusalReason.BlockList)]
    [InlineData("550", "5.1.1 IP address blacklisted by recipient", RefusalReason.BlockList)]
    [InlineData("550", "SPF check failed", RefusalReason.Authentication)]
    [InlineData("550", "Message blocked by SPF: host is listed in no record", RefusalReason.Authentication)]
    [InlineData("550", "5.7.26 This mail is unauthenticated", RefusalReason.Authentication)]
    [InlineData("554", "5.7.1 rejected due to the domain's DMARC policy", RefusalReason.Authentication)]
    [InlineData("550", "5.7.25 the address has no PTR record", RefusalReason.ReverseDns)]
    [InlineData("554", "5.7.1 <a@b.example>: Relay access denied", RefusalReason.Relaying)]
    [InlineData("554", "5.7.1 looks like spam", RefusalReason.Spam)]
    [InlineData("530", "5.7.0 authentication required", RefusalReason.SignIn)]
    [InlineData("535", "5.7.8 bad credentials", RefusalReason.SignIn)]
    [InlineData("550", "5.7.1 not for you", RefusalReason.Policy)]
    [InlineData("553", "5.6.7 no internationalised addresses here", RefusalReason.Content)]
    [InlineData("554", "5.6.0 headers are wrong", RefusalReason.Content)]
    [InlineData("503", "bad sequence of commands", RefusalReason.Protocol)]
    [InlineData("550", "5.4.1 Recipient address rejected: Access denied", RefusalReason.Routing)]
    [InlineData("550", "5.0.0", RefusalReason.Unexplained)]
    [InlineData("550", "5.1.0 address rejected", RefusalReason.Unexplained)]
    [InlineData("550", "5.2.0 user unknown", RefusalReason.Unexplained)]
    [InlineData("550", "Requested action not taken: mailbox unavailable", RefusalReason.Unexplained)]
    [InlineData("550", "Rejected", RefusalReason.Unexplained)]
    [InlineData("550", "no such domain", RefusalReason.Unexplained)]
    public void A_person_must_look_and_the_address_is_not_to_blame(string reply, string text, string reason) =>
        Assert.Equal(new Refusal(RefusalMeaning.NeedsPerson, reason), Read(reply, text));

    [Theory]
    [InlineData("550", "5.1.1 no such user")]
    [InlineData("550", "no such user")]
    [InlineData("550", "5.2.1 disabled")]
    public void Before_the_recipient_was_named_nothing_is_about_them(string reply, string text) =>
        Assert.Equal(new Refusal(RefusalMeaning.NeedsPerson, RefusalReason.SenderRefused), Read(reply, text, at: RefusedAt.Sender));

    [Fact]
    public void What_is_said_of_the_whole_mail_may_be_about_its_one_recipient() =>
        Assert.Equal(RefusalMeaning.DeadAddress, Read("550", "5.1.1 no such user", at: RefusedAt.Content).Meaning);

    [Theory]
    [InlineData("5.1.1", "", RefusalMeaning.DeadAddress)]
    [InlineData("5.1.1 (Remote SMTP server has rejected address)", "", RefusalMeaning.DeadAddress)]
    [InlineData("4.2.2 (Over quota)", "", RefusalMeaning.Passing)]
    [InlineData("5.0.0", "user unknown", RefusalMeaning.DeadAddress)]
    [InlineData("5.0.0", "", RefusalMeaning.NeedsPerson)]
    [InlineData("5.1.1", "550 5.7.1 not for you", RefusalMeaning.NeedsPerson)]
    [InlineData("5.0.0", "550-5.1.1 gone\n550 5.1.1 for good", RefusalMeaning.DeadAddress)]
    [InlineData("5.1.1", "552 5.2.2 Over quota", RefusalMeaning.Passing)]
    public void A_delivery_report_is_read_by_its_status_and_by_what_the_server_said(string status, string diagnostic, RefusalMeaning meaning) =>
        Assert.Equal(meaning, RefusalReader.Read(reply: null, status, diagnostic, RefusedAt.Recipient).Meaning);

    [Theory]
    [InlineData(550, "5.1.1 no such user a@b.example", "550 5.1.1")]
    [InlineData(550, "no such user a@b.example", "550")]
    [InlineData(550, "10.5.7.1 is no code", "550")]
    public void For_the_record_there_are_codes_and_no_words(int reply, string text, string codes) => Assert.Equal(codes, RefusalReader.Codes(reply, text));

    [Fact]
    public void Every_reason_has_a_sentence_a_coordinator_can_read() =>
        Assert.All(
            typeof(RefusalReason).GetFields().Concat(typeof(MailCause).GetFields()).Select(f => (string)f.GetRawConstantValue()!),
            code => Assert.Contains(MailCause.Sentence(code)[^1], ".?"));

    [Fact]
    public void No_text_takes_long_to_read()
    {
        foreach (var piece in new[] { "user ", "<a@", "recipient x ", "a@b ", "5.1.1 ", "not ", "sender ", "https://" })
        {
            var text = string.Concat(Enumerable.Repeat(piece, 20_000));

            Assert.NotEqual(RefusalMeaning.DeadAddress, RefusalReader.Read(550, status: null, text, RefusedAt.Sender).Meaning);
        }
    }

    private static Refusal Read(string reply, string text, RefusedAt at = RefusedAt.Recipient) =>
        RefusalReader.Read(int.Parse(reply, System.Globalization.CultureInfo.InvariantCulture), status: null, text, at);
}
