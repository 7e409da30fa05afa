using InquiryRouter.Core.Screening.Spam;

namespace InquiryRouter.Tests.Screening.Spam;

public sealed class SpamScoreTests
{
    [Theory]
    [InlineData("please help")]
    [InlineData("HELP ME PLEASE I AM IN PAIN AND NOBODY LISTENS TO ME!!!")]
    [InlineData("?")]
    [InlineData("+1 213 373 4253")]
    [InlineData("My lab results are here: https://drive.example/file/d/1aB_c-9?usp=sharing. What would the treatment cost?")]
    [InlineData("https://drive.example/file/d/1aB_c-9")]
    [InlineData("Reports: http://a.example/1 http://a.example/2 http://a.example/3")]
    [InlineData("I read www.example.org/lupus and https://example.org/msc. I have had SLE since 2011, take hydroxychloroquine 400mg and prednisone 5mg, and want to know whether stem cells are an option. Price? Duration? Thank you so much, God bless!")]
    [InlineData("por favor ayúdenme")]
    [InlineData("NECESITO INFORMACIÓN URGENTE SOBRE EL PRECIO DEL TRATAMIENTO PARA MI MADRE")]
    [InlineData("Buenas tardes, tengo lupus desde hace 8 años y vi su página https://www.ejemplo.example/lupus. ¿Cuánto cuesta y cuántos días hay que quedarse?")]
    [InlineData("Mi hija tiene artritis 😢😢 ¿me pueden llamar al 55 1234 5678?")]
    [InlineData("ساعدوني")]
    [InlineData("السلام عليكم، أعاني من الذئبة الحمراء منذ خمس سنوات وأريد معرفة تكلفة العلاج بالخلايا الجذعية وشكرا")]
    [InlineData("تقاريري الطبية هنا https://drive.example/abc أرجو الرد")]
    [InlineData("我想了解治疗费用")]
    [InlineData("I take 10 mg of A, 5 mg of B & 2.5 mg of C; my values: CRP < 5, ESR > 40 [see the list]. <3")]
    [InlineData("I used to work for a casino and had to stop because of the pain in my joints.")]
    public void What_patients_write_is_never_quarantined(string message)
    {
        Assert.True(Score(message) < SpamScore.DefaultThreshold, $"{Score(message)} points: {message}");
        // Nor when the browser had filled in the form at once.
        Assert.True(Score(message, flags: ["too-fast"]) < SpamScore.DefaultThreshold, message);
    }

    [Theory]
    [InlineData("Ana Example")]
    [InlineData("María José de la Cruz-Gómez")]
    [InlineData("ana.example@gmail.com")]
    [InlineData("Dr. O'Neil Jr.")]
    [InlineData("A.M. Com")]
    [InlineData("فاطمة بنت محمد")]
    public void What_patients_are_called_has_no_points(string name) => Assert.Equal(0, SpamScore.Of(name, "Hello, what is the price?", [], 0).Score);

    [Theory]
    [InlineData("https://spam.example")]
    [InlineData("Ana www.spam.example")]
    [InlineData("cheap-pills.shop")]
    [InlineData("Visit CASINO777.COM now")]
    public void An_address_for_a_name_is_enough(string name) => AssertQuarantined(SpamScore.Of(name, "Hello, what is the price?", [], 0), SpamReason.LinkInName);

    [Theory]
    [InlineData("[url=http://spam.example]best pills[/url]")]
    [InlineData("Great blog, thank you for sharing it with all of us! <a href=\"http://spam.example\">look</a>")]
    [InlineData("Hello [link=http://spam.example]look[/link] at what I found for your readers today")]
    [InlineData("text <A  HREF='x'> more text")]
    public void Markup_is_enough(string message) => Assert.Contains(SpamReason.Markup, Quarantined(message).Reasons);

    [Fact]
    public void A_filled_trap_is_enough() => AssertQuarantined(SpamScore.Of("Ana", "I have had lupus for ten years.", ["honeypot"], 0), SpamReason.Honeypot);

    [Fact]
    public void Nothing_but_four_links_is_enough() =>
        AssertQuarantined(
            SpamScore.Of("Ana", "http://a.example https://b.example www.c.example http://d.example", [], 0), SpamReason.ManyLinks, SpamReason.MostlyLinks);

    [Fact]
    public void A_long_letter_with_four_links_is_not() =>
        Assert.Equal(
            [SpamReason.ManyLinks],
            SpamScore.Of("Ana", "My first scan http://a.example/1 and the second http://a.example/2 are from this spring; the blood results http://a.example/3 and the letter of my doctor http://a.example/4 are newer.", [], 0).Reasons);

    [Theory]
    [InlineData("We offer SEO and backlinks https://seo.example so that you are on the first page of Google. https://a.example https://b.example https://c.example Reply today for a quote!")]
    [InlineData("Mejoramos su posicionamiento web y su tráfico web https://a.example https://b.example https://c.example https://d.example escríbanos hoy mismo sin compromiso")]
    [InlineData("خدمات تحسين محركات البحث لموقعكم https://a.example https://b.example https://c.example https://d.example")]
    public void Advertising_with_its_links_is_enough(string message) => Assert.Contains(SpamReason.Advertising, Quarantined(message).Reasons);

    [Theory]
    [InlineData(3, 0)]
    [InlineData(4, 40)]
    [InlineData(500, 40)]
    public void A_message_that_came_often_counts_and_is_never_enough_alone(int copies, int points) =>
        // The page of a partner may propose a text.
        Assert.Equal(points, SpamScore.Of("Ana", "I am interested in this treatment, please send me information about the price and the duration.", [], copies).Score);

    [Fact]
    public void A_mailing_with_a_link_in_it_is_enough() =>
        AssertQuarantined(SpamScore.Of("Ana", "Look https://spam.example", [], 5), SpamReason.MostlyLinks, SpamReason.SentBefore);

    [Fact]
    public void A_form_sent_by_a_program_counts_once_opened_too_fast_or_never() =>
        Assert.Equal([30, 30], new[] { "too-fast", "page-not-opened" }.Select(f => SpamScore.Of("Ana", "Hello there", [f], 0).Score));

    [Fact]
    public void Without_a_message_there_is_nothing_to_count() => Assert.Same(SpamVerdict.None, SpamScore.Of("Ana", null, [], 0));

    [Fact]
    public void A_reason_comes_back_with_the_points_it_had()
    {
        Assert.Equal(SpamReason.ManyLinks with { Points = 7 }, SpamReason.Of("many-links:7"));
        Assert.Equal(new SpamReason("new-sign", 5, "new-sign"), SpamReason.Of("new-sign:5"));
        Assert.Equal("many-links:40", SpamReason.ManyLinks.Stored);
    }

    [Fact]
    public void A_hostile_message_is_read_in_no_time()
    {
        // As long as a message may be, made for patterns that backtrack.
        foreach (var piece in (string[])["<a ", "<", "< ", "[url", "http://", "www.", "a.", "a-"])
        {
            var hostile = string.Concat(Enumerable.Repeat(piece, 4000 / piece.Length));
            Assert.NotNull(SpamScore.Of(hostile[..200], hostile, [], 0));
        }
    }

    private static int Score(string message, string[]? flags = null) => SpamScore.Of("Ana Example", message, flags ?? [], 0).Score;

    private static SpamVerdict Quarantined(string message)
    {
        var verdict = SpamScore.Of("Ana Example", message, [], 0);
        Assert.True(verdict.Score >= SpamScore.DefaultThreshold, $"{verdict.Score} points: {message}");
        return verdict;
    }

    private static void AssertQuarantined(SpamVerdict verdict, params SpamReason[] reasons)
    {
        Assert.Equal(reasons, verdict.Reasons);
        Assert.True(verdict.Score >= SpamScore.DefaultThreshold);
    }
}
