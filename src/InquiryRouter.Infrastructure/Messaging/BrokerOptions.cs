namespace InquiryRouter.Infrastructure.Messaging;

public enum BrokerTransport
{
    /// <summary>One process with both roles; the outbox is the queue.</summary>
    InMemory,

    /// <summary>Any number of processes.</summary>
    RabbitMq,
}

/// <summary>Settings under <c>Broker</c>.</summary>
public sealed class BrokerOptions
{
    public const string Section = "Broker";

    public BrokerTransport Transport { get; set; } = BrokerTransport.InMemory;

    /// <summary>amqp:// or amqps://, with user, password and virtual host.</summary>
    public string Uri { get; set; } = "amqp://guest:guest@localhost:5672/";
}
