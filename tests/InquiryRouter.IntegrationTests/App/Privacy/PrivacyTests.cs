using System.Net;
using System.Text;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Privacy;

/// <summary>Plants words nobody else would write, lets the program work with them, and looks for them everywhere it leaves something.</summary>
public sealed class PrivacyTests : AppTests
{
    private static readonly string[] s_canaries =
        ["Canaryname", "canary.mail", "4155550132", "Canarymessage", "Canaryparent", "canary.parent", "Canarytypo", "canary.wrong"];

    private readonly InquiryBuilder _inquiry = An.Inquiry().From("Canaryname Peña", "canary.mail@patient.example").With("patient.phone", "+1 415 555 0132")
        .Saying("Canarymessage: please help.").AskedByParent("Canaryparent", "canary.parent@parent.example");

    // The files of the database are searched.
    internal override AppSetup Setup => new() { OnSqlite = true };

    [Fact]
    public async Task What_names_a_patient_is_in_no_log_no_message_and_nowhere_readable_in_the_database()
    {
        await LiveThroughItAsync();

        // The search itself finds what is there: mails go to the patient in clear.
        Assert.NotEmpty(FindIn(Directory.GetFiles(App.Settings.Data.MailDirectory)));
        foreach (var canary in s_canaries)
        {
            Assert.DoesNotContain(App.Logs.Lines, line => line.Contains(canary, StringComparison.OrdinalIgnoreCase));
        }

        Assert.NotEmpty(App.Logs.Lines);
        var bodies = string.Join('\n', await App.Database.ReadAsync(session => session.QueryAsync<string>("SELECT Body FROM Outbox")));
        Assert.All(s_canaries, canary => Assert.DoesNotContain(canary, bodies, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("lupus", bodies, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(FindIn(DataFiles()));
    }

    [Fact]
    public async Task Mails_that_wait_in_the_database_are_not_readable_there()
    {
        // A mail directory that cannot be: every mail waits.
        await File.WriteAllTextAsync(App.Settings.Data.MailDirectory, "in the way");
        await App.SubmitAsync(_inquiry);
        await App.UntilAsync(async () => await App.NumberAsync("SELECT COUNT(*) FROM Mail WHERE Attempts > 0") >= 2, "two mails were tried");

        Assert.Empty(FindIn(DataFiles()));
        Assert.All(s_canaries, canary => Assert.DoesNotContain(App.Logs.Lines, line => line.Contains(canary, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task No_token_of_a_link_is_in_a_log_or_readable_in_the_database()
    {
        var submitted = await App.SubmitAsync(_inquiry);
        var referral = InquiryApp.LinkIn(await App.MailToAsync(ClinicAddress("MX-A")));
        await App.StatusPageAsync(submitted);
        using var visit = await OpenReferralOfAsync("MX-A");
        await App.SettlesAsync();
        string[] secrets = [submitted.StatusUrl.Split("t=")[1], referral.AbsoluteUri.Split("t=")[1]];

        Assert.All(secrets, secret => Assert.DoesNotContain(App.Logs.Lines, line => line.Contains(secret, StringComparison.Ordinal)));
        var files = DataFiles().Select(SharedFile.Read).ToList();
        Assert.All(secrets, secret => Assert.All(files, bytes => Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(secret)))));
    }

    [Fact]
    public async Task A_refused_inquiry_leaves_nothing_at_all()
    {
        using var refused = await App.PostAsync(_inquiry.With("condition", "Canarytypo").Json, "key-1");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        Assert.Empty(FindIn(DataFiles()));
        Assert.All(s_canaries, canary => Assert.DoesNotContain(App.Logs.Lines, line => line.Contains(canary, StringComparison.OrdinalIgnoreCase)));
    }

    private async Task LiveThroughItAsync()
    {
        using (var wrong = await App.PostAsync(An.Inquiry().From("Canaryname", "canary.wrong").Saying("Canarymessage").With("condition", "Canarytypo").Json))
        {
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        }

        using var form = await FormVisit.OpenAsync(App);
        using var sent = await form.SendAsync(An.Inquiry().From("Canaryname", "canary.mail@patient.example").Saying("Canarymessage by the form"));
        await App.SubmitAsync(_inquiry, "canary.mail@patient.example");
        await App.SubmitAsync(_inquiry.Saying("Canarymessage: chest pain"));
        using var first = await OpenReferralOfAsync("MX-A");
        await first.DeclineAsync();
        using var second = await OpenReferralOfAsync("MX-B");
        await second.AcceptAsync();
        await App.SettlesAsync();
    }

    // Mails are what leaves the program; everything else must not tell.
    private List<string> DataFiles()
    {
        var files = Directory.GetFiles(App.Settings.Data.Directory, "*", SearchOption.AllDirectories)
            .Where(f => !f.StartsWith(App.Settings.Data.MailDirectory, StringComparison.Ordinal)).ToList();
        Assert.Contains(files, f => f.EndsWith(".db", StringComparison.Ordinal));
        Assert.Contains(files, f => f.EndsWith(".db-wal", StringComparison.Ordinal));
        return files;
    }

    private static IEnumerable<string> FindIn(IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            var bytes = SharedFile.Read(file);
            foreach (var canary in s_canaries)
            {
                Encoding[] encodings = [Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode];
                string[] forms = [canary, canary.ToLowerInvariant(), canary.ToUpperInvariant(), Convert.ToBase64String(Encoding.UTF8.GetBytes(canary))[..^4]];
                if (encodings.Any(e => forms.Any(f => bytes.AsSpan().IndexOf(e.GetBytes(f)) >= 0)))
                {
                    yield return $"{canary} in {Path.GetFileName(file)}";
                }
            }
        }
    }
}
