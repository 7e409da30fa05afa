using InquiryRouter.IntegrationTests.Smtp;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>The program beside a mail server that can be told what to refuse.</summary>
public abstract class BesideAMailServer : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = Clocks.New();
    private InquiryApp? _app;

    protected BesideAMailServer() => Server = new ScriptedSmtpServer(_clock, "8BITMIME", "ENHANCEDSTATUSCODES");

    internal ScriptedSmtpServer Server { get; }

    internal InquiryApp App => _app!;

    public virtual async ValueTask InitializeAsync() => await StartAsync(("Mail:CoordinatorAddress", string.Empty));

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts it, in the place of one that runs, with one more setting.</summary>
    internal async Task StartAsync((string Name, string Value) setting)
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _app = await InquiryApp.StartAsync((new AppSetup { Clock = _clock }).With("Mail:Transport", "Smtp").With("Mail:Host", "127.0.0.1")
            .With("Mail:Port", $"{Server.Port}").With("Mail:Security", "None").With(setting.Name, setting.Value));
    }
}
