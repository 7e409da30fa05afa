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
