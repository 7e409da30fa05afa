using System.Text;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.ReferenceData.Import;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Import;

public sealed class ClinicsAreExported
{
    public static TheoryData<string> Files => ["one with every field", "one with the fewest", "the demo network", "one that closes at 24:00"];

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_exported_is_imported_as_the_same_clinics(string file)
    {
        var clinics = (file switch
        {
            "one with every field" => ClinicFiles.ReadJson(ClinicFiles.Json),
            "one with the fewest" => ClinicFiles.ReadCsv($"{ClinicFiles.ShortHeader}\n{ClinicFiles.ShortRow}\n"),
            "one that closes at 24:00" => ClinicFiles.ReadJson(ClinicFiles.Json.Replace("17:00", "24:00", StringComparison.Ordinal)),
            _ => ClinicFiles.Read(ClinicFiles.DemoNetwork(), ImportFormat.Json),
        }).Clinics;

        var again = ClinicFiles.ReadJson(Export(clinics));

        Assert.NotEmpty(clinics);
        Assert.Empty(again.Problems);
        Assert.Equal("a test", again.Source);
        Assert.Equal(ClinicFiles.TextOf(clinics), ClinicFiles.TextOf(again.Clinics));
    }

    private static string Export(IReadOnlyList<Clinic> clinics)
    {
        using var stream = new MemoryStream();
        ClinicExport.Write(stream, "a test", Moment.Today, clinics);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
