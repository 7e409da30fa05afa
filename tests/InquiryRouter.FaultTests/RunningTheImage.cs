using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using InquiryRouter.FaultTests.Support;
using Xunit;

namespace InquiryRouter.FaultTests;

/// <summary>
/// The image of <c>deploy/Dockerfile</c> is built and started with as little as it says it needs. Where the official bases are not there, they
/// are made of Debian's packages and this machine's .NET.
/// </summary>
public sealed class RunningTheImage(ITestOutputHelper output)
{
    private const string OfficialSdk = "mcr.microsoft.com/dotnet/sdk:10.0";
    private const string OfficialRuntime = "mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra";
    private const string Image = "inquiryrouter-test:image";
    private const string Version = "7.6.5";

    private const string Inquiry =
        """
        { "patient":   {"name":"Ana Example","email":"ana@patient.example","phone":"+12133734253","country":"US","language":"en",
                        "timeZone":"America/New_York","birthYear":1984},
          "inquirer":  {"relation":"self"},
          "condition": "lupus", "conditionType": "sle", "treatment": "stem-cell-therapy", "cellSource": "any",
          "destinations": ["MX","latin-america"], "budget": {"amount": 15000, "currency": "USD"}, "timeframe": "within-3-months",
          "consent":   {"shareWithClinics": true, "contact": true, "marketing": false, "textVersion": "2026-11"} }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Root
    {
        get
        {
            var at = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(at.FullName, "InquiryRouter.sln")))
            {
                at = at.Parent ?? throw new InvalidOperationException("The tests do not run in a checkout.");
            }

            return at.FullName;
        }
    }

    [Fact]
    public async Task It_does_its_job_without_root_without_rights_and_without_writing_beside_its_data()
    {
        await SkipWithoutEngineAsync();
        await BuildAsync();

        Assert.StartsWith(Version, (await DockerAsync("run", "--rm", "--network", "none", Image, "--version")).Said, StringComparison.Ordinal);
        var container = await StartAsync();
        try
        {
            await Waiting.UntilAsync(async () => await HealthAsync(container) == "healthy", () => "It is not healthy.");
            Assert.DoesNotContain(" 0 ", (await DockerAsync("top", container, "-eo", "pid,uid,comm")).Said, StringComparison.Ordinal);
            Assert.Equal(0, (await DockerAsync("exec", container, "dotnet", "InquiryRouter.dll", "health")).Code);
            await SendAsync(container);
            await Waiting.UntilAsync(async () => await MailsAsync(container) == 2, () => "The patient and the clinic do not have their mails.");

            // What takes longer than this is killed, and then it ends with 137.
            await DockerAsync("stop", "-t", "30", container);
            Assert.Equal("0", (await DockerAsync("inspect", "--format", "{{.State.ExitCode}}", container)).Said.Trim());
        }
        finally
        {
            output.WriteLine((await DockerAsync("logs", container)).Said);
            await DockerAsync("rm", "--force", "--volumes", container);
        }
    }

    private static async Task SkipWithoutEngineAsync()
    {
        var (code, driver) = await DockerAsync("info", "--format", "{{.Driver}}");
        if (code != 0)
        {
            Assert.Skip("no Docker engine answers");
        }

        if (driver.Trim() == "vfs")
        {
            Assert.Skip("the Docker engine copies whole images for each step (vfs)");
        }
    }

    private static async Task BuildAsync()
    {
        var (sdk, runtime) = (OfficialSdk, OfficialRuntime);
        if (!await IsThereAsync(sdk) || !await IsThereAsync(runtime))
        {
            // Tagged by what is in them: another SDK makes others.
            var version = (await RunAsync("dotnet", ["--version"])).Said.Trim();
            (sdk, runtime) = ($"inquiryrouter-test-sdk:{version}", $"inquiryrouter-test-dotnet:{version}");
            if (!await IsThereAsync(sdk) || !await IsThereAsync(runtime))
            {
                if (!File.Exists("/usr/bin/apt-get"))
                {
                    Assert.Skip($"{OfficialSdk} and {OfficialRuntime} are not there, and without apt-get no other can be made");
                }

                Succeeded(await RunAsync("bash", [Path.Combine(Root, "tests", "dotnet-image.sh"), sdk, runtime]));
            }
        }

        // The old builder does not know which processor it builds for; packages come through the network of this machine.
        var isOld = (await DockerAsync("buildx", "version")).Code != 0;
        Succeeded(await RunAsync(
            "docker",
            [
                "build", "--network", "host", "--file", Path.Combine(Root, "deploy", "Dockerfile"), "--tag", Image,
                "--build-arg", $"SDK_IMAGE={sdk}", "--build-arg", $"RUNTIME_IMAGE={runtime}", "--build-arg", $"VERSION={Version}",
                .. isOld ? (string[])["--build-arg", "BUILDPLATFORM=linux/" + Processor, "--build-arg", "TARGETARCH=" + Processor] : [],
                Root,
            ],
            buildKit: !isOld));
    }

    private static string Processor =>
        System.Runtime.InteropServices.RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64";

    private static async Task<string> StartAsync()
    {
        var started = await DockerAsync(
            "run", "--detach", "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--tmpfs", "/tmp", "--publish", "127.0.0.1::8080",
            "--label", "inquiryrouter.test-run=" + Environment.GetEnvironmentVariable("INQUIRYROUTER_TEST_RUN"),
            "--env", "DOTNET_ENVIRONMENT=Development", "--env", "Data__DemoInquiries=0", Image);
        Succeeded(started);
        return started.Said.Trim();
    }

    private static async Task<string> HealthAsync(string container)
    {
        var state = (await DockerAsync("inspect", "--format", "{{.State.Running}} {{.State.Health.Status}}", container)).Said.Trim().Split(' ');
        Assert.Equal("true", state[0]);
        return state[1];
    }

    private static async Task SendAsync(string container)
    {
        var port = (await DockerAsync("port", container, "8080")).Said.Split('\n')[0].Split(':')[^1].Trim();
        using var client = new HttpClient();
        using var content = new StringContent(Inquiry, Encoding.UTF8, "application/json");
        var answer = await client.PostAsync(new Uri($"http://127.0.0.1:{port}/api/inquiries"), content, Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    // The image has no shell and nothing else to look with.
    private static async Task<int> MailsAsync(string container)
    {
        var folder = Directory.CreateTempSubdirectory("mails-");
        try
        {
            await DockerAsync("cp", container + ":/data/mail", folder.FullName);
            return Directory.EnumerateFiles(folder.FullName, "*.eml", SearchOption.AllDirectories).Count();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<bool> IsThereAsync(string image) => (await DockerAsync("image", "inspect", image)).Code == 0;

    private static void Succeeded((int Code, string Said) ended) =>
        Assert.True(ended.Code == 0, string.Create(CultureInfo.InvariantCulture, $"It ended with {ended.Code}:\n{ended.Said[Math.Max(0, ended.Said.Length - 4000)..]}"));

    private static Task<(int Code, string Said)> DockerAsync(params string[] arguments) => RunAsync("docker", arguments);

    private static async Task<(int Code, string Said)> RunAsync(string program, IEnumerable<string> arguments, bool buildKit = true)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["DOCKER_BUILDKIT"] = buildKit ? "1" : "0";

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return (127, exception.Message);
        }

        using (process)
        {
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
            await process.WaitForExitAsync(Cancellation);
            return (process.ExitCode, said[0] + (process.ExitCode == 0 ? string.Empty : said[1]));
        }
    }
}
