using System.Collections.Frozen;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Core.Screening.Spam;

namespace InquiryRouter.Core.Screening;

public enum ScreeningOutcome
{
    Cleared,
    Held,
    Quarantined,
}

/// <summary>What screening sees of an inquiry.</summary>
public sealed record ScreeningFacts
{
    public required InquiryFacts Inquiry { get; init; }

    public required ConsentGiven Consent { get; init; }

    public required string PatientName { get; init; }

    public required string? Message { get; init; }

    /// <summary>How many other inquiries had the same long message lately.</summary>
    public int Copies { get; init; }

    /// <summary>Inquiries that may be of the same patient.</summary>
    public IReadOnlyList<DuplicateFinding> Duplicates { get; init; } = [];
}

/// <summary>What screening decided, and every reason for it (not only the first).</summary>
public sealed record ScreeningVerdict(ScreeningOutcome Outcome, IReadOnlyList<HoldReason> Reasons, SpamVerdict Spam);

/// <summary>
/// Decides whether an inquiry may go on by itself. Rules and their sources: PlacidWay's page on lupus for
/// drug-induced and neonatal lupus; minors need a parent or guardian and a clinic that treats children.
/// </summary>
/// <param name="emergencyPhrases">Phrases by language, normalised by <see cref="PlainText.Normalise"/>.</param>
public sealed class Screener(FrozenDictionary<string, IReadOnlyList<string>> emergencyPhrases)
{
    private const int AdultAge = 18;

    // And, so, with, for, like: Arabic writes them onto the word that follows.
    private const string ArabicPrefixes = "وفبلك";

    /// <param name="facts">Of the inquiry.</param>
    /// <param name="spamThreshold">Points from which an inquiry is quarantined.</param>
    /// <param name="now">The moment of the decision.</param>
    public ScreeningVerdict Screen(ScreeningFacts facts, int spamThreshold, DateTimeOffset now)
    {
        var reasons = new List<HoldReason>();
        var inquiry = facts.Inquiry;
        var spam = SpamScore.Of(facts.PatientName, facts.Message, inquiry.IntakeFlags, facts.Copies);
        Add(HasEmergencyWords(facts.Message), HoldReason.Emergency);
        Add(spam.Score >= spamThreshold, HoldReason.SuspectedSpam);
        Add(facts.Duplicates.Any(d => d.Strong), HoldReason.PossibleDuplicate);
        Add(!facts.Consent.ShareWithClinics, HoldReason.NoConsentToShare);
        Add(IsMinor(inquiry, now), HoldReason.Minor);
        Add(inquiry is { Condition: "lupus", ConditionType: "neonatal" }, HoldReason.Neonatal);
        Add(inquiry is { Condition: "lupus", ConditionType: "drug-induced" }, HoldReason.DrugInduced);
        Add(inquiry.Condition == ReferenceLists.OtherCondition, HoldReason.ConditionNotListed);

        // An emergency is never put among the spam.
        var outcome = reasons.Count == 0 ? ScreeningOutcome.Cleared
            : reasons.Contains(HoldReason.SuspectedSpam) && !reasons.Contains(HoldReason.Emergency) ? ScreeningOutcome.Quarantined
            : ScreeningOutcome.Held;
        return new ScreeningVerdict(outcome, reasons, spam);

        void Add(bool holds, HoldReason reason)
        {
            if (holds)
            {
                reasons.Add(reason);
            }
        }
    }

    /// <summary>
    /// Words of an emergency in any of the form's languages, since people do not write in the language of the page. "No chest pain" counts as
    /// well: a coordinator reads it in a moment, and a "no" that was misread could cost a life.
    /// </summary>
    public bool HasEmergencyWords(string? message)
    {
        if (string.IsNullOrWhiteSpace(message))
        {
            return false;
        }

        var text = PlainText.Normalise(message);
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

    // Only the year is known: who turns 18 this year is treated as a minor until a coordinator has asked.
    private static bool IsMinor(InquiryFacts facts, DateTimeOffset now) => now.UtcDateTime.Year - facts.BirthYear <= AdultAge;

    /// <summary>Both have a space at both ends, so that only whole words are found.</summary>
    private static bool ContainsWords(string text, string phrase)
    {
        if (phrase.Length <= 2)
        {
            return false;
        }

        if (phrase[1] is < '\u0600' or > '\u06FF')
        {
            return text.Contains(phrase, StringComparison.Ordinal);
        }

        var words = phrase.AsSpan(1);
        for (var from = 0; text.AsSpan(from).IndexOf(words, StringComparison.Ordinal) is >= 0 and var found; from += found + 1)
        {
            var at = from + found;
            if (text[at - 1] == ' ' || (at > 1 && text[at - 2] == ' ' && ArabicPrefixes.Contains(text[at - 1], StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }
}
