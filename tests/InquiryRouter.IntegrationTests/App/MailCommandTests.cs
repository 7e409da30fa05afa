using InquiryRouter.Commands;
using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

public sealed class MailCommandTests : AppTests
{
    [Fact]
    public async Task Every_mail_can_be_looked_at_in_every_language_without_a_database()
    {
        var directory = Path.Combine(App.Settings.Data.Directory, "preview");

        var (code, said) = await RunAsync("mail", "preview", "--directory", directory);

        Assert.Equal(0, code);
        Assert.Contains(directory, said, StringComparison.Ordinal);
        foreach (var language in new[] { "en", "es", "ar" })
        {
            Assert.All(Enum.GetNames<MailKind>(), kind =>
            {
                Assert.True(File.Exists(Path.Combine(directory, $"{kind}.{language}.html")));
                using var mail = MimeMessage.Load(Path.Combine(directory, $"{kind}.{language}.eml"));
                Assert.False(string.IsNullOrEmpty(mail.Subject));
            });
        }
    }

    [Fact]
    public async Task One_kind_in_one_language_is_as_many_files_as_it_has_variants()
    {
        var directory = Path.Combine(App.Settings.Data.Directory, "preview");

        await RunAsync("mail", "preview", "AcknowledgementHeld", "--language", "es", "--directory", directory);

        Assert.Equal(
            [
                "AcknowledgementHeld.es.2.eml", "AcknowledgementHeld.es.2.html", "AcknowledgementHeld.es.3.eml", "AcknowledgementHeld.es.3.html",
                "AcknowledgementHeld.es.4.eml", "AcknowledgementHeld.es.4.html", "AcknowledgementHeld.es.5.eml", "AcknowledgementHeld.es.5.html",
                "AcknowledgementHeld.es.6.eml", "AcknowledgementHeld.es.6.html", "AcknowledgementHeld.es.7.eml", "AcknowledgementHeld.es.7.html",
                "AcknowledgementHeld.es.eml", "AcknowledgementHeld.es.html",
            ],
            Directory.GetFiles(directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_language_there_is_none_of_is_refused_with_those_there_are()
    {
        var (code, said) = await RunAsync("mail", "preview", "--language", "tlh");

        Assert.Equal(CommandLine.Refused, code);
        Assert.Contains("en, ar, es", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suppressed_address_is_listed_as_a_hash_and_taken_off_by_its_name()
    {
        const string Address = "ana@patient.example";
        var hash = App.Services.GetRequiredService<KeyedHash>().OfAddress(Address);
        await App.Database.WriteAsync(tx => MailStore.SuppressAsync(tx, hash, "550 5.1.1"));

        var (_, listed) = await App.RunCommandAsync("suppressed", "list");
        Assert.Contains(Convert.ToHexStringLower(hash)[..16], listed, StringComparison.Ordinal);
        Assert.Contains("550 5.1.1", listed, StringComparison.Ordinal);
        Assert.DoesNotContain(Address, listed, StringComparison.Ordinal);

        Assert.Equal(1, (await App.RunCommandAsync("suppressed", "remove", "bob@patient.example")).ExitCode);
        Assert.Equal(0, (await App.RunCommandAsync("suppressed", "remove", "ana@PATIENT.example")).ExitCode);
        Assert.Contains("No address is suppressed.", (await App.RunCommandAsync("suppressed", "list")).Output, StringComparison.Ordinal);
        Assert.Equal(CommandLine.Refused, (await App.RunCommandAsync("suppressed", "remove", "ana")).ExitCode);
    }

    private static async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        return (await CommandLine.RunAsync(arguments, output, output, TimeProvider.System, CancellationToken.None), output.ToString());
    }
}
