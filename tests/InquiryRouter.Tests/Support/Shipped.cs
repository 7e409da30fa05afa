using System.Text.Json;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Screening;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Infrastructure.ReferenceData;
using InquiryRouter.Infrastructure.ReferenceData.Import;

namespace InquiryRouter.Tests.Support;

/// <summary>What the program ships: reference data, rules and the demo network, read once for all tests.</summary>
internal static class Shipped
{
    public static readonly ReferenceLists Lists = ReferenceDataFiles.LoadLists();
    public static readonly MatchRules Rules = ReferenceDataFiles.LoadRules(Lists);
    public static readonly Screener Screener = ReferenceDataFiles.LoadScreener();
    public static readonly FieldRules FieldRules = new();
    public static readonly InquiryValidator Validator = new(Lists, FieldRules);

    /// <summary>The rules a first start in Development has: shipped, with the country rules of the demo network.</summary>
    public static readonly MatchRules DemoRules =
        ReferenceDataFiles.LoadRules(ReferenceFiles.Shipped.With(ReferenceDataFiles.DemoCountryRules()));

    private static readonly Lazy<ImportResult> s_demo = new(ReadDemoNetwork);

    /// <summary>The demo network as <c>import clinics</c> reads it.</summary>
    public static ImportResult DemoNetwork => s_demo.Value;

    /// <summary>A reference file as it was shipped.</summary>
    /// <param name="name">Without its ending.</param>
    public static JsonElement File(string name)
    {
        using var stream = typeof(ReferenceDataFiles).Assembly.GetManifestResourceStream($"reference/{name}.json");
        Assert.NotNull(stream);
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }

    /// <summary>The rows of a reference file.</summary>
    public static IReadOnlyList<JsonElement> Rows(string name) => [.. File(name).GetProperty("rows").EnumerateArray()];

    /// <summary>The names of all reference files.</summary>
    public static IReadOnlyList<string> FileNames() =>
        [.. typeof(ReferenceDataFiles).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith("reference/", StringComparison.Ordinal))
            .Select(n => Path.GetFileNameWithoutExtension(n))
            .Order(StringComparer.Ordinal)];

    private static ImportResult ReadDemoNetwork()
    {
        using var stream = ReferenceDataFiles.OpenDemoNetwork();
        return ClinicImport.Read(stream, ImportFormat.Json, Rules, FieldRules);
    }
}
