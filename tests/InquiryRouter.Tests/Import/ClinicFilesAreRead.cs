using System.Buffers;
using System.Text;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.ReferenceData.Import;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Import;

public sealed class ClinicFilesAreRead
{
    private static readonly SearchValues<char> s_separators = SearchValues.Create(" ,;|+@=\"\t\r\n");

    [Fact]
    public void The_demo_network_reads_without_a_problem()
    {
        var result = ClinicFiles.Read(ClinicFiles.DemoNetwork(), ImportFormat.Json);

        Assert.Empty(result.Problems);
        Assert.Equal(47, result.Clinics.Count);
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
        Assert.Equal("MAR", clinic.Treatments[0].Site);
        Assert.Null(clinic.Treatments[1].ConditionType);
        Assert.True(clinic.Credentials[0].IsInForce(new DateOnly(2026, 11, 22)));
    }

    [Fact]
    public void A_clinic_has_its_people_places_days_and_limits()
    {
        var clinic = Assert.Single(ClinicFiles.ReadJson(ClinicFiles.Json).Clinics);

        Assert.Equal([new ContactPerson("Luis Vega", "medical", "luis@uno.example.org"), new ContactPerson("Sofía Cruz", "billing", "sofia@uno.example.org")], clinic.Contacts);
        Assert.Equal([new Site("NORTE", "Torre Norte", "Tijuana"), new Site("MAR", "Edificio Mar", "Ensenada")], clinic.Sites);
        Assert.Equal([new DateOnly(2026, 12, 25), new DateOnly(2027, 1, 6)], clinic.Holidays);
        Assert.Equal(new Leave(new DateOnly(2027, 3, 29), new DateOnly(2027, 4, 2)), clinic.Leave[0]);
        Assert.Equal((3, 24), (clinic.DailyPace, clinic.OfferWindowHours));
    }

    [Fact]
    public void A_clinic_has_its_packages_with_price_and_dates()
    {
        var packages = Assert.Single(ClinicFiles.ReadJson(ClinicFiles.Json).Clinics).Packages;

        Assert.Equal((14500.5m, "USD", "lupus"), (packages[0].PriceAmount, packages[0].PriceCurrency, packages[0].Condition));
        Assert.Equal(["hotel", "airport-transfer"], packages[0].Includes);
        Assert.Null(packages[1].Condition);
        Assert.True(packages[1].IsValid(new DateOnly(2027, 5, 31)));
        Assert.False(packages[1].IsValid(new DateOnly(2027, 6, 1)));
    }

    [Fact]
    public void A_physician_has_what_can_be_asked_of_one()
    {
        var physicians = Assert.Single(ClinicFiles.ReadJson(ClinicFiles.Json).Clinics).Physicians;

        Assert.Equal(("Dr. Elena Ruiz", false), (physicians[0].Name, physicians[0].Active));
        Assert.Equal(["rheumatology", "internal-medicine"], physicians[0].Specialties);
        Assert.Equal([true, false], physicians[0].Certifications.Select(c => c.IsInForce(new DateOnly(2027, 12, 31))));
        Assert.Equal(["Colegio Mexicano de Reumatología", "EULAR"], physicians[0].Memberships);
        Assert.Equal([new Experience("lupus", 120), new Experience("crohn", 15)], physicians[0].Experience);
        Assert.Equal(new DateOnly(2026, 9, 30), physicians[0].ReferencesCheckedAt);
        Assert.Null(physicians[1].ReferencesCheckedAt);
    }

    [Fact]
    public void A_credential_has_its_whole_record()
    {
        var credential = Assert.Single(Assert.Single(ClinicFiles.ReadJson(ClinicFiles.Json).Clinics).Credentials);

        Assert.Equal(("ISQua EEA", "Hospital, 8th edition", "MAR"), (credential.IssuerRecognisedBy, credential.Programme, credential.Site));
        Assert.Equal(new DateOnly(2027, 1, 10), credential.NextCheck);
        Assert.Equal(64, credential.EvidenceHash!.Length);
    }

    [Fact]
    public void What_a_clinic_need_not_have_may_be_left_out_as_columns_and_as_fields()
    {
        var csv = Assert.Single(ClinicFiles.ReadCsv(ClinicFiles.ShortHeader + "\n" + ClinicFiles.ShortRow).Clinics);
        var json = Assert.Single(ClinicFiles.ReadJson(
            """
            {"source": "a test", "clinics": [{
              "code": "MX-2", "name": "Dos", "country": "MX", "city": "Tijuana", "timeZone": "America/Tijuana", "email": "referrals@dos.example.org",
              "contactName": "Ana Ruiz", "languages": ["es"], "ageGroups": ["adult"], "weeklyCap": 10, "opens": "09:00", "closes": "17:00", "workDays": ["mon"],
              "treatments": [{"condition": "lupus", "treatment": "msc-infusion", "cellSources": ["adipose"]}], "credentials": []
            }]}
            """).Clinics);

        Assert.Equal(ClinicFiles.TextOf(json), ClinicFiles.TextOf(csv));
        Assert.True(csv.Active);
        Assert.Empty(csv.Contacts);
        Assert.Empty(csv.Sites);
        Assert.Empty(csv.Packages);
        Assert.Empty(csv.Physicians);
        Assert.Null(csv.Treatments[0].Site);
        Assert.Null(csv.DailyPace);
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

    /// <summary>What stands in both files, and the same pasted from a page.</summary>
    public static TheoryData<string, string> Pasted => new()
    {
        { "MX-1", "\u200EMX-1\u200E" },
        { "Clínica Uno", "\u200BClínica Uno" },
        { "Tijuana", "Tijuana\u200F" },
        { "America/Tijuana", "\uFEFFAmerica/Tijuana" },
        { "referrals@uno.example.org", "\u2068referrals@uno.example\u200B.org\u2069" },
        { "luis@uno.example.org", "luis@uno.example.org\u00A0" },
        { "medical", "\u00ADmedical" },
        { "NORTE", "NOR\u200DTE" },
        { "adult", "\u2060adult" },
        { "09:00", "\u200E09:00" },
        { "17:00", "17:00\u200E" },
        { "2026-12-25", "\u200E2026-12-25" },
        { "2027-03-29", "2027-03-29\u200E" },
        { "lupus", "\u3164lupus" },
        { "umbilical-cord", "umbilical\u00AD-cord" },
        { "USD", "USD\uFE0F" },
        { "rheumatology", "rheumatology\u200C" },
        { "jci", "j\u200Bci" },
        { "https://example.org", "\u200Ehttps://example.org" },
    };

    [Theory]
    [MemberData(nameof(Pasted))]
    public void What_was_pasted_with_something_that_is_not_seen_is_what_is_seen(string text, string pasted)
    {
        var json = ClinicFiles.ReadJson(ClinicFiles.Json.Replace(text, pasted, StringComparison.Ordinal));
        var csv = ClinicFiles.ReadCsv(ClinicFiles.Header + "\n" + ClinicFiles.Row.Replace(text, pasted, StringComparison.Ordinal));

        Assert.Empty(json.Problems);
        Assert.Empty(csv.Problems);
        Assert.Equal(ClinicFiles.TextOf(ClinicFiles.ReadJson(ClinicFiles.Json).Clinics), ClinicFiles.TextOf(json.Clinics));
        Assert.Equal(ClinicFiles.TextOf(ClinicFiles.ReadCsv(ClinicFiles.Header + "\n" + ClinicFiles.Row).Clinics), ClinicFiles.TextOf(csv.Clinics));
    }

    [Theory]
    [InlineData("Mexico/BajaNorte", "America/Tijuana")]
    [InlineData("America/Ensenada", "America/Tijuana")]
    [InlineData("Asia/Calcutta", "Asia/Kolkata")]
    [InlineData("Japan", "Asia/Tokyo")]
    [InlineData("GMT", "Etc/GMT")]
    [InlineData("CET", "Europe/Brussels")]
    public void A_zone_is_kept_under_the_name_it_has_today(string written, string kept)
    {
        var json = ClinicFiles.ReadJson(ClinicFiles.Json.Replace("America/Tijuana", written, StringComparison.Ordinal));
        var csv = ClinicFiles.ReadCsv(ClinicFiles.Header + "\n" + ClinicFiles.Row.Replace("America/Tijuana", written, StringComparison.Ordinal));

        Assert.Equal([kept, kept], json.Clinics.Concat(csv.Clinics).Select(c => c.TimeZone));
    }

    [Theory]
    [InlineData(ImportFormat.Csv)]
    [InlineData(ImportFormat.Json)]
    public void A_clinic_may_close_at_the_end_of_the_day(ImportFormat format)
    {
        var file = format == ImportFormat.Csv
            ? ClinicFiles.ReadCsv(ClinicFiles.Header + "\n" + ClinicFiles.Row.Replace("17:00", "24:00", StringComparison.Ordinal))
            : ClinicFiles.ReadJson(ClinicFiles.Json.Replace("17:00", "24:00", StringComparison.Ordinal));

        Assert.Empty(file.Problems);
        Assert.Equal(ClosingTime.EndOfDay, Assert.Single(file.Clinics).Closes);
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
        Assert.Equal(9000m, clinic.Packages[1].PriceAmount);
    }

    [Fact]
    public void Trailing_parts_of_an_entry_may_be_left_out_and_a_last_separator_begins_no_entry()
    {
        var cells = ClinicFiles.CellsOf(ClinicFiles.ReadJson(ClinicFiles.Json).Clinics[0]);
        cells["treatments"] = "lupus||msc-infusion|bone-marrow;";
        cells["physicians"] = "Dr. Silva||neurology;";
        cells["credentials"] = "jci|hospital|N 1|2025-02-01|2028-01-31|active ;";

        var clinic = Assert.Single(ClinicFiles.ReadCsv(ClinicFiles.Header + "\n" + ClinicFiles.RowOf(cells)).Clinics);

        var treatment = Assert.Single(clinic.Treatments);
        Assert.Null(treatment.ConditionType);
        Assert.Null(treatment.Site);
        var physician = Assert.Single(clinic.Physicians);
        Assert.True(physician.Active);
        Assert.Empty(physician.Certifications);
        Assert.Empty(physician.Experience);
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
