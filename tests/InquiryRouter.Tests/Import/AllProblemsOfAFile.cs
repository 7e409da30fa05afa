using System.Text;
using InquiryRouter.Infrastructure.ReferenceData.Import;

namespace InquiryRouter.Tests.Import;

public sealed class AllProblemsOfAFile
{
    [Fact]
    public void Every_bad_field_of_every_bad_row_is_reported()
    {
        var clinic = ClinicFiles.ReadJson(ClinicFiles.Json).Clinics[0];
        var rows = Enumerable.Range(1, 3).Select(n => ClinicFiles.CellsOf(clinic with { Code = $"A-{n}" })).ToArray();
        (rows[0]["country"], rows[0]["opens"]) = ("Mexico", "9");
        (rows[2]["email"], rows[2]["treatments"], rows[2]["physicians"]) = ("none", "flu||msc-infusion|blood", "Dr. A||neurology|Board@soon|||never");

        var problems = ClinicFiles.ReadCsv(ClinicFiles.Header + "\n" + string.Join('\n', rows.Select(r => ClinicFiles.RowOf(r)))).Problems;

        Assert.Equal(
            "2 country, 2 opens, 4 email, 4 physicians[1].certifications[1].validTo, 4 physicians[1].referencesCheckedAt, 4 treatments[1].cellSources, 4 treatments[1].condition",
            string.Join(", ", problems.Select(p => $"{p.Line} {p.Column}").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void In_a_file_of_one_line_the_clinic_of_each_problem_is_named()
    {
        var clinics = Enumerable.Range(1, 2).Select(n => ClinicFiles.Json.Replace("MX-1", $"MX-{n}", StringComparison.Ordinal).Replace("\"MX\"", "\"XX\"", StringComparison.Ordinal))
            .Select(text => System.Text.Json.Nodes.JsonNode.Parse(text)!["clinics"]![0]!.ToJsonString());

        var problems = ClinicFiles.ReadJson($$"""{"source": "a test", "clinics": [{{string.Join(',', clinics)}}, 7]}""").Problems;

        Assert.Equal(["1 MX-1 country", "1 MX-2 country", "1  clinics"], problems.Select(p => $"{p.Line} {p.Clinic} {p.Column}"));
        Assert.StartsWith("1: country of MX-2 is 'XX'; The two capital letters", problems[1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_row_leaves_no_clinic_to_write()
    {
        var result = ClinicFiles.ReadCsv($"{ClinicFiles.Header}\n{ClinicFiles.Row}\n{ClinicFiles.Row.Replace("MX-1", "x", StringComparison.Ordinal)}\n");

        Assert.Single(result.Problems);
        Assert.Empty(result.Clinics);
    }

    [Fact]
    public void After_a_thousand_problems_the_others_are_counted()
    {
        var rows = Enumerable.Range(0, 1250).Select(_ => ClinicFiles.Row.Replace("MX-1", "x", StringComparison.Ordinal));

        var problems = ClinicFiles.ReadCsv(ClinicFiles.Header + "\n" + string.Join('\n', rows)).Problems;

        Assert.Equal(1001, problems.Count);
        Assert.Equal(new ImportProblem(1002, "file", "250 more problems", "From this line on; only the first 1,000 are listed."), problems[^1]);
    }

    [Fact]
    public void A_missing_column_does_not_hide_the_problems_of_the_rows()
    {
        var cells = ClinicFiles.CellsOf(ClinicFiles.ReadJson(ClinicFiles.Json).Clinics[0]);
        cells["weeklyCap"] = "x";
        var header = ClinicFiles.Header.Replace("credentials", "credits", StringComparison.Ordinal);
        cells["credits"] = "none";

        var problems = ClinicFiles.ReadCsv(header + "\n" + ClinicFiles.RowOf(cells, header)).Problems;

        Assert.Equal("1 credits, 1 credentials, 2 weeklyCap", string.Join(", ", problems.Select(p => $"{p.Line} {p.Column}")));
    }

    [Fact]
    public void Broken_json_is_one_problem_on_its_line_after_those_of_the_clinics_before_it()
    {
        var file = ClinicFiles.Json.Replace("\"MX\"", "\"XX\"", StringComparison.Ordinal);
        var lines = file.Split('\n').Length;

        var problems = ClinicFiles.ReadJson(file[..^1] + "]").Problems;

        Assert.Equal(2, problems.Count);
        Assert.Equal("country", problems[0].Column);
        Assert.Equal((lines, "file", "]"), (problems[1].Line, problems[1].Column, problems[1].Value));
        Assert.StartsWith("JSON. ", problems[1].Allowed, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", problems[1].Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_that_json_does_not_have_is_shown_without_the_rest_of_the_file()
    {
        var problem = Assert.Single(ClinicFiles.ReadJson(ClinicFiles.Json.Replace("\"NORTE\"", "nll\u001b", StringComparison.Ordinal)).Problems);

        Assert.Equal("JSON. This is an invalid JSON literal. Expected the literal 'null'. What follows is not read.", problem.Allowed);
        Assert.Equal("file", problem.Column);
    }

    [Theory]
    [InlineData(ImportFormat.Json, "", "JSON. ")]
    [InlineData(ImportFormat.Json, "[]", "An object with source, asOf, reviewed, clinics.")]
    [InlineData(ImportFormat.Json, "{\"source\": \"x\"}", "A list of clinics.")]
    [InlineData(ImportFormat.Json, "{\"source\": \"x\", \"clinics\": {}}", "A list of clinics.")]
    [InlineData(ImportFormat.Json, "{\"source\": \"x\", \"clinics\": [7]}", "A clinic with code, name,")]
    [InlineData(ImportFormat.Json, "{\"source\": \"x\", \"clinics\": []}", "At least one clinic.")]
    [InlineData(ImportFormat.Json, "{\"source\": \"x\", \"clinics\": [], \"clinics\": []}", "this one stands twice.")]
    [InlineData(ImportFormat.Json, "{\"source\": \"x\", \"clinics\": []} {}", "What follows is not read.")]
    [InlineData(ImportFormat.Csv, "", "A first row with the names of the columns: code,name,")]
    [InlineData(ImportFormat.Csv, ClinicFiles.Header, "At least one clinic.")]
    [InlineData(ImportFormat.Csv, ClinicFiles.Header + "\n,,,,,,,,,,,,,,,,,,,,,,,\n", "At least one clinic.")]
    [InlineData(ImportFormat.Csv, "code;name;active", "Cells separated by commas")]
    [InlineData(ImportFormat.Csv, "\"code", "A closing quote to each opening one")]
    public void A_file_without_clinics_says_what_it_lacks(ImportFormat format, string file, string allowed)
    {
        var result = ClinicFiles.Read(Encoding.UTF8.GetBytes(file), format);

        Assert.Empty(result.Clinics);
        Assert.Contains(allowed, Assert.Single(result.Problems).Allowed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ImportFormat.Csv)]
    [InlineData(ImportFormat.Json)]
    public void Another_encoding_is_a_problem_on_its_line_rather_than_wrong_letters(ImportFormat format)
    {
        var text = format == ImportFormat.Csv ? ClinicFiles.Header + "\n" + ClinicFiles.Row : ClinicFiles.Json;

        var problem = Assert.Single(ClinicFiles.Read(Encoding.Latin1.GetBytes(text), format).Problems);

        Assert.Equal((format == ImportFormat.Csv ? 2 : 6, "file", "a byte ED"), (problem.Line, problem.Column, problem.Value));
        Assert.StartsWith("Text in UTF-8", problem.Allowed, StringComparison.Ordinal);
    }
}
