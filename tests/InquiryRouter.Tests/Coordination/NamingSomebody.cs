using InquiryRouter.Core.Coordination;

namespace InquiryRouter.Tests.Coordination;

/// <summary>A name is the same however it is written; a word that is somebody's name is still a word.</summary>
public sealed class NamingSomebody
{
    [Theory]
    [InlineData("Siobhán O'Neill", "ONeill can travel.")]
    [InlineData("Siobhán O'Neill", "Is O Neill well?")]
    [InlineData("Siobhán O'Neill", "Mrs o’neill, perhaps")]
    [InlineData("Siobhán O'Neill", "O'Neill's file")]
    [InlineData("Siobhán O'Neill", "siobhan")]
    [InlineData("Siobhán ONeill", "the O'Neill family")]
    [InlineData("Ana García-López", "Garcia Lopez")]
    [InlineData("Ana García-López", "GARCIALOPEZ")]
    [InlineData("Ana García López", "García-López")]
    [InlineData("Ana de la Cruz", "for Ana")]
    [InlineData("Ana de la Cruz", "for DelaCruz")]
    [InlineData("Ana de la Cruz", "for de la Cruz")]
    [InlineData("Jürgen Weiß", "Jurgen Weiss")]
    [InlineData("Rose Will", "Rose can travel.")]
    [InlineData("أحمد العلي", "احمد")]
    [InlineData("فاطمة حسن", "فاطمه")]
    [InlineData("علي حسن", "هل يستطيع علي السفر؟")]
    [InlineData("Nguyen Van An", "Nguyễn")]
    public void However_it_is_written(string name, string text) => Assert.True(NamesInText.Has(text, name));

    [Theory]
    [InlineData("Rose Will", "The numbers rose; it will be well.")]
    [InlineData("Ana de la Cruz", "Los papeles de la persona, y su cruz.")]
    [InlineData("An Nguyen", "For an appointment, please.")]
    [InlineData("علي حسن", "نحن على موعد")]
    [InlineData("Ana Example", "Anna and banana, anatomy")]
    [InlineData("Ana Example", "An analysis of a name")]
    [InlineData("", "Anything at all")]
    public void A_word_is_a_word(string name, string text) => Assert.False(NamesInText.Has(text, name, null));

    [Fact]
    public void Whoever_asks_for_the_patient_is_not_named_either() => Assert.True(NamesInText.Has("Her mother Berta wrote", "Ana Example",
        "Berta Example"));
}
