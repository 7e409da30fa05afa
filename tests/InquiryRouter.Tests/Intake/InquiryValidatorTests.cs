using InquiryRouter.Core.Intake;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Intake;

/// <summary>What is accepted, and in which form it is kept. <see cref="InquiryValidatorErrorTests"/> has what is refused.</summary>
public sealed class InquiryValidatorTests
{
    [Fact]
    public void The_lupus_inquiry_of_the_design_is_accepted_as_it_was_sent()
    {
        var inquiry = Accepted(_ => { });

        Assert.Equivalent(An.Inquiry() with { SourcePage = An.InquiryForm().SourcePage, SourceCampaign = "autumn" }, inquiry.Facts, strict: true);
        Assert.Equal(An.Patient(), inquiry.Patient);
        Assert.Equal(An.Agreement(), inquiry.Consent);
    }

    [Fact]
    public void Codes_are_kept_in_the_case_of_the_lists()
    {
        var facts = Accepted(f =>
        {
            f.PatientCountry = " us ";
            f.PatientLanguage = "ES-mx";
            f.Condition = "LUPUS";
            f.ConditionType = "SLE";
            f.Treatment = "Stem-Cell-Therapy";
            f.CellSource = "Adipose";
            f.Destinations = ["mx", " Latin-America "];
            f.BudgetCurrency = "usd";
            f.Timeframe = "Undecided";
        }).Facts;

        Assert.Equal(("US", "es"), (facts.Country, facts.Language));
        Assert.Equal(("lupus", "sle"), (facts.Condition, facts.ConditionType));
        Assert.Equal(("stem-cell-therapy", "adipose"), (facts.Treatment, facts.CellSource));
        Assert.Equal(["MX", "latin-america"], facts.Destinations);
        Assert.Equal(("USD", "undecided"), (facts.BudgetCurrency, facts.Timeframe));
    }

    [Fact]
    public void A_phone_number_is_kept_with_its_country_code() =>
        Assert.Equal("+12133734253", Accepted(f => f.PatientPhone = "(213) 373-4253").Patient.Phone);

    [Theory]
    [InlineData("+١ ٢١٣ ٣٧٣ ٤٢٥٣")]
    [InlineData("۲۱۳ ۳۷۳ ۴۲۵۳")]
    [InlineData("\u202A+1 213 373 4253\u202C")]
    public void A_phone_number_is_understood_in_the_digits_of_any_keyboard(string typed) =>
        Assert.Equal("+12133734253", Accepted(f => f.PatientPhone = typed).Patient.Phone);

    /// <summary>A name in which nothing is seen.</summary>
    public static TheoryData<string> UnseenNames =>
    [
        "\u200B\u200B", "\u3164", "\uFFA0 \u3164", "\u115F\u1160", "\u0301", " \u0308\u0301", "´", "\u00AD", "\u2060", "\u200E\u200F", "\u202E\u202C",
        "\u2066\u2069", "\u2800\u2800", "\uFEFF", "\u00A0\u3000", "\uFE0F", "\u17B4", "\u034F", "\U000E0041",
    ];

    [Theory]
    [MemberData(nameof(UnseenNames))]
    public void A_name_of_nothing_that_is_seen_is_missing(string name)
    {
        var form = An.InquiryForm();
        (form.PatientName, form.InquirerName, form.InquirerRelation, form.InquirerEmail) = (name, name, "parent", "zoe@carer.example");

        var (_, errors) = Shipped.Validator.Validate(form, "status-token", Moment.Now);

        Assert.Equal([("patient.name", "name.missing"), ("inquirer.name", "inquirerName.missing")], errors.Select(e => (e.Field, e.Code)));
    }

    /// <summary>Each field with something that is not seen.</summary>
    public static TheoryData<string> UnseenInFields => ["\u200E{0}\u200E", "\u200B{0}\uFEFF", "\u2067{0}\u2069", "\u00AD{0}\u2060", "\u3164{0}\u3164", " \u202A{0}\u202C "];

    [Theory]
    [MemberData(nameof(UnseenInFields))]
    public void What_is_not_seen_around_any_field_changes_nothing(string around)
    {
        string In(string text) => string.Format(System.Globalization.CultureInfo.InvariantCulture, around, text);
        var inquiry = Accepted(f =>
        {
            (f.PatientName, f.PatientEmail, f.PatientPhone) = (In(f.PatientName!), In(f.PatientEmail!), In(f.PatientPhone!));
            (f.PatientCountry, f.PatientLanguage, f.PatientTimeZone) = (In(f.PatientCountry!), In(f.PatientLanguage!), In(f.PatientTimeZone!));
            (f.InquirerRelation, f.Condition, f.ConditionType) = (In("self"), In(f.Condition!), In(f.ConditionType!));
            (f.Treatment, f.CellSource, f.Destinations) = (In(f.Treatment!), In(f.CellSource!), [.. f.Destinations!.Select(In)]);
            (f.BudgetCurrency, f.Timeframe, f.Message) = (In(f.BudgetCurrency!), In(f.Timeframe!), In(f.Message!));
            (f.SourcePage, f.SourceCampaign, f.ConsentTextVersion) = (In(f.SourcePage!), In(f.SourceCampaign!), In(f.ConsentTextVersion!));
        });

        Assert.Equivalent(Accepted(_ => { }), inquiry, strict: true);
    }

    [Fact]
    public void The_domain_of_an_address_is_kept_in_lower_case() =>
        Assert.Equal("Ana@example.org", Accepted(f => f.PatientEmail = " Ana@Example.ORG ").Patient.Email);

    [Fact]
    public void A_name_is_trimmed_and_composed() =>
        Assert.Equal("José Pérez", Accepted(f => f.PatientName = "  Jose\u0301 Pe\u0301rez ").Patient.Name);

    [Fact]
    public void Half_a_character_becomes_one_that_can_be_stored() =>
        Assert.Equal("Ana \uFFFD", Accepted(f => f.PatientName = "Ana \uD800").Patient.Name);

    [Fact]
    public void Line_ends_of_a_message_become_the_same_everywhere() =>
        Assert.Equal("one\ntwo\nthree\tfour", Accepted(f => f.Message = "one\r\ntwo\rthree\tfour").Patient.Message);

    [Fact]
    public void The_longest_name_and_message_are_accepted()
    {
        var patient = Accepted(f =>
        {
            f.PatientName = new string('a', InquiryValidator.NameLength);
            f.Message = new string('a', InquiryValidator.MessageLength);
        }).Patient;

        Assert.Equal((InquiryValidator.NameLength, InquiryValidator.MessageLength), (patient.Name.Length, patient.Message!.Length));
    }

    [Fact]
    public void Who_names_no_time_zone_gets_the_one_of_the_country() =>
        Assert.Equal("Asia/Kolkata", Accepted(f => { f.PatientCountry = "IN"; f.PatientTimeZone = null; }).Facts.TimeZone);

    [Fact]
    public void What_may_be_left_out_may_be_left_out()
    {
        var (patient, facts, consent) = Accepted(f =>
        {
            f.PatientPhone = f.PatientLanguage = f.PatientTimeZone = f.InquirerRelation = f.ConditionType = f.CellSource = null;
            f.BudgetCurrency = f.Timeframe = f.Message = f.SourcePage = f.SourceCampaign = null;
            f.Destinations = null;
            f.BudgetAmount = null;
            f.ShareWithClinics = f.Marketing = null;
        });

        Assert.Equal((null, null), (patient.Phone, patient.Message));
        Assert.Equal(("en", "any", "undecided"), (facts.Language, facts.CellSource, facts.Timeframe));
        Assert.Equal((null, null, null), (facts.ConditionType, facts.SourcePage, facts.SourceCampaign));
        Assert.Equal(["anywhere"], facts.Destinations);
        Assert.False(consent.ShareWithClinics || consent.Marketing);
    }

    [Fact]
    public void The_status_token_is_kept_with_what_is_sealed()
    {
        var (inquiry, _) = Shipped.Validator.Validate(An.InquiryForm(), "secret", Moment.Now);

        Assert.Equal("secret", inquiry!.Patient.StatusToken);
    }

    [Theory]
    [InlineData("parent", Relation.Parent)]
    [InlineData("carer", Relation.Carer)]
    public void Who_asks_for_somebody_else_is_the_one_we_answer(string relation, Relation expected)
    {
        var inquiry = Accepted(f =>
        {
            f.InquirerRelation = relation;
            f.InquirerName = "Carla Carer";
            f.InquirerEmail = "carla@example.org";
            f.PatientEmail = null;
        });

        Assert.Equal(expected, inquiry.Facts.Relation);
        Assert.Equal(("Carla Carer", "carla@example.org"), (inquiry.Patient.ContactName, inquiry.Patient.ContactEmail));
    }

    [Fact]
    public void The_address_of_a_patient_somebody_asks_for_is_kept_too()
    {
        var patient = Accepted(f => { f.InquirerRelation = "carer"; f.InquirerName = "Carla Carer"; f.InquirerEmail = "carla@example.org"; }).Patient;

        Assert.Equal(("ana@example.org", "carla@example.org"), (patient.Email, patient.ContactEmail));
    }

    [Fact]
    public void Who_asks_for_themselves_is_the_contact_whatever_else_was_sent()
    {
        var patient = Accepted(f => { f.InquirerName = "Carla Carer"; f.InquirerEmail = "not an address"; }).Patient;

        Assert.Equal((null, null), (patient.InquirerName, patient.InquirerEmail));
        Assert.Equal("ana@example.org", patient.ContactEmail);
    }

    [Theory]
    [InlineData(2026)]
    [InlineData(1906)]
    public void A_newborn_and_a_hundred_and_twenty_year_old_are_accepted(int birthYear) =>
        Assert.Equal(birthYear, Accepted(f => f.PatientBirthYear = birthYear).Facts.BirthYear);

    [Fact]
    public void A_destination_named_twice_is_kept_once() =>
        Assert.Equal(["MX", "asia"], Accepted(f => f.Destinations = ["MX", "asia", "mx", " ", "Asia"]).Facts.Destinations);

    [Fact]
    public void Anywhere_beside_others_means_anywhere() =>
        Assert.Equal(["anywhere"], Accepted(f => f.Destinations = ["MX", "Anywhere"]).Facts.Destinations);

    [Fact]
    public void Twenty_destinations_are_accepted()
    {
        var twenty = Shipped.Lists.Countries.Keys.Order(StringComparer.Ordinal).Take(20).ToArray();

        Assert.Equal(twenty, Accepted(f => f.Destinations = twenty).Facts.Destinations);
    }

    [Fact]
    public void A_currency_without_an_amount_is_no_budget()
    {
        var facts = Accepted(f => f.BudgetAmount = null).Facts;

        Assert.Equal((null, null), (facts.BudgetAmount, facts.BudgetCurrency));
    }

    [Fact]
    public void A_budget_is_kept_in_hundredths() =>
        Assert.Equal(15000.46m, Accepted(f => f.BudgetAmount = 15000.4567m).Facts.BudgetAmount);

    [Theory]
    [InlineData("IDR", 250_000_000)]
    [InlineData("VND", 400_000_000)]
    public void The_price_of_a_treatment_is_a_possible_budget_in_every_currency(string currency, int amount) =>
        Assert.Equal(amount, Accepted(f => { f.BudgetAmount = amount; f.BudgetCurrency = currency; }).Facts.BudgetAmount);

    [Theory]
    [InlineData("https://www.example.org/lupus?name=Ana&mail=ana@example.org")]
    [InlineData("https://www.example.org/lupus#ana@example.org")]
    [InlineData("https://ana:secret@www.example.org/lupus")]
    public void Of_the_page_only_what_names_no_person_is_kept(string page) =>
        Assert.Equal("https://www.example.org/lupus", Accepted(f => f.SourcePage = page).Facts.SourcePage);

    [Fact]
    public void A_page_that_was_accepted_fits_where_it_is_stored()
    {
        var page = "https://www.example.org/" + new string('ل', 400);

        var (inquiry, errors) = Validate(f => f.SourcePage = page);

        Assert.True(
            errors.Any(e => e.Field == "source.page") || inquiry!.Facts.SourcePage!.Length <= 500,
            $"The page was accepted and has {inquiry?.Facts.SourcePage?.Length} characters now; the column takes 500.");
    }

    private static NewInquiry Accepted(Action<InquiryForm> change)
    {
        var (inquiry, errors) = Validate(change);

        Assert.Empty(errors);
        return inquiry!;
    }

    private static (NewInquiry? Inquiry, IReadOnlyList<FieldError> Errors) Validate(Action<InquiryForm> change)
    {
        var form = An.InquiryForm();
        change(form);
        return Shipped.Validator.Validate(form, "status-token", Moment.Now);
    }
}
