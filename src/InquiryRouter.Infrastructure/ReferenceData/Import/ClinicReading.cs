using System.Globalization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Reading;

namespace InquiryRouter.Infrastructure.ReferenceData.Import;

/// <summary>What fields of clinic files have in common.</summary>
internal static class ClinicReading
{
    // More digits than any field needs, and few enough that decimal rounds none away.
    private const int LongestNumber = 28;

    private const int VerifiedByLength = 100;

    extension(ObjectReader fields)
    {
        /// <summary>A list of words, each kept once.</summary>
        /// <param name="longest">Of the words together, with a space between them: so they are stored.</param>
        /// <param name="atLeast">The fewest; a list that may be empty may also be left out.</param>
        public IReadOnlyList<string> Listed(string name, Func<string, bool> isAllowed, string allowed, int longest, int atLeast = 1)
        {
            var each = atLeast > 0 ? "At least one, each " + allowed : "Each " + allowed;
            if (fields[name] is { Kind: RawKind.List, Items.Count: 0 } && atLeast > 0)
            {
                fields.Add(name, new RawValue(fields[name].Line, RawKind.Nothing), each);
            }

            if (atLeast == 0 && !fields.Has(name))
            {
                return [];
            }

            var words = fields.Words(name, isAllowed, each, each);
            if (words.Sum(w => w.Length + 1) - 1 is var length && length > longest)
            {
                fields.Add(name, FormattableString.Invariant(
                    $"At most {longest:N0} characters together, with a space between two; these are {length:N0}."));
            }

            return words;
        }

        /// <summary>Whether something is active, which it is when the field is left out.</summary>
        public bool Active() => fields.OptionalTrueOrFalse("active", "true or false; in a CSV cell also yes, no, 1 or 0.") ?? true;

        /// <summary>A number in digits, as a number or as text, between two bounds (both included).</summary>
        public decimal Digits(string name, decimal least, decimal most, int decimals, string allowed)
        {
            if (fields[name] is { Kind: RawKind.Number or RawKind.Text } value
                && Typed.Number(value.Text) is { Length: <= LongestNumber } digits
                && decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number >= least && number <= most && decimal.Round(number, decimals) == number)
            {
                return number;
            }

            fields.Add(name, allowed);
            return least;
        }

        /// <summary>A whole number between two bounds (both included), or nothing.</summary>
        public int? OptionalDigits(string name, int least, int most, string allowed) =>
            fields.Has(name) ? (int)fields.Digits(name, least, most, decimals: 0, allowed) : null;

        /// <summary>Days, each kept once; none when the field is left out.</summary>
        public IReadOnlyList<DateOnly> Dates(string name, int longest) =>
            [.. fields.Listed(name, d => ObjectReader.TryDate(d, out _), "a date as yyyy-MM-dd, such as 2026-12-25.", longest, atLeast: 0)
                .Select(d => DateOnly.ParseExact(d, "O", CultureInfo.InvariantCulture))];

        /// <summary>Who checked something with its issuer, and when: a check without a name or a day is no check.</summary>
        public (string? By, DateOnly? At) Verification()
        {
            if (fields.Has("verifiedBy") && !fields.Has("verifiedAt"))
            {
                fields.Add("verifiedAt", "A date as yyyy-MM-dd, because verifiedBy is given: both or neither.");
            }
            else if (fields.Has("verifiedAt") && !fields.Has("verifiedBy"))
            {
                fields.Add("verifiedBy", "Who checked it, because verifiedAt is given: both or neither.");
            }

            return (fields.OptionalText("verifiedBy", VerifiedByLength), fields.OptionalDate("verifiedAt"));
        }
    }
}
