using System.Security.Cryptography;

namespace InquiryRouter.TestSupport;

/// <summary>
/// A RabbitMQ of its own for a test run, on a port of 127.0.0.1 that stays the same when it is stopped and started again.
/// </summary>
public abstract class TestBroker : IAsyncDisposable
{
    /// <summary><c>container</c> or <c>node</c> makes <see cref="StartNewAsync" /> use that one or fail.</summary>
    public const string KindVariable = "INQUIRYROUTER_TEST_BROKER";

    /// <summary>The image of the container; without it <see cref="DefaultImage" />.</summary>
    public const string ImageVariable = "INQUIRYROUTER_TEST_BROKER_IMAGE";

    public const string DefaultImage = "rabbitmq:3.13";

    /// <summary>
    /// Quorum queues publish their counts each half second instead of every five, so that <see cref="QueuesAsync" /> is
    /// hardly ever behind.
    /// </summary>
    protected const string ErlangArguments = "-rabbit quorum_tick_interval 500";

    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(90);

    /// <summary>
    /// RabbitMQ writes a new quorum queue's place on disk only after half a second. Killed before, it finds the queue
    /// without it, and that queue never elects a leader again: not the crash that a test means.
    /// </summary>
    private static readonly TimeSpan QueuesOnDisk = TimeSpan.FromSeconds(2);

    /// <summary><c>amqp://user:password@127.0.0.1:port/</c>, the default virtual host.</summary>
    public abstract Uri Uri { get; }

    /// <summary><c>container</c> or <c>private node</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>What answers at <see cref="Uri" />, for people: the kind with its image or version.</summary>
    public string Description { get; private set; } = "";

    protected static string UserName => "inquiryrouter";

    protected static string NewPassword() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>
    /// Starts a broker: a container where a Docker engine answers and has or gets the image, otherwise a private node of
    /// the rabbitmq-server installed here.
    /// </summary>
    /// <exception cref="InvalidOperationException">Neither can be had; the message says what to install.</exception>
    public static async Task<TestBroker> StartNewAsync(CancellationToken cancellationToken)
    {
        var forced = Environment.GetEnvironmentVariable(KindVariable) ?? "";
        if (forced is not ("" or "container" or "node"))
        {
            throw new InvalidOperationException($"{KindVariable}={forced}: only 'container' and 'node' are known.");
        }

        var image = Environment.GetEnvironmentVariable(ImageVariable) is { Length: > 0 } named ? named : DefaultImage;
        var noContainer = string.Equals(forced, "node", StringComparison.Ordinal)
            ? $"{KindVariable}=node"
            : await DockerEngine.WhyUnavailableAsync(image, pull: true, cancellationToken);
        if (noContainer is null)
        {
            return await ContainerBroker.StartNewAsync(image, cancellationToken);
        }

        var noNode = string.Equals(forced, "container", StringComparison.Ordinal) ? $"{KindVariable}=container" : PrivateNode.WhyUnavailable();
        if (noNode is null)
        {
            return await PrivateNode.StartNewAsync(noContainer, cancellationToken);
        }

        throw new InvalidOperationException(
            $"No RabbitMQ for the tests. Container: {noContainer}. Private node: {noNode}. " +
            $"Install Debian's rabbitmq-server package, or start a Docker engine that has or can pull {image}.");
    }

    /// <summary>
    /// Kills the broker after two seconds, as a crash would: clients lose their connections at once and find the port closed.
    /// </summary>
    public async Task StopAsync()
    {
        await Task.Delay(QueuesOnDisk);
        await KillAsync();
    }

    /// <summary>Starts the stopped broker again, with its data, users and port, and returns when it takes connections.</summary>
    public abstract Task StartAsync();

    /// <summary>All queues of the default virtual host.</summary>
    public async Task<IReadOnlyList<QueueInfo>> QueuesAsync() => QueueInfo.ParseList(await RabbitMqCtlAsync(QueueInfo.ListCommand));

    public async ValueTask DisposeAsync()
    {
        await DisposeAsyncCore();
        GC.SuppressFinalize(this);
    }

    protected abstract Task KillAsync();

    protected abstract ValueTask DisposeAsyncCore();

    /// <summary>Runs <c>rabbitmqctl</c> on this broker and gives what it printed.</summary>
    /// <exception cref="InvalidOperationException">It exited with an error; the message holds its output.</exception>
    protected abstract Task<string> RabbitMqCtlAsync(IReadOnlyList<string> arguments);

    /// <summary>A description for a broker of this version.</summary>
    protected abstract string Describe(string version);

    /// <summary>Waits until the broker at <see cref="Uri" /> speaks AMQP; an open port alone may be Docker's proxy.</summary>
    /// <param name="diedBecause">Tells why it will never answer, or null while it still may.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    protected async Task WaitUntilReadyAsync(Func<string?> diedBecause, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ReadyLimit);
        while (true)
        {
            if (await AmqpGreeting.VersionAtAsync(Uri.Port, limit.Token) is { } version)
            {
                Description = Describe(version);
                return;
            }

            if (diedBecause() is { } reason)
            {
                throw new InvalidOperationException(reason);
            }

            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"RabbitMQ ({Kind}) did not answer at {Uri.Host}:{Uri.Port} within {ReadyLimit.TotalSeconds} s.", e);
            }
        }
    }
}
