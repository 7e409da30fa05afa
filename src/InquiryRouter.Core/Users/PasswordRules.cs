using System.Text;

namespace InquiryRouter.Core.Users;

/// <summary>What can be wrong with a password somebody chooses.</summary>
public enum PasswordProblem
{
    TooShort,
    TooLong,

    /// <summary>It, or what is left of it without digits and signs, is among the most used ones.</summary>
    Common,

    /// <summary>It is mostly the name of this product, the operator or the person.</summary>
    Guessable,

    /// <summary>A few letters again and again.</summary>
    Repeated,
}

/// <summary>Long and not known: no letters of each kind are asked for, no change after a time, and any letter may be used.</summary>
public static class PasswordRules
{
    public const int Shortest = 12;

    /// <summary>Much more than the 64 that must be allowed; longer ones would only cost.</summary>
    public const int Longest = 200;

    private const int FewestDifferent = 5;
    private const int ShortestContext = 4;

    /// <param name="password">As it was typed.</param>
    /// <param name="isCommon">Whether a text in small letters is among the most used passwords.</param>
    /// <param name="context">Names somebody would guess first.</param>
    /// <returns>Null: it is good.</returns>
    public static PasswordProblem? Check(string password, Func<string, bool> isCommon, IEnumerable<string> context)
    {
        var length = password.EnumerateRunes().Count();
        if (length < Shortest)
        {
            return PasswordProblem.TooShort;
        }

        if (length > Longest)
        {
            return PasswordProblem.TooLong;
        }

        var small = password.ToLowerInvariant();
        if (small.Distinct().Count() < FewestDifferent)
        {
            return PasswordProblem.Repeated;
        }

        // password2026! is as easily guessed as password.
        var letters = Letters(small);
        if (isCommon(small) || (isCommon(letters) && letters.Length * 2 >= small.Length) || IsRepeated(small, isCommon))
        {
            return PasswordProblem.Common;
        }

        var rest = context.SelectMany(Words).OrderByDescending(w => w.Length)
            .Aggregate(small, (left, word) => left.Replace(word, string.Empty, StringComparison.Ordinal));
        return rest.Length < small.Length && Letters(rest).Length < ShortestContext ? PasswordProblem.Guessable : null;
    }

    // One of them written twice or three times.
    private static bool IsRepeated(string small, Func<string, bool> isCommon)
    {
        for (var length = 4; length * 2 <= small.Length; length++)
        {
            var part = small[..length];
            if (isCommon(part)
                && string.Concat(Enumerable.Repeat(part, (small.Length / length) + 1)).StartsWith(small, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Words(string name) =>
        name.ToLowerInvariant().Split([' ', '@', '.', '-', '_'], StringSplitOptions.RemoveEmptyEntries).Where(w =>
            w.Length >= ShortestContext);

    private static string Letters(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var c in text.Where(char.IsLetter))
        {
            letters.Append(c);
        }

        return letters.ToString();
    }
}
