using System.Globalization;
using RabbitMQ.Client;

namespace InquiryRouter.Benchmarks.Ceilings;

/// <summary>Persistent messages into a quorum queue, each confirmed before its publisher sends the next.</summary>
internal static class BarePublish
{
    private const int Count = 20_000;
    private const int Publishers = 64;
    private const int Bytes = 600;

    /// <param name="broker">On this machine.</param>
    /// <param name="cancel">Ends it in the middle.</param>
    public static async Task<Ceiling> MeasureAsync(Uri broker, CancellationToken cancel)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(cancel);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, new ThrottlingRateLimiter(Publishers * 2)),
            cancel);
        var queue = string.Create(CultureInfo.InvariantCulture, $"bare-publish-{Guid.NewGuid():N}");
        await channel.QueueDeclareAsync(
            queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum" },
            cancellationToken: cancel);
        try
        {
            var body = new byte[Bytes];
            var perSecond = await Measured.PerSecondAsync(Publishers, Count, PublishAsync, cancel);
            return new Ceiling("bare publish", perSecond, string.Create(
                CultureInfo.InvariantCulture, $"messages of {Bytes} bytes confirmed by a quorum queue, {Publishers} at once; the server publishes three for an inquiry"));

            async Task PublishAsync(int caller) => await channel.BasicPublishAsync(
                string.Empty, queue, mandatory: true, new BasicProperties { Persistent = true }, body, cancel);
        }
        finally
        {
            await channel.QueueDeleteAsync(queue, cancellationToken: CancellationToken.None);
        }
    }
}
