using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Testcontainers.MsSql;
using Xunit;
using Xunit.v3;

namespace InquiryRouter.IntegrationTests.Support;

/// <summary>A suite that needs SQL Server. All of them share one database, so they run one after another.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnSqlServerAttribute : Attribute, ICollectionAttribute
{
    public string Name => SqlServerCollection.Name;

    public Type? Type => null;
}

[CollectionDefinition(Name)]
public sealed class SqlServerCollection : ICollectionFixture<SqlServerFixture>
{
    public const string Name = "SQL Server";
}

/// <summary>
/// The SQL Server of the suites: the one that is named, else a container of its image where that is there. One that is there and does not
/// start fails every suite; where neither is, they are skipped.
/// </summary>
public sealed class SqlServerFixture : IAsyncLifetime
{
    /// <summary>A connection string to an empty server.</summary>
    public const string Variable = "INQUIRYROUTER_TEST_SQLSERVER";

    /// <summary>The image of the container; without it <see cref="DefaultImage" />. It is large and is not fetched.</summary>
    public const string ImageVariable = "INQUIRYROUTER_TEST_SQLSERVER_IMAGE";

    public const string DefaultImage = "mcr.microsoft.com/mssql/server:2022-latest";

    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(3);
    private static readonly Lazy<Task<string?>> s_whyUnavailable = new(AskAsync);
    private static string? s_connectionString = Setting(Variable);

    private MsSqlContainer? _container;

    public static string ConnectionString => s_connectionString ?? throw new InvalidOperationException("No SQL Server was started.");

    private static string Image => Setting(ImageVariable) ?? DefaultImage;

    /// <summary>Why no suite can run, or null when they can.</summary>
    public static Task<string?> WhyUnavailableAsync() => s_whyUnavailable.Value;

    public async ValueTask InitializeAsync()
    {
        if (s_connectionString is not null || await WhyUnavailableAsync() is not null)
        {
            return;
        }

        _container = new MsSqlBuilder(Image)
            .WithLogger(NullLogger.Instance)
            .WithPassword($"Aa1-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}")
            .WithLabel(DockerEngine.RunLabel, DockerEngine.Run)
            .WithCreateParameterModifier(create =>
            {
                // Not open to the network.
                foreach (var binding in create.HostConfig!.PortBindings!.Values.SelectMany(b => b))
                {
                    binding.HostIP = "127.0.0.1";
                }
            })
            .Build();
        using var limit = new CancellationTokenSource(s_startLimit);
        try
        {
            await _container.StartAsync(limit.Token);
            s_connectionString = _container.GetConnectionString();
        }
        catch
        {
            await _container.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_container is not null)
        {
            await _container.DisposeAsync();
        }
    }

    private static async Task<string?> AskAsync() =>
        Setting(Variable) is null
        && await DockerEngine.WhyUnavailableAsync(Image, pull: false, TestContext.Current.CancellationToken) is { } reason
            ? $"{Variable} is not set, and {reason}"
            : null;

    private static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? text : null;
}
