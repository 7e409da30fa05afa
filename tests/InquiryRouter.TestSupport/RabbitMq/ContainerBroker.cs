using Docker.DotNet.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Testcontainers.RabbitMq;

namespace InquiryRouter.TestSupport;

/// <summary>RabbitMQ in a container of its own, by Testcontainers.</summary>
internal sealed class ContainerBroker : TestBroker
{
    private const string AmqpPort = "5672/tcp";

    private readonly string _image;
    private readonly RabbitMqContainer _container;

    private ContainerBroker(string image, int port)
    {
        _image = image;
        var password = NewPassword();
        Uri = new UriBuilder("amqp", "127.0.0.1", port, "/") { UserName = UserName, Password = password }.Uri;
        _container = new RabbitMqBuilder(image)
            .WithLogger(NullLogger.Instance)
            .WithUsername(UserName)
            .WithPassword(password)
            .WithEnvironment("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", ErlangArguments)
            .WithLabel(DockerEngine.RunLabel, DockerEngine.Run)
            .WithCreateParameterModifier(create =>
            {
                // A port left to the engine would be another one after each start, and open to the network.
                create.HostConfig!.PortBindings![AmqpPort] = [new PortBinding { HostIP = "127.0.0.1", HostPort = $"{port}" }];
                create.StopSignal = "SIGKILL";
            })
            .Build();
    }

    public override Uri Uri { get; }

    public override string Kind => "container";

    public static async Task<TestBroker> StartNewAsync(string image, CancellationToken cancellationToken)
    {
        var broker = new ContainerBroker(image, FreePort.Pick(1)[0]);
        try
        {
            await broker.StartAsync(cancellationToken);
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    public override Task StartAsync() => StartAsync(CancellationToken.None);

    // By the stop signal above: the engine keeps the container and with it the data.
    protected override Task KillAsync() => _container.StopAsync();

    protected override string Describe(string version) => $"container image {_image} (RabbitMQ {version})";

    protected override async Task<string> RabbitMqCtlAsync(IReadOnlyList<string> arguments)
    {
        var result = await _container.ExecAsync(["rabbitmqctl", .. arguments]);
        return result.ExitCode == 0
            ? result.Stdout
            : throw new InvalidOperationException($"rabbitmqctl {string.Join(' ', arguments)}: {result.Stdout}{result.Stderr}");
    }

    protected override ValueTask DisposeAsyncCore() => _container.DisposeAsync();

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await _container.StartAsync(cancellationToken);
        await WaitUntilReadyAsync(() => null, cancellationToken);
    }
}
