using System.Text;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Xunit;

namespace InquiryRouter.IntegrationTests.Smtp;

/// <summary>What becomes of a mail: the program with a server that does what it is told. A held inquiry is one mail to the patient.</summary>
public sealed class MailSenderTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = Clocks.New();
    private readonly InquiryBuilder _inquiry = An.Inquiry().WithoutConsentToShare();
    private readonly ScriptedSmtpServer _server;
    private InquiryApp? _app;

    public MailSenderTests() => _server = new ScriptedSmtpServer(_clock, "8BITMIME", "ENHANCEDSTATUSCODES");

    private InquiryApp App => _app!;

    // One connection: one mail after another.
    private AppSetup Setup => (new AppSetup { Clock = _clock }).With("Mail:Transport", "Smtp").With("Mail:Host", "127.0.0.1")
        .With("Mail:Port", $"{_server.Port}").With("Mail:Security", "None").With("Mail:Connections", "1").With("Mail:CoordinatorAddress", string.Empty);

    public async ValueTask InitializeAsync() => _app = await InquiryApp.StartAsync(Setup);

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_mail_that_is_taken_is_sent_once()
    {
        await SubmitAsync();

        Assert.Equal([(MailState.Sent, 1L)], await StatesAsync());
        Assert.Equal(_inquiry.Email, Assert.Single(_server.Received).Recipient);
    }

    [Fact]
    public async Task An_unknown_outcome_is_sent_once_more_with_the_same_bytes_and_then_left_to_a_person()
    {
        _server.Expect(SmtpTrouble.Drop(SmtpStage.AfterDot), SmtpTrouble.Drop(SmtpStage.AfterDot), SmtpTrouble.Drop(SmtpStage.AfterDot));

        await SubmitAsync();
        await LookedAgainAsync(TimeSpan.FromDays(3));

        Assert.Equal([(MailState.Unconfirmed, 1L)], await StatesAsync());
        Assert.Equal(2, _server.Received.Count);
        Assert.Equal(_server.Received[0].Content, _server.Received[1].Content);
        Assert.Equal(_server.Received[0].Sender, _server.Received[1].Sender);
        Assert.Single(_server.Received.Select(m => MimeMessage.Load(new MemoryStream(m.Content)).MessageId).Distinct());
    }

    [Fact]
    public async Task An_unknown_outcome_that_the_second_try_clears_up_is_sent()
    {
        _server.Expect(SmtpTrouble.Drop(SmtpStage.AfterDot));

        await SubmitAsync();

        Assert.Equal([(MailState.Sent, 1L)], await StatesAsync());
        Assert.Equal([false, true], _server.Received.Select(m => m.Accepted));
    }

    [Fact]
    public async Task An_address_that_does_not_exist_is_written_to_once_and_never_again()
    {
        _server.Expect(new SmtpTrouble(SmtpStage.RcptTo, "550 5.1.1 no such user"));
        await SubmitAsync();
        Assert.Equal([(MailState.Failed, 1L)], await StatesAsync());

        await SubmitAsync();

        Assert.Equal([(MailState.Failed, 1L), (MailState.Suppressed, 1L)], await StatesAsync());
        Assert.Equal([_inquiry.Email], _server.Recipients);
        Assert.Empty(_server.Received);
    }

    [Fact]
    public async Task A_full_mailbox_is_tried_for_two_days_then_left_to_a_person_and_never_suppressed()
    {
        _server.Refuse(_inquiry.Email, "552 5.2.2 mailbox full");
        await App.SubmitAsync(_inquiry);
        await TriedAsync(1);
        await UntilGivenUpAsync();

        Assert.Equal([(MailState.Parked, 1L)], await StatesAsync());
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM Mail WHERE LastError = 'mailbox-full'"));
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Suppression"));
        _server.Accept(_inquiry.Email);
        await SubmitAsync();
        Assert.Equal([(MailState.Sent, 1L), (MailState.Parked, 1L)], await StatesAsync());
    }

    [Fact]
    public async Task An_address_the_mail_server_cannot_pass_on_is_left_to_a_person_and_never_suppressed()
    {
        var inquiry = An.Inquiry().WithoutConsentToShare().From("José Example", "josé@patient.example");
        await App.SubmitAsync(inquiry);
        await App.SettlesAsync();

        Assert.Equal([(MailState.Parked, 1L)], await StatesAsync());
        Assert.Equal(1, await App.NumberAsync($"SELECT COUNT(*) FROM Mail WHERE LastError = '{MailCause.NoUnicodeAddresses}'"));
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Suppression"));
        Assert.Empty(_server.Recipients);

        // Others go on.
        await SubmitAsync();
        Assert.Equal([_inquiry.Email], _server.Recipients);
    }

    [Fact]
    public async Task A_bad_hour_of_our_own_suppresses_nobody()
    {
        foreach (var reply in new[] { "553 5.1.8 sender address rejected", "550 5.7.1 blocked by a list", "550 SPF check failed", "550 5.0.0", "552 5.3.4 too big" })
        {
            _server.Refuse(_inquiry.Email, reply);
            await SubmitAsync();
        }

        Assert.Equal([(MailState.Parked, 5L)], await StatesAsync());
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Suppression"));
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Outbox WHERE Type = 'MailFailed'"));
    }

    [Fact]
    public async Task A_refusal_by_policy_waits_for_a_person_and_the_next_mail_is_tried()
    {
        _server.Expect(new SmtpTrouble(SmtpStage.RcptTo, "550 5.7.1 rejected by policy"));
        await SubmitAsync();
        await LookedAgainAsync(TimeSpan.FromDays(3));
        Assert.Equal([(MailState.Parked, 1L)], await StatesAsync());
        Assert.Single(_server.Recipients);

        await SubmitAsync();

        Assert.Equal([(MailState.Sent, 1L), (MailState.Parked, 1L)], await StatesAsync());
    }

    [Fact]
    public async Task A_temporary_failure_is_tried_again_later_each_time_later_and_then_sent()
    {
        _server.Expect([.. Enumerable.Repeat(SmtpTrouble.Reply451(SmtpStage.AfterDot), 4)]);
        await App.SubmitAsync(_inquiry);
        await TriedAsync(1);

        for (var attempt = 2; attempt <= 5; attempt++)
        {
            await TryAgainAsync(attempt);
        }

        Assert.Equal([(MailState.Sent, 1L)], await StatesAsync());
        var at = _server.Received.Select(m => m.At).ToList();
        var pauses = at.Zip(at.Skip(1), (earlier, later) => (later - earlier).TotalSeconds).ToList();
        Assert.Equal(4, pauses.Count);
        Assert.All(pauses.Zip([5.0, 10, 20, 40]), p => Assert.InRange(p.First, p.Second, p.Second + 3));
    }

    [Theory]
    [InlineData(nameof(SmtpStage.MailFrom))]
    [InlineData(nameof(SmtpStage.RcptTo))]
    [InlineData(nameof(SmtpStage.Data))]
    public async Task A_server_that_asks_who_we_are_was_not_sent_anything_and_the_mail_waits(string stage)
    {
        _server.Expect(new SmtpTrouble(Enum.Parse<SmtpStage>(stage), "530 5.7.0 authentication required"));
        await App.SubmitAsync(_inquiry);
        await App.UntilAsync(async () => await App.NumberAsync("SELECT COUNT(*) FROM Mail WHERE Attempts = 1 AND LeaseOwner IS NULL") == 1, "it was tried");

        Assert.Equal(0, await App.NumberAsync("SELECT Unknowns FROM Mail"));
        Assert.DoesNotContain((MailState.Unconfirmed, 1L), await StatesAsync());
        Assert.Empty(_server.Received);
    }

    [Fact]
    public async Task A_mail_that_cannot_be_read_waits_for_a_person_and_holds_up_no_other()
    {
        _server.Expect(SmtpTrouble.Reply451(SmtpStage.RcptTo), SmtpTrouble.Reply451(SmtpStage.RcptTo));
        await App.SubmitAsync(_inquiry);
        await App.SubmitAsync(An.Inquiry().WithoutConsentToShare());
        await TriedAsync(1, mails: 2);
        await App.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE MailBody SET Sealed = @nothing WHERE Seq = 1", new { nothing = new byte[] { 1, 2, 3 } }));

        await LaterAsync(TimeSpan.FromMinutes(1));
        await App.SettlesAsync();

        Assert.Equal([(MailState.Sent, 1L), (MailState.Parked, 1L)], await StatesAsync());
        Assert.Single(_server.Received);
    }

    [Fact]
    public async Task A_mail_to_a_file_is_written_again_however_often_its_outcome_was_unknown()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup());
        await app.SubmitAsync(_inquiry);
        await app.SettlesAsync();

        await app.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE Mail SET State = 0, Unknowns = 2, NextAt = CreatedAt"));
        await app.SettlesAsync();

        Assert.Equal(0, await app.NumberAsync("SELECT COUNT(*) FROM Mail WHERE State <> 2"));
        Assert.Single(app.MailsTo(_inquiry.Email));
    }

    [Fact]
    public async Task A_server_that_never_takes_it_is_given_up_on_after_two_days_and_left_to_a_person()
    {
        _server.Expect([.. Enumerable.Repeat(SmtpTrouble.Reply451(SmtpStage.RcptTo), 200)]);
        await App.SubmitAsync(_inquiry);
        await TriedAsync(1);

        var attempt = await UntilGivenUpAsync();

        Assert.Equal([(MailState.Parked, 1L)], await StatesAsync());
        Assert.InRange(App.Now - Clocks.Start, TimeSpan.FromHours(48), TimeSpan.FromHours(50));
        Assert.InRange(attempt, 40, 80);
        Assert.Empty(_server.Received);
    }

    [Fact]
    public async Task A_worker_that_died_while_sending_counts_as_unknown_and_the_mail_is_sent_once_more()
    {
        _server.Expect(new SmtpTrouble(SmtpStage.AfterDot, null, Silent: true));
        await App.SubmitAsync(_inquiry);
        await App.UntilAsync(() => Task.FromResult(_server.Received.Count == 1), "the server has the mail");
        Assert.Equal([(MailState.Sending, 1L)], await StatesAsync());
        await App.KillAsync();
        await using var second = await InquiryApp.StartAsync(Setup with { Directory = App.Settings.Data.Directory });

        _clock.Advance(TimeSpan.FromMinutes(4));
        await second.SettlesAsync();

        Assert.Equal(1, await second.NumberAsync("SELECT COUNT(*) FROM Mail WHERE State = 2 AND Unknowns = 1"));
        Assert.Equal([false, true], _server.Received.Select(m => m.Accepted));
        Assert.Equal(_server.Received[0].Content, _server.Received[1].Content);
    }

    [Fact]
    public async Task A_referral_mail_whose_offer_has_ended_meanwhile_is_not_sent_at_all()
    {
        // The patient's mail is taken, the clinic's has to wait.
        _server.Expect(new SmtpTrouble(SmtpStage.AfterDot, "250 2.0.0 taken"), SmtpTrouble.Reply451(SmtpStage.RcptTo));
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.UntilAsync(() => Task.FromResult(_server.Recipients.Count == 2), "both mails were tried");
        var offer = Assert.Single(await App.ReferralsAsync(submitted.Reference));

        await App.Database.WriteAsync(tx => ReferralStore.MoveAsync(tx, offer, ReferralTrigger.Withdraw));
        await App.SettlesAsync();

        Assert.Equal([(MailState.Sent, 1L), (MailState.Cancelled, 1L)], await StatesAsync());
        Assert.Equal(2, _server.Recipients.Count);
    }

    [Fact]
    public async Task What_the_server_gets_is_plain_text_and_HTML_that_any_mail_program_reads()
    {
        await SubmitAsync();

        var mail = MimeMessage.Load(new MemoryStream(Assert.Single(_server.Received).Content));

        Assert.Contains("We have received your inquiry", mail.TextBody!, StringComparison.Ordinal);
        Assert.Contains("<h1", mail.HtmlBody!, StringComparison.Ordinal);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.All(Encoding.ASCII.GetString(_server.Received[0].Content).Split("\r\n"), line => Assert.InRange(line.Length, 0, 998));
    }

    private async Task<int> UntilGivenUpAsync()
    {
        var attempt = 1;
        while (attempt < 150 && await App.NumberAsync("SELECT COUNT(*) FROM Mail WHERE State = 0") == 1)
        {
            await TryAgainAsync(++attempt);
        }

        return attempt;
    }

    private async Task SubmitAsync()
    {
        await App.SubmitAsync(_inquiry);
        await App.SettlesAsync();
    }

    /// <summary>Moves the clock to the next try of the one mail that waits, and waits for its end.</summary>
    private async Task TryAgainAsync(int attempt)
    {
        var next = await App.Database.ReadAsync(session => session.QuerySingleOrDefaultAsync<DateTimeOffset>("SELECT NextAt FROM Mail WHERE State = 0"));
        _clock.Advance(next - App.Now);
        await TriedAsync(attempt);
    }

    // The clock goes slowly: the next try must not come before this one is looked at.
    private Task TriedAsync(int attempts, int mails = 1) => _clock.UntilAsync(
        async () => await App.NumberAsync($"SELECT COUNT(*) FROM Mail WHERE Attempts = {attempts} AND LeaseOwner IS NULL") == mails, () => $"try {attempts} has ended",
        TimeSpan.FromMilliseconds(10));

    /// <summary>Lets time pass, and the sender look a few times at what is due then.</summary>
    private async Task LookedAgainAsync(TimeSpan time)
    {
        await LaterAsync(time);
        var until = App.Now.AddSeconds(5);
        await App.UntilAsync(() => Task.FromResult(App.Now >= until), "some seconds");
    }

    private Task LaterAsync(TimeSpan time) => App.AdvanceToAsync(App.Now + time);

    private async Task<IEnumerable<(MailState, long)>> StatesAsync() => (await App.MailStatesAsync()).OrderBy(s => s.Key).Select(s => (s.Key, s.Value));
}
