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

    private const string FourLinks = "http://a.example https://b.example www.c.example http://d.example";

    /// <summary>What was typed, what the intake noticed, how often it came; and the one reason or reasons of one signal.</summary>
    public static TheoryData<string, string?, string?, int, string> OneSignal => new()
    {
        { "Ana Example", "I have had lupus for ten years.", "honeypot", 0, "honeypot" },
        { "Ana Example", null, "honeypot", 0, "honeypot" },
        { "Ana Example", "I have had lupus for ten years.", "too-fast", 0, "too-fast" },
        { "Ana Example", "I have had lupus for ten years.", "page-not-opened", 0, "page-not-opened" },
        { "Ana Example", FourLinks, null, 0, "many-links mostly-links" },
        { "Ana Example", "My records: " + FourLinks + " https://e.example", null, 0, "many-links mostly-links" },
        { "Ana Example", "Mis análisis: " + FourLinks + " https://e.example", null, 0, "many-links mostly-links" },
        { "Ana Example", "<a href=\"https://records.example/1\">my records</a>", null, 0, "markup mostly-links" },
        { "Ana Example", "[url=http://spam.example]best pills[/url]", null, 0, "markup mostly-links" },
        { "Ana Example", "Great blog, thank you for sharing it with all of us! <a href=\"http://spam.example\">look</a>", null, 0, "markup" },
        { "Ana Example", "text <A  HREF='x'> more text", null, 0, "markup" },
        { "https://spam.example", "Hello, what is the price?", null, 0, "link-in-name" },
        { "Ana www.spam.example", "Hello, what is the price?", null, 0, "link-in-name" },
        { "cheap-pills.shop", "Hello, what is the price?", null, 0, "link-in-name" },
        { "Visit CASINO777.COM now", "Hello, what is the price?", null, 0, "link-in-name" },
        { "Ana Example", "I used to do SEO for a casino.", null, 0, "advertising" },
        { "Ana Example", "?", null, 0, "little-text" },
        { "Ana Example", "I am interested in this treatment, please send me information about the price and the duration.", null, 500, "sent-before" },
    };

    [Theory]
    [MemberData(nameof(OneSignal))]
    public void One_signal_alone_is_never_enough_whatever_the_threshold(string name, string? message, string? flag, int copies, string reasons)
    {
        var verdict = SpamScore.Of(name, message, flag is null ? [] : [flag], copies);

        Assert.Equal(reasons, string.Join(' ', verdict.Reasons.Select(r => r.Code)));
        Assert.False(verdict.IsSpam(SpamScore.DefaultThreshold) || verdict.IsSpam(1), reasons);
    }

    /// <summary>The same, with another signal beside it.</summary>
    public static TheoryData<string, string, string?, int> TwoSignals => new()
    {
        { "Ana Example", "I have had lupus for ten years.", "honeypot too-fast", 0 },
        { "Ana Example", "I have had lupus for ten years.", "honeypot page-not-opened", 0 },
        { "Ana Example", "Look https://spam.example", "honeypot", 0 },
        { "Ana Example", "?", "honeypot", 0 },
        { "Ana Example", FourLinks, "too-fast", 0 },
        { "Ana Example", FourLinks, "page-not-opened", 0 },
        { "Ana Example", FourLinks + " casino", null, 0 },
        { "Ana Example", "[url=http://spam.example]best pills[/url]", "page-not-opened", 0 },
        { "Ana Example", "<a href=\"http://spam.example\">SEO</a>", null, 0 },
        { "https://spam.example", "Look https://spam.example", null, 0 },
        { "cheap-pills.shop", "?", null, 0 },
        { "cheap-pills.shop", "Hello, what is the price?", "too-fast", 0 },
        { "Ana Example", "Look https://spam.example", null, 5 },
        { "Ana Example", "We offer SEO, please send me information about the price and the duration.", null, 5 },
    };

    [Theory]
    [MemberData(nameof(TwoSignals))]
    public void Two_signals_are_enough(string name, string message, string? flags, int copies)
    {
        var verdict = SpamScore.Of(name, message, flags?.Split(' ') ?? [], copies);

        Assert.True(verdict.IsSpam(SpamScore.DefaultThreshold), $"{verdict.Score} points: {string.Join(' ', verdict.Reasons.Select(r => r.Code))}");
    }

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
        Assert.True(verdict.IsSpam(SpamScore.DefaultThreshold), $"{verdict.Score} points: {message}");
        return verdict;
    }

    private static void AssertQuarantined(SpamVerdict verdict, params SpamReason[] reasons)
    {
        Assert.Equal(reasons, verdict.Reasons);
        Assert.True(verdict.IsSpam(SpamScore.DefaultThreshold));
    }
}
