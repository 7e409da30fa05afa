using InquiryRouter.Core.Intake;
using InquiryRouter.Tests.Support;
using InquiryRouter.Web.Intake;

namespace InquiryRouter.Tests.Intake;

public sealed class InquiryValidatorErrorTests
{
    private const string Canary = "canary7f3a";

    /// <summary>What is wrong, beginning with the published name of the field that must be named.</summary>
    private static readonly Dictionary<string, Action<InquiryForm>> s_mistakes = new(StringComparer.Ordinal)
    {
        ["patient.name missing"] = f => f.PatientName = null,
        ["patient.name blank"] = f => f.PatientName = " \t ",
        ["patient.name too long"] = f => f.PatientName = new string('a', InquiryValidator.NameLength + 1),
        ["patient.name with a line break"] = f => f.PatientName = "Ana\nExample",
        ["patient.email missing"] = f => f.PatientEmail = null,
        ["patient.email without a domain"] = f => f.PatientEmail = "ana",
        ["patient.email on this machine"] = f => f.PatientEmail = "ana@localhost",
        ["patient.phone of words"] = f => f.PatientPhone = "call me",
        ["patient.phone that cannot exist"] = f => f.PatientPhone = "+1 000 000 0000",
        ["patient.phone too long"] = f => f.PatientPhone = "+1 213 373 4253" + new string(' ', 60) + "0",
        ["patient.country missing"] = f => f.PatientCountry = null,
        ["patient.country by name"] = f => f.PatientCountry = "United States",
        ["patient.country unknown"] = f => f.PatientCountry = "ZZ",
        ["patient.language unknown"] = f => f.PatientLanguage = "qq",
        ["patient.alsoReads unknown"] = f => f.PatientAlsoReads = ["es", "qq"],
        ["patient.timeZone unknown"] = f => f.PatientTimeZone = "America/Nowhere",
        ["patient.timeZone by offset"] = f => f.PatientTimeZone = "-05:00",
        ["patient.timeZone as a path"] = f => f.PatientTimeZone = "../../etc/passwd",
        ["patient.birthYear missing"] = f => f.PatientBirthYear = null,
        ["patient.birthYear of next year"] = f => f.PatientBirthYear = Moment.Now.Year + 1,
        ["patient.birthYear too long ago"] = f => f.PatientBirthYear = Moment.Now.Year - 121,
        ["patient.birthYear of two digits"] = f => f.PatientBirthYear = 84,
        ["inquirer.relation unknown"] = f => f.InquirerRelation = "neighbour",
        ["inquirer.name missing of a parent"] = f => { f.InquirerRelation = "parent"; f.InquirerEmail = "carla@example.org"; },
        ["inquirer.name missing of a carer"] = f => { f.InquirerRelation = "carer"; f.InquirerEmail = "carla@example.org"; },
        ["inquirer.email missing of a parent"] = f => { f.InquirerRelation = "parent"; f.InquirerName = "Carla Carer"; },
        ["inquirer.email wrong of a carer"] = f => { f.InquirerRelation = "carer"; f.InquirerName = "Carla Carer"; f.InquirerEmail = "carla"; },
        ["patient.email wrong though a carer asks"] = f =>
        {
            f.InquirerRelation = "carer";
            f.InquirerName = "Carla Carer";
            f.InquirerEmail = "carla@example.org";
            f.PatientEmail = "ana";
        },
        ["condition missing"] = f => f.Condition = null,
        ["condition unknown"] = f => f.Condition = "gout",
        ["conditionNamed too long"] = f => { f.Condition = "other"; f.ConditionType = null; f.ConditionNamed = new string('a', 121); },
        ["conditionType unknown"] = f => f.ConditionType = "mild",
        ["conditionType of a condition without types"] = f => { f.Condition = "crohn"; f.ConditionType = "sle"; },
        ["treatment missing"] = f => f.Treatment = null,
        ["treatment unknown"] = f => f.Treatment = "leeches",
        ["cellSource unknown"] = f => f.CellSource = "fetal",
        ["cellSource of another treatment"] = f => { f.Treatment = "autologous-hsct"; f.CellSource = "umbilical-cord"; },
        ["destinations unknown"] = f => f.Destinations = ["MX", "Atlantis"],
        ["destinations too many"] = f => f.Destinations = [.. Shipped.Lists.Countries.Keys.Take(21)],
        ["budget.amount zero"] = f => f.BudgetAmount = 0,
        ["budget.amount negative"] = f => f.BudgetAmount = -1,
        ["budget.amount too large"] = f => f.BudgetAmount = decimal.MaxValue,
        ["budget.amount that rounds to nothing"] = f => f.BudgetAmount = 0.004m,
        ["budget.currency missing"] = f => f.BudgetCurrency = null,
        ["budget.currency unknown"] = f => f.BudgetCurrency = "XXX",
        ["timeframe unknown"] = f => f.Timeframe = "yesterday",
        ["message too long"] = f => f.Message = new string('a', InquiryValidator.MessageLength + 1),
        ["message with a control character"] = f => f.Message = "help\0me",
        ["source.page without a scheme"] = f => f.SourcePage = "www.example.org/lupus",
        ["source.page of a script"] = f => f.SourcePage = "javascript:alert(1)",
        ["source.page too long"] = f => f.SourcePage = "https://www.example.org/" + new string('a', 500),
        ["source.campaign too long"] = f => f.SourceCampaign = new string('a', 201),
        ["consent.contact missing"] = f => f.Contact = null,
        ["consent.contact refused"] = f => f.Contact = false,
        ["consent.textVersion missing"] = f => f.ConsentTextVersion = null,
        ["consent.textVersion too long"] = f => f.ConsentTextVersion = new string('a', 41),
    };

    public static TheoryData<string> Mistakes => new(s_mistakes.Keys);

    /// <summary>The errors of all of them.</summary>
    public static IEnumerable<FieldError> AllMistakes() => s_mistakes.Values.SelectMany(mistake => Validate(mistake).Errors);

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_gives_one_sentence_under_the_name_of_its_field(string mistake)
    {
        var (inquiry, errors) = Validate(s_mistakes[mistake]);

        var error = Assert.Single(errors);
        Assert.Equal(mistake.Split(' ')[0], error.Field);
        Assert.Matches(@"^\p{Lu}[^\n]{10,}\.$", error.InEnglish());
        Assert.Null(inquiry);
    }

    [Fact]
    public void Every_published_field_that_can_be_wrong_is_tried_here()
    {
        // Any true or false is possible for these two.
        string[] cannotBeWrong = ["consent.shareWithClinics", "consent.marketing"];

        Assert.Equal(
            InquiryJson.Fields.Except(cannotBeWrong, StringComparer.Ordinal).Order(StringComparer.Ordinal),
            s_mistakes.Keys.Select(m => m.Split(' ')[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void All_mistakes_are_reported_together()
    {
        var (_, errors) = Validate(f =>
        {
            f.PatientName = null;
            f.PatientEmail = "ana";
            f.PatientCountry = "ZZ";
            f.PatientBirthYear = null;
            f.Condition = "gout";
            f.Treatment = null;
            f.Destinations = ["Atlantis"];
            f.BudgetAmount = -1;
            f.BudgetCurrency = null;
            f.Contact = false;
        });

        Assert.Equal(
            [
                "budget.amount", "budget.currency", "condition", "consent.contact", "destinations", "patient.birthYear", "patient.country",
                "patient.email", "patient.name", "treatment",
            ],
            errors.Select(e => e.Field).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_empty_form_names_everything_that_is_needed_and_nothing_else()
    {
        var (_, errors) = Shipped.Validator.Validate(new InquiryForm(), "status-token", Moment.Now);

        Assert.Equal(
            ["condition", "consent.contact", "consent.textVersion", "patient.birthYear", "patient.country", "patient.email", "patient.name", "treatment"],
            errors.Select(e => e.Field).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_typed_value_stands_in_a_message()
    {
        // The type and the cell source are looked at only when the condition and the treatment are known.
        var errors = Validate(PlantCanaries).Errors
            .Concat(Validate(f => { PlantCanaries(f); f.Condition = "lupus"; f.Treatment = "msc-infusion"; f.InquirerRelation = "carer"; }).Errors)
            .ToList();

        Assert.True(errors.DistinctBy(e => e.Field).Count() >= 20, "Too few fields were refused to prove anything.");
        Assert.All(errors, e =>
        {
            Assert.DoesNotContain(Canary, e.InEnglish(), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("31337", e.InEnglish(), StringComparison.Ordinal);
        });
    }

    private static void PlantCanaries(InquiryForm form)
    {
        const string broken = Canary + "\u0001";
        form.PatientName = form.InquirerName = form.Message = form.SourceCampaign = form.ConsentTextVersion = broken;
        form.PatientEmail = form.InquirerEmail = Canary + "@localhost";
        form.PatientPhone = form.PatientCountry = form.PatientLanguage = form.PatientTimeZone = form.InquirerRelation = Canary;
        form.Condition = form.ConditionType = form.Treatment = form.CellSource = form.BudgetCurrency = form.Timeframe = form.SourcePage = Canary;
        form.Destinations = [Canary];
        form.PatientBirthYear = 31337;
        form.BudgetAmount = -31337;
    }

    private static (NewInquiry? Inquiry, IReadOnlyList<FieldError> Errors) Validate(Action<InquiryForm> change)
    {
        var form = An.InquiryForm();
        change(form);
        return Shipped.Validator.Validate(form, "status-token", Moment.Now);
    }
}
