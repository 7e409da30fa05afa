using InquiryRouter.Core.Intake;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Privacy;

/// <summary>What a coordinator does when a patient asks by phone.</summary>
public sealed class PrivacyCommandTests : AppTests
{
    private readonly InquiryBuilder _inquiry = An.Inquiry().From("Łucja Peña", "lucja@patient.example").With("patient.phone", "+1 415 555 0132");

    [Fact]
    public async Task Nothing_is_erased_until_it_is_meant()
    {
        var submitted = await App.SubmitAsync(_inquiry);
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.SettlesAsync();

        var (asked, question) = await App.RunCommandAsync("erase", submitted.Reference);
        Assert.Equal((2, InquiryState.Referred), (asked, (await App.InquiryAsync(submitted.Reference)).State));
        Assert.Contains("--yes", question, StringComparison.Ordinal);
        var (erased, said) = await App.RunCommandAsync("erase", submitted.Reference, "--yes");

        Assert.Equal((0, InquiryState.Erased), (erased, (await App.InquiryAsync(submitted.Reference)).State));
        Assert.Contains("is erased", said, StringComparison.Ordinal);
        var mail = await App.MailToAsync("lucja@patient.example");
        Assert.Contains(submitted.Reference, mail.Subject!, StringComparison.Ordinal);
        Assert.Contains("erased", mail.TextBody!, StringComparison.OrdinalIgnoreCase);
        var told = await App.MailToAsync(ClinicAddress("MX-A"));
        Assert.Contains("taken back", told.Subject!, StringComparison.Ordinal);
        await App.SettlesAsync();
        Assert.Equal(0, await App.NumberAsync("SELECT (SELECT COUNT(*) FROM MailKey) + (SELECT COUNT(*) FROM MailBody)"));
        var (again, before) = await App.RunCommandAsync("erase", submitted.Reference, "--yes");
        Assert.Equal(0, again);
        Assert.Contains("had been erased before", before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_copy_goes_to_a_new_file_that_only_its_owner_may_read()
    {
        var submitted = await App.SubmitAsync(_inquiry);
        var file = Path.Combine(App.Settings.Data.Directory, "copy.json");

        var (exitCode, said) = await App.RunCommandAsync("export", "inquiry", submitted.Reference, file);

        Assert.True(exitCode == 0, said);
        Assert.Contains("Łucja Peña", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.Equal(2, (await App.RunCommandAsync("export", "inquiry", submitted.Reference, file)).ExitCode);
    }

    [Theory]
    [InlineData("lucja@patient.example")]
    [InlineData("LUCJA+anything@patient.example")]
    [InlineData("+14155550132")]
    [InlineData("+1 (415) 555-0132")]
    public async Task A_mailbox_or_a_phone_leads_to_the_references_and_is_not_repeated(string contact)
    {
        var submitted = await App.SubmitAsync(_inquiry);
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        await App.SubmitAsync(An.Inquiry());
        await App.SettlesAsync();

        var (exitCode, said) = await App.RunCommandAsync("find", contact);

        Assert.Equal(0, exitCode);
        Assert.Contains($"{submitted.Reference}  Referred", said, StringComparison.Ordinal);
        Assert.Contains("1 found.", said, StringComparison.Ordinal);
        Assert.DoesNotContain(contact, said, StringComparison.OrdinalIgnoreCase);
        await App.RunCommandAsync("erase", submitted.Reference, "--yes");
        Assert.Contains("No inquiry is found by it.", (await App.RunCommandAsync("find", contact)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_neither_is_refused_without_being_repeated()
    {
        var (exitCode, said) = await App.RunCommandAsync("find", "Łucja Peña");

        Assert.Equal(2, exitCode);
        Assert.DoesNotContain("Peña", said, StringComparison.Ordinal);
    }
}
