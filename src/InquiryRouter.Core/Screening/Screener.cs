using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Screening;

public enum ScreeningOutcome
{
    Cleared,
    Held,
    Quarantined,
}

/// <summary>What screening decided, and every reason for it (not only the first).</summary>
public sealed record ScreeningVerdict(ScreeningOutcome Outcome, IReadOnlyList<HoldReason> Reasons)
{
    public static readonly ScreeningVerdict Cleared = new(ScreeningOutcome.Cleared, []);
}

/// <summary>
/// Decides whether an inquiry may go on by itself. Rules and their sources: PlacidWay's page on lupus for
/// drug-induced and neonatal lupus; minors need a parent or guardian and a clinic that treats children.
/// </summary>
/// <param name="emergencyPhrases">Phrases by language, normalised by <see cref="Normalise"/>.</param>
public sealed class Screener(FrozenDictionary<string, IReadOnlyList<string>> emergencyPhrases)
{
    private const int AdultAge = 18;
    private const int LinksOfSpam = 4;

    public ScreeningVerdict Screen(InquiryFacts facts, ConsentGiven consent, string? message, DateTimeOffset now)
    {
        var reasons = new List<HoldReason>();

        if (HasEmergencyWords(message))
        {
            reasons.Add(HoldReason.Emergency);
        }

        if (facts.IntakeFlags.Contains("honeypot", StringComparer.Ordinal) || CountLinks(message) >= LinksOfSpam)
        {
            reasons.Add(HoldReason.SuspectedSpam);
        }

        if (!consent.ShareWithClinics)
        {
            reasons.Add(HoldReason.NoConsentToShare);
        }

        if (IsMinor(facts, now))
        {
            reasons.Add(HoldReason.Minor);
        }

        if (facts is { Condition: "lupus", ConditionType: "neonatal" })
        {
            reasons.Add(HoldReason.Neonatal);
        }

        if (facts is { Condition: "lupus", ConditionType: "drug-induced" })
        {
            reasons.Add(HoldReason.DrugInduced);
        }

        if (facts.Condition == ReferenceLists.OtherCondition)
        {
            reasons.Add(HoldReason.ConditionNotListed);
        }

        if (reasons.Count == 0)
        {
            return ScreeningVerdict.Cleared;
        }

        // An emergency is never put among the spam.
        var outcome = reasons.Contains(HoldReason.SuspectedSpam) && !reasons.Contains(HoldReason.Emergency)
            ? ScreeningOutcome.Quarantined
            : ScreeningOutcome.Held;
        return new ScreeningVerdict(outcome, reasons);
    }

    /// <summary>
    /// Words of an emergency in any of the form's languages, since people do not write in the language of the page.
    /// </summary>
    public bool HasEmergencyWords(string? message)
    {
        if (string.IsNullOrWhiteSpace(message))
        {
            return false;
        }

        var text = Normalise(message);
        foreach (var (_, phrases) in emergencyPhrases)
        {
            foreach (var phrase in phrases)
            {
                if (ContainsWords(text, phrase))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Lower case, accents removed, every run of anything but letters and digits one space, a space at both ends.</summary>
    public static string Normalise(string text)
    {
        var result = new StringBuilder(text.Length + 2).Append(' ');
        var source = Ascii.IsValid(text) ? text : text.Normalize(NormalizationForm.FormD);
        foreach (var c in source)
        {
            if (char.IsLetterOrDigit(c))
            {
                result.Append(char.ToLowerInvariant(c));
            }
            else if (result[^1] != ' ' && c is not ('\'' or '’') && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                result.Append(' ');
            }
        }

        if (result[^1] != ' ')
        {
            result.Append(' ');
        }

        return result.ToString();
    }

    // Only the year is known: who turns 18 this year is treated as a minor until a coordinator has asked.
    private static bool IsMinor(InquiryFacts facts, DateTimeOffset now) => now.UtcDateTime.Year - facts.BirthYear <= AdultAge;

    private static bool ContainsWords(string text, string phrase) =>
        phrase.Length > 2 && text.Contains(phrase, StringComparison.Ordinal);

    private static int CountLinks(string? message)
    {
        var count = 0;
        var rest = message.AsSpan();
        int at;
        while ((at = rest.IndexOf("://", StringComparison.Ordinal)) >= 0)
        {
            count++;
            rest = rest[(at + 3)..];
        }

        return count;
    }
}
