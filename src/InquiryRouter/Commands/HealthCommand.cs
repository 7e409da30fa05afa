using System.CommandLine;
using System.Globalization;
using System.Net;
using InquiryRouter.Settings;

namespace InquiryRouter.Commands;

/// <summary>Asks a running process whether it is ready: for service managers and containers, which have no other program for it.</summary>
internal static class HealthCommand
{
    private const string Path = "/health/ready";
    private const int LongestWait = 3600;

    private static readonly TimeSpan s_answersWithin = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);

    public static void AddTo(RootCommand root, TextWriter output)
    {
        var url = new Argument<string?>("URL")
        {
            Description = $"Where to ask, like http://127.0.0.1:8080{Path}; without it, {Path} of the first of Urls.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var wait = new Option<int>("--wait") { Description = "Seconds to go on asking until it is ready." };
        var health = new Command("health", "Asks a running process whether it is ready, and prints its answer; ends with 1 when it is not.") { url, wait };
        health.SetAction(async (parsed, cancellation) =>
        {
            var seconds = parsed.GetValue(wait);
            if (seconds is < 0 or > LongestWait)
            {
                throw new CommandRefusedException($"--wait is {seconds}; allowed: 0 to {LongestWait} seconds.");
            }

            return await AskAsync(
                Address(parsed, parsed.GetValue(url)), TimeSpan.FromSeconds(seconds), CommandContext.Clock(parsed), output, cancellation);
        });
        root.Add(health);
    }

    /// <summary>Where a process that listens there is asked from its own machine.</summary>
    internal static Uri FromUrls(string urls)
    {
        var first = BindingAddress.Parse(urls.Split(';')[0]);
        var host = first.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "127.0.0.1" : first.Host;
        return new(string.Create(CultureInfo.InvariantCulture, $"{first.Scheme}://{host}:{first.Port}{Path}"));
    }

    private static Uri Address(ParseResult parsed, string? typed)
    {
        if (typed is null)
        {
            return FromUrls(CommandContext.Settings(parsed, Roles.Both).Urls);
        }

        return Uri.TryCreate(typed, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new CommandRefusedException($"'{typed}' is not an address like http://127.0.0.1:8080{Path}.");
    }

    private static async Task<int> AskAsync(Uri url, TimeSpan wait, TimeProvider clock, TextWriter output, CancellationToken cancellation)
    {
        using var client = new HttpClient { Timeout = s_answersWithin };
        var began = clock.GetTimestamp();
        while (true)
        {
            var (isReady, said) = await OnceAsync(client, url, cancellation);
            if (isReady || clock.GetElapsedTime(began) >= wait)
            {
                await output.WriteLineAsync(said);
                return isReady ? 0 : 1;
            }

            await Task.Delay(s_pause, clock, cancellation);
        }
    }

    private static async Task<(bool IsReady, string Said)> OnceAsync(HttpClient client, Uri url, CancellationToken cancellation)
    {
        try
        {
            using var answer = await client.GetAsync(url, cancellation);
            var said = await answer.Content.ReadAsStringAsync(cancellation);
            return (answer.StatusCode == HttpStatusCode.OK, said.Length > 0 ? said : $"{(int)answer.StatusCode}");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return (false, $"Nothing answers at {url}: {exception.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (false, $"{url} did not answer within {s_answersWithin.TotalSeconds:0} s.");
        }
    }
}
