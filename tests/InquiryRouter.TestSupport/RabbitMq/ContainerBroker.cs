using Docker.DotNet;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Configurations;
using Microsoft.Extensions.Logging.Abstractions;
using Testcontainers.RabbitMq;

namespace InquiryRouter.TestSupport;

/// <summary>RabbitMQ in a container of its own, by Testcontainers.</summary>
internal sealed class ContainerBroker : TestBroker
{
    /// <summary>A label that tests/run.sh removes what a killed test process left behind by.</summary>
    private const string RunVariable = "INQUIRYROUTER_TEST_RUN";

    private const string RunLabel = "inquiryrouter.test-run";

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
            .WithLabel(RunLabel, Environment.GetEnvironmentVariable(RunVariable) ?? "")
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

    /// <summary>Why this machine can't run the image in a container, or null when it can.</summary>
    public static async Task<string?> WhyUnavailableAsync(string image, CancellationToken cancellationToken)
    {
        if (TestcontainersSettings.OS.DockerEndpointAuthConfig is not { } endpoint)
        {
            // Testcontainers has asked already. An engine that speaks only an older protocol counts as none, too.
            return "no Docker engine answers (one older than API 1.44 needs DOCKER_API_VERSION)";
        }

        try
        {
            using var client = endpoint.GetDockerClientBuilder(Guid.NewGuid()).Build();
            return await WhyNoEngineAsync(client, cancellationToken) ?? await WhyNoImageAsync(client, image, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever keeps the engine from being asked (socket, rights, protocol): the reason is shown, not lost.
            return $"no Docker engine answers ({e.Message.ReplaceLineEndings(" ").Trim()})";
        }
    }

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

    private static async Task<string?> WhyNoEngineAsync(DockerClient client, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        try
        {
            await client.System.PingAsync(limit.Token);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "no Docker engine answers";
        }
    }

    private static async Task<string?> WhyNoImageAsync(DockerClient client, string image, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        try
        {
            await client.Images.InspectImageAsync(image, limit.Token);
            return null;
        }
        catch (DockerImageNotFoundException)
        {
            try
            {
                await client.Images.CreateImageAsync(new ImagesCreateParameters { FromImage = image }, new AuthConfig(), new Progress<JSONMessage>(), limit.Token);
                return null;
            }
            catch (Exception e) when (e is DockerApiException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                return $"the Docker engine has no image {image} and can't pull it";
            }
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await _container.StartAsync(cancellationToken);
        await WaitUntilReadyAsync(() => null, cancellationToken);
    }
}
