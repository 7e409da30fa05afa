using InquiryRouter.Commands;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace InquiryRouter.Tests.Commands;

/// <summary>What containers and service managers ask with.</summary>
public sealed class HealthCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080/health/ready")]
    [InlineData("http://+:8080", "http://127.0.0.1:8080/health/ready")]
    [InlineData("http://*:81;https://a.example", "http://127.0.0.1:81/health/ready")]
    [InlineData("http://0.0.0.0:8080", "http://127.0.0.1:8080/health/ready")]
    [InlineData("http://[::]:8080", "http://127.0.0.1:8080/health/ready")]
    [InlineData("https://inquiries.example.org:8443", "https://inquiries.example.org:8443/health/ready")]
    public void It_asks_where_the_program_listens(string urls, string expected) =>
        Assert.Equal(new Uri(expected), HealthCommand.FromUrls(urls));

    [Fact]
    public async Task It_says_what_is_answered_and_ends_by_it()
    {
        var status = 503;
        await using var server = await ServeAsync(() => Interlocked.Exchange(ref status, 200));
        var url = server.Urls.Single() + "/health/ready";

        Assert.Equal((1, "status 503"), await RunAsync("health", url));
        Assert.Equal((0, "status 200"), await RunAsync("health", url));
    }

    [Fact]
    public async Task It_waits_until_it_is_ready()
    {
        var asked = 0;
        await using var server = await ServeAsync(() => Interlocked.Increment(ref asked) < 3 ? 503 : 200);

        Assert.Equal((0, "status 200"), await RunAsync("health", "--wait", "60", server.Urls.Single()));
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task Where_nothing_answers_it_is_not_ready()
    {
        await using var server = await ServeAsync(() => 200);
        var url = server.Urls.Single();
        await server.StopAsync(Cancellation);

        var (code, said) = await RunAsync("health", url);

        Assert.Equal(1, code);
        Assert.StartsWith($"Nothing answers at {url}", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("health", "ftp://x")]
    [InlineData("health", "nowhere")]
    [InlineData("health", "--wait", "-1")]
    public async Task What_cannot_be_asked_is_refused(params string[] arguments) => Assert.Equal(CommandLine.Refused, (await RunAsync(arguments)).Code);

    private static async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        using var said = new StringWriter();
        var code = await CommandLine.RunAsync(arguments, said, said, TimeProvider.System, Cancellation);
        return (code, said.ToString().Trim());
    }

    private static async Task<WebApplication> ServeAsync(Func<int> status)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context =>
        {
            context.Response.StatusCode = status();
            return context.Response.WriteAsync($"status {context.Response.StatusCode}");
        });
        await app.StartAsync(Cancellation);
        return app;
    }
}
