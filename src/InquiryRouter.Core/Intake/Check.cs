using System.Text;

namespace InquiryRouter.Core.Intake;

/// <summary>Collects one error a field and holds the rules every text field shares.</summary>
internal sealed class Check
{
    private readonly List<FieldError> _errors = [];

    public IReadOnlyList<FieldError> Errors => _errors;

    public void Add(string field, string code, params IReadOnlyList<(string Place, object Value)> values)
    {
        if (!_errors.Exists(e => string.Equals(e.Field, field, StringComparison.Ordinal)))
        {
            _errors.Add(new FieldError(field, code, values));
        }
    }

    /// <summary>Trimmed and in Unicode's composed form; null when nothing is left.</summary>
    public static string? Clean(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return null;
        }

        var text = typed.Trim();
        // Lone surrogates cannot be normalised or stored as UTF-8.
        return Ascii.IsValid(text) ? text : WithoutOverrides(WellFormed(text)).Normalize(NormalizationForm.FormC);
    }

    // Marks that turn the order of what follows: a name with one would rewrite the line it stands in (Unicode Standard Annex 9, explicit formatting characters).
    private static string WithoutOverrides(string text) =>
        text.AsSpan().IndexOfAnyInRange('\u202A', '\u202E') < 0 ? text : string.Concat(text.Where(c => c is < '\u202A' or > '\u202E'));

    public string? Text(string field, string? typed, int longest, string codeWhenMissing, params IReadOnlyList<(string Place, object Value)> values)
    {
        if (Clean(typed) is null)
        {
            Add(field, codeWhenMissing, values);
            return null;
        }

        return Optional(field, typed, longest);
    }

    public string? Optional(string field, string? typed, int longest, bool multiline = false)
    {
        var text = Clean(typed);
        if (text is null)
        {
            return null;
        }

        if (multiline)
        {
            text = text.ReplaceLineEndings("\n");
        }

        if (text.Length > longest)
        {
            Add(field, "tooLong", ("length", text.Length), ("most", longest));
            return null;
        }

        foreach (var c in text)
        {
            if (char.IsControl(c) && !(multiline && c is ('\n' or '\t')))
            {
                Add(field, "unshowable");
                return null;
            }
        }

        return text;
    }

    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
