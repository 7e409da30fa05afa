using System.Threading.Channels;
using InquiryRouter.Application.Patients;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Web.Patient;

/// <summary>
/// Who asks for a lost link is answered before anything is looked up, so that neither the words nor the time of the answer say whether the
/// address is known. What waits here is in memory only: whoever gets no mail asks again.
/// </summary>
public sealed partial class LostLinkQueue(SendLostLink send, ILogger<LostLinkQueue> log) : BackgroundService
{
    private const int MostWaiting = 1000;

    private readonly Channel<string> _asked =
        Channel.CreateBounded<string>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <param name="address">A valid address, as it was typed.</param>
    public void Ask(string address) => _asked.Writer.TryWrite(address);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var address in _asked.Reader.ReadAllAsync(stoppingToken))
            {
                try
                {
                    await send.RunAsync(address, stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    LogFailed(exception);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping, perhaps before the start has come to its end: no failure to be told.
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A link that was asked for again could not be sent; who asked is told to ask once more when no mail comes.")]
    private partial void LogFailed(Exception exception);
}
