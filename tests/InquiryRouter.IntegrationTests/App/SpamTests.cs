using System.Net;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Screening.Spam;
using InquiryRouter.Infrastructure.Data.Stores.Screening;
using InquiryRouter.Web.Intake;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App;

public sealed class SpamTests : AppTests
{
    private const string Letter = "I am interested in this treatment, please send me all the information you have about prices and duration.";

    private const string Advertising = "Dear owner, our team brings your page more visitors: backlinks and guest posts at a fair price, reply today for an offer.";

    [Fact]
    public async Task A_coordinator_sees_every_reason_with_its_points()
    {
        var submitted = await App.SubmitAsync(An.Inquiry().With("patient.name", "WIN-NOW.SHOP").Saying("[url=http://spam.example]win[/url]"));
        await App.ReachesAsync(submitted.Reference, InquiryState.Quarantined);

        var (_, list) = await App.RunCommandAsync("list", "--held");

        Assert.Contains("suspected-spam: ", list, StringComparison.Ordinal);
        Assert.Contains($"link-in-name 60: {SpamReason.LinkInName.Sentence}", list, StringComparison.Ordinal);
        Assert.Contains($"markup 60: {SpamReason.Markup.Sentence}", list, StringComparison.Ordinal);
        Assert.Contains($"mostly-links 25: {SpamReason.MostlyLinks.Sentence}", list, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HELP ME PLEASE, I HAVE NOBODY ELSE TO ASK")]
    [InlineData("Mis resultados: https://drive.example/file/1")]
    [InlineData("ساعدوني من فضلكم")]
    public async Task What_patients_write_goes_on(string message)
    {
        var submitted = await App.SubmitAsync(An.Inquiry().Saying(message));

        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
    }

    [Theory]
    [InlineData("I have had lupus for ten years.", "https://filled.example")]
    [InlineData("http://a.example http://b.example http://c.example http://d.example http://e.example", null)]
    public async Task One_signal_alone_keeps_nobody_waiting(string message, string? trap)
    {
        using var form = await FormVisit.OpenAsync(App);
        App.Clock.Advance(FormNonce.LeastTime);
        KeyValuePair<string, string>[] more = trap is null ? [] : [KeyValuePair.Create("extra", trap)];
        using var response = await form.SendAsync(An.Inquiry().Saying(message), more);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);

        await App.SettlesAsync();

        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM Inquiry WHERE State = 'Referred'"));
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM SpamScore WHERE Score >= 60"));
    }

    [Fact]
    public async Task An_emergency_is_not_kept_aside_and_its_points_are_told_all_the_same()
    {
        var submitted = await App.SubmitAsync(An.Inquiry().Saying("[url=http://a.example]casino[/url] tengo dolor en el pecho"));

        var held = await App.ReachesAsync(submitted.Reference, InquiryState.Held);

        Assert.Equal([HoldReason.Emergency, HoldReason.SuspectedSpam], held.HoldReasons);
        Assert.Contains("markup 60", (await App.RunCommandAsync("list", "--held")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_letter_of_many_senders_goes_on_and_with_other_signs_does_not()
    {
        for (var i = 0; i < SpamScore.ManyCopies - 1; i++)
        {
            var letter = await App.SubmitAsync(An.Inquiry().Saying(Letter));
            var advertised = await App.SubmitAsync(An.Inquiry().Saying(Advertising));
            await App.ReachesAsync(letter.Reference, InquiryState.Referred);
            await App.ReachesAsync(advertised.Reference, InquiryState.Referred);
        }

        var last = await App.SubmitAsync(An.Inquiry().Saying(Letter));
        var spam = await App.SubmitAsync(An.Inquiry().Saying(Advertising.ToUpperInvariant()));

        await App.ReachesAsync(last.Reference, InquiryState.Referred);
        await App.ReachesAsync(spam.Reference, InquiryState.Quarantined);
        Assert.Equal([SpamReason.Advertising, SpamReason.SentBefore], (await SpamOfAsync(spam.Reference)).Reasons);
    }

    [Fact]
    public async Task A_mailing_of_yesterday_is_forgotten()
    {
        for (var i = 0; i < SpamScore.ManyCopies - 1; i++)
        {
            await App.SubmitAsync(An.Inquiry().Saying(Advertising));
        }

        await App.SettlesAsync();
        App.Clock.Advance(SpamScore.CopiesWithin + TimeSpan.FromMinutes(1));
        var today = await App.SubmitAsync(An.Inquiry().Saying(Advertising));

        await App.ReachesAsync(today.Reference, InquiryState.Referred);
        Assert.Equal([SpamReason.Advertising], (await SpamOfAsync(today.Reference)).Reasons);
    }

    [Fact]
    public async Task A_person_takes_a_moment_to_fill_in_the_form_and_no_sign_is_noticed()
    {
        Assert.Empty(await FlagsOfFormAsync(() => App.Clock.Advance(FormNonce.LeastTime)));
    }

    [Fact]
    public async Task A_form_sent_at_once_has_a_sign_and_still_goes_on()
    {
        Assert.Equal(["too-fast"], await FlagsOfFormAsync(() => { }));

        await App.SettlesAsync();
        Assert.Equal(1, await App.NumberAsync("SELECT COUNT(*) FROM Inquiry WHERE State = 'Referred'"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("made-up")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_form_that_was_never_opened_has_a_sign(string nonce)
    {
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("nonce", nonce), .. An.Inquiry().Fields()]);
        using var response = await App.Http.PostAsync("/inquiry", content);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(["page-not-opened"], await FlagsAsync());
    }

    [Fact]
    public void A_number_that_was_changed_is_not_ours()
    {
        var nonces = App.Services.GetRequiredService<FormNonce>();
        var nonce = nonces.New();
        App.Clock.Advance(FormNonce.LeastTime);

        Assert.Null(nonces.Weigh(nonce));
        Assert.NotEqual(nonce, nonces.New());
        for (var i = 0; i < nonce.Length - 1; i++)
        {
            Assert.Equal(SpamReason.PageNotOpened, nonces.Weigh(nonce[..i] + (nonce[i] == 'A' ? 'B' : 'A') + nonce[(i + 1)..]));
        }

        Assert.All([null, "", nonce[..^1], nonce + "A", "!"], other => Assert.Equal(SpamReason.PageNotOpened, nonces.Weigh(other)));
    }

    private async Task<IReadOnlyList<string>> FlagsOfFormAsync(Action meanwhile)
    {
        using var form = await FormVisit.OpenAsync(App);
        meanwhile();
        using var response = await form.SendAsync(An.Inquiry());
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return await FlagsAsync();
    }

    private async Task<IReadOnlyList<string>> FlagsAsync()
    {
        var reference = await App.Database.ReadAsync(session => session.QuerySingleOrDefaultAsync<string>("SELECT Reference FROM Inquiry"));
        return (await App.InquiryAsync(reference!)).Facts.IntakeFlags;
    }

    private async Task<SpamVerdict> SpamOfAsync(string reference)
    {
        var inquiry = await App.InquiryAsync(reference);
        return await App.Database.ReadAsync(session => SpamScoreStore.FindAsync(session, inquiry.Id));
    }
}
