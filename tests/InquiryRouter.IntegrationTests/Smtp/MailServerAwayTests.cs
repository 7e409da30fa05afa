using System.Net;
using System.Net.Sockets;
using InquiryRouter.Core.Mail;
using InquiryRouter.IntegrationTests.App.Status;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace InquiryRouter.IntegrationTests.Smtp;

/// <summary>A mail server that is away for days, and comes back.</summary>
public sealed class MailServerAwayTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = Clocks.New();

    // Bound and not listening: nobody else gets the port, and who connects is refused.
    private readonly Socket _away = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly int _port;
    private ScriptedSmtpServer? _server;
    private InquiryApp? _app;

    public MailServerAwayTests()
    {
        _away.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _port = ((IPEndPoint)_away.LocalEndPoint!).Port;
    }

    private InquiryApp App => _app!;

    public async ValueTask InitializeAsync() => _app = await InquiryApp.StartAsync((new AppSetup { Clock = _clock }).With("Mail:Transport", "Smtp")
        .With("Mail:Host", "127.0.0.1").With("Mail:Port", $"{_port}").With("Mail:Security", "None").With("Mail:CoordinatorAddress", string.Empty));

    public async ValueTask DisposeAsync()
    {
        _away.Dispose();
        await App.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [Fact]
    public async Task After_49_hours_every_mail_that_is_still_true_is_sent_and_none_was_parked()
    {
        var held = Enumerable.Range(0, 60).Select(_ => An.Inquiry().WithoutConsentToShare()).ToList();
        foreach (var inquiry in held)
        {
            await App.SubmitAsync(inquiry);
        }

        var withdrawn = An.Inquiry();
        var submitted = await App.SubmitAsync(withdrawn);
        await ShutAsync();
        await PassAsync(TimeSpan.FromHours(49));
        await WithdrawAsync(submitted);

        // But what is withdrawn, which may be looked at and cancelled at once, every mail still waits.
        Assert.Equal(0, await App.NumberAsync(
            $"""
            SELECT COUNT(*) FROM Mail M LEFT JOIN Inquiry I ON I.Id = M.InquiryId
            WHERE M.State > 1 AND NOT (M.State = 7 AND I.Reference = '{submitted.Reference}')
            """));

        _server = NewServer();
        await PassAsync(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(20));
        await App.SettlesAsync();

        Assert.Equal(held.Select(i => i.Email).Order(StringComparer.Ordinal), _server.Received.Select(m => m.Recipient).Intersect(held.Select(i => i.Email)).Order(StringComparer.Ordinal));
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Mail WHERE State NOT IN (2, 7)"));

        // No clinic is told of an offer that is over meanwhile.
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Mail WHERE Kind = 'ReferralOffer' AND State = 2"));
    }

    [Fact]
    public async Task It_is_asked_ever_more_seldom_and_people_are_told_after_ten_minutes_and_every_hour_and_when_it_is_over()
    {
        await App.SubmitAsync(An.Inquiry().WithoutConsentToShare());
        await ShutAsync();
        Assert.Empty(Lines("Error"));

        await PassAsync(TimeSpan.FromMinutes(9), TimeSpan.FromSeconds(20));
        Assert.Empty(Lines("Error"));
        await PassAsync(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(20));
        Assert.Single(Lines("Error"));
        await PassAsync(TimeSpan.FromMinutes(190), TimeSpan.FromMinutes(1));
        Assert.Equal(4, Lines("Error").Count);

        // Each time it is one mail, which is as if it had never been tried.
        Assert.InRange(await App.NumberAsync("SELECT MAX(Attempts) FROM Mail"), 0, 1);
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM MailTry"));
        _server = NewServer();
        await PassAsync(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(20));
        await App.SettlesAsync();

        Assert.Single(Lines("Information"), l => l.Contains("takes mails again", StringComparison.Ordinal));
        Assert.Single(Lines("Warning"));
        Assert.Equal(1, _server.Connections);
    }

    [Fact]
    public async Task A_mail_that_comes_while_it_is_away_is_not_tried_and_goes_with_the_others()
    {
        await App.SubmitAsync(An.Inquiry().WithoutConsentToShare());
        await ShutAsync();
        await App.SubmitAsync(An.Inquiry().WithoutConsentToShare());
        await App.UntilAsync(async () => await App.NumberAsync("SELECT COUNT(*) FROM Mail") == 2, "there are two mails");
        await PassAsync(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(1));
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Mail WHERE LeaseOwner IS NOT NULL"));

        _server = NewServer();
        await App.SettlesAsync();

        Assert.Equal(2, _server.Received.Count);
    }

    [Fact]
    public async Task A_server_that_turns_everybody_away_is_asked_by_one_mail_at_a_time()
    {
        _server = NewServer();
        _server.Expect([.. Enumerable.Repeat(new SmtpTrouble(SmtpStage.MailFrom, "421 4.3.2 closing down"), 3)]);
        foreach (var inquiry in Enumerable.Range(0, 10).Select(_ => An.Inquiry().WithoutConsentToShare()))
        {
            await App.SubmitAsync(inquiry);
        }

        await App.SettlesAsync();

        Assert.Equal(10, _server.Received.Count);
        Assert.Equal([(MailState.Sent, 10L)], (await App.MailStatesAsync()).Select(s => (s.Key, s.Value)));

        // Lanes that were under way when the first was turned away may have been, too; nobody after them.
        Assert.InRange(await App.NumberAsync("SELECT COUNT(*) FROM MailTry"), 1, 3);
    }

    [Fact]
    public async Task One_mail_that_ends_every_conversation_does_not_keep_the_others()
    {
        _server = NewServer();
        _server.Expect([.. Enumerable.Repeat(SmtpTrouble.Drop(SmtpStage.RcptTo), 2)]);
        await App.SubmitAsync(An.Inquiry().WithoutConsentToShare());
        await App.UntilAsync(async () => await App.NumberAsync("SELECT COUNT(*) FROM MailTry") > 0, "it was tried");

        await App.SubmitAsync(An.Inquiry().WithoutConsentToShare());
        await App.SettlesAsync();

        Assert.Equal(2, _server.Received.Count);
    }

    private ScriptedSmtpServer NewServer()
    {
        _away.Dispose();
        return new ScriptedSmtpServer(_port, _clock, "8BITMIME", "ENHANCEDSTATUSCODES");
    }

    private async Task ShutAsync()
    {
        await App.UntilAsync(() => Task.FromResult(Lines("Warning").Count > 0), "the mail server is missed");
        await App.UntilAsync(async () => await App.NumberAsync("SELECT COUNT(*) FROM Mail WHERE LeaseOwner IS NOT NULL") == 0, "nothing is being sent");
    }

    // In steps, so that what happens in between can happen.
    private async Task PassAsync(TimeSpan time, TimeSpan? step = null)
    {
        for (var until = App.Now + time; App.Now < until;)
        {
            await App.AdvanceToAsync(App.Now + (step ?? TimeSpan.FromMinutes(10)));
            await Task.Delay(10);
        }
    }

    private async Task WithdrawAsync(Submitted submitted)
    {
        using var visit = await StatusVisit.OpenAsync(App, submitted);
        await visit.LookAsync("/status/withdraw");
        await visit.PressAsync("/status/withdraw");
    }

    private List<string> Lines(string level) => [.. App.Logs.Lines.Where(l => l.StartsWith($"{level} InquiryRouter.Infrastructure.Mail.Sending.MailGate", StringComparison.Ordinal))];
}
