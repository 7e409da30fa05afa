namespace InquiryRouter.Core.Intake;

/// <summary>
/// One thing the sender can put right. The sentence that says how is in the language files, under <c>error.</c> and the code, so that it can be
/// said in the reader's language. What was typed is never among the values: sentences end up in pages, logs of partners and tickets.
/// </summary>
/// <param name="Field">The published name of the field.</param>
/// <param name="Code">What is wrong (<c>email.unusable</c>).</param>
/// <param name="Values">
/// For the places of the sentence: a whole number, an amount (<see cref="decimal"/>), a piece that is the same in every language (<see cref="string"/>:
/// an example, a code), or names to be listed (<see cref="ListedNames"/>).
/// </param>
public sealed record FieldError(string Field, string Code, params IReadOnlyList<(string Place, object Value)> Values);

/// <summary>Codes of the reference data with their names in the lists, to be named in the reader's language.</summary>
public sealed record ListedNames(NamedList List, IReadOnlyList<Named> Items)
{
    internal static ListedNames ByCode(NamedList list, IEnumerable<Named> names) => new(list, [.. names.OrderBy(n => n.Code, StringComparer.Ordinal)]);

    /// <summary>Of a list that has codes only: the language files name them.</summary>
    internal static ListedNames OfCodes(NamedList list, IEnumerable<string> codes) => new(list, [.. codes.Select(c => new Named(c, c))]);
}

/// <summary>A list whose names a sentence about a field may go through.</summary>
public enum NamedList
{
    Conditions,
    ConditionTypes,
    Treatments,
    CellSources,
    Regions,
    Timeframes,
}

/// <summary>Of two readers of a form.</summary>
public static class FieldErrors
{
    /// <summary>All of them: a field that could not be read is reported as that, not as missing.</summary>
    /// <param name="misread">What could not be read.</param>
    /// <param name="invalid">What is wrong with what was read.</param>
    public static IReadOnlyList<FieldError> And(this IReadOnlyList<FieldError> misread, IReadOnlyList<FieldError> invalid) =>
        [.. misread, .. invalid.Where(e => misread.All(m => m.Field != e.Field))];
}
