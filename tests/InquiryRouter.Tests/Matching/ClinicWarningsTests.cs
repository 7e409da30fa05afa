using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Import;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

/// <summary>What is said of a clinic when it is imported, and keeps nobody out.</summary>
public sealed class ClinicWarningsTests
{
    [Theory]
    [InlineData("jci", 3)]
    [InlineData("nabh", 3)]
    [InlineData("koiha", 4)]
    public void A_credential_longer_than_its_body_s_cycle_is_named(string body, int years)
    {
        var from = new DateOnly(2025, 2, 1);

        Assert.Empty(Of(A.Credential(body, "hospital") with { ValidFrom = from, ValidTo = from.AddYears(years) }));
        var warning = Assert.Single(Of(A.Credential(body, "hospital") with { ValidFrom = from, ValidTo = from.AddYears(years).AddDays(1) }));
        Assert.StartsWith("credentials[1] of MX-1 runs from 2025-02-01 to ", warning, StringComparison.Ordinal);
        Assert.Contains($" gives {years} years: check the dates", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_body_whose_cycle_is_not_known_nothing_is_said() =>
        Assert.Empty(Of(A.Credential("fact", "cell-therapy-clinical") with { ValidTo = new DateOnly(2090, 1, 1) }));

    [Fact]
    public void A_credential_that_the_law_asks_to_name_things_and_that_names_none_is_said_to_open_nothing()
    {
        var warning = Assert.Single(Of(A.Credential("mx-protocol", "cell-therapy-clinical")));

        Assert.Contains("names no condition and no treatment and no cell-source", warning, StringComparison.Ordinal);
        Assert.Contains("it opens nothing", warning, StringComparison.Ordinal);
        Assert.Empty(Of(A.Credential("mx-protocol", "cell-therapy-clinical") with
        {
            Conditions = ["lupus"], Treatments = ["msc-infusion"], CellSources = ["adipose"],
        }));
    }

    [Fact]
    public void Few_transplants_a_year_are_explained()
    {
        Assert.Contains("PMC3950896", Assert.Single(ClinicWarnings.Of(Bare() with { TransplantsPerYear = 4 }, Shipped.Rules)), StringComparison.Ordinal);
        Assert.Empty(ClinicWarnings.Of(Bare() with { TransplantsPerYear = 5 }, Shipped.Rules));
        Assert.Empty(ClinicWarnings.Of(Bare(), Shipped.Rules));
    }

    [Fact]
    public void A_warning_keeps_no_clinic_out_of_an_import()
    {
        var read = ClinicFiles.ReadJson(ClinicFiles.Json.Replace("\"validTo\": \"2028-01-31\"", "\"validTo\": \"2031-01-31\"", StringComparison.Ordinal));

        Assert.Empty(read.Problems);
        Assert.Single(read.Clinics);
        Assert.Single(read.Warnings);
    }

    [Fact]
    public void What_a_patient_is_shown_is_of_what_they_asked_for()
    {
        var clinic = A.Clinic() with
        {
            TransplantsPerYear = 4,
            Treatments = [A.Treatment() with { Route = "vein" }, A.Treatment() with { Route = "joint", Condition = "crohn" }, A.Treatment()],
        };

        var facts = OfferFacts.Of(clinic, An.Inquiry(), A.Lists);

        Assert.Equal(["vein"], facts.Routes);
        Assert.Equal((false, 4, true), (facts.IsTransplant, facts.TransplantsPerYear, facts.AreFew));
        var transplants = clinic with { Treatments = [A.Treatment() with { Treatment = "autologous-hsct" }] };
        Assert.True(OfferFacts.Of(transplants, An.Inquiry() with { Treatment = "autologous-hsct" }, A.Lists).IsTransplant);
    }

    [Fact]
    public void Every_route_has_a_name_in_each_language() => Assert.All(
        Said.Languages.All, words => Assert.All(ReferenceLists.Routes, route => Assert.NotEmpty(words["route." + route])));

    private static IReadOnlyList<string> Of(Credential credential) => ClinicWarnings.Of(Bare() with { Credentials = [credential] }, Shipped.Rules);

    private static Clinic Bare() => A.Clinic() with { Credentials = [] };
}
