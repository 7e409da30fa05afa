using System.Net;
using InquiryRouter.Application;
using InquiryRouter.Application.Privacy;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Users;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>A copy is made while the program runs, and nobody is written to, offered or brought back by restoring it.</summary>
public sealed class BackupTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("inquiryrouter-backup-").FullName;
    private readonly FakeTimeProvider _clock = Clocks.New();
    private InquiryApp? _app;

    private InquiryApp App => _app ?? throw new InvalidOperationException("It is stopped.");

    private string Data => Path.Combine(_directory, "data");

    private string Backup => Path.Combine(_directory, "backup");

    public async ValueTask InitializeAsync() => await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task A_backup_of_the_running_program_is_whole_and_opens_on_an_empty_machine()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.SettlesAsync();

        var (code, said) = await App.RunCommandAsync("backup", Backup);

        Assert.True(code == 0, said);
        Assert.Contains("1 inquiries as of", said, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Backup, "master.key")), "The key lies beside what it opens.");
        Assert.True(File.Exists(Path.Combine(Backup + ".keys", "master.key")));

        await StopAsync();
        Directory.Delete(Data, recursive: true);
        var (refused, why) = await RunAsync("restore", Backup, "--yes");
        Assert.Equal(2, refused);
        Assert.Contains("There is no ledger of erasures at", why, StringComparison.Ordinal);
        await RestoreAsync("--without-ledger");

        await StartAsync();
        Assert.Equal(InquiryState.Referred, (await App.InquiryAsync(submitted.Reference)).State);
        var page = await App.StatusPageAsync(submitted with { StatusUrl = App.Settings.PublicUrl + new Uri(submitted.StatusUrl).PathAndQuery[1..] });
        Assert.Contains(submitted.Reference, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_facilitators_logo_and_texts_go_with_it_and_come_back_where_they_are_missing()
    {
        var brand = Path.Combine(Data, "brand");
        Directory.CreateDirectory(brand);
        await File.WriteAllTextAsync(Path.Combine(brand, "privacy.txt"), "As it was.");
        await File.WriteAllTextAsync(Path.Combine(brand, "imprint.txt"), "As it was.");
        await BackUpAsync();
        await StopAsync();
        File.Delete(Path.Combine(brand, "imprint.txt"));
        await File.WriteAllTextAsync(Path.Combine(brand, "privacy.txt"), "As it is now.");

        var said = await RestoreAsync();

        Assert.Contains($"1 file of your brand came back to {brand}.", said, StringComparison.Ordinal);
        Assert.Equal("As it was.", await File.ReadAllTextAsync(Path.Combine(brand, "imprint.txt")));
        Assert.Equal("As it is now.", await File.ReadAllTextAsync(Path.Combine(brand, "privacy.txt")));
    }

    [Fact]
    public async Task Nothing_goes_on_after_a_restoring_until_a_person_has_seen_what_would()
    {
        await BackUpAsync();
        await StopAsync();
        await RestoreAsync();
        await StartAsync();

        // The form takes it; nothing is decided, and nobody is written to.
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.AdvanceToAsync(App.Now.AddMinutes(20));
        await App.UntilAsync(async () => await App.NumberAsync("SELECT COUNT(*) FROM ClockRun WHERE Name = 'watch-outbox'") == 1, "the clock runs");
        Assert.Equal(InquiryState.Received, (await App.InquiryAsync(submitted.Reference)).State);
        Assert.Empty(App.Mails());

        var (_, shown) = await App.RunCommandAsync("sending", "show");
        Assert.Contains("1 InquiryReceived", shown, StringComparison.Ordinal);
        Assert.Contains(submitted.Reference, shown, StringComparison.Ordinal);

        var (code, said) = await App.RunCommandAsync("sending", "resume");
        Assert.Equal((0, "Everything goes on."), (code, said.Trim()));
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.SettlesAsync();
        Assert.NotEmpty(App.Mails());
    }

    [Fact]
    public async Task Who_was_erased_since_the_backup_does_not_come_back()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.SettlesAsync();
        await BackUpAsync();
        var id = (await App.InquiryAsync(submitted.Reference)).Id;
        Assert.Equal(Outcome.Done.It, await App.Services.GetRequiredService<EraseInquiry>().RunAsync(id, Actor.Patient));
        await App.SettlesAsync();
        var mails = App.Mails().Count;
        await StopAsync();

        // The database is lost with what it knew; the ledger is not.
        foreach (var file in Directory.GetFiles(Data, "inquiryrouter.db*"))
        {
            File.Delete(file);
        }

        var said = await RestoreAsync();

        Assert.Contains("1 inquiry that was erased since, by the ledger, is erased again.", said, StringComparison.Ordinal);
        await StartAsync();
        Assert.Equal(InquiryState.Erased, (await App.InquiryAsync(submitted.Reference)).State);
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM InquiryPatient"));

        // Everybody was told the first time.
        await App.RunCommandAsync("sending", "resume");
        await App.SettlesAsync();
        Assert.InRange(App.Mails().Count, 0, mails);
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM Mail WHERE Kind IN ('Erased', 'OfferErased', 'DeleteRequest')"));
    }

    [Fact]
    public async Task A_mail_that_waited_in_the_backup_and_was_sent_since_is_not_sent_again()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.SettlesAsync();
        await App.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE Mail SET State = 0, NextAt = @Later", new { Later = tx.Now.AddDays(1) }));
        await BackUpAsync();
        await App.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE Mail SET State = 2, SentAt = @Now", new { tx.Now }));
        await StopAsync();

        var said = await RestoreAsync();

        Assert.Contains("2 mails that waited in the backup were sent or put away since, and stay so.", said, StringComparison.Ordinal);
        await StartAsync();
        Assert.Equal(2, await App.NumberAsync("SELECT COUNT(*) FROM Mail WHERE State = 2"));
    }

    [Fact]
    public async Task Mails_of_the_backup_wait_each_for_a_person_when_that_is_wanted()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.SettlesAsync();
        await App.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE Mail SET State = 0, NextAt = @Now", new { tx.Now }));
        await StopAsync();
        var (code, backup) = await RunAsync("backup", Backup);
        Assert.True(code == 0, backup);
        File.Delete(Path.Combine(Data, "inquiryrouter.db"));
        Directory.Delete(Path.Combine(Data, "mail"), recursive: true);
        await RestoreAsync("--without-ledger");
        await StartAsync();

        var (_, said) = await App.RunCommandAsync("sending", "resume", "--park-mails");

        Assert.StartsWith("Everything goes on but 2 mails that waited in the backup.", said, StringComparison.Ordinal);
        await App.SettlesAsync();
        Assert.Empty(App.Mails());
        var (_, listed) = await App.RunCommandAsync("operations", "list", "--cause", "restored");
        Assert.Contains("it may have been sent since", MailCause.Sentence(MailCause.Restored), StringComparison.Ordinal);
        Assert.Contains("restored: 2 mail", listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_would_be_lost_is_said_first_and_nothing_is_done_without_a_yes()
    {
        await BackUpAsync();
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.SettlesAsync();
        await StopAsync();

        var (code, said) = await RunAsync("restore", Backup);

        Assert.Equal(2, code);
        Assert.Contains($"inquiries that came since, and would be lost: 1 ({submitted.Reference})", said, StringComparison.Ordinal);
        Assert.Contains("mails that people got since: 2", said, StringComparison.Ordinal);
        Assert.Contains("Nothing was restored.", said, StringComparison.Ordinal);
        await StartAsync();
        Assert.Equal(InquiryState.Referred, (await App.InquiryAsync(submitted.Reference)).State);
    }

    [Fact]
    public async Task What_was_there_before_is_kept_under_another_name()
    {
        await BackUpAsync();
        await App.SubmitAsync(An.Inquiry());
        await StopAsync();

        await RestoreAsync();

        Assert.Single(Directory.GetFiles(Data, "inquiryrouter.db.replaced-*"), f => f.EndsWith('Z'));
        Assert.Empty(Directory.GetFiles(Data, "*.restoring*"));
    }

    [Fact]
    public async Task A_damaged_backup_is_refused_and_harms_nothing()
    {
        await BackUpAsync();
        await StopAsync();
        var file = Path.Combine(Backup, "inquiryrouter.db");
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[bytes.Length / 2] ^= 0xFF;
        await File.WriteAllBytesAsync(file, bytes);
        var before = await File.ReadAllBytesAsync(Path.Combine(Data, "inquiryrouter.db"));

        var (code, said) = await RunAsync("restore", Backup, "--yes");

        Assert.Equal(2, code);
        Assert.Contains("is not what was backed up", said, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(Data, "inquiryrouter.db")));
    }

    [Fact]
    public async Task Nothing_is_written_over_by_a_backup_and_no_running_program_is_restored_under()
    {
        await BackUpAsync();

        Assert.Contains("is there already", (await App.RunCommandAsync("backup", Backup)).Output, StringComparison.Ordinal);
        using var held = Infrastructure.Data.Sqlite.SqliteFileLock.Take(App.Settings.ConnectionString, alone: true);
        Assert.Contains("Another process runs on", (await App.RunCommandAsync("restore", Backup, "--yes")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_console_says_that_nothing_is_sent_and_an_administrator_lets_it_go_on()
    {
        await BackUpAsync();
        await StopAsync();
        await RestoreAsync();
        await StartAsync();
        var submitted = await App.SubmitAsync(An.Inquiry());
        using var ana = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        using var admin = await ConsoleBrowser.SignedInAsync(App, UserRoles.Admin);

        Assert.Contains("Nothing is sent.", (await ana.GetAsync("/console")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await ana.PostAsync("/console/operations/resume-sending", new() { ["park"] = "yes" })).Status);
        var page = (await admin.GetAsync("/console/operations")).Text;
        Assert.Contains("Message InquiryReceived", page, StringComparison.Ordinal);
        Assert.Contains(submitted.Reference, page, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.SeeOther, (await admin.PostAsync("/console/operations/resume-sending", new() { ["park"] = "yes" })).Status);

        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        Assert.DoesNotContain("Nothing is sent.", (await admin.GetAsync("/console/operations")).Text, StringComparison.Ordinal);
    }

    private async Task BackUpAsync()
    {
        var (code, said) = await App.RunCommandAsync("backup", Backup);
        Assert.True(code == 0, said);
    }

    private async Task<string> RestoreAsync(params string[] more)
    {
        var (code, said) = await RunAsync(["restore", Backup, "--yes", .. more]);
        Assert.True(code == 0, said);
        return said;
    }

    private async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        var code = await _clock.RunningAsync(
            Commands.CommandLine.RunAsync([.. arguments, $"--Data:Directory={Data}"], output, output, _clock, CancellationToken.None));
        return (code, output.ToString());
    }

    private async Task StartAsync() => _app = await InquiryApp.StartAsync(new AppSetup { Directory = Data, Clock = _clock, OnSqlite = true });

    private async Task StopAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
            _app = null;
        }
    }
}
