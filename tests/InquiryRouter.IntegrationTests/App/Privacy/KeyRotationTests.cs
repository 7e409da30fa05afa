using System.Security.Cryptography;
using InquiryRouter.Application.Privacy;
using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Privacy;

/// <summary>The master key is replaced under a running server, and nobody's inquiry notices.</summary>
public sealed class KeyRotationTests : AppTests
{
    private string KeyFile => App.Settings.Data.MasterKeyFile;

    [Fact]
    public async Task Under_a_running_server_every_row_is_wrapped_anew_and_everybody_is_served_on()
    {
        var before = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(before.Reference, InquiryState.Referred);
        var old = MasterKeyFile.Read(KeyFile).Id;

        var rotation = App.RunCommandAsync("keys", "rotate");
        var during = new List<Submitted>();
        while (!rotation.IsCompleted)
        {
            during.Add(await App.SubmitAsync(An.Inquiry()));
            await Task.Delay(100);
        }

        var (exitCode, said) = await rotation;
        Assert.True(exitCode == 0, said);
        Assert.Contains($"No row needs {old} any more", said, StringComparison.Ordinal);
        foreach (var one in during)
        {
            await App.ReachesAsync(one.Reference, InquiryState.Referred);
        }

        using (var visit = await OpenReferralOfAsync("MX-A"))
        {
            Assert.Contains("accepted", (await visit.AcceptAsync()).Text, StringComparison.OrdinalIgnoreCase);
        }

        await App.SettlesAsync();
        Assert.Equal(0, await App.NumberAsync("SELECT (SELECT COUNT(*) FROM Outbox WHERE State = 2) + (SELECT COUNT(*) FROM Mail WHERE State > 2)"));
        var newest = MasterKeyFile.Read(KeyFile).Id;
        Assert.NotEqual(old, newest);
        Assert.Equal([newest], await App.Database.ReadAsync(s => s.QueryAsync<string>("SELECT DISTINCT MasterKeyId FROM InquiryPatient UNION SELECT MasterKeyId FROM KeyRing UNION SELECT MasterKeyId FROM MailKey")));
    }

    [Fact]
    public async Task After_a_restart_everything_is_read_with_the_new_key_alone()
    {
        var submitted = await App.SubmitAsync(An.Inquiry().From("Łucja Peña", "lucja@patient.example"));
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.RunCommandAsync("keys", "rotate");
        Directory.Delete(MasterKeyFile.OldFolder(KeyFile), recursive: true);

        var (exitCode, said) = await App.RunCommandAsync("export", "inquiry", submitted.Reference);

        Assert.True(exitCode == 0, said);
        Assert.Contains("Łucja Peña", said, StringComparison.Ordinal);
        var (listed, keys) = await App.RunCommandAsync("keys", "list");
        Assert.Equal(0, listed);
        Assert.Contains("2 rows  the newest: wraps what comes", keys, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupted_it_is_run_again_and_makes_no_third_key()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        Assert.True(MasterKeyFile.Replace(KeyFile, MasterKeyFile.Read(KeyFile).Id));
        var second = MasterKeyFile.Read(KeyFile).Id;
        var (_, half) = await App.RunCommandAsync("keys", "list");
        Assert.Contains("still needed; run: InquiryRouter keys rotate", half, StringComparison.Ordinal);

        var (exitCode, said) = await App.RunCommandAsync("keys", "rotate");

        Assert.True(exitCode == 0, said);
        Assert.Equal(second, MasterKeyFile.Read(KeyFile).Id);
        Assert.Contains($"2 rows were wrapped anew by {second}", said, StringComparison.Ordinal);
        var (_, keys) = await App.RunCommandAsync("keys", "list");
        Assert.Contains("0 rows  needed only for backups from before the rotation", keys, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_whose_key_nobody_has_is_told_and_nothing_is_changed()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE InquiryPatient SET MasterKeyId = 'gone'"));

        var (rotated, said) = await App.RunCommandAsync("keys", "rotate");
        var (_, doctor) = await App.RunCommandAsync("doctor");
        var (listed, keys) = await App.RunCommandAsync("keys", "list");

        Assert.Equal((2, 1), (rotated, listed));
        Assert.Contains("gone", said, StringComparison.Ordinal);
        Assert.Contains("FAIL  keys", doctor, StringComparison.Ordinal);
        Assert.Contains("gone          1 rows  NOT KNOWN here", keys, StringComparison.Ordinal);
        Assert.False(Directory.Exists(MasterKeyFile.OldFolder(KeyFile)));
    }

    [Fact]
    public async Task A_key_that_came_as_text_is_replaced_by_who_sets_it_and_the_rows_follow()
    {
        var submitted = await App.SubmitAsync(An.Inquiry());
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        var old = (await File.ReadAllTextAsync(KeyFile)).Trim();
        var next = Convert.ToBase64String(RandomNumberGenerator.GetBytes(MasterKey.Length));

        var (refused, how) = await App.RunCommandAsync("keys", "rotate", $"--Privacy:MasterKey={old}");
        var (exitCode, said) = await App.RunCommandAsync("keys", "rotate", $"--Privacy:MasterKey={next}", $"--Privacy:OldMasterKeys={old}");

        Assert.Equal((2, 0), (refused, exitCode));
        Assert.Contains("Privacy:OldMasterKeys", how, StringComparison.Ordinal);
        Assert.Contains("2 rows were wrapped anew", said, StringComparison.Ordinal);
        Assert.DoesNotContain(next, said + how, StringComparison.Ordinal);
        Assert.DoesNotContain(old, said + how, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_waits_under_a_key_of_its_own_is_wrapped_anew_too()
    {
        // A mail directory that cannot be: every mail waits.
        await File.WriteAllTextAsync(App.Settings.Data.MailDirectory, "in the way");
        var inquiry = An.Inquiry();
        var submitted = await App.SubmitAsync(inquiry);
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.Services.GetRequiredService<EraseInquiry>().RunAsync((await App.InquiryAsync(submitted.Reference)).Id, Core.Privacy.Actor.Patient);
        Assert.Equal(2, await App.NumberAsync("SELECT COUNT(*) FROM MailKey"));

        await App.RunCommandAsync("keys", "rotate");
        File.Delete(App.Settings.Data.MailDirectory);

        await App.MailToAsync(inquiry.Email);
        await App.MailToAsync(ClinicAddress("MX-A"));
    }
}
