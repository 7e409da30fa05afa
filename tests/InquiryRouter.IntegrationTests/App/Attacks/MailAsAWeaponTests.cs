using System.Net;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.IntegrationTests.App.Status;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Attacks;

/// <summary>Nobody can make us write to a stranger again and again; what the mails are about is done or kept all the same.</summary>
public sealed class MailAsAWeaponTests : StatusTests
{
    internal override AppSetup Setup => new AppSetup().With("Intake:PermitsPerMinute", "100000");

    [Theory]
    [InlineData("victim@stranger.example", "victim@stranger.example")]
    [InlineData("victim@stranger.example", "Victim+{0}@Stranger.example")]
    [InlineData("victim.name@gmail.com", "v.i.c.t.i.m.n.a.m.e+{0}@gmail.com")]
    public async Task Many_inquiries_in_a_strangers_name_are_all_kept_and_few_are_acknowledged(string stranger, string written)
    {
        const int many = 12;
        var submitted = new List<Submitted>();
        for (var i = 0; i < many; i++)
        {
            submitted.Add(await App.SubmitAsync(An.Inquiry().From($"Name {(char)('A' + i)}", i == 0 ? stranger : string.Format(null, written, i))));
        }

        await App.SettlesAsync();
        Assert.Equal(many, await App.NumberAsync("SELECT COUNT(*) FROM Inquiry WHERE State <> 'Received'"));
        Assert.Equal(
            MailAllowance.ToOneAddress(MailKind.Acknowledgement), await App.NumberAsync("SELECT COUNT(*) FROM Mail WHERE Kind LIKE 'Acknowledgement%'"));

        // A coordinator sees why.
        var last = await HistoryAsync(submitted[^1]);
        Assert.Contains(last, l => l.Action == "mail-withheld" && l.Detail == "Acknowledgement");
        Assert.DoesNotContain(await HistoryAsync(submitted[0]), l => l.Action == "mail-withheld");
        await AssertWholeAsync(submitted[^1]);

        // The next day is another.
        App.Clock.Advance(TimeSpan.FromHours(25));
        var next = await App.SubmitAsync(An.Inquiry().From("Another", stranger));
        await App.SettlesAsync();
        Assert.DoesNotContain(await HistoryAsync(next), l => l.Action == "mail-withheld");
    }

    [Fact]
    public async Task Who_sends_for_many_strangers_is_limited_too_and_erasing_is_no_way_around()
    {
        await using var app = await InquiryApp.StartAsync(new AppSetup().With("Intake:PermitsPerMinute", "10"));
        var first = await app.SubmitAsync(An.Inquiry());
        await app.SettlesAsync();
        Assert.Equal(0, (await app.RunCommandAsync("erase", first.Reference, "--yes")).ExitCode);

        // As many as may be, for as many strangers: the limit of inquiries is by the clock of this machine.
        for (var i = 1; i < MailAllowance.Acknowledgements(10); i++)
        {
            await app.Database.WriteAsync(tx => tx.ExecuteAsync(
                """
                INSERT INTO MailRequest (InquiryId, Kind, Address, Asker, Withheld, At)
                SELECT NULL, 'Acknowledgement', @address, Asker, 0, @Now FROM MailRequest WHERE Kind = 'Acknowledgement' AND Seq = 1
                """,
                new { address = new byte[] { (byte)i }, tx.Now }));
        }

        var last = await app.SubmitAsync(An.Inquiry());
        await app.SettlesAsync();

        Assert.Equal(1, await app.NumberAsync("SELECT COUNT(*) FROM MailRequest WHERE Kind = 'Acknowledgement' AND Withheld = 1"));
        Assert.Equal(InquiryState.Referred, (await app.InquiryAsync(last.Reference)).State);
        Assert.Equal(1, await app.NumberAsync("SELECT COUNT(*) FROM Mail WHERE Kind = 'Acknowledgement'"));
    }

    [Theory]
    [InlineData("withdraw", "Withdrawn")]
    [InlineData("erase", "Erased")]
    public async Task Ending_many_inquiries_of_one_address_writes_to_it_no_more_than_asking_does(string how, string kind)
    {
        var inquiry = An.Inquiry();
        for (var i = 0; i < MailAllowance.ToOneAddress(MailKind.Withdrawn) + 3; i++)
        {
            var submitted = await AskedAsync(inquiry);
            using var visit = await OpenNowAsync(submitted);
            await visit.LookAsync($"/status/{how}");
            await visit.PressAsync($"/status/{how}");
        }

        await App.SettlesAsync();
        Assert.Equal(MailAllowance.ToOneAddress(MailKind.Withdrawn), await App.NumberAsync($"SELECT COUNT(*) FROM Mail WHERE Kind = '{kind}'"));
    }

    [Fact]
    public async Task What_ends_among_the_spam_leaves_a_patients_allowance_as_it_was()
    {
        var spam = An.Inquiry().With("patient.name", "WIN-NOW.SHOP").Saying("[url=http://spam.example]win[/url]");
        for (var i = 0; i < MailAllowance.ToOneAddress(MailKind.Acknowledgement); i++)
        {
            await App.SubmitAsync(spam);
        }

        await App.SettlesAsync();
        Assert.Equal(
            MailAllowance.ToOneAddress(MailKind.Acknowledgement), await App.NumberAsync("SELECT COUNT(*) FROM Inquiry WHERE State = 'Quarantined'"));
        Assert.Equal(0, await App.NumberAsync("SELECT COUNT(*) FROM MailRequest WHERE Kind = 'Acknowledgement' AND Withheld = 0"));
        Assert.Equal(5, await App.NumberAsync("SELECT COUNT(*) FROM MailRequest WHERE Kind = 'Acknowledgement' AND Withheld = 1"));
    }

    [Fact]
    public async Task An_address_is_changed_three_times_a_day_and_no_more()
    {
        var submitted = await AskedAsync(An.Inquiry());
        for (var i = 0; i < 10; i++)
        {
            using var visit = await OpenNowAsync(submitted);
            await visit.LookAsync("/status/correct");
            await visit.PressAsync(
                "/status/correct/contact", ("patient.name", "Ana"), ("patient.email", $"stranger{i}@elsewhere.example"), ("patient.phone", ""));
            Assert.Contains(i < MailAllowance.ChangesOfAddress ? "Saved" : "changed often today", visit.Page.Text, StringComparison.Ordinal);
        }

        await App.SettlesAsync();
        Assert.Equal($"stranger{MailAllowance.ChangesOfAddress - 1}@elsewhere.example", Vault.Open(await PatientAsync(submitted)).Email);
        Assert.Equal(2 * MailAllowance.ChangesOfAddress, await App.NumberAsync("SELECT COUNT(*) FROM Mail WHERE Kind LIKE 'Address%'"));

        // A name can be mended all the same, and the next day the address, too.
        using var again = await OpenNowAsync(submitted);
        await again.LookAsync("/status/correct");
        await again.PressAsync("/status/correct/contact", ("patient.name", "Ana B"), ("patient.email", "stranger2@elsewhere.example"), ("patient.phone", ""));
        Assert.Contains("Saved", again.Page.Text, StringComparison.Ordinal);
        App.Clock.Advance(TimeSpan.FromHours(25));
        await again.LookAsync("/status/correct");
        await again.PressAsync("/status/correct/contact", ("patient.name", "Ana B"), ("patient.email", "mine@elsewhere.example"), ("patient.phone", ""));
        Assert.Contains("Saved", again.Page.Text, StringComparison.Ordinal);
        await AssertWholeAsync(submitted);
    }

    [Fact]
    public async Task A_lost_link_is_sent_six_times_a_day_and_each_ask_is_written_down_alike()
    {
        var inquiry = An.Inquiry();
        await AskedAsync(inquiry);
        for (var hour = 0; hour < 4; hour++)
        {
            for (var i = 0; i < 4; i++)
            {
                await AskAsync(inquiry.Email);
                await AskAsync($"nobody{hour}{i}@nowhere.example");
            }

            var asked = (hour + 1) * 8;
            await App.UntilAsync(async () => await App.NumberAsync("SELECT COUNT(*) FROM MailRequest WHERE Kind = 'StatusLink'") == asked, $"{asked} are written down");
            App.Clock.Advance(TimeSpan.FromMinutes(61));
        }

        await App.SettlesAsync();
        Assert.Equal(
            MailAllowance.ToOneAddress(MailKind.StatusLink), App.MailsTo(inquiry.Email).Count(m => m.Subject!.Contains("link", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task What_was_typed_as_a_name_is_no_message_to_a_stranger()
    {
        var email = "victim@stranger.example";
        var submitted = await AskedAsync(An.Inquiry());
        using var visit = await OpenAsync(submitted);
        await visit.LookAsync("/status/correct");
        await visit.PressAsync(
            "/status/correct/contact",
            ("patient.name", "You won! Go to https://evil.example/win?x=1 now or call 1-900-555-0123"), ("patient.email", email), ("patient.phone", ""));

        var mail = await App.MailToAsync(email);

        Assert.DoesNotContain("evil.example", mail.TextBody + mail.HtmlBody + mail.To, StringComparison.Ordinal);
        Assert.DoesNotContain("900", mail.TextBody + mail.To, StringComparison.Ordinal);
        Assert.DoesNotContain("won", mail.TextBody + mail.To, StringComparison.Ordinal);
        Assert.StartsWith($"Hello {submitted.Reference},", mail.TextBody!.Trim(), StringComparison.Ordinal);
    }

    private async Task<StatusVisit> OpenNowAsync(Submitted submitted) => await OpenAsync(submitted with
    {
        StatusUrl = $"{App.Settings.PublicUrl}status?t={Vault.Open(await PatientAsync(submitted)).StatusToken}",
    });

    private async Task AskAsync(string address)
    {
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("email", address)]);
        using var response = await App.Http.PostAsync("/status/link", content);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
    }
}
