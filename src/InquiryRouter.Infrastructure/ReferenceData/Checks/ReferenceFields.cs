using InquiryRouter.Core.Reading;

namespace InquiryRouter.Infrastructure.ReferenceData.Checks;

/// <summary>What fields of reference files have in common.</summary>
internal static class ReferenceFields
{
    public const int NameLength = 200;
    public const int TextLength = 1000;
    public const string CodeAllowed = "A code of 2 to 40 of a to z, 0 to 9 and -.";

    public static bool IsCode(string text) =>
        text.Length is >= 2 and <= 40 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    extension(ObjectReader row)
    {
        public string Name(string name = "name") => row.Text(name, NameLength);

        /// <summary>A new code: small letters, digits and hyphens.</summary>
        public string Code() => row.Word("code", IsCode, CodeAllowed);

        /// <summary>A code of another file.</summary>
        public string Reference(string name, KnownCodes known) => row.Word(name, known.Contains, known.Allowed);

        public string? OptionalReference(string name, KnownCodes known) =>
            row.OptionalWord(name, known.Contains, "Nothing, or: " + known.Allowed);

        public IReadOnlyList<string> References(string name, KnownCodes known, int atLeast) =>
            row.Texts(name, known.Contains, known.Allowed, atLeast);

        /// <summary>A list of texts, each once; those that are not allowed are reported and left out.</summary>
        public IReadOnlyList<string> Texts(string name, Func<string, bool> isAllowed, string allowed, int atLeast) => row.Words(
            name, isAllowed, allowed, $"{(atLeast > 0 ? $"A list of at least {atLeast}." : "A list; it may be empty.")} {allowed}", atLeast,
            twice: "Each once; this one stands twice.");

        /// <summary>Once in <paramref name="whole"/>, by what stands in <paramref name="name"/>; empty: that was wrong anyway.</summary>
        public void Once(HashSet<string> seen, string name, string text, string whole = "the file")
        {
            if (text.Length > 0 && !seen.Add(text))
            {
                row.Add(name, text, $"Each once in {whole}; this one stands twice.");
            }
        }

        /// <summary>A number above zero.</summary>
        public decimal? Amount(string name, decimal most) =>
            row.Number<decimal>(name, n => n > 0 && n <= most, FormattableString.Invariant($"A number above 0 and up to {most:#,0}."));

        /// <summary>Where the row is from: facts about medicine and law carry it each, lists of standards once for the file.</summary>
        public void Provenance()
        {
            row.Text("source", TextLength);
            row.Date("asOf");
            row.TrueOrFalse("reviewed");
        }
    }
}
