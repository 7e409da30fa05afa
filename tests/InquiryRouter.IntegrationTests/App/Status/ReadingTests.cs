using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Referral;
using InquiryRouter.Infrastructure.Languages;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InquiryRouter.IntegrationTests.App.Status;

/// <summary>What a patient reads on the page.</summary>
public sealed partial class ReadingTests : StatusTests
{
    // Names, codes and units that are the same in every language.
    private static readonly string[] s_same =
    [
        "InquiryRouter", "demo", "Clínica", "MX", "A", "B", "C", "USD", "EUR", "America", "New", "York", "IR", "English", "Español", "Mérida", "com", "biologyinsights", "Error", "CRP", "Total", "JSON",
    ];

    [Fact]
    public async Task Quotes_stand_side_by_side_with_the_same_lines_in_my_currency_and_against_what_is_paid_at_home()
    {
        var submitted = await AskedAsync(An.Inquiry().With("patient.country", "DE").With("patient.timeZone", "Europe/Berlin").With("budget", null));
        await QuoteAsync(submitted, "MX-A", 12_500, remark: "We look forward to <meeting> you.");
        using var visit = await OpenAsync(submitted);

        Assert.Contains("Quotes, side by side", visit.Page.Text, StringComparison.Ordinal);
        Assert.Contains("Treatment 12,500 USD", visit.Page.Text, StringComparison.Ordinal);
        Assert.Contains("Hotel Included", visit.Page.Text, StringComparison.Ordinal);
        Assert.Contains("Total 12,500 USD", visit.Page.Text, StringComparison.Ordinal);
        Assert.Matches("About, in EUR 1[01],[0-9]{3} EUR", visit.Page.Text);
        Assert.Contains("Against a typical price in the United States About 50% less", visit.Page.Text, StringComparison.Ordinal);
        Assert.Contains("at rates of 1 December 2025", visit.Page.Text, StringComparison.Ordinal);
        Assert.Contains("Nobody has confirmed this figure yet.", visit.Page.Text, StringComparison.Ordinal);
        Assert.Contains("We look forward to <meeting> you.", visit.Page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("expired", visit.Page.Text, StringComparison.Ordinal);

        App.Clock.Advance(TimeSpan.FromDays(32));
        Assert.Contains("expired", (await visit.LookAsync()).Page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quote-ended", "The quote of Clínica MX-A has ended without a decision of yours")]
    [InlineData("accreditation", "because it no longer meets everything that we ask of clinics")]
    [InlineData("something-newer", "We took your inquiry back from Clínica MX-A.")]
    public async Task Why_an_offer_was_taken_back_is_told_as_it_was(string reason, string said)
    {
        var submitted = await AskedAsync();
        var referral = await ReferralAsync(submitted, "MX-A");
        await App.Database.WriteAsync(tx => ReferralStore.MoveAsync(tx, referral, Core.Referral.ReferralTrigger.Withdraw, reason));
        await App.LookAgainAsync(referral.InquiryId);

        Assert.Contains(said, (await App.StatusPageAsync(submitted)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "ltr", "A clinic has your inquiry", "Answer due by")]
    [InlineData("es", "ltr", "Una clínica tiene su consulta", "Debe responder antes del")]
    [InlineData("ar", "rtl", "طلبك لدى إحدى العيادات", "موعد الإجابة النهائي")]
    public async Task The_page_is_in_the_language_of_the_inquiry(string language, string direction, string headline, string due)
    {
        var submitted = await App.SubmitAsync(An.Inquiry().With("patient.language", "en"));
        await App.ReachesAsync(submitted.Reference, InquiryState.Referred);
        var id = (await App.InquiryAsync(submitted.Reference)).Id;
        await App.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE Inquiry SET Language = @language WHERE Id = @id", new { language, id }));

        using var visit = await OpenAsync(submitted);

        Assert.Contains($"lang=\"{language}\" dir=\"{direction}\"", visit.Page.Html, StringComparison.Ordinal);
        Assert.Equal(headline, visit.Page.Headline);
        Assert.Contains(due, visit.Page.Text, StringComparison.Ordinal);

        // Whoever asks for another language keeps it through every button.
        await visit.LookAsync("/status", "&lang=en");
        Assert.Equal("A clinic has your inquiry", visit.Page.Headline);
        await visit.PressAsync("/status/identity/hide?lang=en", ("referral", "1"));
        Assert.Contains("Saved: this clinic may not see who you are.", visit.Page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("es")]
    [InlineData("ar")]
    public async Task Nothing_on_any_page_is_left_in_English(string language)
    {
        var submitted = await AskedAsync();
        await QuoteAsync(submitted, "MX-A", 12_500);
        await AskAsync(submitted, "MX-A", "123?");
        using var visit = await OpenAsync(submitted, language);
        await visit.PressAsync($"/status/add?lang={language}", ("information", "123"), ("once", "1"));
        AssertNoEnglish(visit.Page, language);
        await visit.PressAsync($"/status/add?lang={language}", ("information", ""), ("once", "1"));
        AssertNoEnglish(visit.Page, language);
        await visit.LookAsync("/status", $"&lang={language}");
        await visit.PressAsync($"/status/identity/show?lang={language}", ("referral", "1"));
        await visit.PressAsync($"/status/check-in?lang={language}", ("answer", "no-contact"), ("once", "2"));
        AssertNoEnglish(visit.Page, language);
        foreach (var page in new[] { "/status/correct", "/status/withdraw", "/status/erase", "/status/link" })
        {
            await visit.LookAsync(page, $"&lang={language}");
            Assert.Equal(HttpStatusCode.OK, visit.Page.Status);
            AssertNoEnglish(visit.Page, language);
        }

        await visit.LookAsync("/status/withdraw", $"&lang={language}");
        await visit.PressAsync($"/status/withdraw?lang={language}");
        AssertNoEnglish(visit.Page, language);
    }

    [Fact]
    public void Every_sentence_the_page_can_need_is_in_the_language_files()
    {
        var words = App.Services.GetRequiredService<LanguageSet>().English;
        string[] needed =
        [
            .. Core.Referral.DeclineReason.All.Select(r => "status.history.declined." + r), .. Core.Referral.ReturnReason.All.Select(r => "status.history.returned." + r),
            .. Core.Referral.QuoteRules.Items.Select(i => "quote.item." + i), .. Web.Patient.StatusNotice.All.Select(n => "status.done." + n),
            .. Core.FollowUp.CheckInAnswer.All.Select(a => "status.checkIn." + a),
            .. new[] { "placed", "patient-declined", "patient-withdrew", "consent-withdrawn", "corrected", "requirement", "quote-ended", "other" }.Select(r => "status.history.withdrawn." + r),
            .. new[] { "destination", "language", "budget" }.Select(i => "status.idea." + i),
        ];
        Assert.Empty(needed.Except(words.Keys));
    }

    [Fact]
    public async Task The_page_weighs_little_even_with_much_on_it()
    {
        var submitted = await AskedAsync();
        await QuoteAsync(submitted, "MX-A", 12_500);
        using var visit = await OpenAsync(submitted, "ar");
        using var css = await visit.Browser.GetAsync("/site.css");

        Assert.InRange(Encoding.UTF8.GetByteCount(visit.Page.Html) + (await css.Content.ReadAsByteArrayAsync()).Length, 1, 60 * 1024);
        Assert.Single(StylesheetPattern().Matches(visit.Page.Html));
        Assert.DoesNotContain("<script", visit.Page.Html, StringComparison.OrdinalIgnoreCase);
    }

    private static void AssertNoEnglish(Page page, string language)
    {
        // What is marked as another language, and names of languages in the list of choices, are not the page's own words.
        var own = ForeignPattern().Replace(page.Html, " ");
        var words = WordPattern().Matches(WebUtility.HtmlDecode(TagPattern().Replace(own, " "))).Select(m => m.Value).Distinct(StringComparer.Ordinal);
        var english = language == "ar" ? words : words.Where(w => s_english.Contains(w, StringComparer.OrdinalIgnoreCase));
        Assert.Equal(string.Empty, string.Join(", ", english.Except(s_same, StringComparer.Ordinal).Where(w => w.Length > 3)));
    }

    private static readonly string[] s_english =
    [
        "the", "your", "you", "this", "that", "clinic", "inquiry", "with", "who", "what", "from", "have", "quote", "date", "until", "back", "save", "send", "name", "phone", "please", "not", "and",
    ];

    [GeneratedRegex("<(?<tag>cite|a|p|strong|option|dd)[^>]*(?:lang=\"en\"|translate=\"no\"|value=\"[A-Z]{3}\")[^>]*>.*?</\\k<tag>>", RegexOptions.Singleline, 5000)]
    private static partial Regex ForeignPattern();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 5000)]
    private static partial Regex TagPattern();

    [GeneratedRegex("[A-Za-zÀ-ÿ]{2,}", RegexOptions.None, 5000)]
    private static partial Regex WordPattern();

    [GeneratedRegex("rel=\"stylesheet\"", RegexOptions.None, 5000)]
    private static partial Regex StylesheetPattern();
}
