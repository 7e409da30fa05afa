using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using InquiryRouter.Benchmarks.Pages;
using InquiryRouter.Benchmarks.Load;
using InquiryRouter.Benchmarks.Server;

namespace InquiryRouter.Benchmarks.Commands;

internal static class ConsoleCommand
{
    // Somebody may search sixty times an hour, of all kinds together.
    private const int MostSearches = 4;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        var server = new Option<FileInfo>("--server") { Description = "InquiryRouter.dll, or the executable.", Required = true };
        server.AcceptExistingOnly();
        var data = new Option<DirectoryInfo>("--data") { Description = "A data directory that was filled; it is used as it is.",
            Required = true };
        data.AcceptExistingOnly();
        var rounds = Options.Int("--rounds", 200, 1, 10_000, "How often each page is asked for.");
        var streams = Options.Int("--streams", 200, 0, 5_000, "Live streams that are open meanwhile, if the console has any.");
        var slow = Options.Int("--slow", 50, 1, 60_000,
            "Milliseconds at the 95th percentile from which a page is named slow, and the exit code is 1.");
        var json = Options.JsonFile();
        var quiet = Options.Quiet();
        var command = new ExplainedCommand(
            "console",
            "Ask every page of the console again and again, and say how long each takes.",
            """
            Starts 'serve' in Development on a data directory that was filled before, signs in by its one-time link, and goes through
            the console by its links: pages of one shape (/console/inquiries/{reference}/match) are one line of the result. Each is asked
            for one after the other, in turn for as many inquiries as were met. The first round is not counted.

            A million (DAY: shortly before the last half year begins, so that the clinics are verified for what is played in it):
              network --clinics 10000 --as-of DAY --out network.json
              DOTNET_ENVIRONMENT=Development InquiryRouter import clinics network.json --Data:Directory DIR
              DOTNET_ENVIRONMENT=Development InquiryRouter demo fill --inquiries 1000000 --Data:Directory DIR
              console --server InquiryRouter.dll --data DIR
            """)
        { server, data, rounds, streams, slow, json, quiet };
        command.SetAction(async (result, cancel) =>
        {
            Progress.Quiet = result.GetValue(quiet);
            using var work = new WorkDirectory(null, keep: false);
            var environment = new ServerEnvironment
            {
                DataDirectory = result.GetRequiredValue(data).FullName, HttpPort = ServerProcess.FreePort(), MailPort = 25,
                    Transport = "InMemory",
                Database = "Sqlite", IsDevelopment = true,
            };
            var log = work.File("server.log");
            await using var child = new ServerProcess(result.GetRequiredValue(server).FullName, environment, log);
            await child.StartAsync(cancel);
            var measured = await child.WhileItRunsAsync(stop =>
                MeasureAsync(environment, log, result.GetValue(rounds), result.GetValue(streams), stop), cancel);
            return await WriteAsync(measured, result.GetValue(json), result.GetValue(slow));
        });
        return command;
    }

    private static async Task<List<PageResult>> MeasureAsync(ServerEnvironment environment, string log, int rounds, int streams,
        CancellationToken cancel)
    {
        using var visitor = new ConsoleVisitor(new Uri(string.Create(CultureInfo.InvariantCulture,
            $"http://localhost:{environment.HttpPort}")));
        await visitor.SignInAsync(log, cancel);
        Progress.Say("looking for the pages");
        var shapes = await ConsoleWalk.RunAsync(visitor, cancel);
        using var open = await LiveStreams.OpenAsync(visitor, streams, cancel);
        var results = new List<PageResult>();
        foreach (var (shape, urls) in shapes.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            Progress.Say($"{shape} ({urls.Count})");
            results.Add(await PageResult.MeasureAsync(shape, rounds, (i, stop) => visitor.GetAsync(urls[i % urls.Count], stop), cancel));
        }

        await MeasureMoreAsync(visitor, shapes, rounds, results, cancel);
        results.Add(await visitor.FirstVisitAsync(cancel));
        return results;
    }

    // What no link leads to, or what is worth a line of its own.
    private static async Task MeasureMoreAsync(
        ConsoleVisitor visitor, IReadOnlyDictionary<string, List<string>> shapes, int rounds, List<PageResult> results,
            CancellationToken cancel)
    {
        var held = await SearchTerms.ReferencesAsync(visitor, "/console/list?state=Held", cancel);
        if (held.Count > 0)
        {
            Progress.Say($"the match page of held ones ({held.Count})");
            results.Add(await PageResult.MeasureAsync("match of a held inquiry", rounds, (i, stop) =>
                visitor.GetAsync($"/console/inquiries/{held[i % held.Count]}/match", stop), cancel));
        }

        foreach (var (shape, urls) in shapes.Where(s => s.Key.StartsWith("/console/reports", StringComparison.Ordinal)
            && s.Key.Contains("?weeks=", StringComparison.Ordinal) && !s.Key.Contains("{id}", StringComparison.Ordinal))
            .OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            results.Add(await PageResult.MeasureAsync("file of " + shape, rounds, (i, stop) =>
                visitor.TakeOutAsync(urls[i % urls.Count], stop), cancel));
        }

        foreach (var (what, terms) in (await SearchTerms.OfAsync(visitor, cancel)).Where(s => s.Terms.Count > 0))
        {
            try
            {
                results.Add(await PageResult.MeasureAsync("search: " + what, Math.Min(rounds, MostSearches), (i, stop) =>
                    visitor.SearchAsync(terms[i % terms.Count], stop), cancel));
            }
            catch (HttpRequestException exception)
            {
                Progress.Say($"search: {what} is not measured ({exception.StatusCode})");
            }
        }
    }

    private static async Task<int> WriteAsync(List<PageResult> results, string? json, int slow)
    {
        var table = results.Select(r => string.Create(
            CultureInfo.InvariantCulture, $"{r.Page,-72} {r.Count,6} {r.P50,8:0.0} {r.P95,8:0.0} {r.Max,8:0.0} {r.Bytes / 1000.0,8:0.0}"));
        var text = $"{"page",-72} {"asked",6} {"p50 ms",8} {"p95 ms",8} {"max ms",8} {"KB",8}\n{string.Join('\n', table)}";
        await (json == "-" ? Console.Error : Console.Out).WriteLineAsync(text);
        if (json is not null)
        {
            var written = JsonSerializer.Serialize(results, Json);
            await (json == "-" ? Console.Out.WriteLineAsync(written) : File.WriteAllTextAsync(json, written));
        }

        var tooSlow = results.Where(r => r.P95 > slow).ToList();
        foreach (var page in tooSlow)
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"slow: {page.Page} ({page.P95:0.0} ms)"));
        }

        return tooSlow.Count == 0 ? 0 : 1;
    }
}
