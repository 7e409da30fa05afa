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

    public string? Text(string field, string? typed, int longest, string codeWhenMissing, params IReadOnlyList<(string Place, object Value)> values)
    {
        if (Typed.Line(typed) is null)
        {
            Add(field, codeWhenMissing, values);
            return null;
        }

        return Optional(field, typed, longest);
    }

    public string? Optional(string field, string? typed, int longest, bool multiline = false)
    {
        var text = multiline ? Typed.Lines(typed) : Typed.Line(typed);
        if (text is null)
        {
            return null;
        }

        if (text.Length > longest)
        {
            Add(field, "tooLong", ("length", text.Length), ("most", longest));
            return null;
        }

        if (!Typed.IsShowable(text, multiline))
        {
            Add(field, "unshowable");
            return null;
        }

        return text;
    }
}
