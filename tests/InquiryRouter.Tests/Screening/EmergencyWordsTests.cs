using InquiryRouter.Core.Screening;
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
    [InlineData("We bought a chest painting.")]
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

    [Fact]
    public void The_language_of_the_page_does_not_matter() =>
        Assert.Contains(
            HoldReason.Emergency,
            Shipped.Screener.Screen(An.ScreenedInquiry(An.Inquiry() with { Language = "ar" }, "tengo dolor en el pecho"), SpamScore.DefaultThreshold, Moment.Now).Reasons);

    [Fact]
    public void Every_shipped_phrase_is_noticed_inside_a_sentence()
    {
        var phrases = Shipped.Rows("emergency-words").SelectMany(r => r.GetProperty("phrases").EnumerateArray()).Select(p => p.GetString()!).ToList();

        Assert.True(phrases.Count > 50, "The phrases were not found.");
        Assert.All(phrases, phrase => AssertEmergency($"Hello, {phrase.ToUpperInvariant()}; please help."));
    }

    private static void AssertEmergency(string message) =>
        Assert.True(Shipped.Screener.HasEmergencyWords(message), $"'{message}' was not taken for an emergency.");
}
