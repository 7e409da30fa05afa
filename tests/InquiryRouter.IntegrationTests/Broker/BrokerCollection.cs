using Xunit;

namespace InquiryRouter.IntegrationTests.Broker;

/// <summary>The tests that need a broker share one, one after another; it is started when the first of them runs.</summary>
[CollectionDefinition(Name)]
public sealed class BrokerCollection : ICollectionFixture<BrokerFixture>
{
    public const string Name = "RabbitMQ";
}
