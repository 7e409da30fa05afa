using InquiryRouter.IntegrationTests.Smtp;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>The program beside a mail server that can be told what to refuse.</summary>
public abstract class DeadAddresses : IAsyncLifetime
{
    protected const string Coordinators = "coordinators@operator.example";
    protected const string NoSuchUser = "550 5.1.1 no such user";

    private readonly FakeTimeProvider _clock = Clocks.New();
    private InquiryApp? _app;

    protected DeadAddresses() => Server = new ScriptedSmtpServer(_clock, "8BITMIME", "ENHANCEDSTATUSCODES");

    internal InquiryBuilder Inquiry { get; } = An.Inquiry();

    internal ScriptedSmtpServer Server { get; }

    internal InquiryApp App => _app!;

    public async ValueTask InitializeAsync() => await StartAsync(mostOffers: 1);

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal static string Clinic(string code) => A.Clinic(code).Email;

    internal async Task StartAsync(int mostOffers)
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _app = await InquiryApp.StartAsync((new AppSetup { Clock = _clock }).With("Mail:Transport", "Smtp").With("Mail:Host", "127.0.0.1")
            .With("Mail:Port", $"{Server.Port}").With("Mail:Security", "None").With("Referral:MaxOffers", $"{mostOffers}"));
    }

    internal async Task<Submitted> SubmitAsync()
    {
        var submitted = await App.SubmitAsync(Inquiry);
        await App.SettlesAsync();
        return submitted;
    }

    internal async Task AcceptAsync(string clinic)
    {
        using var visit = await App.OpenReferralAsync(MailTo(Clinic(clinic)));
        await visit.AcceptAsync();
        await App.SettlesAsync();
    }

    internal IReadOnlyList<MimeMessage> MailsTo(string address) =>
        [.. Server.Received.Where(m => m.Accepted && m.Recipient == address).Select(m => MimeMessage.Load(new MemoryStream(m.Content)))];

    internal MimeMessage MailTo(string address) => MailsTo(address)[^1];
}
