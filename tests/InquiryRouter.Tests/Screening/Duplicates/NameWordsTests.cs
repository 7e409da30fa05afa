using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Screening.Duplicates;

public sealed class NameWordsTests
{
    [Fact]
    public void An_inquiry_is_searched_by_the_end_of_its_phone_and_the_words_of_both_names_each_once() => Assert.Equal(
        ["#734253", "ana", "garkia", "soe"],
        NameWords.Of(An.Patient() with { Name = "Ana García", InquirerName = "Zoë Garcia", Phone = "+12133734253" }));

    [Fact]
    public void Without_a_phone_and_with_a_name_of_nothing_but_signs_there_is_nothing_to_search_by() =>
        Assert.Empty(NameWords.Of(An.Patient() with { Name = "!", InquirerName = null, Phone = null }));

    [Fact]
    public void Of_a_very_long_name_the_first_words_count() => Assert.Equal(
        NameWords.Most,
        NameWords.Of(An.Patient() with { Name = string.Join(' ', Enumerable.Range(0, 40).Select(i => $"name{(char)('a' + (i % 26))}{i}")) }).Count);

    [Theory]
    [InlineData("+12133734253", "#734253")]
    [InlineData("373-4253", "#734253")]
    [InlineData("٣٧٣٤٢٥٣", "#734253")]
    [InlineData("34253", null)]
    public void The_end_of_a_number_is_its_last_six_digits(string number, string? end) => Assert.Equal(end, NameWords.PhoneEnd(number));

    [Theory]
    [InlineData("Ana Beatriz García", "ana garcia", true)]
    [InlineData("Ana Beatriz García", "Garcia", true)]
    [InlineData("Ana Beatriz García", "A. García", true)]
    [InlineData("Ana Beatriz García", "Dr. García", true)]
    [InlineData("Ana Beatriz García", "Ana Ana", false)]
    [InlineData("Ana Beatriz García", "Ana Pérez", false)]
    [InlineData("Ana", "Ana García", false)]
    [InlineData("Mohammed Hadi", "mohamed", true)]
    [InlineData("فاطمة الزهراء", "فاطمه", true)]
    [InlineData("Ana García", "", false)]
    public void Whoever_is_asked_for_has_every_word_that_is_said(string name, string asked, bool isMeant) =>
        Assert.Equal(isMeant, PersonName.Of(name).IsMeantBy(PersonName.Of(asked)));
}
