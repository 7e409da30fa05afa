using System.Globalization;
using InquiryRouter.Infrastructure.ReferenceData.Import;

namespace InquiryRouter.Tests.Import;

public sealed class EachRuleSaysWhatIsAllowed
{
    private const string TooLong = "(201 letters)";

    // What the file says -> what is written instead -> where, what and what is allowed instead.
    [Theory]
    [InlineData("\"MX-1\"", "\"mx 1\"", "code", "mx 1", "A code of 2 to 40 of A to Z, 0 to 9 and -.")]
    [InlineData("\"MX-1\"", "\"M\"", "code", "M", "A code of 2 to 40")]
    [InlineData("\"MX-1\"", "null", "code", "", "A code of 2 to 40")]
    [InlineData("\"Clínica Uno, Tijuana\"", "\" \"", "name", " ", "A text of 1 to 200 characters")]
    [InlineData("\"Clínica Uno, Tijuana\"", "\"a\\nb\"", "name", "a\uFFFDb", "without line breaks and other control characters.")]
    [InlineData("\"Clínica Uno, Tijuana\"", "17", "name", "17", "A text of 1 to 200 characters")]
    [InlineData("\"Clínica Uno, Tijuana\"", "\"\\ud800\"", "name", "\\ud800", "A text of 1 to 200 characters")]
    [InlineData("true", "\"yes\"", "active", "yes", "true or false")]
    [InlineData("\"MX\"", "\"XX\"", "country", "XX", "ISO 3166-1")]
    [InlineData("\"MX\"", "\"mx\"", "country", "mx", "The two capital letters")]
    [InlineData("\"Tijuana\"", "[\"Tijuana\"]", "city", "[…]", "A text of 1 to 100 characters")]
    [InlineData("\"America/Tijuana\"", "\"Mexico/Tijuana\"", "timeZone", "Mexico/Tijuana", "An IANA time zone, such as America/Mexico_City.")]
    [InlineData("\"referrals@uno.example.org\"", "\"referrals@uno\"", "email", "referrals@uno", "An e-mail address")]
    [InlineData("\"Ana \\\"la jefa\\\" Ruiz\"", "{\"first\": \"Ana\"}", "contactName", "{…}", "A text of 1 to 200 characters")]
    [InlineData("[\"en\", \"es\"]", "[]", "languages", "", "At least one, each the two small letters")]
    [InlineData("[\"en\", \"es\"]", "[\"en\", \"xx\"]", "languages", "xx", "ISO 639-1")]
    [InlineData("[\"en\", \"es\"]", "\"en\"", "languages", "en", "At least one")]
    [InlineData("[\"adult\"]", "[\"adult\", \"elderly\"]", "ageGroups", "elderly", "child or adult.")]
    [InlineData("[\"adult\"]", "null", "ageGroups", "", "At least one, each child or adult.")]
    [InlineData("10", "-1", "weeklyCap", "-1", "A whole number from 0 to 1,000,000,000, in digits only.")]
    [InlineData("10", "1000000001", "weeklyCap", "1000000001", "A whole number")]
    [InlineData("10", "2.5", "weeklyCap", "2.5", "A whole number")]
    [InlineData("10", "1e1", "weeklyCap", "1e1", "A whole number")]
    [InlineData("10", "\"ten\"", "weeklyCap", "ten", "A whole number")]
    [InlineData("\"09:00\"", "\"9:00\"", "opens", "9:00", "A time of day as HH:mm, such as 09:00.")]
    [InlineData("\"17:00\"", "\"24:01\"", "closes", "24:01", "A time of day as HH:mm")]
    [InlineData("\"17:00\"", "\"09:00\"", "closes", "09:00", "A time of day as HH:mm after opens, which is 09:00.")]
    [InlineData("[\"mon\", \"fri\"]", "[\"Monday\"]", "workDays", "Monday", "At least one, each mon, tue, wed, thu, fri, sat or sun.")]
    [InlineData("\"parkinson\"", "\"other\"", "treatments[2].condition", "other", "One of: ")]
    [InlineData("\"parkinson\"", "\"flu\"", "treatments[2].condition", "flu", "lupus, ")]
    [InlineData("\"conditionType\": null", "\"conditionType\": \"young\"", "treatments[2].conditionType", "young", "Nothing: we know no types of parkinson.")]
    [InlineData("\"sle\"", "\"other\"", "treatments[1].conditionType", "other", "Nothing, for every type, or a type of lupus: sle, discoid")]
    [InlineData("\"autologous-hsct\"", "\"stem-cell-therapy\"", "treatments[2].treatment", "stem-cell-therapy", "One of: allogeneic-hsct, autologous-hsct, car-t, exosomes, msc-infusion.")]
    [InlineData("[\"bone-marrow\"]", "[\"bone-marrow\", \"adipose\"]", "treatments[2].cellSources", "adipose", "each a cell source of the treatment: bone-marrow.")]
    [InlineData("[\"bone-marrow\"]", "[]", "treatments[2].cellSources", "", "At least one")]
    [InlineData("9000", "0", "packages[2].priceAmount", "0", "An amount above 0")]
    [InlineData("9000", "9000.123", "packages[2].priceAmount", "9000.123", "with at most 2 decimals")]
    [InlineData("9000", "\"9,000\"", "packages[2].priceAmount", "9,000", "in digits and a point only, such as 14500.50.")]
    [InlineData("\"EUR\"", "null", "packages[2].priceCurrency", "", "ISO 4217, such as USD.")]
    [InlineData("\"EUR\"", "\"Euro\"", "packages[2].priceCurrency", "Euro", "ISO 4217, such as USD")]
    [InlineData("[\"nurse\"]", "[\"Hotel\"]", "packages[2].includes", "Hotel", "Each a code of 2 to 40 of a to z, 0 to 9 and -.")]
    [InlineData("\"Luis Vega\"", "null", "contacts[1].name", "", "A text of 1 to 200 characters")]
    [InlineData("\"medical\"", "\"boss\"", "contacts[1].role", "boss", "One of: referrals, medical, billing, other.")]
    [InlineData("\"luis@uno.example.org\"", "\"luis\"", "contacts[1].email", "luis", "An e-mail address")]
    [InlineData("\"role\": \"medical\", ", "", "contacts[1].role", "", "One of: referrals, medical, billing, other.")]
    [InlineData("{\"code\": \"MAR\"", "{\"code\": \"NORTE\", \"name\": \"N\", \"city\": \"C\"}, {\"code\": \"MAR\"", "sites[2].code", "NORTE", "Each site of a clinic has a code of its own; this one stands twice.")]
    [InlineData("\"Torre Norte\"", "\"\"", "sites[1].name", "", "A text of 1 to 200 characters")]
    [InlineData("\"Ensenada\"", "7", "sites[2].city", "7", "A text of 1 to 100 characters")]
    [InlineData("\"dailyPace\": 3", "\"dailyPace\": 3, \"dailyPace\": null", "dailyPace", "", "this one stands twice.")]
    [InlineData("\"dailyPace\": 3", "\"dailyPace\": 0", "dailyPace", "0", "Nothing, or a whole number from 1 to 1,000,000,000")]
    [InlineData("\"dailyPace\": 3", "\"dailyPace\": \"3 a day\"", "dailyPace", "3 a day", "in digits only.")]
    [InlineData("\"2026-12-25\"", "\"25 December\"", "holidays", "25 December", "Each a date as yyyy-MM-dd, such as 2026-12-25.")]
    [InlineData("\"2026-12-25\"", "\"2026-02-29\"", "holidays", "2026-02-29", "Each a date as yyyy-MM-dd")]
    [InlineData("[\"2026-12-25\", \"2027-01-06\"]", "\"2026-12-25\"", "holidays", "2026-12-25", "Each a date as yyyy-MM-dd")]
    [InlineData("\"2027-04-02\"", "\"2027-03-28\"", "leave[1].to", "2027-03-28", "not before from, which is 2027-03-29.")]
    [InlineData("{\"from\": \"2027-03-29\", \"to\": \"2027-04-02\"}", "\"2027-03-29\"", "leave[1]", "2027-03-29", "An entry with from, to.")]
    [InlineData("\"from\": \"2027-03-29\", ", "", "leave[1].from", "", "A date as yyyy-MM-dd")]
    [InlineData("\"offerWindowHours\": 24", "\"offerWindowHours\": 2001", "offerWindowHours", "2001", "Nothing, or a whole number of business hours from 1 to 2,000.")]
    [InlineData("\"offerWindowHours\": 24", "\"offerWindowHours\": 0.5", "offerWindowHours", "0.5", "Nothing, or a whole number of business hours")]
    [InlineData("\"site\": \"NORTE\"", "\"site\": \"SUR\"", "treatments[2].site", "SUR", "Nothing, for the main site, or a site of the clinic: NORTE, MAR.")]
    [InlineData("\"Transplant, basic\"", "\"\"", "packages[2].name", "", "A text of 1 to 200 characters")]
    [InlineData("\"treatment\": \"autologous-hsct\",\n          \"condition\"", "\"treatment\": \"stem-cell-therapy\",\n          \"condition\"", "packages[2].treatment", "stem-cell-therapy", "One of: allogeneic-hsct, autologous-hsct, car-t, exosomes, msc-infusion.")]
    [InlineData("\"condition\": null", "\"condition\": \"other\"", "packages[2].condition", "other", "Nothing, for every condition, or one of them. One of: ")]
    [InlineData("9000", "null", "packages[2].priceAmount", "", "An amount above 0")]
    [InlineData("\"2026-06-01\"", "\"June\"", "packages[2].validFrom", "June", "A date as yyyy-MM-dd")]
    [InlineData("\"2027-05-31\"", "\"2026-05-31\"", "packages[2].validTo", "2026-05-31", "not before validFrom, which is 2026-06-01.")]
    [InlineData("\"Dr. Elena Ruiz\"", "null", "physicians[1].name", "", "A text of 1 to 200 characters")]
    [InlineData("\"active\": false", "\"active\": \"no\"", "physicians[1].active", "no", "true or false")]
    [InlineData("[\"rheumatology\", \"internal-medicine\"]", "[]", "physicians[1].specialties", "", "At least one, each a code of 2 to 40 of a to z")]
    [InlineData("\"rheumatology\"", "\"Rheumatology\"", "physicians[1].specialties", "Rheumatology", "each a code of 2 to 40 of a to z")]
    [InlineData("\"certifications\": []", "\"certifications\": null", "physicians[2].certifications", "", "A list of entries; it may be empty.")]
    [InlineData("\"American Board of Internal Medicine\"", "null", "physicians[1].certifications[1].board", "", "A text of 1 to 200 characters")]
    [InlineData("\"2028-01-01\"", "\"never\"", "physicians[1].certifications[1].validTo", "never", "A date as yyyy-MM-dd")]
    [InlineData("\"Bo\"", "null", "physicians[1].certifications[1].verifiedBy", "", "because verifiedAt is given: both or neither.")]
    [InlineData("\"2026-10-01\"", "null", "physicians[1].certifications[1].verifiedAt", "", "because verifiedBy is given: both or neither.")]
    [InlineData("\"EULAR\"", "\" \"", "physicians[1].memberships", " ", "Each the name of an association of 1 to 200 characters")]
    [InlineData("\"EULAR\"", "\"EU\\nLAR\"", "physicians[1].memberships", "EU\uFFFDLAR", "without line breaks")]
    [InlineData("\"condition\": \"crohn\"", "\"condition\": \"flu\"", "physicians[1].experience[2].condition", "flu", "One of: ")]
    [InlineData("\"condition\": \"crohn\"", "\"condition\": \"lupus\"", "physicians[1].experience[2].condition", "lupus", "Each condition once for a physician.")]
    [InlineData("120", "-1", "physicians[1].experience[1].patients", "-1", "A whole number of patients from 0 to 1,000,000")]
    [InlineData("\"2026-09-30\"", "\"yes\"", "physicians[1].referencesCheckedAt", "yes", "A date as yyyy-MM-dd")]
    [InlineData("[\"hospital\", \"programme\"]", "[\"hospital\", \"cell-therapy-clinical\"]", "credentials[1].scope", "cell-therapy-clinical", "each a scope that jci really covers: hospital, programme, laboratory.")]
    [InlineData("\"ISQua EEA\"", "7", "credentials[1].issuerRecognisedBy", "7", "A text of 1 to 200 characters")]
    [InlineData("\"Hospital, 8th edition\"", "\"\"", "credentials[1].programme", "", "A text of 1 to 200 characters")]
    [InlineData("\"site\": \"MAR\",\n          \"number\"", "\"site\": \"mar\",\n          \"number\"", "credentials[1].site", "mar", "Nothing, for all sites, or a site of the clinic: NORTE, MAR.")]
    [InlineData("\"2027-01-10\"", "\"2026-10-14\"", "credentials[1].nextCheck", "2026-10-14", "not before verifiedAt, which is 2026-10-15.")]
    [InlineData("\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"", "\"e3b0\"", "credentials[1].evidenceHash", "e3b0", "Nothing, or a SHA-256 in hex: 64 of 0 to 9 and a to f.")]
    [InlineData("\"e3b0c", "\"x3b0c", "credentials[1].evidenceHash", "x3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "Nothing, or a SHA-256")]
    [InlineData("\"jci\"", "\"none\"", "credentials[1].body", "none", "accreditation bodies")]
    [InlineData("[\"hospital\", \"programme\"]", "[]", "credentials[1].scope", "", "At least one, each a scope that jci really covers: hospital, programme, laboratory.")]
    [InlineData("\"N 1\"", "\"\"", "credentials[1].number", "", "A text of 1 to 100 characters")]
    [InlineData("\"2025-02-01\"", "\"01.02.2025\"", "credentials[1].validFrom", "01.02.2025", "A date as yyyy-MM-dd, such as 2026-05-31.")]
    [InlineData("\"2028-01-31\"", "\"2028-02-30\"", "credentials[1].validTo", "2028-02-30", "A date as yyyy-MM-dd")]
    [InlineData("\"2028-01-31\"", "\"2025-01-31\"", "credentials[1].validTo", "2025-01-31", "not before validFrom, which is 2025-02-01.")]
    [InlineData("\"status\": \"active\"", "\"status\": \"valid\"", "credentials[1].status", "valid", "One of: active, conditional, suspended, withdrawn, denied, expired, unknown.")]
    [InlineData("\"2026-10-15\"", "null", "credentials[1].verifiedAt", "", "because verifiedBy is given: both or neither.")]
    [InlineData("\"Ana\"", "null", "credentials[1].verifiedBy", "", "because verifiedAt is given: both or neither.")]
    [InlineData("\"https://example.org/register?id=1\"", "\"ftp://example.org\"", "credentials[1].sourceUrl", "ftp://example.org", "http or https address")]
    [InlineData("\"https://example.org/register?id=1\"", "\"/register\"", "credentials[1].sourceUrl", "/register", "http or https address")]
    [InlineData("\"processor\"", "\"building\"", "suspensions[1].of", "building", "One of: clinic, processor.")]
    [InlineData("\"Ministerio de Salud\"", "\"\"", "suspensions[1].authority", "", "A text of 1 to 200 characters")]
    [InlineData("\"2024-02-01\"", "null", "suspensions[1].from", "", "A date as yyyy-MM-dd")]
    [InlineData("\"2024-06-30\"", "\"2024-01-31\"", "suspensions[1].until", "2024-01-31", "not before from, which is 2024-02-01.")]
    [InlineData("\"gaceta 12\"", "null", "suspensions[1].source", "", "A text of 1 to 500 characters")]
    [InlineData("\"+52 664 123 4567\"", "\"664 123\"", "phone", "664 123", "Nothing, or a phone number with its country, such as +52 664 123 4567.")]
    [InlineData("31,", "-1,", "transplantsPerYear", "-1", "Nothing, or a whole number from 0 to 100,000")]
    [InlineData("\"vein\"", "\"foot\"", "treatments[1].route", "foot", "Nothing, or one of: vein, artery, joint, spinal-fluid")]
    [InlineData("[\"lupus\", \"crohn\"]", "[\"flu\"]", "credentials[1].conditions", "flu", "Each One of: ")]
    [InlineData("[\"lupus\", \"crohn\"]", "\"lupus\"", "credentials[1].conditions", "lupus", "Each One of: ")]
    [InlineData("[\"msc-infusion\"]", "[\"stem-cell-therapy\"]", "credentials[1].treatments", "stem-cell-therapy", "autologous-hsct")]
    [InlineData("[\"adipose\"]", "[\"fat\"]", "credentials[1].cellSources", "fat", "Each a cell source of the treatments: bone-marrow")]
    [InlineData("\"weeklyCap\": 10", "\"weeklyCap\": 10, \"weaklyCap\": 5", "weaklyCap", "5", "Not a field here. The fields are: code, name, active,")]
    [InlineData("\"weeklyCap\": 10", "\"weeklyCap\": 10, \"\": 5", "\"\"", "5", "Not a field here.")]
    [InlineData("\"weeklyCap\": 10", "\"weeklyCap\": 10, \"weeklyCap\": 5", "weeklyCap", "5", "this one stands twice.")]
    [InlineData("\"body\": \"jci\"", "\"body\": \"jci\", \"name\": \"J\"", "credentials[1].name", "J", "The fields are: body, scope, number,")]
    [InlineData("\"source\": \"a test\",", "", "source", "", "A text of 1 to 200 characters")]
    [InlineData("\"source\": \"a test\",", "\"source\": \"a test\", \"sauce\": 1,", "sauce", "1", "The fields are: source, asOf, reviewed, clinics.")]
    [InlineData("\"source\": \"a test\",", "\"source\": \"a test\", \"asOf\": \"today\",", "asOf", "today", "A date as yyyy-MM-dd")]
    public void In_json(string stands, string instead, string column, string value, string allowed)
    {
        var at = ClinicFiles.Json.IndexOf(stands, StringComparison.Ordinal);
        var file = ClinicFiles.Json[..at] + instead + ClinicFiles.Json[(at + stands.Length)..];

        var problem = Assert.Single(ClinicFiles.ReadJson(file).Problems);

        Assert.Equal((column, value), (problem.Column, problem.Value));
        Assert.Contains(allowed, problem.Allowed, StringComparison.Ordinal);
        Assert.Equal(LineOfProblem(file, at, column, value, stands), problem.Line);
    }

    [Theory]
    [InlineData("code", "MX_1", "code", "MX_1", "A code of 2 to 40")]
    [InlineData("name", "", "name", "", "A text of 1 to 200 characters")]
    [InlineData("name", TooLong, "name", "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn…", "A text of 1 to 200 characters")]
    [InlineData("name", "two\nlines", "name", "two\uFFFDlines", "without line breaks")]
    [InlineData("active", "perhaps", "active", "perhaps", "true or false; in a CSV cell also yes, no, 1 or 0.")]
    [InlineData("languages", " ", "languages", "", "At least one")]
    [InlineData("languages", "en/es", "languages", "en/es", "ISO 639-1")]
    [InlineData("weeklyCap", "many", "weeklyCap", "many", "A whole number from 0 to 1,000,000,000")]
    [InlineData("weeklyCap", "1,000", "weeklyCap", "1,000", "A whole number from 0 to 1,000,000,000")]
    [InlineData("closes", "08:00", "closes", "08:00", "after opens, which is 09:00.")]
    [InlineData("treatments", "lupus||msc-infusion", "treatments[1].cellSources", "", "At least one, each a cell source")]
    [InlineData("treatments", "lupus||msc-infusion|bone-marrow;;parkinson||msc-infusion|adipose", "treatments[2]", "", "An entry with condition, conditionType,")]
    [InlineData("treatments", "lupus||msc-infusion|adipose|MAR|vein|hotel|x", "treatments[1]", "lupus||msc-infusion|adipose|MAR|vein|hotel|x", "At most 6 parts: condition|conditionType|")]
    [InlineData("contacts", "Ana|boss|ana@uno.example.org", "contacts[1].role", "boss", "One of: referrals, medical, billing, other.")]
    [InlineData("holidays", "2026-12-25 Easter", "holidays", "Easter", "Each a date as yyyy-MM-dd")]
    [InlineData("leave", "2026-12-25", "leave[1].to", "", "A date as yyyy-MM-dd")]
    [InlineData("leave", "2026-12-25|2026-12-24", "leave[1].to", "2026-12-24", "not before from")]
    [InlineData("dailyPace", "few", "dailyPace", "few", "Nothing, or a whole number")]
    [InlineData("packages", "P|msc-infusion|lupus|14500,50|USD||2026-01-01|2026-12-31", "packages[1].priceAmount", "14500,50", "in digits and a point only")]
    [InlineData("packages", "P|msc-infusion|lupus|1|USD|Hotel|2026-01-01|2026-12-31", "packages[1].includes", "Hotel", "Each a code of 2 to 40")]
    [InlineData("physicians", "Dr. A|perhaps|neurology", "physicians[1].active", "perhaps", "true or false; in a CSV cell also yes")]
    [InlineData("physicians", "Dr. A||neurology|Board@2028-13-01", "physicians[1].certifications[1].validTo", "2028-13-01", "A date as yyyy-MM-dd")]
    [InlineData("physicians", "Dr. A||neurology|One+Two@2028-01-01@Bo", "physicians[1].certifications[2].verifiedAt", "", "both or neither.")]
    [InlineData("physicians", "Dr. A||neurology|One+Two@2028-01-01@Bo@2026-10-01@x", "physicians[1].certifications[2]", "Two@2028-01-01@Bo@2026-10-01@x", "At most 4 parts: board@validTo@verifiedBy@verifiedAt.")]
    [InlineData("physicians", "Dr. A||neurology|||lupus=many", "physicians[1].experience[1].patients", "many", "A whole number of patients")]
    [InlineData("physicians", "Dr. A||neurology|||lupus", "physicians[1].experience[1].patients", "", "A whole number of patients")]
    [InlineData("physicians", "Dr. A||neurology|||lupus=1++crohn=2", "physicians[1].experience[2]", "", "An entry with condition, patients.")]
    [InlineData("credentials", "jci|hospital|N|2025-02-01|2026-02-01|active||||||SUR", "credentials[1].site", "SUR", "or a site of the clinic: NORTE, MAR.")]
    [InlineData("credentials", "jci|hospital|N|2025-02-01|2024-02-01|active", "credentials[1].validTo", "2024-02-01", "not before validFrom")]
    [InlineData("credentials", "jci|hospital|N|2025-02-01|2026-02-01|active|Ana", "credentials[1].verifiedAt", "", "both or neither.")]
    public void In_csv(string column, string cell, string problemColumn, string value, string allowed)
    {
        var clinic = ClinicFiles.ReadJson(ClinicFiles.Json).Clinics[0];
        var good = ClinicFiles.CellsOf(clinic with { Code = "GOOD" });
        good["languages"] = "en\r\nes";
        var bad = ClinicFiles.CellsOf(clinic);
        bad[column] = cell == TooLong ? new string('n', 201) : cell;

        var result = ClinicFiles.ReadCsv($"{ClinicFiles.Header}\n{ClinicFiles.RowOf(good)}\n\n{ClinicFiles.RowOf(bad)}\n");

        // The header, a row of two lines, an empty line.
        var problem = Assert.Single(result.Problems);
        Assert.Equal((5L, problemColumn, value), (problem.Line, problem.Column, problem.Value));
        Assert.Contains(allowed, problem.Allowed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(",Tijuana,", ",Ti\"juana,", "city", "Ti\"juana", "doubled")]
    [InlineData("Tijuana,America", "\"Ti\"juana,America", "city", "\"Ti\"juana", "Quotes around a whole cell or none")]
    [InlineData(",en es,", ",\"en es,", "languages", "\"en es,adult,10,3,09:00,17:00,\"mon", "Quotes around a whole cell")]
    [InlineData("MAR|2027-01-10", "\"MAR|2027-01-10", "credentials", "\"jci|", "Quotes around a whole cell or none")]
    [InlineData(",lupus|", ",\"lupus|", "treatments", "\"lupus|", "Quotes around a whole cell or none")]
    [InlineData(",09:00,", ",09:00,extra,", "row", "28 cells", "As many cells as the first row has: 27.")]
    [InlineData(",adult,10", ",adult", "row", "26 cells", "Put quotes around a cell that contains a comma.")]
    public void Where_the_cells_of_a_row_cannot_be_told_apart(string stands, string instead, string column, string value, string allowed)
    {
        var at = ClinicFiles.Row.LastIndexOf(stands, StringComparison.Ordinal);
        var row = ClinicFiles.Row[..at] + instead + ClinicFiles.Row[(at + stands.Length)..];

        var problem = Assert.Single(ClinicFiles.ReadCsv(ClinicFiles.Header + "\n" + row).Problems);

        Assert.Equal((2L, column), (problem.Line, problem.Column));
        Assert.StartsWith(value, problem.Value, StringComparison.Ordinal);
        Assert.Contains(allowed, problem.Allowed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("city,", "", "city", "", "A column with this name; only active, phone, contacts, sites, dailyPace, holidays, leave, suspensions, transplantsPerYear, offerWindowHours, packages, physicians may be left out.")]
    [InlineData("city,", "City,city,", "City", "City", "Not a column here. The columns are: code, name,")]
    [InlineData("city,", "city,,", "column 6", "", "Not a column here. The columns are: code, name,")]
    [InlineData("city,", "city,city,", "city", "city", "A column stands once")]
    public void In_the_row_of_column_names(string stands, string instead, string column, string value, string allowed)
    {
        var header = ClinicFiles.Header.Replace(stands, instead, StringComparison.Ordinal);
        var cells = ClinicFiles.CellsOf(ClinicFiles.ReadJson(ClinicFiles.Json).Clinics[0]);
        (cells["City"], cells[string.Empty]) = ("Tijuana", "?");

        var problem = Assert.Single(ClinicFiles.ReadCsv(header + "\n" + ClinicFiles.RowOf(cells, header)).Problems);

        Assert.Equal((1L, column, value), (problem.Line, problem.Column, problem.Value));
        Assert.Contains(allowed, problem.Allowed, StringComparison.Ordinal);
    }

    /// <summary>A value's own line; of nothing, the line where its entry begins; of a problem with two fields, the other field's.</summary>
    private static long LineOfProblem(string file, int changedAt, string column, string value, string stands)
    {
        var at = (column, stands) switch
        {
            ("packages[2].priceCurrency", "9000") => file.IndexOf($"\"{value}\"", StringComparison.Ordinal),
            ("source", _) => 0,
            _ => changedAt,
        };
        return 1 + file.AsSpan(0, at).Count('\n');
    }

    [Fact]
    public void A_problem_shows_at_most_80_characters_and_no_control_character()
    {
        var file = ClinicFiles.Json.Replace("\"MX\"", $"\"\\u001b[31m{string.Concat(Enumerable.Repeat("😀", 60))}\"", StringComparison.Ordinal);

        var problem = Assert.Single(ClinicFiles.ReadJson(file).Problems);

        Assert.True(problem.Value.Length <= 80, problem.Value.Length.ToString(CultureInfo.InvariantCulture));
        Assert.StartsWith("\uFFFD[31m😀", problem.Value, StringComparison.Ordinal);
        Assert.EndsWith("😀…", problem.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_code_that_stands_twice_names_the_other_line()
    {
        var problem = Assert.Single(ClinicFiles.ReadCsv($"{ClinicFiles.Header}\n{ClinicFiles.Row}\n{ClinicFiles.Row}\n").Problems);

        Assert.Equal(new ImportProblem(3, "code", "MX-1", "Each code once in a file; the clinic on line 2 has it too.", "MX-1"), problem);
    }
}
