using System.Text;
using System.Text.RegularExpressions;
using InquiryRouter.Core.Intake;
using InquiryRouter.Tests.Support;
using InquiryRouter.Web.Intake;

namespace InquiryRouter.Tests.Intake;

/// <summary>The same error in each language: what it names is named there too.</summary>
public sealed partial class FieldErrorSentenceTests
{
    private const string Everything =
        """
        {"patient":{"name":1,"birthYear":"x"},"budget":{"amount":"x"},"destinations":"MX","consent":{"contact":"x"},"source":7,"hobby":1,"message":"\ud800"}
        """;

    public static TheoryData<string> Languages => [.. Said.Languages.All.Select(w => w.Code)];

    [Fact]
    public void What_English_says_has_not_changed_with_the_sentences_going_to_a_file()
    {
        Assert.Equal("This is too long: 201 characters, at most 200 are possible.", English(f => f.PatientName = new string('a', 201)));
        Assert.Equal("Enter a year of birth between 1906 and 2026.", English(f => f.PatientBirthYear = 1));
        Assert.Equal("Enter a budget above zero and up to 1,000,000,000,000 units of the currency, or leave it empty.", English(f => f.BudgetAmount = -1));
        Assert.Equal(
            "We cannot send mail to this address. Check it for typing mistakes; it should look like name@example.org.", English(f => f.PatientEmail = "ana"));
        Assert.Equal(
            "Choose a treatment from our list: Allogeneic haematopoietic stem cell transplantation (HSCT) (allogeneic-hsct),"
            + " Autologous haematopoietic stem cell transplantation (HSCT) (autologous-hsct), CAR-T cell therapy (car-t), Exosomes (exosomes),"
            + " Mesenchymal stem cell (MSC) infusion (msc-infusion), Stem cell therapy (stem-cell-therapy).",
            English(f => f.Treatment = null));
    }

    [Fact]
    public void What_a_sentence_lists_is_named_in_its_language()
    {
        var error = Assert.Single(Errors(f => f.Condition = null));

        var spanish = Said.Languages.For("es").Error(error);
        var arabic = Said.Languages.For("ar").Error(error);

        Assert.Contains("Esclerosis múltiple (multiple-sclerosis), ", spanish, StringComparison.Ordinal);
        Assert.DoesNotContain("Multiple sclerosis", spanish, StringComparison.Ordinal);
        Assert.Contains("التصلب المتعدد (\u2066multiple-sclerosis\u2069)، ", arabic, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_from_left_to_right_keeps_its_order_in_Arabic()
    {
        var error = Assert.Single(Errors(f => f.PatientPhone = "1"));

        Assert.Contains("\u2066+1\u00A0213\u00A0373\u00A04253\u2069", Said.Languages.For("ar").Error(error), StringComparison.Ordinal);
        Assert.DoesNotContain('\u2066', Said.Languages.For("es").Error(error));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_error_has_its_sentence_and_every_sentence_its_error(string code)
    {
        var words = Said.Languages.For(code);
        var errors = InquiryValidatorErrorTests.AllMistakes().Concat(InquiryJson.Read(Encoding.UTF8.GetBytes(Everything)).Errors)
            .Concat(InquiryJson.Read("[]"u8.ToArray()).Errors).Concat(InquiryJson.Read("""{"message":"a","message":"b"}"""u8.ToArray()).Errors)
            .Concat(FormPageTests.OwnErrors()).ToList();

        Assert.All(errors, e => Assert.DoesNotMatch(@"[{}]", words.Error(e)));
        Assert.All(errors, e => Assert.EndsWith(".", words.Error(e), StringComparison.Ordinal));
        Assert.Equal(
            words.Keys.Where(k => k.StartsWith("error.", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            errors.Select(e => "error." + e.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Arabic_has_no_Latin_words_but_examples_and_codes()
    {
        var words = Said.Languages.For("ar");
        string[] known = ["self", "parent", "carer", "ISO", "US", "MX", "en", "es", "IANA", "USD", "EUR", "JSON", "latin", "america", "true", "false"];

        var left = InquiryValidatorErrorTests.AllMistakes().Select(e => Isolated().Replace(words.Error(e), string.Empty))
            .SelectMany(s => LatinWord().Matches(s).Select(m => m.Value)).Except(known).Except(["SLE", "MSC", "HSCT", "CAR"]);

        Assert.Empty(left);
    }

    private static string English(Action<InquiryForm> change) => Assert.Single(Errors(change)).InEnglish();

    private static IReadOnlyList<FieldError> Errors(Action<InquiryForm> change)
    {
        var form = An.InquiryForm();
        change(form);
        return Shipped.Validator.Validate(form, "status-token", Moment.Now).Errors;
    }

    [GeneratedRegex("\u2066[^\u2069]*\u2069")]
    private static partial Regex Isolated();

    [GeneratedRegex("[A-Za-z]{2,}")]
    private static partial Regex LatinWord();
}
