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
    [InlineData("$15000")]
    public void A_budget_that_is_no_number_is_an_error_of_its_field(string typed)
    {
        var (form, errors) = Read("budget.amount", typed);

        Assert.Equal("budget.amount", Assert.Single(errors).Field);
        Assert.Null(form.BudgetAmount);
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

    /// <summary>Of each number of the form that is none.</summary>
    public static IEnumerable<FieldError> NumberErrors() => [.. Read("budget.amount", "x").Errors, .. Read("patient.birthYear", "x").Errors];

    private static (InquiryForm Form, List<FieldError> Errors) Read(string field, string typed) =>
        FormPage.Read(new FormCollection(new Dictionary<string, StringValues>(StringComparer.Ordinal) { [field] = typed }));
}
