using InquiryRouter.Core.Screening.Duplicates;

namespace InquiryRouter.Tests.Screening.Duplicates;

public sealed class PersonNameTests
{
    [Theory]
    [InlineData("Ana Example", "ana EXAMPLE")]
    [InlineData("Ana Example", "Example, Ana")]
    [InlineData("José Núñez", "Jose Nunez")]
    [InlineData("Mrs. Ana Example", "Ana Example")]
    [InlineData("Sean O'Brien", "Sean O’Brien")]
    [InlineData("Anne-Marie Dubois", "Anne Marie Dubois")]
    [InlineData("أحمد علي", "احمد على")]
    [InlineData("فاطمة حسن", "فاطمه حسن")]
    public void Names_written_differently_are_the_same(string one, string other) => AssertLikeness(NameLikeness.Same, one, other);

    [Theory]
    [InlineData("Ana Example", "Ana Maria Example")]
    [InlineData("Ana M. Example", "Ana Example")]
    [InlineData("A. Example", "Ana Example")]
    [InlineData("Ana M. Example", "Ana Maria Example")]
    [InlineData("Maria Garcia", "Maria Garcia Lopez")]
    [InlineData("Jon Smith", "John Smith")]
    [InlineData("Katherine Meyer", "Catherine Meier")]
    [InlineData("Mohamed Hassan", "Mohammed Hasan")]
    [InlineData("Robert Miller", "Robert Miler")]
    [InlineData("Robert Mliler", "Robert Miller")]
    [InlineData("Ana", "Ana Example")]
    public void Names_that_may_well_be_one_are_similar(string one, string other) => AssertLikeness(NameLikeness.Similar, one, other);

    [Theory]
    [InlineData("Ana Example", "Bea Example")]
    [InlineData("Mario Example", "Maria Example")]
    [InlineData("Ana Example", "Ana Other")]
    [InlineData("Example", "Ana Example")]
    [InlineData("B. Example", "Ana Example")]
    [InlineData("A. E.", "Ana Example")]
    [InlineData("Ana Example", "آنا إكزامبل")]
    [InlineData("Ali Reza", "Aly Raza")]
    [InlineData("王小明", "王大明")]
    [InlineData("...", "...")]
    public void Names_of_two_people_are_different(string one, string other) => AssertLikeness(NameLikeness.Different, one, other);

    [Theory]
    [InlineData("John Smith", "Smith, Jon")]
    [InlineData("Catherine A. Meyer", "Dr. Katherine Meier")]
    [InlineData("Philippe", "Filipe")]
    public void What_is_spelled_alike_has_one_key(string one, string other) => Assert.Equal(PersonName.Of(one).Key, PersonName.Of(other).Key);

    [Theory]
    [InlineData("Ana Example", "Ana Maria Example")]
    [InlineData("Mario Rossi", "Maria Rossi")]
    public void What_is_not_has_two(string one, string other) => Assert.NotEqual(PersonName.Of(one).Key, PersonName.Of(other).Key);

    [Theory]
    [InlineData("...")]
    [InlineData("A.")]
    public void A_name_without_a_word_has_no_key(string name) => Assert.Empty(PersonName.Of(name).Key);

    [Fact]
    public void A_title_alone_is_still_a_name() => AssertLikeness(NameLikeness.Same, "Miss", "miss");

    private static void AssertLikeness(NameLikeness likeness, string one, string other)
    {
        Assert.Equal(likeness, PersonName.Of(one).CompareTo(PersonName.Of(other)));
        Assert.Equal(likeness, PersonName.Of(other).CompareTo(PersonName.Of(one)));
    }
}
