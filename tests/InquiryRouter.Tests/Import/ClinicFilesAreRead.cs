using System.Buffers;
using System.Text;
using InquiryRouter.Infrastructure.ReferenceData.Import;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Import;

public sealed class ClinicFilesAreRead
{
    private static readonly SearchValues<char> s_separators = SearchValues.Create(" ,;|+\"\t\r\n");

    [Fact]
    public void The_demo_network_reads_without_a_problem()
    {
        var result = ClinicFiles.Read(ClinicFiles.DemoNetwork(), ImportFormat.Json);

        Assert.Empty(result.Problems);
        Assert.Equal(16, result.Clinics.Count);
        Assert.StartsWith("synthetic", result.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clinic_has_what_its_file_says()
    {
        var clinic = Assert.Single(ClinicFiles.ReadJson(ClinicFiles.Json).Clinics);

        Assert.Equal("MX-1", clinic.Code);
        Assert.Equal("Ana \"la jefa\" Ruiz", clinic.ContactName);
        Assert.Equal(10, clinic.WeeklyCap);
        Assert.Equal((new TimeOnly(9, 0), new TimeOnly(17, 0)), (clinic.Opens, clinic.Closes));
        Assert.Equal([DayOfWeek.Monday, DayOfWeek.Friday], clinic.WorkDays);
        Assert.Equal(["umbilical-cord", "bone-marrow"], clinic.Treatments[0].CellSources);
        Assert.Equal((14500.5m, "USD"), (clinic.Treatments[0].PriceAmount, clinic.Treatments[0].PriceCurrency));
        Assert.Null(clinic.Treatments[1].ConditionType);
        Assert.True(clinic.Credentials[0].IsInForce(new DateOnly(2026, 11, 22)));
    }

    [Fact]
    public void Csv_and_json_of_the_same_clinic_give_equal_clinics()
    {
        var json = ClinicFiles.ReadJson(ClinicFiles.Json);
        var csv = ClinicFiles.ReadCsv(ClinicFiles.Header + "\n" + ClinicFiles.Row);

        Assert.Empty(csv.Problems);
        Assert.Equal("CSV import", csv.Source);
        Assert.Equal(ClinicFiles.TextOf(json.Clinics).Replace("14500.5,", "14500.50,", StringComparison.Ordinal), ClinicFiles.TextOf(csv.Clinics));
    }

    [Fact]
    public void The_demo_network_is_the_same_as_csv_with_its_columns_in_another_order()
    {
        var json = ClinicFiles.Read(ClinicFiles.DemoNetwork(), ImportFormat.Json);
        var header = string.Join(',', ClinicFiles.Header.Split(',').Reverse());

        var csv = ClinicFiles.ReadCsv(ClinicFiles.CsvOf(json.Clinics, header));

        Assert.Empty(csv.Problems);
        Assert.Equal(ClinicFiles.TextOf(json.Clinics), ClinicFiles.TextOf(csv.Clinics));
    }

    [Theory]
    [InlineData(ImportFormat.Csv)]
    [InlineData(ImportFormat.Json)]
    public void A_byte_order_mark_and_windows_line_ends_change_nothing(ImportFormat format)
    {
        var text = format == ImportFormat.Csv ? ClinicFiles.Header + "\n" + ClinicFiles.Row + "\n" : ClinicFiles.Json;
        byte[] file = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"))];

        var result = ClinicFiles.Read(file, format);

        Assert.Empty(result.Problems);
        Assert.Equal("Clínica Uno, Tijuana", Assert.Single(result.Clinics).Name);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("yes", true)]
    [InlineData("1", true)]
    [InlineData("", true)]
    [InlineData("false", false)]
    [InlineData("no", false)]
    [InlineData("0", false)]
    public void A_cell_says_in_several_ways_whether_a_clinic_is_active(string cell, bool active)
    {
        var result = ClinicFiles.ReadCsv(ClinicFiles.Header + "\n" + ClinicFiles.Row.Replace(",true,", $",{cell},", StringComparison.Ordinal));

        Assert.Equal(active, Assert.Single(result.Clinics).Active);
    }

    [Fact]
    public void Numbers_may_stand_as_text_and_optional_fields_may_be_left_out()
    {
        var text = ClinicFiles.Json
            .Replace("\"weeklyCap\": 10", "\"weeklyCap\": \"10\"", StringComparison.Ordinal)
            .Replace("\"priceAmount\": 9000", "\"priceAmount\": \"9000.00\"", StringComparison.Ordinal)
            .Replace("\"active\": true,", string.Empty, StringComparison.Ordinal)
            .Replace("\"conditionType\": null,", string.Empty, StringComparison.Ordinal);

        var clinic = Assert.Single(ClinicFiles.ReadJson(text).Clinics);

        Assert.True(clinic.Active);
        Assert.Equal(10, clinic.WeeklyCap);
        Assert.Equal(9000m, clinic.Treatments[1].PriceAmount);
    }

    [Fact]
    public void Trailing_parts_of_an_entry_may_be_left_out_and_a_last_separator_begins_no_entry()
    {
        var cells = ClinicFiles.CellsOf(ClinicFiles.ReadJson(ClinicFiles.Json).Clinics[0]);
        cells["treatments"] = "lupus||msc-infusion|bone-marrow;";
        cells["credentials"] = "jci|hospital|N 1|2025-02-01|2028-01-31|active ;";

        var clinic = Assert.Single(ClinicFiles.ReadCsv(ClinicFiles.Header + "\n" + ClinicFiles.RowOf(cells)).Clinics);

        var treatment = Assert.Single(clinic.Treatments);
        Assert.Null(treatment.ConditionType);
        Assert.Null(treatment.PriceAmount);
        Assert.Empty(treatment.Includes);
        Assert.False(Assert.Single(clinic.Credentials).IsVerified);
    }

    [Fact]
    public void Progress_is_told_every_thousand_clinics()
    {
        var one = ClinicFiles.ReadJson(ClinicFiles.Json).Clinics[0];
        var told = new List<int>();

        var result = ClinicFiles.ReadCsv(ClinicFiles.CsvOf(Enumerable.Range(0, 2500).Select(i => one with { Code = $"C-{i}" })), told.Add);

        Assert.Equal(2500, result.Clinics.Count);
        Assert.Equal([1000, 2000], told);
    }

    [Theory]
    [InlineData("clinics.csv", ImportFormat.Csv)]
    [InlineData("my.clinics.JSON", ImportFormat.Json)]
    public void The_file_name_says_the_format(string name, ImportFormat format) => Assert.Equal(format, ClinicImport.Of(name));

    [Theory]
    [InlineData("clinics.xlsx")]
    [InlineData("clinics")]
    public void Another_file_name_is_refused_with_what_is_allowed(string name)
    {
        var error = Assert.Throws<ArgumentException>(() => ClinicImport.Of(name));

        Assert.Equal("Clinics are imported from a file whose name ends in .csv or .json.", error.Message);
    }

    [Fact]
    public void No_code_of_the_lists_contains_what_separates_values_in_a_cell()
    {
        var lists = Shipped.Lists;
        string[] codes =
        [
            .. lists.Countries.Keys, .. lists.Languages.Keys, .. lists.Currencies.Keys,
            .. lists.Conditions.Values.SelectMany(c => c.Types.Select(t => t.Code).Append(c.Code)),
            .. lists.Treatments.Values.SelectMany(t => t.CellSources.Append(t.Code)),
            .. Shipped.Rows("accreditation-bodies").Select(r => r.GetProperty("code").GetString()!),
        ];

        Assert.DoesNotContain(codes, code => code.Length == 0 || code.AsSpan().ContainsAny(s_separators));
    }
}
