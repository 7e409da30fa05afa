using InquiryRouter.Core.Intake;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Intake;

/// <summary>People write a disease as they know it; a form and a partner's program write its code.</summary>
public sealed class ConditionFinderTests
{
    private static readonly ConditionFinder s_finder = new(Shipped.Lists.Conditions.Values);

    [Theory]
    [InlineData("lupus", "lupus", null)]
    [InlineData("LUPUS", "lupus", null)]
    [InlineData("SLE", "lupus", "sle")]
    [InlineData("s.l.e", null, null)]
    [InlineData("systemic lupus", "lupus", "sle")]
    [InlineData("Systemic lupus (SLE)", "lupus", "sle")]
    [InlineData("lupus eritematoso", "lupus", null)]
    [InlineData("Lupus Eritematoso Sistémico", "lupus", "sle")]
    [InlineData("lupus eritematoso sistemico.", "lupus", "sle")]
    [InlineData("  lupus   eritematoso\tsistémico ", "lupus", "sle")]
    [InlineData("LES", "lupus", "sle")]
    [InlineData("drug induced lupus", "lupus", "drug-induced")]
    [InlineData("drug-induced-lupus", "lupus", "drug-induced")]
    [InlineData("Discoid Lupus", "lupus", "discoid")]
    [InlineData("الذئبة", "lupus", null)]
    [InlineData("ذئبة", "lupus", null)]
    [InlineData("الذِّئبة الحمراء", "lupus", null)]
    [InlineData("الذئبه الحمراء الجهازيه", "lupus", "sle")]
    [InlineData("الذئبـــة", "lupus", null)]
    [InlineData("السكرى من النوع الاول", "type-1-diabetes", null)]
    [InlineData("داء السكري من النوع ١", "type-1-diabetes", null)]
    [InlineData("Crohn's", "crohn", null)]
    [InlineData("crohn’s disease", "crohn", null)]
    [InlineData("Crohn´s disease", "crohn", null)]
    [InlineData("Leukämie", "leukaemia", null)]
    [InlineData("MS", "multiple-sclerosis", null)]
    [InlineData("Esclerosis Multiple", "multiple-sclerosis", null)]
    [InlineData("РАССЕЯННЫЙ СКЛЕРОЗ", "multiple-sclerosis", null)]
    [InlineData("红斑狼疮", "lupus", null)]
    [InlineData("ＳＬＥ", "lupus", "sle")]
    [InlineData("type I diabetes", "type-1-diabetes", null)]
    [InlineData("another condition", "other", null)]
    [InlineData("diabetes", null, null)]
    [InlineData("arthritis", null, null)]
    [InlineData("I have lupus", null, null)]
    [InlineData("", null, null)]
    [InlineData("...", null, null)]
    [InlineData(null, null, null)]
    public void A_name_is_understood_or_it_is_not(string? typed, string? condition, string? type)
    {
        var found = s_finder.Find(typed);

        Assert.Equal((condition, type), (found?.Condition, found?.Type));
    }

    [Fact]
    public void A_name_with_two_meanings_has_none()
    {
        var finder = new ConditionFinder(
        [
            new Condition("one", "One", []) { Synonyms = [new Synonym("the shakes", null), new Synonym("first", null)] },
            new Condition("two", "Two", []) { Synonyms = [new Synonym("The Shakes!", null)] },
        ]);

        Assert.Null(finder.Find("the shakes"));
        Assert.Equal("one", finder.Find("FIRST")?.Condition);
    }

    [Fact]
    public void Every_shipped_synonym_leads_to_its_condition() =>
        Assert.All(Shipped.Lists.Conditions.Values, condition => Assert.All(condition.Synonyms, synonym =>
            Assert.Equal(new ConditionMeaning(condition.Code, synonym.Type), s_finder.Find(synonym.Text))));

    [Fact]
    public void A_long_text_is_no_name_and_half_a_character_no_letter()
    {
        Assert.Null(s_finder.Find(new string('l', 100_000)));
        Assert.Equal("lupus", s_finder.Find("lupus\ud800")?.Condition);
    }

    [Theory]
    [InlineData("SLE", null, "sle")]
    [InlineData("SLE", "discoid", "discoid")]
    [InlineData("lupus eritematoso", null, null)]
    public void An_inquiry_has_the_type_its_name_means_unless_one_was_given(string condition, string? given, string? type)
    {
        var form = An.InquiryForm();
        (form.Condition, form.ConditionType) = (condition, given);

        var (inquiry, errors) = Shipped.Validator.Validate(form, "status-token", Moment.Now);

        Assert.Empty(errors);
        Assert.Equal(("lupus", type), (inquiry!.Facts.Condition, inquiry.Facts.ConditionType));
    }

    [Fact]
    public void A_name_that_is_not_known_is_an_error_that_lists_what_is()
    {
        var form = An.InquiryForm();
        form.Condition = "the wolf disease";

        var (_, errors) = Shipped.Validator.Validate(form, "status-token", Moment.Now);

        var error = Assert.Single(errors);
        Assert.Equal("condition", error.Field);
        Assert.Contains("Lupus (lupus)", error.InEnglish(), StringComparison.Ordinal);
    }
}
