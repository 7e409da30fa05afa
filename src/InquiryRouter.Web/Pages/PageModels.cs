using InquiryRouter.Web.Intake;

namespace InquiryRouter.Web.Pages;

/// <summary>A value and what a person reads for it.</summary>
public sealed record Choice(string Value, string Label, string? Group = null);

/// <summary>A label and its text, on a summary.</summary>
/// <param name="Link">Where the text leads; null: nowhere.</param>
/// <param name="Own">In the words of who reads it: of whatever language.</param>
public sealed record Row(string Label, string Text, string? Link = null, bool Own = false);

/// <summary>The form as a page. Field names are those of the published JSON (<c>patient.email</c>); values are exactly what was typed.</summary>
public sealed record InquiryPageModel
{
    /// <summary>What was typed, by field name; a field may have several values (<c>destinations</c>).</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Typed { get; init; }

    /// <summary>One sentence a field, by field name, in the order of the form.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Errors { get; init; }

    /// <summary>A problem of ours, not of a field: shown above everything. Null: none.</summary>
    public string? Trouble { get; init; }

    public required string Nonce { get; init; }

    public required string ConsentTextVersion { get; init; }

    public required FormChoices Choices { get; init; }

    /// <summary>Where there are clinics, and what they speak.</summary>
    public required FormOffer Offer { get; init; }

    /// <summary>Addresses that look mistyped; sent again as they are, they are right.</summary>
    public IReadOnlyList<string> Sure { get; init; } = [];

    public string Value(string field) => Typed.TryGetValue(field, out var values) && values.Count > 0 ? values[0] : string.Empty;

    public bool Has(string field, string value) => Typed.TryGetValue(field, out var values) && values.Contains(value, StringComparer.Ordinal);

    public string? ErrorOf(string field) => Errors.FirstOrDefault(e => e.Key == field).Value;
}
