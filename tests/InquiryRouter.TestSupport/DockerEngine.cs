using Docker.DotNet;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Configurations;

namespace InquiryRouter.TestSupport;

/// <summary>The Docker engine of this machine, if there is one: what can be run on it.</summary>
internal static class DockerEngine
{
    /// <summary>A label that tests/run.sh removes what a killed test process left behind by.</summary>
    public const string RunLabel = "inquiryrouter.test-run";

    private const string RunVariable = "INQUIRYROUTER_TEST_RUN";

    /// <summary>The value of <see cref="RunLabel" /> for the containers of this run.</summary>
    public static string Run => Environment.GetEnvironmentVariable(RunVariable) ?? "";

    /// <summary>Why this machine can't run the image in a container, or null when it can.</summary>
    /// <param name="image">With its tag.</param>
    /// <param name="pull">An image that is not there may be fetched; for at most three minutes.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public static async Task<string?> WhyUnavailableAsync(string image, bool pull, CancellationToken cancellationToken)
    {
        if (TestcontainersSettings.OS.DockerEndpointAuthConfig is not { } endpoint)
        {
            // Testcontainers has asked already. An engine that speaks only an older protocol counts as none, too.
            return "no Docker engine answers (one older than API 1.44 needs DOCKER_API_VERSION)";
        }

        try
        {
            using var client = endpoint.GetDockerClientBuilder(Guid.NewGuid()).Build();
            return await WhyNoEngineAsync(client, cancellationToken) ?? await WhyNoImageAsync(client, image, pull, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever keeps the engine from being asked (socket, rights, protocol): the reason is shown, not lost.
            return $"no Docker engine answers ({e.Message.ReplaceLineEndings(" ").Trim()})";
        }
    }

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

    private static async Task<string?> WhyNoImageAsync(DockerClient client, string image, bool pull, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        try
        {
            await client.Images.InspectImageAsync(image, limit.Token);
            return null;
        }
        catch (DockerImageNotFoundException) when (!pull)
        {
            return $"the Docker engine has no image {image}";
        }
        catch (DockerImageNotFoundException)
        {
            try
            {
                await client.Images.CreateImageAsync(
                    new ImagesCreateParameters { FromImage = image }, new AuthConfig(), new Progress<JSONMessage>(), limit.Token);
                return null;
            }
            catch (Exception e) when (e is DockerApiException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                return $"the Docker engine has no image {image} and can't pull it";
            }
        }
    }
}
