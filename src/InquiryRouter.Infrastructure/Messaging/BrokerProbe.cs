using RabbitMQ.Client;

namespace InquiryRouter.Infrastructure.Messaging;

/// <summary>Can the broker be reached, with this address?</summary>
public static class BrokerProbe
{
    /// <returns>Null when it can; otherwise why not.</returns>
    public static async Task<string?> TryAsync(BrokerOptions options, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            var factory = new ConnectionFactory { Uri = new Uri(options.Uri), RequestedConnectionTimeout = TimeSpan.FromSeconds(4) };
            await using var connection = await factory.CreateConnectionAsync(limit.Token);
            await connection.CloseAsync(limit.Token);
            return null;
        }
        catch (Exception exception)
        {
            // The text of some of these names the user; the kind is enough.
            return exception is OperationCanceledException ? "no answer within 5 seconds" : exception.GetBaseException().GetType().Name;
        }
    }
}
