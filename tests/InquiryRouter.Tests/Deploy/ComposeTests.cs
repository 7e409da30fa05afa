using System.Text.RegularExpressions;
using InquiryRouter.Settings;
using Microsoft.Extensions.Configuration;

namespace InquiryRouter.Tests.Deploy;

/// <summary>The compose file: its form, the order of the start, and that the program starts with what it is given.</summary>
public sealed partial class ComposeTests
{
    private const string Path = "deploy/compose.yaml";

    private static readonly string[] s_top = ["name", "services", "networks", "volumes", "x-program"];

    private static readonly string[] s_service =
    [
        "image", "build", "restart", "read_only", "tmpfs", "cap_drop", "security_opt", "stop_grace_period", "networks", "environment", "volumes",
        "healthcheck", "depends_on", "entrypoint", "command", "hostname", "ports", "profiles", "deploy",
    ];

    private static readonly string[] s_ofTheProgram = ["migrate", "web", "worker"];

    private static IReadOnlyDictionary<string, object> Compose => DeployFiles.Map(DeployFiles.Yaml(DeployFiles.Text(Path)));

    private static IReadOnlyDictionary<string, IReadOnlyDictionary<string, object>> Services =>
        DeployFiles.Map(Compose["services"]).ToDictionary(s => s.Key, s => DeployFiles.Map(s.Value), StringComparer.Ordinal);

    [Fact]
    public void Every_key_is_one_that_compose_knows()
    {
        Assert.Subset(s_top.ToHashSet(StringComparer.Ordinal), Compose.Keys.ToHashSet(StringComparer.Ordinal));
        Assert.All(Services, s => Assert.Subset(s_service.ToHashSet(StringComparer.Ordinal), s.Value.Keys.ToHashSet(StringComparer.Ordinal)));
    }

    [Fact]
    public void What_is_waited_for_is_there_and_can_come_to_be()
    {
        foreach (var (name, service) in Services)
        {
            foreach (var (other, how) in service.TryGetValue("depends_on", out var on) ? DeployFiles.Map(on) : new Dictionary<string, object>(StringComparer.Ordinal))
            {
                var needed = Assert.Contains(other, Services);
                switch (DeployFiles.Map(how)["condition"])
                {
                    case "service_healthy":
                        // The program's own check stands in its image.
                        Assert.True(needed.ContainsKey("healthcheck") || s_ofTheProgram.Contains(other), $"{name} waits for {other} to be healthy, which has no check.");
                        break;
                    case "service_completed_successfully":
                        Assert.Equal("no", needed["restart"]);
                        break;
                    case var condition:
                        Assert.Fail($"{name} waits for {other} to be {condition}.");
                        break;
                }
            }
        }

        Assert.Equal(["database"], DeployFiles.Map(Services["migrate"]["depends_on"]).Keys);
        Assert.All((string[])["web", "worker"], s => Assert.Contains("migrate", DeployFiles.Map(Services[s]["depends_on"])));
    }

    [Fact]
    public void Volumes_networks_and_files_are_there()
    {
        var volumes = DeployFiles.Map(Compose["volumes"]).Keys.ToList();
        var mounted = Services.Values.Where(s => s.ContainsKey("volumes")).SelectMany(s => DeployFiles.Texts(s["volumes"])).Select(v => v.Split(':')[0]).ToList();

        Assert.Equal(volumes.Order(StringComparer.Ordinal), mounted.Where(v => !v.StartsWith('.')).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.All(mounted.Where(v => v.StartsWith('.')), v => Assert.True(
            System.IO.Path.Exists(System.IO.Path.Combine(Support.Repository.Root, "deploy", v)), $"{v} is not there."));
        Assert.All(Services.Values, s => Assert.Equal(["inside"], DeployFiles.Texts(s["networks"])));
    }

    [Fact]
    public void The_program_may_do_little()
    {
        Assert.All(s_ofTheProgram, name =>
        {
            var service = Services[name];
            Assert.Equal("true", service["read_only"]);
            Assert.Equal(["ALL"], DeployFiles.Texts(service["cap_drop"]));
            Assert.Equal(["no-new-privileges:true"], DeployFiles.Texts(service["security_opt"]));
        });
    }

    [Fact]
    public void Nothing_is_offered_to_the_world() => Assert.All(
        Services.Values.Where(s => s.ContainsKey("ports")).SelectMany(s => DeployFiles.Texts(s["ports"])),
        port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));

    [Fact]
    public void Every_variable_stands_in_the_example_and_no_other()
    {
        var used = Variable().Matches(DeployFiles.Text(Path)).Select(m => m.Groups["name"].Value).Distinct(StringComparer.Ordinal);

        Assert.Equal(used.Order(StringComparer.Ordinal), Example().Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("web", Roles.Web)]
    [InlineData("worker", Roles.Worker)]
    [InlineData("migrate", Roles.Both)]
    public async Task The_program_takes_its_settings(string service, Roles roles)
    {
        // As new-env.sh makes them.
        var made = await DeployTests.RunAsync("sh", System.IO.Path.Combine(Support.Repository.Root, "deploy/new-env.sh"));
        Assert.Equal(0, made.Code);
        var values = Read(made.Said);
        Assert.DoesNotContain(values, v => v.Key.EndsWith("PASSWORD", StringComparison.Ordinal) && v.Key != "MAIL_PASSWORD" && v.Value.Length < 20);

        var settings = Load(Services[service], values, roles);

        Assert.Equal("http://localhost:8080/", settings.PublicUrl.ToString());
        Assert.Equal(values["MASTER_KEY"], settings.Privacy.MasterKey);
        Assert.Contains(values["DATABASE_PASSWORD"], settings.ConnectionString, StringComparison.Ordinal);
        Assert.EndsWith(values["BROKER_PASSWORD"], new Uri(settings.Broker.Uri).UserInfo, StringComparison.Ordinal);
        Assert.Contains(settings.Mail.Host!, Services);
    }

    private static AppSettings Load(IReadOnlyDictionary<string, object> service, Dictionary<string, string> values, Roles roles)
    {
        var environment = DeployFiles.Map(service["environment"])
            .Select(e => KeyValuePair.Create(e.Key.Replace("__", ":", StringComparison.Ordinal), (string?)Variable().Replace((string)e.Value, m =>
                values[m.Groups["name"].Value] is { Length: > 0 } value ? value : m.Groups["default"].Value)));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(environment).Build();
        return SettingsLoader.Load(configuration, configuration["DOTNET_ENVIRONMENT"]!, roles);
    }

    private static Dictionary<string, string> Example() => Read(DeployFiles.Text("deploy/.env.example"));

    private static Dictionary<string, string> Read(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(l => !l.StartsWith('#'))
        .Select(l => l.Split('=', 2))
        .ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);

    [GeneratedRegex(@"(?<!\$)\$\{(?<name>[A-Z_]+)(:-(?<default>[^}]*)|:\?[^}]*)?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}
