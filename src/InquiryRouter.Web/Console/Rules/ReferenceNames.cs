using InquiryRouter.Core.Intake;
using InquiryRouter.Infrastructure.ReferenceData;

namespace InquiryRouter.Web.Console.Rules;

/// <summary>The names that countries, treatments and conditions have which a row gives by their codes.</summary>
public sealed class ReferenceNames(ReferenceLists lists)
{
    private static readonly HashSet<string> s_coded =
        new(StringComparer.Ordinal) { "country", "countries", "treatment", "treatments", "condition", "conditions" };

    /// <summary>What a row is of.</summary>
    public string Title(ReviewedRow row) =>
        string.Join(", ", row.Title.Split(' ').Select(w => NameOf(w.TrimEnd(',')) ?? w.Replace('-', ' ')));

    /// <summary>A field; a name with its code behind it.</summary>
    public string Text(string field, string text) => !s_coded.Contains(field) ? text
        : string.Join(", ", text.Split(", ").Select(code => NameOf(code) is { } name ? $"{name} ({code})" : code));

    private string? NameOf(string code) =>
        lists.Countries.TryGetValue(code, out var country) ? country.Name
        : lists.Treatments.TryGetValue(code, out var treatment) ? treatment.Name
        : lists.Conditions.TryGetValue(code, out var condition) ? condition.Name
        : null;
}
