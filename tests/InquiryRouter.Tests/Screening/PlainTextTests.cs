using InquiryRouter.Core.Screening;

namespace InquiryRouter.Tests.Screening;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("Can't  BREATHE!", " cant breathe ")]
    [InlineData("opresión", " opresion ")]
    [InlineData("...", " ")]
    [InlineData("", " ")]
    [InlineData("type-1 diabetes", " type 1 diabetes ")]
    [InlineData("Łukasz Sørensen Straße", " lukasz sorensen strasse ")]
    [InlineData("ｃｈｅｓｔ ﬁre", " chest fire ")]
    [InlineData("breath\u00ADing zero\u200Bwidth", " breathing zerowidth ")]
    [InlineData("ch\u2060e\uFEFFs\u200Dt", " chest ")]
    [InlineData("ch\U000E0065est", " chest ")]
    [InlineData("ch\u3164e\u034Fst", " chest ")]
    [InlineData("can`t can´t can‘t canʼt", " cant cant cant cant ")]
    [InlineData("type ١ or ２", " type 1 or 2 ")]
    public void Text_is_compared_in_lower_case_words_without_marks(string text, string normal) => Assert.Equal(normal, PlainText.Normalise(text));

    [Theory]
    [InlineData("أزمة", "ازمه")]
    [InlineData("إيذاء", "ايذاء")]
    [InlineData("آلام", "الام")]
    [InlineData("ٱنتحار", "انتحار")]
    [InlineData("مستشفى", "مستشفي")]
    [InlineData("صــــدر", "صدر")]
    [InlineData("الصَّدْرِ", "الصدر")]
    [InlineData("کلی", "كلي")]
    public void Arabic_letters_written_for_one_another_are_one(string one, string other) => Assert.Equal(PlainText.Normalise(one), PlainText.Normalise(other));

    [Fact]
    public void A_broken_character_is_no_reason_to_fail() => Assert.Equal(" a b ", PlainText.Normalise("a \ud800 b"));
}
