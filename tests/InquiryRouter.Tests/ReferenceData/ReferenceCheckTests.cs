using System.Text;
using System.Text.Json.Nodes;
using InquiryRouter.Infrastructure.ReferenceData;
using InquiryRouter.Infrastructure.ReferenceData.Checks;

namespace InquiryRouter.Tests.ReferenceData;

/// <summary>One mistake in the shipped files at a time; each is reported where it is, with what would be right.</summary>
public sealed class ReferenceCheckTests
{
    public static TheoryData<string> Names => new(ReferenceFiles.Names);

    [Fact]
    public void The_shipped_files_have_no_problem() => Assert.Empty(ReferenceCheck.Problems(ReferenceFiles.Shipped));

    [Theory]
    [InlineData("countries", 1, "code", "\"mx\"", "ISO 3166-1")]
    [InlineData("countries", 2, "code", "\"AD\"", "Each once")]
    [InlineData("countries", 1, "timeZone", "\"Europe/Atlantis\"", "IANA")]
    [InlineData("countries", 1, "name", "\"\"", "A text of 1 to 200")]
    [InlineData("languages", 1, "code", "\"eng\"", "ISO 639-1")]
    [InlineData("currencies", 1, "minorUnits", "7", "from 0 to 4")]
    [InlineData("exchange-rates", 1, "unitsPerUsd", "0", "above 0")]
    [InlineData("exchange-rates", 1, "unitsPerUsd", "-1", "above 0")]
    [InlineData("exchange-rates", 1, "currency", "\"XXX\"", "in the list of currencies")]
    [InlineData("regions", 1, "countries", "[\"ZZ\"]", "in the list of countries")]
    [InlineData("regions", 1, "countries", "[]", "at least 1")]
    [InlineData("regions", 1, "code", "\"anywhere\"", "not anywhere")]
    [InlineData("conditions", 1, "specialties", "[\"astrology\"]", "One of: cardiology")]
    [InlineData("conditions", 1, "specialties", "[]", "at least 1")]
    [InlineData("conditions", 1, "reviewed", "\"yes\"", "true or false.")]
    [InlineData("conditions", 1, "symptoms", "[{\"code\": \"Fever\", \"name\": \"Fever\"}]", "A code of 2 to 40", "symptoms[1].code")]
    [InlineData("conditions", 1, "symptoms", "[{\"code\": \"fever\", \"name\": \"\"}]", "A text of 1 to 200", "symptoms[1].name")]
    [InlineData("conditions", 1, "symptoms", "[{\"code\": \"fever\", \"name\": \"A\"}, {\"code\": \"fever\", \"name\": \"A\"}]", "stands twice", "symptoms[2].code")]
    [InlineData("conditions", 1, "symptomsSource", "null", "A text of 1 to 1000")]
    [InlineData("treatments", 3, "establishedFor", "[\"gout\"]", "One of: amyotrophic-lateral-sclerosis, autism")]
    [InlineData("conditions", 1, "asOf", "\"2026-02-30\"", "A date as yyyy-MM-dd")]
    [InlineData("conditions", 2, "synonyms", "[{\"text\": \"Lúpus Sistémico\", \"type\": null}]", "means lupus sle as well", "synonyms[1].text")]
    [InlineData("conditions", 2, "synonyms", "[{\"text\": \"ms\", \"type\": \"sle\"}]", "no types", "synonyms[1].type")]
    [InlineData("conditions", 2, "synonyms", "[{\"text\": \"…\", \"type\": null}]", "one letter or digit", "synonyms[1].text")]
    [InlineData("conditions", 2, "synonyms", "[\"ms\"]", "An entry with text, type.", "synonyms[1]")]
    [InlineData("treatments", 1, "covers", "[\"leeches\"]", "One of: allogeneic-hsct, autologous-hsct")]
    [InlineData("treatments", 2, "covers", "[\"autologous-hsct\"]", "only a family")]
    [InlineData("treatments", 2, "riskClass", "null", "One of: low")]
    [InlineData("treatments", 2, "scopes", "[\"laboratory\"]", "One of: cell-therapy-clinical")]
    [InlineData("treatments", 2, "scopes", "[]", "at least 1")]
    [InlineData("treatments", 1, "cellSources", "[\"bone-marrow\"]", "this one is missing")]
    [InlineData("accreditation-bodies", 1, "covers", "[\"miracles\"]", "One of: accreditation-body")]
    [InlineData("accreditation-bodies", 1, "countries", "[\"EU\"]", "or * for everywhere")]
    [InlineData("accreditation-bodies", 1, "kind", "\"blessing\"", "One of: accreditation")]
    [InlineData("accreditation-bodies", 1, "kind", "\"certification\"", "only an accreditation", "countsAsClinical")]
    [InlineData("accreditation-bodies", 1, "covers", "[\"laboratory\"]", "none of the scopes", "countsAsClinical")]
    [InlineData("country-rules", 1, "country", "\"XX\"", "in the list of countries")]
    [InlineData("country-rules", 1, "treatment", "\"stem-cell-therapy\"", "One of: allogeneic-hsct, autologous-hsct")]
    [InlineData("country-rules", 1, "conditions", "[\"gout\"]", "One of: amyotrophic-lateral-sclerosis, autism")]
    [InlineData("country-rules", 1, "conditions", "[\"other\"]", "One of: amyotrophic-lateral-sclerosis, autism")]
    [InlineData("country-rules", 3, "to", "\"2019-05-14\"", "not before from")]
    [InlineData("country-rules", 1, "outcome", "\"tolerated\"", "One of: permitted")]
    [InlineData("country-rules", 5, "requires", "\"jci\"", "Nothing, because the outcome is undecided.")]
    [InlineData("country-rules", 5, "mustName", "[]", "Nothing, because the outcome is undecided.")]
    [InlineData("country-rules", 1, "mustName", "null", "Any of condition, treatment, cell-source.")]
    [InlineData("country-rules", 1, "mustName", "[\"price\"]", "Any of condition, treatment, cell-source.")]
    [InlineData("country-rules", 1, "notEnough", "\"none\"", "One of: aabb")]
    [InlineData("country-rules", 1, "cellSources", "[\"peripheral-blood\"]", "A cell source of the treatment: bone-marrow")]
    [InlineData("country-rules", 1, "conditionTypes", "[\"sle\"]", "names exactly one condition")]
    [InlineData("accreditation-bodies", 1, "cycleYears", "0", "from 1 to 20")]
    [InlineData("conditions", 1, "treatedAtOnce", "[\"acute-myeloid\"]", "A type of the condition: sle")]
    [InlineData("treatments", 3, "asksConditionSpecialist", "\"yes\"", "true or false.")]
    [InlineData("country-rules", 2, "requires", "null", "One of: aabb")]
    [InlineData("country-rules", 2, "requires", "\"cofepris\"", "works in BS")]
    [InlineData("facilitator-permissions", 2, "country", "\"KR\"", "Each once")]
    [InlineData("facilitator-permissions", 1, "validFrom", "\"2026-01-01\"", "because it has dates", "number")]
    [InlineData("baseline-prices", 1, "country", "\"MX\"", "One of: US, CA.")]
    [InlineData("baseline-prices", 1, "currency", "\"AFN\"", "a row in exchange-rates")]
    [InlineData("baseline-prices", 1, "amount", "\"62,000\"", "A number above 0")]
    [InlineData("baseline-prices", 1, "condition", "\"multiple-sclerosis\"", "once in the file", "row", 2)]
    [InlineData("emergency-words", 2, "group", "\"self-harm\"", "Each once")]
    [InlineData("emergency-words", 1, "group", "\"heartache\"", "one of: self-harm")]
    [InlineData("emergency-words", 1, "phrases", "[\"a\"]", "at least three letters")]
    [InlineData("emergency-words", 1, "phrases", "[\"can't (breathe\"]", "as the documentation of reference files says")]
    [InlineData("emergency-words", 1, "events", "[\"chest) pain\"]", "as the documentation of reference files says")]
    [InlineData("emergency-lines", 1, "country", "\"XX\"", "in the list of countries")]
    [InlineData("emergency-lines", 1, "emergency", "\"call\"", "The number to call")]
    [InlineData("emergency-lines", 1, "crisisName", "null", "or neither")]
    [InlineData("treatment-facts", 1, "kind", "\"praise\"", "One of: finding, approval, risk.")]
    [InlineData("treatment-facts", 1, "treatments", "[\"leeches\"]", "One of: allogeneic-hsct")]
    [InlineData("treatment-facts", 1, "conditions", "[\"gout\"]", "One of: amyotrophic-lateral-sclerosis")]
    [InlineData("treatment-facts", 1, "link", "\"javascript:alert(1)\"", "beginning with https://")]
    [InlineData("treatment-facts", 2, "code", "\"msc-lupus-trial\"", "Each once")]
    [InlineData("conditions", 1, "triggersSource", "null", "1 to 1000")]
    [InlineData("baseline-prices", 4, "soldWithoutApproval", "\"yes\"", "true or false.")]
    [InlineData("scopes", 1, "clinical", "1", "true or false.")]
    public void A_wrong_value_is_reported_where_it_stands(string file, int row, string field, string value, string allowed, string? reported = null, int? at = null)
    {
        var files = Changed(file, rows => rows[row - 1]![field] = JsonNode.Parse(value));

        Assert.Contains(
            ReferenceCheck.Problems(files),
            p => p.File == file && p.Row == (at ?? row) && p.Field == (reported ?? field) && p.Allowed.Contains(allowed, StringComparison.Ordinal));
    }

    [Fact]
    public void A_row_that_goes_is_missed_by_those_that_name_it()
    {
        var files = Changed("accreditation-bodies", rows => rows.Remove(rows.First(r => r!["code"]!.GetValue<string>() == "cofepris")));

        var problem = Assert.Single(ReferenceCheck.Problems(files));
        Assert.Equal(("country-rules", "notEnough", "cofepris"), (problem.File, problem.Field, problem.Value));
    }

    [Fact]
    public void Two_rules_may_follow_each_other_but_not_speak_of_the_same_day()
    {
        Assert.Empty(ReferenceCheck.Problems(Changed("country-rules", rows => AddFormer(rows, "2019-05-14"))));
        Assert.Contains(ReferenceCheck.Problems(Changed("country-rules", rows => AddFormer(rows, "2019-05-15"))), p => p.Field == "row" && p.Allowed.Contains("row 3", StringComparison.Ordinal));

        static void AddFormer(JsonArray rows, string to)
        {
            var former = rows[2]!.DeepClone();
            former["from"] = null;
            former["to"] = to;
            rows.Add(former);
        }
    }

    [Fact]
    public void A_more_precise_rule_may_stand_beside_one_for_all_and_two_as_precise_may_not()
    {
        Assert.Empty(ReferenceCheck.Problems(Changed("country-rules", rows => AddPrecise(rows, ["lupus"]))));
        Assert.Contains(
            ReferenceCheck.Problems(Changed("country-rules", rows =>
            {
                AddPrecise(rows, ["lupus"]);
                AddPrecise(rows, ["lupus", "crohn"]);
            })),
            p => p.Field == "row" && p.Allowed.Contains("as precisely", StringComparison.Ordinal));

        static void AddPrecise(JsonArray rows, string[] conditions)
        {
            var precise = rows[0]!.DeepClone();
            precise["conditions"] = new JsonArray([.. conditions.Select(c => (JsonNode)c)]);
            rows.Add(precise);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_field_nobody_knows_is_named(string file)
    {
        var problem = Assert.Single(ReferenceCheck.Problems(Changed(file, rows => rows[0]!["colour"] = "red")));

        Assert.Equal((file, 1, "colour", "red"), (problem.File, problem.Row, problem.Field, problem.Value));
        Assert.StartsWith("Not a field here. The fields are: ", problem.Allowed, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_field_of_a_row_set_to_nonsense_is_reported_and_nothing_throws(string file)
    {
        var fields = JsonNode.Parse(ReferenceFiles.Shipped[file].Body)!["rows"]![0]!.AsObject().Select(f => f.Key).ToList();
        foreach (var nonsense in new[] { "{}", "[[]]", "-1e40", "\"\\u0000\"", "\"\\n\"" })
        {
            Assert.All(fields, field => Assert.Contains(
                ReferenceCheck.Problems(Changed(file, rows => rows[0]![field] = JsonNode.Parse(nonsense))), p => p.File == file));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"file\": \"countries\", \"file\": \"countries\"}")]
    [InlineData("{\"file\": \"countries\", \"rows\": [1, null]}")]
    [InlineData("{\"file\": \"countries\", \"source\": \"\\ud800\"}")]
    public void A_file_that_is_none_is_a_problem_and_its_codes_are_not_missed_by_others(string text)
    {
        var problems = ReferenceCheck.Problems(ReferenceFiles.Shipped.With(new ReferenceFile("countries", Encoding.UTF8.GetBytes(text))));

        Assert.Contains(problems, p => p.File == "countries");
        Assert.True(text is not ("" or "{") || problems.Count == 1, string.Join('\n', problems));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_says_which_one_it_is(string file)
    {
        var body = ReferenceFiles.Shipped[file].Body;

        Assert.Equal(file, ReferenceCheck.Identify([.. Encoding.UTF8.Preamble, .. body], out var problem)?.Name);
        Assert.Null(problem);
        Assert.Equal(ReferenceFiles.Shipped[file].Hash, ReferenceCheck.Identify([.. Encoding.UTF8.Preamble, .. body], out _)!.Hash);
    }

    [Theory]
    [InlineData("{\"rows\": []}")]
    [InlineData("{\"file\": \"horoscopes\"}")]
    [InlineData("[1]")]
    [InlineData("not json")]
    public void A_file_that_does_not_say_so_is_refused_with_what_is_allowed(string text)
    {
        Assert.Null(ReferenceCheck.Identify(Encoding.UTF8.GetBytes(text), out var problem));
        Assert.NotEmpty(problem!);
    }

    private static ReferenceFiles Changed(string file, Action<JsonArray> change)
    {
        var root = JsonNode.Parse(ReferenceFiles.Shipped[file].Body)!;
        change(root["rows"]!.AsArray());
        return ReferenceFiles.Shipped.With(new ReferenceFile(file, Encoding.UTF8.GetBytes(root.ToJsonString())));
    }
}
