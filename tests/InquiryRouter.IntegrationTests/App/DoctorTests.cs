using System.Security.Cryptography;
using System.Text.Json;
using InquiryRouter.Commands;
using InquiryRouter.Core.Intake;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>What <c>doctor</c> says, and that saying it changes nothing.</summary>
public sealed class DoctorTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("inquiryrouter-doctor-").FullName;
    private InquiryApp? _app;

    private InquiryApp App => _app!;

    public async ValueTask InitializeAsync() => _app = await InquiryApp.StartAsync(new AppSetup { Directory = _directory, OnSqlite = true });

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task It_writes_nothing_where_the_program_was_stopped_in_order()
    {
        await SomethingAsync();
        await App.KillAsync();
        Assert.False(File.Exists(Path.Combine(_directory, "inquiryrouter.db-wal")));

        await LooksAsync("1 inquiries are as they were written", _directory);
    }

    [Fact]
    public async Task It_writes_nothing_beside_a_log_that_a_killed_program_left()
    {
        await SomethingAsync();

        // As they lie on the disk at this moment: no process has them open.
        var copy = Directory.CreateTempSubdirectory("inquiryrouter-doctor-").FullName;
        try
        {
            foreach (var file in Directory.GetFiles(App.Settings.Data.Directory, "*", SearchOption.AllDirectories))
            {
                var to = Path.Combine(copy, Path.GetRelativePath(App.Settings.Data.Directory, file));
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                await File.WriteAllBytesAsync(to, SharedFile.Read(file));
            }

            Assert.True(new FileInfo(Path.Combine(copy, "inquiryrouter.db-wal")).Length > 0);

            await LooksAsync("1 inquiries are as they were written", copy);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    [Fact]
    public async Task It_writes_nothing_where_there_is_no_database_yet()
    {
        var empty = Directory.CreateTempSubdirectory("inquiryrouter-doctor-").FullName;
        try
        {
            await LooksAsync("FAIL  database", empty);
            var (_, none) = await RunAsync(Path.Combine(empty, "none", "yet"), "doctor");
            Assert.Contains("GB free for", none, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFileSystemEntries(empty));

            // Migrated, and never started: there is no key either, and none is made.
            Assert.Equal(0, (await RunAsync(empty, "migrate")).ExitCode);
            await LooksAsync("ok    keys      nothing is sealed in this database yet", empty);
        }
        finally
        {
            Directory.Delete(empty, recursive: true);
        }
    }

    [Fact]
    public async Task It_sees_what_the_running_program_has_committed()
    {
        await SomethingAsync();

        Assert.Contains("lines of 1 inquiries are as they were written", (await RunAsync(_directory, "doctor")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_the_same_in_JSON()
    {
        await SomethingAsync();

        var (code, output) = await RunAsync(_directory, "doctor", "--json", "--Mail:CoordinatorAddress=team@operator.example");

        using var json = JsonDocument.Parse(output);
        Assert.Equal(code == 0, json.RootElement.GetProperty("healthy").GetBoolean());
        var findings = json.RootElement.GetProperty("findings").EnumerateArray().ToList();
        Assert.All(findings, f => Assert.Contains(f.GetProperty("state").GetString(), new[] { "ok", "warning", "failure" }));
        Assert.All(findings, f => Assert.NotEmpty(f.GetProperty("text").GetString()!));
        Assert.Contains(findings, f => f.GetProperty("subject").GetString() == "database" && f.GetProperty("state").GetString() == "ok");
    }

    [Fact]
    public async Task It_warns_of_what_a_beginner_forgets_and_that_is_no_failure()
    {
        await SomethingAsync();

        var (code, output) = await RunAsync(_directory, "doctor", "--Mail:CoordinatorAddress=team@operator.example");

        Assert.Equal(0, code);
        foreach (var subject in new[] { "mail", "sender", "links", "key" })
        {
            Assert.Contains($"warn  {subject}", output, StringComparison.Ordinal);
        }

        var (_, mended) = await RunAsync(
            _directory, "doctor", "--Mail:From=Care <no-reply@care-abroad.com>", "--Mail:PublicUrl=https://care-abroad.com", "--Intake:KnownProxies=10.0.0.1", "--Mail:Transport=Smtp",
            "--Mail:Host=127.0.0.1", "--Mail:Port=1");
        Assert.DoesNotContain("warn  mail", mended, StringComparison.Ordinal);
        Assert.DoesNotContain("warn  sender", mended, StringComparison.Ordinal);
        Assert.DoesNotContain("warn  links", mended, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_patients_data_are_readable_by_this_user_alone_and_doctor_says_when_they_are_not()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await SomethingAsync();
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = Path.Combine(App.Settings.Data.Directory, "inquiryrouter.db");
        string[] files = [file, file + "-wal", file + "-shm", App.Settings.Data.MasterKeyFile];
        foreach (var each in files)
        {
            Assert.Equal(own, File.GetUnixFileMode(each));
        }

        File.SetUnixFileMode(file, own | UnixFileMode.OtherRead);
        Assert.Contains($"warn  files     other users of this machine may read {file}.", (await RunAsync(_directory, "doctor")).Output, StringComparison.Ordinal);

        // An installation of an earlier version: the next start sees to it.
        await App.KillAsync();
        await RunAsync(_directory, "migrate");
        Assert.Equal(own, File.GetUnixFileMode(file));
    }

    private async Task SomethingAsync()
    {
        await App.ReachesAsync((await App.SubmitAsync(An.Inquiry())).Reference, InquiryState.Referred);
        await App.SettlesAsync();
    }

    private static async Task LooksAsync(string expected, string directory)
    {
        var before = Bytes(directory);

        var (_, output) = await RunAsync(directory, "doctor");

        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.Equal(before, Bytes(directory));
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string directory, params string[] arguments)
    {
        var clock = Clocks.New();
        await using var output = new StringWriter();
        var exitCode = await clock.RunningAsync(CommandLine.RunAsync([.. arguments, $"--Data:Directory={directory}"], output, output, clock, CancellationToken.None));
        return (exitCode, output.ToString());
    }

    /// <summary>Every file and directory, what is in it, and when it was written.</summary>
    private static string Bytes(string directory) => string.Join('\n', Directory.GetFileSystemEntries(directory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(f => $"{f} {File.GetLastWriteTimeUtc(f):O} {(File.Exists(f) ? Convert.ToHexString(SHA256.HashData(SharedFile.Read(f))) : string.Empty)}"));
}
