using InquiryRouter.Core.Reading;

namespace InquiryRouter.Infrastructure.ReferenceData.Import.Rules;

/// <summary>The sites of one clinic, which its treatments and credentials may name.</summary>
/// <param name="codes">Those that could be read.</param>
internal sealed class SiteCodes(IReadOnlyList<string> codes)
{
    /// <param name="otherwise">What an entry without a site is about.</param>
    public string? Read(ObjectReader fields, string otherwise) => fields.OptionalWord(
        "site", s => codes.Contains(s, StringComparer.Ordinal),
        codes.Count == 0
            ? $"Nothing, for {otherwise}: the clinic lists no sites."
            : $"Nothing, for {otherwise}, or a site of the clinic: {string.Join(", ", codes)}.");
}
