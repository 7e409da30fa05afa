using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.ReferenceData.Import;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Import;

/// <summary>A field of a clinic typed anew is what an import of it would be.</summary>
public sealed class ClinicsAreEdited
{
    private static readonly IReadOnlyList<Clinic> s_demo = ClinicFiles.Read(ClinicFiles.DemoNetwork(), ImportFormat.Json).Clinics;
    private static readonly Clinic s_clinic = s_demo.Single(c => c.Code == "MX-TIJ-01");

    [Fact]
    public void Every_clinic_of_the_demo_edited_with_its_own_texts_is_the_same_clinic()
    {
        foreach (var clinic in s_demo)
        {
            var texts = ClinicTexts.Of(clinic);
            var (edited, problems) = Edit(clinic, [.. texts.Where(t => !t.Key.Contains('[', StringComparison.Ordinal) && t.Key != "code")]);

            Assert.Empty(problems);
            Assert.Empty(ClinicTexts.Differences(clinic, edited!));
        }
    }

    [Theory]
    [InlineData("weeklyCap", "7")]
    [InlineData("languages", "fr, de")]
    [InlineData("workDays", "mon, wed")]
    [InlineData("holidays", "2026-12-25, 2027-01-01")]
    [InlineData("leave", "2026-12-20/2027-01-03, 2027-02-01/2027-02-02")]
    [InlineData("closes", "24:00")]
    [InlineData("dailyPace", "")]
    [InlineData("active", "false")]
    [InlineData("credentials[1].status", "suspended")]
    [InlineData("credentials[2].sourceUrl", "https://register.example/9")]
    public void A_field_is_changed_and_nothing_else(string field, string typed)
    {
        var (edited, problems) = Edit(s_clinic, [new(field, typed)]);

        Assert.Empty(problems);
        var difference = Assert.Single(ClinicTexts.Differences(s_clinic, edited!));
        Assert.Equal((field, typed), (difference.Field, difference.Is));
    }

    [Theory]
    [InlineData("credentials[9].status", "active")]
    [InlineData("nonsense", "x")]
    [InlineData("weeklyCap", "-1")]
    [InlineData("leave", "soon")]
    [InlineData("name", "")]
    public void What_no_file_could_say_no_edit_can(string field, string typed) =>
        Assert.NotEmpty(Edit(s_clinic, [new(field, typed)]).Problems);

    private static (Clinic? Clinic, IReadOnlyList<ImportProblem> Problems) Edit(Clinic clinic, IReadOnlyList<KeyValuePair<string, string>> typed) =>
        ClinicEdit.Read(clinic, typed, Shipped.Rules, Shipped.FieldRules);
}
