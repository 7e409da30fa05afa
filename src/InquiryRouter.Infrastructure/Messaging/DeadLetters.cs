using System.Text;
using System.Text.Json;
using InquiryRouter.Core.Messages;
using InquiryRouter.Infrastructure.Data.Stores.Messages;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace InquiryRouter.Infrastructure.Messaging;

/// <summary>
/// Takes what the broker gave up on out of its dead-letter queue, so that it is kept where everything else is. Asked now and then, with a
/// connection of its own: a consumer of the bus would put back at once, and for ever, what it cannot read or the database cannot take.
/// </summary>
public sealed class DeadLetters(BrokerOptions options) : IAsyncDisposable
{
    private const int BatchSize = 100;
    private const ushort NotFound = 404;

    private readonly SemaphoreSlim _once = new(1);
    private IConnection? _connection;

    /// <summary>Hands over all that lies in the queue. What was kept is taken out of it; when keeping fails, it stays.</summary>
    /// <param name="keep">Keeps them for good. One may come twice.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <returns>How many. Without a broker there are none, and without the queue: it is deployed with the others.</returns>
    public async Task<int> TakeAsync(Func<IReadOnlyList<DeadLetter>, Task> keep, CancellationToken cancellation)
    {
        if (options.Transport == BrokerTransport.InMemory)
        {
            return 0;
        }

        await _once.WaitAsync(cancellation);
        try
        {
            if (_connection is not { IsOpen: true })
            {
                await DisposeAsync();
                _connection = await new ConnectionFactory { Uri = new Uri(options.Uri) }.CreateConnectionAsync(cancellation);
            }

            // What was not acknowledged goes back with the channel.
            await using var channel = await _connection.CreateChannelAsync(cancellationToken: cancellation);
            return await TakeAsync(channel, keep, cancellation);
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == NotFound)
        {
            return 0;
        }
        finally
        {
            _once.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }

    private static async Task<int> TakeAsync(IChannel channel, Func<IReadOnlyList<DeadLetter>, Task> keep, CancellationToken cancellation)
    {
        for (var taken = 0; ;)
        {
            var batch = new List<DeadLetter>(BatchSize);
            ulong last = 0;
            while (batch.Count < BatchSize
                && await channel.BasicGetAsync(MessagingRegistration.DeadLetterQueue, autoAck: false, cancellation) is { } got)
            {
                batch.Add(Read(got));
                last = got.DeliveryTag;
            }

            if (batch.Count == 0)
            {
                return taken;
            }

            await keep(batch);
            await channel.BasicAckAsync(last, multiple: true, cancellation);
            taken += batch.Count;
        }
    }

    private static DeadLetter Read(BasicGetResult got)
    {
        var id = Guid.TryParse(got.BasicProperties.MessageId, out var named) ? named : Guid.CreateVersion7();
        var (queue, reason) = Death(got.BasicProperties.Headers);
        try
        {
            var message = ReadEvent(got.Body);
            var (type, body) = EventTypes.Write(message);
            return new DeadLetter(id, message.InquiryId, type, body, queue, reason);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return new DeadLetter(id, null, OutboxStore.Unreadable, Convert.ToBase64String(got.Body.Span), queue, reason);
        }
    }

    // The envelope of the bus: the event, and its type as urn:message:Namespace:Name.
    private static IEvent ReadEvent(ReadOnlyMemory<byte> body)
    {
        using var envelope = JsonDocument.Parse(body);
        var type = envelope.RootElement.GetProperty("messageType")[0].GetString() ?? string.Empty;
        return EventTypes.Read(type[(type.LastIndexOf(':') + 1)..], envelope.RootElement.GetProperty("message").GetRawText());
    }

    // Where the broker gave up on it last, and why.
    private static (string Queue, string Reason) Death(IDictionary<string, object?>? headers) =>
        headers is not null && headers.TryGetValue("x-death", out var value) && value is IList<object?> { Count: > 0 } deaths
            && deaths[0] is IDictionary<string, object?> last
            ? (Text(last, "queue"), Text(last, "reason"))
            : (MessagingRegistration.DeadLetterQueue, "unknown");

    private static string Text(IDictionary<string, object?> table, string name) =>
        table.TryGetValue(name, out var value) && value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : "unknown";
}
