using System.Globalization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Tests.Support;
using InquiryRouter.Web.Intake;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace InquiryRouter.Tests.Intake;

public sealed class FormPageTests
{
    [Theory]
    [InlineData("15000", "15000")]
    [InlineData(" 15000 ", "15000")]
    [InlineData("15,000", "15000")]
    [InlineData("15.000", "15000")]
    [InlineData("15 000", "15000")]
    [InlineData("15\u00A0000", "15000")]
    [InlineData("15000.50", "15000.50")]
    [InlineData("15000,5", "15000.5")]
    [InlineData("1,234,567.89", "1234567.89")]
    [InlineData("1.234.567,89", "1234567.89")]
    [InlineData("١٥٠٠٠", "15000")]
    [InlineData("١٥٬٠٠٠٫٥", "15000.5")]
    [InlineData("۱۵٬۰۰۰", "15000")]
    [InlineData("۱۵۰۰۰٫۵۰", "15000.50")]
    [InlineData("\u200F15,000\u200E", "15000")]
    [InlineData("$15k", "15000")]
    [InlineData("$15,000", "15000")]
    [InlineData("US$ 15,000.-", "15000")]
    [InlineData("15 mil", "15000")]
    [InlineData("1.5k", "1500")]
    [InlineData("15'000", "15000")]
    [InlineData("15 000 dólares", "15000")]
    [InlineData("1,2 millones de pesos", "1200000")]
    [InlineData("١٥ ألف دولار", "15000")]
    public void A_budget_is_read_as_people_write_it(string typed, string amount)
    {
        var (form, errors) = Read("budget.amount", typed);

        Assert.Empty(errors);
        Assert.Equal(decimal.Parse(amount, CultureInfo.InvariantCulture), form.BudgetAmount);
    }

    [Theory]
    [InlineData("about 15000")]
    [InlineData("-5")]
    [InlineData("1e5")]
    [InlineData("10000-15000")]
    [InlineData("15k per month")]
    [InlineData("$")]
    public void A_budget_that_is_no_number_is_an_error_of_its_field(string typed)
    {
        var (form, errors) = Read("budget.amount", typed);

        Assert.Equal("budget.amount", Assert.Single(errors).Field);
        Assert.Null(form.BudgetAmount);
    }

    [Theory]
    [InlineData("€15k", "EUR")]
    [InlineData("15000 euros", "EUR")]
    [InlineData("MXN 15000", "MXN")]
    [InlineData("£15k", "GBP")]
    [InlineData("$15k", "USD")]
    [InlineData("15000", "USD")]
    public void A_currency_beside_the_amount_is_the_currency_and_a_dollar_sign_says_not_which(string typed, string currency)
    {
        var (form, errors) = FormPage.Read(new FormCollection(new Dictionary<string, StringValues>(StringComparer.Ordinal)
        {
            ["budget.amount"] = typed, ["budget.currency"] = "USD",
        }));

        Assert.Empty(errors);
        Assert.Equal(currency, form.BudgetCurrency);
    }

    [Theory]
    [InlineData("88", 1988)]
    [InlineData("'88", 1988)]
    [InlineData("٨٨", 1988)]
    [InlineData("30", 1930)]
    [InlineData("05", 5)]
    public void Two_digits_are_a_year_of_the_last_century_where_they_can_be_nothing_else(string typed, int year) =>
        Assert.Equal(year, Read("patient.birthYear", typed).Form.PatientBirthYear);

    [Theory]
    [InlineData("lupus", "sle")]
    [InlineData("leukaemia", "")]
    [InlineData("crohn", "discoid")]
    public void Only_the_type_of_the_chosen_condition_counts(string condition, string type)
    {
        var (form, errors) = FormPage.Read(new FormCollection(new Dictionary<string, StringValues>(StringComparer.Ordinal)
        {
            ["condition"] = condition, ["conditionType.lupus"] = "sle", ["conditionType.leukaemia"] = "",
            ["conditionType"] = condition == "crohn" ? "discoid" : null,
        }));

        Assert.Empty(errors);
        Assert.Equal(type, form.ConditionType);
    }

    [Fact]
    public void Who_chooses_another_condition_is_asked_which()
    {
        Assert.Equal("conditionNamed", Assert.Single(Other(" ").Errors).Field);
        Assert.Equal("gout", Other("gout").Form.ConditionNamed);

        static (InquiryForm Form, List<FieldError> Errors) Other(string named) => FormPage.Read(
            new FormCollection(new Dictionary<string, StringValues>(StringComparer.Ordinal) { ["condition"] = "other", ["conditionNamed"] = named }));
    }

    [Fact]
    public void An_address_that_looks_mistyped_is_asked_about_once()
    {
        var form = new Dictionary<string, StringValues>(StringComparer.Ordinal) { ["patient.email"] = "ana@gmial.com" };
        var doubt = Assert.Single(Doubts());
        Assert.Equal(("patient.email", "email.doubt"), (doubt.Field, doubt.Code));

        form["sure"] = "ana@gmial.com";
        Assert.Empty(Doubts());

        form["patient.email"] = "ana@hotnail.com";
        Assert.Single(Doubts());

        IEnumerable<FieldError> Doubts()
        {
            var posted = new FormCollection(form);
            return FormPage.Doubts(FormPage.Read(posted).Form, posted);
        }
    }

    [Theory]
    [InlineData("1984 AD")]
    [InlineData("-1984")]
    [InlineData("1984.0")]
    [InlineData("99999999999")]
    public void A_year_that_is_no_number_is_an_error_of_its_field(string typed) =>
        Assert.Equal("patient.birthYear", Assert.Single(Read("patient.birthYear", typed).Errors).Field);

    [Theory]
    [InlineData(" 1984 ")]
    [InlineData("١٩٨٤")]
    [InlineData("۱۹۸۴")]
    [InlineData("\u2067١٩٨٤\u2069")]
    public void A_year_is_read(string typed) => Assert.Equal(1984, Read("patient.birthYear", typed).Form.PatientBirthYear);

    [Theory]
    [InlineData("budget.amount")]
    [InlineData("patient.birthYear")]
    public void An_empty_number_is_none(string field)
    {
        var (form, errors) = Read(field, " ");

        Assert.Empty(errors);
        Assert.Equal((null, null), (form.BudgetAmount, form.PatientBirthYear));
    }

    [Fact]
    public void Only_a_ticked_box_is_a_yes()
    {
        Assert.True(Read("consent.contact", "true").Form.Contact);
        Assert.False(Read("consent.contact", "maybe").Form.Contact);
        Assert.Null(Read("message", "x").Form.Contact);
    }

    [Theory]
    [InlineData("SLE", null, "lupus", "sle")]
    [InlineData("SLE", "discoid", "lupus", "discoid")]
    [InlineData("Crohn's", null, "crohn", null)]
    [InlineData("gout", null, "gout", null)]
    public void A_link_may_name_the_condition_in_words(string linked, string? linkedType, string condition, string? type)
    {
        var link = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["condition"] = [linked] };
        if (linkedType is not null)
        {
            link["conditionType"] = [linkedType];
        }

        var chosen = new FormPage(Shipped.Lists, Said.Languages).Chosen(link);

        Assert.Equal([condition], chosen["condition"]);
        Assert.Equal(type, chosen.GetValueOrDefault("conditionType")?[0]);
    }

    [Fact]
    public void Every_published_field_is_a_field_of_the_form()
    {
        var numbers = new[] { "budget.amount", "patient.birthYear" };
        var posted = new FormCollection(InquiryJson.Fields.ToDictionary(
            f => f, f => new StringValues(f == "source.page" ? "https://www.example.org/lupus" : numbers.Contains(f, StringComparer.Ordinal) ? "1984" : "true"), StringComparer.Ordinal));

        var (form, errors) = FormPage.Read(posted);

        Assert.Empty(errors);
        Assert.All(typeof(InquiryForm).GetProperties(), p => Assert.True(p.GetValue(form) is not null, $"{p.Name} was not filled."));
    }

    [Theory]
    [InlineData("www.clinics.example/lupus", "autumn")]
    [InlineData("javascript:alert(1)", "autumn")]
    [InlineData("long", "autumn")]
    [InlineData("https://www.example.org/lupus", "long")]
    public void What_nobody_sees_and_cannot_be_stored_is_left_out_so_that_it_stops_nobody(string page, string campaign)
    {
        var posted = new FormCollection(new Dictionary<string, StringValues>(StringComparer.Ordinal)
        {
            ["source.page"] = page == "long" ? "https://www.example.org/" + new string('x', 600) : page,
            ["source.campaign"] = campaign == "long" ? new string('x', 201) : campaign,
        });

        var form = FormPage.Read(posted).Form;

        Assert.Equal(campaign == "long" ? ("https://www.example.org/lupus", null) : (null, "autumn"), (form.SourcePage, form.SourceCampaign));
    }

    /// <summary>Of each field that is read by the form alone.</summary>
    public static IEnumerable<FieldError> OwnErrors()
    {
        var mistyped = new FormCollection(new Dictionary<string, StringValues>(StringComparer.Ordinal) { ["patient.email"] = "ana@gmial.com" });
        var other = new FormCollection(new Dictionary<string, StringValues>(StringComparer.Ordinal) { ["condition"] = "other", ["conditionNamed"] = "" });
        return
        [
            .. Read("budget.amount", "x").Errors, .. Read("patient.birthYear", "x").Errors, .. FormPage.Read(other).Errors,
            .. FormPage.Doubts(FormPage.Read(mistyped).Form, mistyped),
        ];
    }

    private static (InquiryForm Form, List<FieldError> Errors) Read(string field, string typed) =>
        FormPage.Read(new FormCollection(new Dictionary<string, StringValues>(StringComparer.Ordinal) { [field] = typed }));
}
