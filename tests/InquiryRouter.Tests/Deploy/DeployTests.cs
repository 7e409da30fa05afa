using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using InquiryRouter.Hosting;
using InquiryRouter.Settings;
using InquiryRouter.Tests.Documents;
using InquiryRouter.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace InquiryRouter.Tests.Deploy;

/// <summary>Every name, port, setting and command in <c>deploy</c> is one that the program has.</summary>
public sealed partial class DeployTests
{
    private const string Dockerfile = "deploy/Dockerfile";
    private const string Unit = "deploy/systemd/inquiryrouter.service";
    private const string Docs = "src/docs/";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_setting_is_one()
    {
        var known = ProgramLists.Settings.ToHashSet(StringComparer.Ordinal);

        Assert.Contains(DeployFiles.All, f => f.Text.Contains("Broker__Uri", StringComparison.Ordinal));
        Assert.Empty(DeployFiles.All.SelectMany(f => DeployChecks.UnknownSettings(f, known)));
    }

    [Fact]
    public void Every_path_of_health_answers()
    {
        var known = ProgramLists.HealthPaths;

        Assert.NotEmpty(known);
        Assert.Empty(DeployFiles.All.SelectMany(f => DeployChecks.UnknownHealthPaths(f, known)));
    }

    [Fact]
    public async Task Every_command_is_one()
    {
        var known = (await ProgramNames.CommandsAsync(Cancellation)).ToHashSet(StringComparer.Ordinal);
        var commands = Shells().ToList();

        Assert.Superset(new HashSet<string>(["serve", "health", "user", "migrate"]), commands.Select(c => c.Arguments[0]).ToHashSet(StringComparer.Ordinal));
        Assert.Empty(commands.SelectMany(c => DeployChecks.UnknownCommands(c.Where, c.Arguments, known)));
    }

    [Fact]
    public void Every_series_is_reported_and_each_is_on_the_dashboard()
    {
        var reported = ProgramLists.Reported();
        var dashboard = DeployFiles.Text("deploy/grafana/dashboard.json");

        Assert.Empty(DeployFiles.All.SelectMany(f => DeployChecks.UnknownSeries(f, reported)));
        Assert.All(reported, r => Assert.Contains(r.Names, n => dashboard.Contains(n, StringComparison.Ordinal)));
        Assert.NotEmpty(reported);
        using var read = JsonDocument.Parse(dashboard);
        var ids = read.RootElement.GetProperty("panels").EnumerateArray().Select(p => p.GetProperty("id").GetInt32()).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void What_to_do_about_each_alert_is_told()
    {
        var groups = Assert.IsType<List<object>>(DeployFiles.Map(DeployFiles.Yaml(DeployFiles.Text("deploy/grafana/alerts.yml")))["groups"]);
        var alerts = groups.SelectMany(g => (List<object>)DeployFiles.Map(g)["rules"]).Select(DeployFiles.Map).ToList();

        Assert.NotEmpty(alerts);
        Assert.All(alerts, a => Assert.Superset(new HashSet<string>(["alert", "expr", "labels", "annotations"]), a.Keys.ToHashSet(StringComparer.Ordinal)));
        Assert.Empty(DocumentChecks.Untold(DeployFiles.Text(Docs + "operating.md"), alerts.Select(a => (string)a["alert"])));
    }

    [Fact]
    public void The_image_listens_where_the_program_does_by_itself_and_is_the_one_the_SDK_makes()
    {
        var text = DeployFiles.Text(Dockerfile);
        var project = DeployFiles.Text("src/InquiryRouter/InquiryRouter.csproj");
        var port = new Uri(SettingsLoader.DefaultUrls).Port.ToString(CultureInfo.InvariantCulture);

        Assert.Contains($"EXPOSE {port}\n", text, StringComparison.Ordinal);
        Assert.Contains($"ENV Urls=http://+:{port} ", text, StringComparison.Ordinal);
        Assert.Contains("<ContainerBaseImage>" + Regex.Match(text, "RUNTIME_IMAGE=(.+)").Groups[1].Value.Trim() + "<", project, StringComparison.Ordinal);
        Assert.Contains("<ContainerUser>" + Regex.Match(text, "\nUSER ([0-9]+:[0-9]+)\n").Groups[1].Value + "<", project, StringComparison.Ordinal);
        foreach (var name in Regex.Matches(text, @"^(?:ENV|   ) +([A-Z][A-Za-z_]+)=(\S+)(?: \\)?$", RegexOptions.Multiline).Where(m => m.Index > text.LastIndexOf("FROM", StringComparison.Ordinal)))
        {
            Assert.Contains($"Include=\"{name.Groups[1].Value}\" Value=\"{name.Groups[2].Value}\"", project, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_image_is_restored_from_every_project_and_its_lock_file()
    {
        var text = DeployFiles.Text(Dockerfile);
        var projects = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(f => Path.GetFileNameWithoutExtension(f)).ToList();

        Assert.NotEmpty(projects);
        Assert.All(projects, p => Assert.Contains($"COPY src/{p}/*.csproj src/{p}/packages.lock.json src/{p}/\n", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Whoever_stops_it_waits_for_as_long_as_it_may_take()
    {
        // What hangs after the host's own limit is ended ten seconds later.
        var longest = Server.LongestStop + TimeSpan.FromSeconds(10);

        Assert.True(Seconds("deploy/compose.yaml", "stop_grace_period: ([0-9]+)s") >= longest);
        Assert.True(Seconds(Unit, "TimeoutStopSec=([0-9]+)") >= longest);
        var preStop = Seconds("deploy/kubernetes/base/web.yaml", "sleep: { seconds: ([0-9]+) }");
        Assert.True(Seconds("deploy/kubernetes/base/web.yaml", "terminationGracePeriodSeconds: ([0-9]+)") >= longest + preStop);
        Assert.True(Seconds("deploy/kubernetes/base/worker.yaml", "terminationGracePeriodSeconds: ([0-9]+)") >= longest);
    }

    [Fact]
    public void The_script_of_the_empty_database_is_T_SQL()
    {
        using var script = new StringReader(DeployFiles.Text("deploy/new-database.sql"));
        var fragment = new TSql160Parser(initialQuotedIdentifiers: true).Parse(script, out var errors);

        Assert.Empty(errors.Select(e => e.Message));
        Assert.Equal(4, ((TSqlScript)fragment).Batches.Count);
    }

    [Fact]
    public void The_settings_of_the_unit_can_work()
    {
        var configuration = new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.Root, "deploy/systemd/appsettings.json")).Build();

        Assert.Equal("https://inquiries.example.org/", SettingsLoader.Load(configuration, "Production", Roles.Both).PublicUrl.ToString());
    }

    [Fact]
    public async Task The_unit_is_one_that_systemd_takes_and_that_may_do_little()
    {
        if (!File.Exists("/usr/bin/systemd-analyze"))
        {
            Assert.Skip("systemd-analyze is not installed here.");
        }

        // The program need not be installed here: a program that is there stands for it.
        var folder = Directory.CreateTempSubdirectory("unit-");
        try
        {
            var unit = Path.Combine(folder.FullName, "inquiryrouter.service");
            await File.WriteAllTextAsync(unit, DeployFiles.Text(Unit).Replace("/opt/inquiryrouter/InquiryRouter", "/bin/true", StringComparison.Ordinal), Cancellation);

            Assert.Equal((0, string.Empty), await RunAsync("systemd-analyze", "verify", unit));
            Assert.Equal(0, (await RunAsync("systemd-analyze", "security", "--offline=true", "--threshold=20", unit)).Code);
            await File.WriteAllTextAsync(unit, DeployFiles.Text(Unit).Replace("NoNewPrivileges", "NoNewPriviliges", StringComparison.Ordinal), Cancellation);
            Assert.Contains("NoNewPriviliges", (await RunAsync("systemd-analyze", "verify", unit)).Said, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Everything in deploy, and in the documents about it, that runs the program.
    private static IEnumerable<(string Where, IReadOnlyList<string> Arguments)> Shells()
    {
        string[] documents = [Docs + "installing.md", Docs + "operating.md", Docs + "upgrading.md", "README.md"];
        foreach (var file in DeployFiles.All.Concat(documents.Select(d => new SourceFile(d, DeployFiles.Text(d)))))
        {
            foreach (Match run in Run().Matches(file.Text))
            {
                yield return (file.Path, run.Groups["arguments"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }

            foreach (Match list in List().Matches(file.Text))
            {
                yield return (file.Path, JsonSerializer.Deserialize<string[]>($"[{list.Groups["arguments"].Value}]")!);
            }
        }
    }

    private static TimeSpan Seconds(string file, string pattern) => Regex.Matches(DeployFiles.Text(file), pattern)
        .Select(m => TimeSpan.FromSeconds(int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)))
        .Min();

    internal static async Task<(int Code, string Said)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, string.Concat(said));
    }

    [GeneratedRegex(@"(?:^ExecStart(?:Post)?=/opt/inquiryrouter/|dotnet |runuser -u inquiryrouter -- /opt/inquiryrouter/)InquiryRouter(?:\.dll)? (?<arguments>[a-z][^\n`#|<>…]*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Run();

    [GeneratedRegex(@"(?:args: \[|command: \[|CMD \[""dotnet"", ""/app/InquiryRouter.dll"", |^CMD \[)(?<arguments>""(?:serve|migrate|health)""[^\]]*)\]", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex List();
}
