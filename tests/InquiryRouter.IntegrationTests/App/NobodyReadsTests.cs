using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Infrastructure.Privacy;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

/// <summary>Without a coordinator who can be reached no page and no mail tells a patient that somebody reads; the program says so to its operator.</summary>
public sealed class NobodyReadsTests : AppTests
{
    private const string Emergency = "I can't breathe";

    // Where a person is to look, and what the page says of it.
    private static readonly (string State, string Reason, string Key)[] s_states =
    [
        ("Held", "emergency-words", "reading"), ("Held", "no-clinic-fits", "noFit"), ("Held", "waits-for-capacity", "full"),
        ("Held", "no-clinic-left", "looking"), ("Held", "offer-limit", "looking"), ("Held", "returned-by-clinic", "returned"),
        ("Held", "treated-at-once", "atOnce"), ("Held", "patient-unreachable", "unreachable"), ("Quarantined", "suspected-spam", "reading"),
        ("AwaitingPatient", "question-asked", "awaiting"),
    ];

    public static TheoryData<string> EveryLanguage => ["en", "es", "ar"];

    // States are changed past the program.
    protected override bool ReckonsWork => false;

    internal override AppSetup Setup => new AppSetup().With("Mail:CoordinatorAddress", string.Empty);

    [Theory]
    [MemberData(nameof(EveryLanguage))]
    public async Task A_held_inquiry_is_kept_its_patient_reads_and_of_an_emergency_whom_to_call(string language)
    {
        var words = Said(language);
        var urgent = In(language, An.Inquiry().Saying(Emergency));
        var submitted = await HeldAsync(urgent);

        var page = await App.StatusPageAsync(submitted);

        Assert.Equal(words["status.state.reading.title.nobody"], page.Headline);
        Assert.Contains(words["status.state.reading.text.nobody"], page.Text, StringComparison.Ordinal);
        Assert.Contains(words["emergency.text.nobody"], page.Text, StringComparison.Ordinal);
        Assert.Contains("911", page.Text, StringComparison.Ordinal);
        Assert.Contains(words["status.history.held.nobody"], page.Text, StringComparison.Ordinal);
        var mail = Flat((await App.MailToAsync(urgent.Email)).TextBody!);
        Assert.Contains(words["mail.acknowledgementHeld.urgent.nobody"], mail, StringComparison.Ordinal);
        Assert.Contains(words["mail.acknowledgementHeld.next.nobody"], mail, StringComparison.Ordinal);
        Assert.DoesNotContain(words["mail.acknowledgementHeld.next"], mail, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EveryLanguage))]
    public async Task Pages_say_the_usual_again_when_somebody_can_be_reached(string language)
    {
        var words = Said(language);
        var submitted = await HeldAsync(In(language, An.Inquiry().Saying(Emergency)));
        using var manager = await ConsoleBrowser.SignedInAsync(App, UserRoles.Manager);
        await App.UntilAsync(
            async () => (await App.StatusPageAsync(submitted)).Headline == words["status.state.reading.title"], "somebody is reading");

        Assert.Contains(words["status.state.reading.text"], (await App.StatusPageAsync(submitted)).Text, StringComparison.Ordinal);
        Assert.Contains(words["form.next"], (await FormAsync(language)).Text, StringComparison.Ordinal);
        var second = In(language, An.Inquiry().Saying(Emergency));
        await HeldAsync(second);
        Assert.Contains(
            words["mail.acknowledgementHeld.next"], Flat((await App.MailToAsync(second.Email)).TextBody!), StringComparison.Ordinal);

        // Without a sign of them for a week, nobody is there again.
        await App.AdvanceToAsync(App.Now + Attendance.LongestUnseen + TimeSpan.FromHours(1));
        await App.UntilAsync(
            async () => (await App.StatusPageAsync(submitted)).Headline == words["status.state.reading.title.nobody"], "nobody is reading");
    }

    [Theory]
    [MemberData(nameof(EveryLanguage))]
    public async Task Wherever_an_inquiry_stands_its_page_is_true_in_both_situations(string language)
    {
        var words = Said(language);
        var submitted = await HeldAsync(In(language, An.Inquiry().Saying(Emergency)));
        string[] nobody = [.. await PagesAsync(submitted)];
        using var manager = await ConsoleBrowser.SignedInAsync(App, UserRoles.Manager);
        await App.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE Inquiry SET State = 'Held', HoldReasons = 'emergency-words'"));
        await App.UntilAsync(
            async () => (await App.StatusPageAsync(submitted)).Headline == words["status.state.reading.title"], "somebody is reading");
        string[] somebody = [.. await PagesAsync(submitted)];

        Assert.All(s_states.Index(), state =>
        {
            var key = $"status.state.{state.Item.Key}.text";
            Assert.Contains(words[key], somebody[state.Index], StringComparison.Ordinal);
            if (!words[key].Contains(words[key + Words.NobodySuffix], StringComparison.Ordinal))
            {
                Assert.DoesNotContain(words[key + Words.NobodySuffix], somebody[state.Index], StringComparison.Ordinal);
            }

            Assert.Contains(words[key + Words.NobodySuffix], nobody[state.Index], StringComparison.Ordinal);
            Assert.DoesNotContain(words[key], nobody[state.Index], StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(EveryLanguage))]
    public async Task Public_pages_promise_no_person_either(string language)
    {
        var words = Said(language);

        var form = await FormAsync(language);

        Assert.Contains(words["form.next.nobody"], form.Text, StringComparison.Ordinal);
        Assert.Contains(words["emergency.text.nobody"], form.Text, StringComparison.Ordinal);
        Assert.Contains(words["landing.law.text.nobody"], (await GetAsync($"/treatments/stem-cell-therapy/lupus?lang={language}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_console_says_so_to_everybody_until_a_coordinator_is_there()
    {
        const string Warning = "No coordinator can be reached.";
        using var admin = await ConsoleBrowser.SignedInAsync(App, UserRoles.Admin);
        Assert.Contains(Warning, (await admin.GetAsync("/console/users")).Text, StringComparison.Ordinal);

        using var coordinator = await ConsoleBrowser.SignedInAsync(App, UserRoles.Coordinator);
        Assert.DoesNotContain(Warning, (await coordinator.GetAsync("/console")).Text, StringComparison.Ordinal);
        await App.UntilAsync(
            async () => !(await admin.GetAsync("/console/users")).Text.Contains(Warning, StringComparison.Ordinal), "the warning has gone");
        Assert.Contains(App.Logs.Lines, l => l.Contains(Warning.TrimEnd('.'), StringComparison.Ordinal) && l.StartsWith("Warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Doctor_says_so_and_what_to_do()
    {
        var (code, nobody) = await App.RunCommandAsync("doctor");
        Assert.Equal(1, code);
        Assert.Contains("FAIL  readers   no coordinator can be reached", nobody, StringComparison.Ordinal);

        var (_, reached) = await App.RunCommandAsync("doctor", "--Mail:CoordinatorAddress=team@operator.example");
        Assert.Contains("ok    readers   a coordinator can be reached", reached, StringComparison.Ordinal);

        // An address that takes no mail reaches nobody.
        var hash = App.Services.GetRequiredService<KeyedHash>().OfAddress("team@operator.example");
        await App.Database.WriteAsync(tx => MailStore.SuppressAsync(tx, hash, "hard-bounce"));
        var (_, dead) = await App.RunCommandAsync("doctor", "--Mail:CoordinatorAddress=team@operator.example");
        Assert.Contains("FAIL  readers   no coordinator can be reached", dead, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<string>> PagesAsync(Submitted submitted)
    {
        var pages = new List<string>();
        foreach (var (state, reason, _) in s_states)
        {
            await App.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE Inquiry SET State = @state, HoldReasons = @reason", new { state, reason }));
            pages.Add((await App.StatusPageAsync(submitted)).Text);
        }

        return pages;
    }

    private static InquiryBuilder In(string language, InquiryBuilder inquiry) => inquiry.With("patient.language", language).With("patient.country", "US");

    private async Task<Submitted> HeldAsync(InquiryBuilder inquiry)
    {
        var submitted = await App.SubmitAsync(inquiry);
        await App.ReachesAsync(submitted.Reference, InquiryState.Held);
        await App.MailToAsync(inquiry.Email);
        return submitted;
    }

    private Words Said(string language) => App.Services.GetRequiredService<LanguageSet>().For(language);

    private Task<Page> FormAsync(string language) => GetAsync($"/inquiry?lang={language}");

    private async Task<Page> GetAsync(string path)
    {
        using var response = await App.Http.GetAsync(new Uri(path, UriKind.Relative));
        return await Page.OfAsync(response);
    }

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
