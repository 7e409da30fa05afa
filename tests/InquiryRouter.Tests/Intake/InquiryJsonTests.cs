using System.Text;
using System.Text.Json;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Reading;
using InquiryRouter.Tests.Support;
using InquiryRouter.Web.Intake;

namespace InquiryRouter.Tests.Intake;

public sealed class InquiryJsonTests
{
    /// <summary>The inquiry of DESIGN.md with every field it publishes.</summary>
    private const string Published =
        """
        { "patient":   {"name":"Ana Example","email":"ana@example.org","phone":"+1 213 373 4253","country":"US","language":"en","alsoReads":["es"],"timeZone":"America/New_York","birthYear":1984},
          "inquirer":  {"relation":"self","name":"Ana Example","email":"ana@example.org"},
          "condition": "lupus", "conditionType": "sle", "conditionNamed": "lupus",
          "treatment": "stem-cell-therapy", "cellSource": "any",
          "destinations": ["MX","latin-america"],
          "budget":    {"amount": 15000, "currency": "USD"}, "timeframe": "within-3-months",
          "message":   "I have had lupus for ten years.",
          "consent":   {"shareWithClinics": true, "contact": true, "marketing": false, "textVersion": "2026-11"},
          "source":    {"page":"https://www.example.org/lupus","campaign":"autumn"} }
        """;

    [Fact]
    public void The_published_inquiry_fills_every_field_of_the_form()
    {
        var (form, errors) = Read(Published);

        Assert.Empty(errors);
        Assert.All(typeof(InquiryForm).GetProperties(), p => Assert.True(p.GetValue(form) is not null, $"{p.Name} was not filled."));
    }

    [Fact]
    public void The_published_inquiry_is_valid()
    {
        var (inquiry, errors) = Shipped.Validator.Validate(Read(Published).Form, "status-token", Moment.Now);

        Assert.Empty(errors);
        Assert.Equal(["MX", "latin-america"], inquiry!.Facts.Destinations);
    }

    [Fact]
    public void Each_published_name_sets_a_property_of_its_own() =>
        Assert.Equal(typeof(InquiryForm).GetProperties().Length, InquiryJson.Fields.Count);

    [Fact]
    public void Null_is_as_good_as_left_out()
    {
        var (form, errors) = Read("""{"patient":{"phone":null},"budget":null,"message":null,"destinations":null}""");

        Assert.Empty(errors);
        Assert.Equal((null, null), (form.PatientPhone, form.Message));
    }

    [Fact]
    public void Unknown_fields_are_named_all_at_once()
    {
        var (_, errors) = Read("""{"patient":{"nmae":"Ana","name":"Ana"},"conditon":"lupus","x":{"y":1}}""");

        Assert.Equal(["conditon", "patient.nmae", "x"], Names(errors));
    }

    [Fact]
    public void Names_are_told_apart_by_case()
    {
        var (_, errors) = Read("""{"Condition":"lupus"}""");

        Assert.Equal(["Condition"], Names(errors));
    }

    [Fact]
    public void Values_of_the_wrong_kind_are_named_all_at_once()
    {
        var (_, errors) = Read(
            """
            {"patient":{"name":1,"birthYear":"1984"},"destinations":"MX","budget":{"amount":"15000"},
             "consent":{"contact":"yes"},"source":"https://www.example.org/","message":["a"]}
            """);

        Assert.Equal(["budget.amount", "consent.contact", "destinations", "message", "patient.birthYear", "patient.name", "source"], Names(errors));
    }

    [Fact]
    public void A_wrong_kind_does_not_hide_the_fields_beside_it()
    {
        var (form, _) = Read("""{"patient":{"name":1,"email":"ana@example.org"}}""");

        Assert.Equal("ana@example.org", form.PatientEmail);
    }

    [Theory]
    [InlineData("1984.5")]
    [InlineData("99999999999")]
    [InlineData("true")]
    public void A_year_is_a_whole_number(string year) =>
        Assert.Equal(["patient.birthYear"], Names(Read($"{{\"patient\":{{\"birthYear\":{year}}}}}").Errors));

    [Fact]
    public void A_number_nothing_can_hold_is_refused_as_a_number() =>
        Assert.Equal(["budget.amount"], Names(Read("""{"budget":{"amount":1e300}}""").Errors));

    [Fact]
    public void A_list_of_other_things_than_texts_is_refused() =>
        Assert.Equal(["destinations"], Names(Read("""{"destinations":["MX",1]}""").Errors));

    [Fact]
    public void A_sent_value_never_stands_in_a_message()
    {
        var (_, errors) = Read("""{"patient":{"birthYear":"canary7f3a"},"budget":{"amount":"canary7f3a"},"consent":{"contact":"canary7f3a"}}""");

        Assert.Equal(3, errors.Count);
        Assert.All(errors, e => Assert.DoesNotContain("canary", e.InEnglish(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"lupus\"")]
    [InlineData("null")]
    public void Anything_but_an_object_is_one_error(string json) => Assert.Equal(["$"], Names(Read(json).Errors));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"condition\":\"lupus\",}")]
    [InlineData("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}")]
    public void What_is_not_JSON_or_too_deep_is_an_exception_for_the_endpoint(string json) =>
        Assert.ThrowsAny<JsonException>(() => Read(json));

    [Fact]
    public void A_very_long_unknown_name_is_shortened()
    {
        var (_, errors) = Read($"{{\"{new string('x', 5000)}\":1}}");

        Assert.InRange(Assert.Single(errors).Field.Length, 1, 100);
    }

    [Theory]
    [InlineData("""{"message":"\ud800"}""")]
    [InlineData("""{"destinations":["\udc00"]}""")]
    public void Half_a_character_in_a_value_is_an_error_of_its_field(string json) => Assert.Single(Read(json).Errors);

    [Theory]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"patient":{"\udc00":1}}""")]
    public void Half_a_character_in_a_name_is_an_error_and_no_exception(string json) => Assert.Single(Read(json).Errors);

    /// <summary>An object in which a name stands twice, and what the error is of.</summary>
    public static TheoryData<string, string> Twice => new()
    {
        { """{"consent":{"shareWithClinics":false,"contact":true,"shareWithClinics":true}}""", "consent.shareWithClinics" },
        { """{"consent":{"shareWithClinics":true,"shareWithClinics":false}}""", "consent.shareWithClinics" },
        { """{"consent":{"shareWithClinics":null,"shareWithClinics":true}}""", "consent.shareWithClinics" },
        { """{"consent":{"shareWithClinics":true,"shareWithClinics":null}}""", "consent.shareWithClinics" },
        { """{"consent":{"shareWithClinics":true,"shareWithClinics":true}}""", "consent.shareWithClinics" },
        { """{"consent":{"shareWith\u0043linics":false,"shareWithClinics":true}}""", "consent.shareWithClinics" },
        { """{"patient":{"birthYear":2015,"name":"Ana","birthYear":1984}}""", "patient.birthYear" },
        { """{"patient":{"birthYear":2015},"patient":{"birthYear":1984}}""", "patient" },
        { """{"patient":{"email":"a@example.org"},"message":"x","patient":null}""", "patient" },
        { """{"message":"a","message":"b","message":"c"}""", "message" },
        { """{"destinations":["MX"],"destinations":["US"]}""", "destinations" },
        { """{"budget":{"amount":1,"amount":2}}""", "budget.amount" },
        { """{"source":{"page":"https://a.example","page":"https://b.example"}}""", "source.page" },
    };

    [Theory]
    [MemberData(nameof(Twice))]
    public void A_name_that_stands_twice_is_an_error_that_names_it(string json, string name)
    {
        var error = Assert.Single(Read(json).Errors);

        Assert.Equal((name, "json.twice"), (error.Field, error.Code));
    }

    [Theory]
    [InlineData("""{"x":{"a":1,"a":2}}""", "x")]
    [InlineData("""{"consent":{"sharewithclinics":true,"shareWithClinics":false}}""", "consent.sharewithclinics")]
    public void Names_that_are_unknown_are_an_error_whether_they_stand_twice_or_not(string json, string name) =>
        Assert.Equal([name], Names(Read(json).Errors));

    [Theory]
    [InlineData("\uFEFF{\"condition\":\"lupus\"}")]
    [InlineData("\uFEFF \n {\"condition\":\"lupus\"}")]
    public void A_byte_order_mark_in_front_is_skipped(string json)
    {
        var (form, errors) = Read(json);

        Assert.Equal(("lupus", 0), (form.Condition, errors.Count));
    }

    /// <summary>Text in another encoding, and the place of the first byte that is not UTF-8, from 0.</summary>
    public static TheoryData<byte[], long, long> OtherEncodings => new()
    {
        { [.. "{\"message\":\""u8, 0xFF, 0xFE, .. "\"}"u8], 0, 12 },
        { Encoding.Latin1.GetBytes("{\"patient\":\n{\"name\":\"José\"}}"), 1, 12 },
        { Encoding.Latin1.GetBytes("{\"ñ\":1}"), 0, 2 },
        { Encoding.Latin1.GetBytes("{}\n\né"), 2, 0 },
        { [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("{}")], 0, 0 },
        { [.. "{\"message\":\"a"u8, 0xC3], 0, 13 },
    };

    [Theory]
    [MemberData(nameof(OtherEncodings))]
    public void Bytes_that_are_no_text_in_UTF8_are_an_exception_of_their_own_with_the_place(byte[] json, long line, long byteInLine)
    {
        var exception = Assert.Throws<NotUtf8Exception>(() => InquiryJson.Read(json));

        Assert.Equal((line, byteInLine), (exception.LineNumber, exception.BytePositionInLine));
    }

    private static (InquiryForm Form, List<FieldError> Errors) Read(string json) => InquiryJson.Read(Encoding.UTF8.GetBytes(json));

    private static IEnumerable<string> Names(IEnumerable<FieldError> errors) => errors.Select(e => e.Field).Order(StringComparer.Ordinal);
}
