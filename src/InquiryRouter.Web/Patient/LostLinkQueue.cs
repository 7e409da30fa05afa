using System.Threading.Channels;
using InquiryRouter.Application.Patients;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Web.Patient;

/// <param name="Address">A valid address, as it was typed.</param>
/// <param name="Asker">The part of a network address that is one sender; null: senders have no limit.</param>
public sealed record LostLink(string Address, string? Asker);

/// <summary>
/// Who asks for a lost link is answered before anything is looked up, so that neither the words nor the time of the answer say whether the
/// address is known. What waits here is in memory only: whoever gets no mail asks again.
/// </summary>
public sealed partial class LostLinkQueue(SendLostLink send, TimeProvider clock, ILogger<LostLinkQueue> log) : BackgroundService
{
    private const int MostWaiting = 1000;
    private static readonly TimeSpan s_later = TimeSpan.FromSeconds(1);

    private readonly Channel<LostLink> _asked =
        Channel.CreateBounded<LostLink>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ask(LostLink asked) => _asked.Writer.TryWrite(asked);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _asked.Reader.WaitToReadAsync(stoppingToken))
            {
                // Not while who asked still reads the answer: what is done for an address that is known would slow it down.
                await Task.Delay(s_later, clock, stoppingToken);
                while (_asked.Reader.TryRead(out var asked))
                {
                    await SendAsync(asked, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping, perhaps before the start has come to its end: no failure to be told.
        }
    }

    private async Task SendAsync(LostLink asked, CancellationToken cancellation)
    {
        try
        {
            await send.RunAsync(asked.Address, asked.Asker, cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A link that was asked for again could not be sent; who asked is told to ask once more when no mail comes.")]
    private partial void LogFailed(Exception exception);
}
