using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using InquiryRouter.FaultTests.Support.Server;
using Microsoft.Data.Sqlite;
using Xunit;

namespace InquiryRouter.FaultTests;

/// <summary>What cannot work does not start: exit code 2, and a message that names the setting to change.</summary>
public sealed class SettingsThatCannotWork(ITestOutputHelper output)
{
    private const int Refused = 2;
    private const int MostLines = 6;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("web", "", "Broker:Transport")]
    [InlineData("worker", "", "Broker:Transport")]
    [InlineData("clinic", "", "--roles")]
    [InlineData("web,worker", "Database__Provider=SqlServer", "Database:ConnectionString")]
    [InlineData("web,worker", "Database__Provider=Oracle", "Database:Provider")]
    [InlineData("web,worker", "Broker__Transport=RabbitMq Broker__Uri=http://127.0.0.1:5672/", "Broker:Uri")]
    [InlineData("web,worker", "Mail__Transport=Smtp", "Mail:Host")]
    [InlineData("web,worker", "Mail__Transport=Smtp Mail__Host=127.0.0.1 Mail__PublicUrl=", "Mail:PublicUrl")]
    [InlineData("web,worker", "Privacy__MasterKey=short", "Privacy:MasterKey")]
    [InlineData("web,worker", "Privacy__MasterKeyFile=missing.key", "Privacy:MasterKeyFile")]
    [InlineData("web,worker", "Intake__PermitPerMinute=5", "Intake:PermitPerMinute")]
    public async Task Settings_that_contradict_each_other_are_refused(string roles, string settings, string named)
    {
        await using var installation = With(settings);

        await ShouldRefuseAsync(installation, named, "--roles", roles);
    }

    [Theory]
    [InlineData("Urls=http://198.51.100.1:8080", "Urls")]
    [InlineData("Urls=https://127.0.0.1:8443", "Urls")]
    [InlineData("Database__ConnectionString=Nonsense=1", "Database:ConnectionString")]
    [InlineData("Database__Provider=SqlServer Database__ConnectionString=Nonsense=1", "Database:ConnectionString")]
    [InlineData("Database__Provider=SqlServer Database__ConnectionString=Server=tcp:127.0.0.1,1;Password=not-a-secret;Encrypt=false;Timeout=3", "Database:ConnectionString")]
    public async Task Settings_that_lead_nowhere_are_refused(string settings, string named)
    {
        await using var installation = With(settings);

        await ShouldRefuseAsync(installation, named);
    }

    [Fact]
    public async Task A_second_process_on_a_directory_with_the_in_process_bus_is_refused()
    {
        await using var installation = new Installation();
        await installation.ServeAsync(Cancellation);

        await ShouldRefuseAsync(installation, "Data:Directory");
        installation.UseBroker(new Uri("amqp://guest:guest@127.0.0.1:1/"));
        await ShouldRefuseAsync(installation, "Broker:Transport", "--roles", "worker");
    }

    [Fact]
    public async Task The_in_process_bus_on_a_directory_of_processes_with_a_broker_is_refused()
    {
        await using var installation = new Installation();
        installation.UseBroker(new Uri("amqp://guest:guest@127.0.0.1:1/"));
        await installation.ServeAsync(Cancellation, "worker");

        installation.Settings["Broker__Transport"] = "InMemory";
        await ShouldRefuseAsync(installation, "Broker:Transport");
    }

    [Fact]
    public async Task A_second_process_with_the_in_process_bus_on_one_database_is_refused_from_another_directory_too()
    {
        await using var first = new Installation();
        first.Settings["Privacy__MasterKey"] = NewMasterKey();
        await first.ServeAsync(Cancellation);

        await using var second = new Installation();
        second.Settings["Privacy__MasterKey"] = first.Settings["Privacy__MasterKey"];
        second.Settings["Database__ConnectionString"] = $"Data Source={first.DatabaseFile}";
        await ShouldRefuseAsync(second, "Database:ConnectionString");
    }

    [Fact]
    public async Task A_database_written_with_another_master_key_is_refused()
    {
        await using var installation = new Installation();
        // Its first start makes the key.
        var first = await installation.ServeAsync(Cancellation);
        await first.KillAsync();

        installation.Settings["Privacy__MasterKey"] = NewMasterKey();
        await ShouldRefuseAsync(installation, "Privacy:MasterKey");
    }

    [Fact]
    public async Task A_database_migrated_by_a_newer_version_is_refused()
    {
        await using var installation = new Installation();
        await installation.ImportClinicsAsync(Cancellation);
        await using (var connection = new SqliteConnection($"Data Source={installation.DatabaseFile};Pooling=False"))
        {
            await connection.OpenAsync(Cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO SchemaVersion (ScriptName, Checksum, AppliedAt) VALUES ('9999_future.sql', 'x', '2099-01-01 00:00:00')";
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        await ShouldRefuseAsync(installation, "newer version");
    }

    [Fact]
    public async Task An_address_that_is_taken_is_refused()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await using var installation = new Installation();
        installation.Settings["Urls"] = $"http://{taken.LocalEndpoint}";

        await ShouldRefuseAsync(installation, "--Urls");
    }

    [Fact]
    public async Task A_data_directory_that_is_a_file_is_refused()
    {
        await using var installation = new Installation();
        await File.WriteAllTextAsync(installation.DataDirectory, "in the way", Cancellation);

        await ShouldRefuseAsync(installation, "Data:Directory");
    }

    [Theory]
    [InlineData("{ \"Mial\": { \"Port\": 25 } }", "Mial")]
    [InlineData("{ \"Mail\": { \"Port\": 25, }", "settings file")]
    [InlineData("{ \"Logging\": { \"LogLevel\": { \"Default\": \"Foo\" } } }", "Logging:LogLevel:Default")]
    [InlineData("{ \"Kestrel\": { \"Endpoints\": { \"Http\": { \"Url\": \"zzz\" } } } }", "Kestrel")]
    public async Task A_settings_file_that_cannot_work_is_refused(string content, string named)
    {
        await using var installation = new Installation();
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(installation.DataDirectory)!, "appsettings.json"), content, Cancellation);

        await ShouldRefuseAsync(installation, named);
    }

    [Fact]
    public async Task A_file_that_is_not_a_database_is_refused()
    {
        await using var installation = new Installation();
        Directory.CreateDirectory(installation.DataDirectory);
        await File.WriteAllTextAsync(installation.DatabaseFile, new string('x', 5000), Cancellation);

        await ShouldRefuseAsync(installation, "Data");
    }

    private static string NewMasterKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static Installation With(string settings)
    {
        var installation = new Installation();
        foreach (var setting in settings.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = setting.Split('=')[0];
            installation.Settings[name] = setting[(name.Length + 1)..];
        }

        return installation;
    }

    private async Task ShouldRefuseAsync(Installation installation, string named, params string[] arguments)
    {
        var ended = await installation.RunAsync(["serve", .. arguments], Cancellation);
        output.WriteLine($"Exit code {ended.Code}: {string.Join('\n', ended.Output.TrimEnd().Split('\n').Take(MostLines))}");
        Assert.Equal(Refused, ended.Code);
        Assert.Contains(named, ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not-a-secret", ended.Output, StringComparison.Ordinal);
    }
}
