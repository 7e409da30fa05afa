using System.Text.Json;
using InquiryRouter.Core.Screening;
using InquiryRouter.Core.Screening.Emergencies;
using InquiryRouter.Core.Screening.Spam;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Screening;

public sealed class EmergencyWordsTests
{
    [Theory]
    [InlineData("I have chest pain")]
    [InlineData("CHEST PAIN!!!")]
    [InlineData("It is a chest-pain, since this morning.")]
    [InlineData("chest\npain")]
    [InlineData("\"Chest  pain\"")]
    [InlineData("I can't breathe")]
    [InlineData("I can’t breathe")]
    [InlineData("I cant breathe")]
    [InlineData("i cant breath")]
    [InlineData("my chest is hurting badly")]
    [InlineData("sometimes I want to die.")]
    public void English_words_are_noticed_whatever_their_case_and_punctuation(string message) => AssertEmergency(message);

    [Theory]
    [InlineData("Tengo dolor en el pecho")]
    [InlineData("TENGO DOLOR EN EL PECHO")]
    [InlineData("opresión en el pecho")]
    [InlineData("OPRESIÓN EN EL PECHO")]
    [InlineData("opresio\u0301n en el pecho")]
    [InlineData("opresion en el pecho")]
    [InlineData("¡Quiero morir!")]
    [InlineData("¿cara caída?")]
    [InlineData("hacerme dano")]
    public void Spanish_words_are_noticed_with_and_without_accents(string message) => AssertEmergency(message);

    [Theory]
    [InlineData("عندي ألم في الصدر")]
    [InlineData("عندي الم في الصدر")]
    [InlineData("أَلَمٌ في الصَّدر")]
    [InlineData("«ضيق في التنفس»، منذ أمس.")]
    [InlineData("أريد أن أموت!")]
    [InlineData("اريد ان اموت")]
    public void Arabic_words_are_noticed_with_and_without_marks(string message) => AssertEmergency(message);

    [Theory]
    [InlineData("my lips have gone a funny blue colour")]
    [InlineData("my water broke at 25 weeks and there is blood")]
    [InlineData("I want to unalive myself tonight")]
    [InlineData("kms tonight")]
    [InlineData("me estoy desangrando")]
    [InlineData("ahogandome, no me entra el aire")]
    [InlineData("رجليا اتشلت بعد حقنة الخلايا في الضهر")]
    [InlineData("فجأة ما عدت شوف بعيني اليمين")]
    [InlineData("راني نتخنق ما قدرتش نتنفس")]
    public void What_a_stranger_wrote_and_was_missed_once_is_noticed(string message) => AssertEmergency(message);

    [Theory]
    [InlineData("We bought a chest painting.")]
    [InlineData("The clinic is 40 kms away from the airport.")]
    [InlineData("an orchest pain")]
    [InlineData("A chest, and no pain.")]
    [InlineData("pain chest")]
    [InlineData("The clinic treats heart attacks of others.")]
    [InlineData("He wants to dieselise the car.")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    public void Other_words_are_not(string? message) =>
        Assert.False(Shipped.Screener.HasEmergencyWords(message), $"'{message}' was taken for an emergency.");

    [Theory]
    [InlineData("Since yesterday evening my mother has had pain in her chest and her left arm feels heavy.")]
    [InlineData("I get short of breath when I climb one flight of stairs, what can stem cells do?")]
    [InlineData("My husband cannot speak properly since an hour and his face is drooping")]
    [InlineData("No chest pain at the moment, thank God.")]
    [InlineData("honestly I don't want to live like this any more")]
    [InlineData("She took too many pills last night and won't wake up")]
    [InlineData("Desde anoche me duele mucho el pecho y se me duerme el brazo izquierdo.")]
    [InlineData("Mi papá tuvo un INFARTO hoy en la mañana, ¿qué hago?")]
    [InlineData("A veces siento que ya no quiero vivir")]
    [InlineData("mi hija esta vomitando sangre y no despierta")]
    [InlineData("Me falta aire al caminar, tengo esclerodermia")]
    [InlineData("والدي عنده ألم شديد في الصدر وضيق في التنفس منذ الصباح")]
    [InlineData("I have ch\u200Best p\u00ADain and my \u2060arm is numb")]
    [InlineData("أعاني من الذئبة وضيق فى التنفس")]
    [InlineData("أمي تعاني من صعوبة بالتنفس وارتخاء في الوجه")]
    [InlineData("تعبت من المرض ومش قادرة اتنفس")]
    [InlineData("أحيانا أفكر في الانتحار بسبب الألـــم")]
    [InlineData("أصيب أبي بجلطة دماغية أمس")]
    public void Sentences_people_write_are_noticed(string message) => AssertEmergency(message);

    [Theory]
    [InlineData("I have a chest X-ray from May and can send it.")]
    [InlineData("My chest is fine, my joints are not.")]
    [InlineData("The rash is on one side of my face and my fingers turn blue in the cold.")]
    [InlineData("I cannot take a deep dive into the costs yet; can you breathe some clarity into them?")]
    [InlineData("My heart is set on Mexico.")]
    [InlineData("Strokes of luck are rare; I hope for one.")]
    [InlineData("La clínica me parece media cara. ¿Hay otra?")]
    [InlineData("Tengo una radiografía del pecho y dolor en las manos.")]
    [InlineData("Respiro bien, gracias a Dios. Me duele la rodilla.")]
    [InlineData("Busco aire limpio y descanso en la playa durante el tratamiento")]
    [InlineData("عندي ألم في المفاصل وطفح في الوجه")]
    [InlineData("لدي صورة أشعة للصدر")]
    [InlineData("أتنفس جيدا والحمد لله")]
    [InlineData("هل لديكم ضيق في المواعيد؟")]
    public void Near_misses_are_not(string message) =>
        Assert.False(Shipped.Screener.HasEmergencyWords(message), $"'{message}' was taken for an emergency.");

    [Fact]
    public void An_Arabic_word_may_have_and_or_with_written_onto_it_and_no_more()
    {
        AssertEmergency("وانتحار");
        AssertEmergency("بجلطة دماغية");
        Assert.False(Shipped.Screener.HasEmergencyWords("مكانتحار"));
        Assert.False(Shipped.Screener.HasEmergencyWords("انتحاره"));
    }

    [Theory]
    [InlineData("I can&#39;t breathe")]
    [InlineData("chest&nbsp;pain")]
    [InlineData("<b>chest</b> pain")]
    [InlineData("<p>I have chest<br>pain</p>")]
    [InlineData("I can\\'t breathe")]
    [InlineData("my mother can\\u0027t breathe")]
    [InlineData("&amp;lt;b&amp;gt;she wants to kill herself&amp;lt;/b&amp;gt;")]
    [InlineData("tengo ideas suicidas")]
    [InlineData("عندي أفكار انتحارية")]
    [InlineData("nooo puedo respiraaar")]
    [InlineData("she has trouble breathng since lunch")]
    [InlineData("I think of suicde")]
    public void Escapes_and_slips_of_spelling_hide_nothing(string message) => AssertEmergency(message);

    [Theory]
    [InlineData("I had a stroke in 2019")]
    [InlineData("In 2019, I had a stroke.")]
    [InlineData("tuve un derrame cerebral en 2019")]
    [InlineData("أصبت بجلطة دماغية في عام 2019")]
    [InlineData("Hace diez años, cuando vivía en Lima, tuve un infarto.")]
    [InlineData("My father's heart attack was eight years ago.")]
    [InlineData("What is the risk of a stroke?")]
    [InlineData("¿Puede el tratamiento causar convulsiones?")]
    [InlineData("هل يمكن أن يسبب الحقن جلطة دماغية؟")]
    [InlineData("I have had chest pain for ten years, the heart was checked.")]
    [InlineData("I am dying to know your prices")]
    public void What_is_long_past_or_only_asked_about_is_none_in_any_language(string message) =>
        Assert.False(Shipped.Screener.HasEmergencyWords(message), $"'{message}' was taken for an emergency.");

    [Theory]
    [InlineData("I had a stroke in 2019, and now I can't breathe")]
    [InlineData("I have had lupus for ten years but today my face is drooping")]
    [InlineData("He had a stroke this morning; in 2019 he had another one")]
    [InlineData("I have wanted to die for years")]
    [InlineData("No chest pain at the moment, thank God.")]
    [InlineData("tengo lupus desde hace diez años y ahora no puedo respirar")]
    [InlineData("عندي ذئبة منذ عشر سنوات والآن لا أستطيع التنفس")]
    public void What_happens_now_is_one_whatever_was_before(string message) => AssertEmergency(message);

    [Theory]
    [InlineData("breath", "my lips are turning blue and I can't breathe")]
    [InlineData("heart", "an elephant sits on my chest")]
    [InlineData("stroke", "his face is drooping")]
    [InlineData("self-harm", "I want to end my life")]
    [InlineData("infection", "I take rituximab and have had a fever since yesterday")]
    [InlineData("kidney", "I haven't passed any urine since yesterday")]
    [InlineData("spine", "I have lost control of my bladder")]
    [InlineData("allergy", "my tongue is swelling")]
    [InlineData("adrenal", "I ran out of prednisone and keep vomiting")]
    [InlineData("pregnancy", "I am 30 weeks pregnant and bleeding")]
    [InlineData("bleeding", "I am vomiting blood")]
    [InlineData("eyes", "I suddenly lost my sight")]
    [InlineData("unconscious", "she won't wake up")]
    [InlineData("clot", "my calf is swollen and hot")]
    public void The_kind_of_emergency_is_told(string group, string message) =>
        Assert.Contains(group, Shipped.Screener.Emergencies(message));

    [Theory]
    [InlineData("Since this morning I am dizzy and keep vomiting.", true)]
    [InlineData("I am often dizzy, and sometimes my feet are numb.", false)]
    [InlineData("This morning I read your page about numb feet.", false)]
    public void Two_signs_that_have_just_begun_are_one(string message, bool expected) =>
        Assert.Equal(expected, Shipped.Screener.HasEmergencyWords(message));

    // The phrases that were collected for trying it, where they are there.
    [Fact]
    public void Of_collected_phrases_nearly_all_are_caught_and_few_of_the_others()
    {
        var path = Path.Combine(Repository.Root, "..", "shared", "data", "emergency-phrases.json");
        Assert.SkipUnless(File.Exists(path), "The collected phrases (emergency-phrases.json) are not there.");
        var phrases = JsonDocument.Parse(File.ReadAllText(path)).RootElement.EnumerateArray()
            .Select(p => (Text: p.GetProperty("text").GetString()!, IsOne: p.GetProperty("emergency").GetBoolean())).ToList();

        var missed = phrases.Where(p => p.IsOne && !Shipped.Screener.HasEmergencyWords(p.Text)).ToList();
        var falsely = phrases.Where(p => !p.IsOne && Shipped.Screener.HasEmergencyWords(p.Text)).ToList();

        Assert.True(phrases.Count > 30, "The phrases were not read.");
        Assert.True(missed.Count * 20 <= phrases.Count(p => p.IsOne), $"Missed: {string.Join(" | ", missed)}");
        Assert.True(falsely.Count * 100 <= 15 * phrases.Count(p => !p.IsOne), $"False: {string.Join(" | ", falsely)}");
    }

    [Fact]
    public void The_language_of_the_page_does_not_matter() =>
        Assert.Contains(
            HoldReason.Emergency,
            Shipped.Screener.Screen(An.ScreenedInquiry(An.Inquiry() with { Language = "ar" }, "tengo dolor en el pecho"), SpamScore.DefaultThreshold, Moment.Now).Reasons);

    [Fact]
    public void Every_shipped_phrase_can_be_read_and_stands_in_a_known_group()
    {
        var rows = Shipped.Rows("emergency-words").ToList();

        Assert.Equal(EmergencyGroup.All.Concat(TimeSense.All).Order(StringComparer.Ordinal), rows.Select(Group).Distinct().Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.All(Phrases(row), phrase => Assert.Null(EmergencyFinder.WhyNot(Group(row), phrase))));
    }

    [Theory]
    [InlineData("can't (breathe", "A ')' is missing.")]
    [InlineData("chest) pain", "')' closes nothing.")]
    [InlineData("... pain", "begins and ends with a word")]
    [InlineData("pain ...", "begins and ends with a word")]
    [InlineData("[my]", "begins and ends with a word")]
    [InlineData("one + two + three", "At most one +")]
    [InlineData("", "begins and ends with a word")]
    public void A_phrase_that_cannot_be_read_says_why(string phrase, string why) =>
        Assert.Contains(why, EmergencyFinder.WhyNot(EmergencyGroup.Other, phrase), StringComparison.Ordinal);

    [Theory]
    [InlineData("lips ... blue", "my lips have turned a little blue", true)]
    [InlineData("lips ... blue", "my lips are fine, as all of me is; the sea is blue", false)]
    [InlineData("lips .. blue", "my lips turned blue", true)]
    [InlineData("lips .. blue", "my lips have turned a little blue", false)]
    [InlineData("lips + blue", "blue are my lips", true)]
    [InlineData("(my|her) lips", "his lips", false)]
    [InlineData("[my|her] lips", "his lips", true)]
    [InlineData("(out of|no) air", "there is no air", true)]
    [InlineData("(out of|no) air", "I am out of air", true)]
    [InlineData("(out of|no) air", "the air", false)]
    [InlineData("breath*", "breathless", true)]
    [InlineData("breath*", "a breach", false)]
    [InlineData("give up .", "I give up.", true)]
    [InlineData("give up .", "I give up sugar.", false)]
    [InlineData("fever & chemo*", "I get chemotherapy. A fever came.", true)]
    [InlineData("fever & chemo*", "A fever came.", false)]
    [InlineData("since #year", "since 2019", true)]
    [InlineData("since #year", "since 19", false)]
    [InlineData("about #number", "about 19", true)]
    public void Phrases_mean_what_the_documentation_says(string phrase, string message, bool expected) => Assert.Equal(
        expected, new EmergencyFinder([new EmergencyWords("en", EmergencyGroup.Other, [phrase], [])]).Find(message).Count > 0);

    private static string Group(JsonElement row) => row.GetProperty("group").GetString()!;

    private static IEnumerable<string> Phrases(JsonElement row) =>
        new[] { "phrases", "events" }.Where(n => row.TryGetProperty(n, out _)).SelectMany(n => row.GetProperty(n).EnumerateArray()).Select(p => p.GetString()!);

    private static void AssertEmergency(string message) =>
        Assert.True(Shipped.Screener.HasEmergencyWords(message), $"'{message}' was not taken for an emergency.");
}
