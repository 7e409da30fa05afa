using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.IntegrationTests.App.Status;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Xunit;

namespace InquiryRouter.IntegrationTests.Smtp;

/// <summary>A mail that could not be sent when it was decided on, and is not true any more when its server answers.</summary>
public sealed class NoLongerWantedTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = Clocks.New();
    private readonly InquiryBuilder _inquiry = An.Inquiry();
    private readonly ScriptedSmtpServer _server;
    private InquiryApp? _app;

    public NoLongerWantedTests() => _server = new ScriptedSmtpServer(_clock, "8BITMIME", "ENHANCEDSTATUSCODES");

    private InquiryApp App => _app!;

    // One connection: one mail after another.
    public async ValueTask InitializeAsync() => _app = await InquiryApp.StartAsync((new AppSetup { Clock = _clock }).With("Mail:Transport", "Smtp")
        .With("Mail:Host", "127.0.0.1").With("Mail:Port", $"{_server.Port}").With("Mail:Security", "None").With("Mail:Connections", "1").With("Mail:CoordinatorAddress", string.Empty));

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_check_in_that_waits_for_its_server_is_not_sent_after_the_patient_has_asked_us_to_stop()
    {
        var submitted = await AcceptedAsync();
        var sent = _server.Recipients.Count;
        _server.Expect(SmtpTrouble.Reply451(SmtpStage.RcptTo));
        await App.AdvanceToAsync(App.Now.AddDays(8));
        await App.UntilAsync(() => Task.FromResult(_server.Recipients.Count == sent + 1), "the check-in was tried");

        await App.Database.WriteAsync(async tx => await InquiryStore.StopCheckInsAsync(tx, (await App.InquiryAsync(submitted.Reference)).Id));
        await App.SettlesAsync();

        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM Mail WHERE Kind = 'CheckIn' AND State = 7 AND LastError = 'no-longer-relevant'"));
        Assert.Equal(sent + 1, _server.Recipients.Count);
    }

    [Fact]
    public async Task A_question_that_waits_for_its_server_is_not_sent_after_the_patient_has_answered_it()
    {
        var submitted = await AcceptedAsync();
        var sent = _server.Recipients.Count;
        _server.Expect(SmtpTrouble.Reply451(SmtpStage.RcptTo));
        using (var clinic = await App.OpenReferralAsync(Received(A.Clinic("MX-A").Email)))
        {
            await clinic.PressAsync("/referral/ask", KeyValuePair.Create("question", "Which medication is taken?"));
        }

        await App.UntilAsync(() => Task.FromResult(_server.Recipients.Count == sent + 1), "the question was tried");
        using (var patient = await StatusVisit.OpenAsync(App, submitted))
        {
            await patient.PressAsync("/status/answer", ("question", patient.Page.Hidden("question")!), ("answer", "Ibuprofen."));
        }

        await App.SettlesAsync();

        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM Mail WHERE Kind = 'NeedsInformation' AND State = 7"));
        Assert.Equal(_inquiry.Email, _server.Recipients[sent]);
        Assert.DoesNotContain(_inquiry.Email, _server.Recipients.Skip(sent + 1));
    }

    private async Task<Submitted> AcceptedAsync()
    {
        var submitted = await App.SubmitAsync(_inquiry);
        await App.SettlesAsync();
        using var visit = await App.OpenReferralAsync(Received(A.Clinic("MX-A").Email));
        await visit.AcceptAsync();
        await App.SettlesAsync();
        Assert.Equal(4, _server.Received.Count);
        return submitted;
    }

    private MimeMessage Received(string address) => MimeMessage.Load(new MemoryStream(_server.Received.Last(m => m.Recipient == address).Content));
}
