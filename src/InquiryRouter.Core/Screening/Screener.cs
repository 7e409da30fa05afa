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

    /// <summary>Mail to the patient did not arrive, and the address has not been corrected since.</summary>
    public bool PatientUnreachable { get; init; }

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
    // And, so, with, for, like: Arabic writes them onto the word that follows.
    private const string ArabicPrefixes = "وفبلك";

    /// <summary>Phrases without the space before them, with the one behind.</summary>
    private readonly FrozenDictionary<string, string[]> _byFirstWord = Index(emergencyPhrases.SelectMany(p => p.Value));

    /// <param name="facts">Of the inquiry.</param>
    /// <param name="spamThreshold">Points from which an inquiry is quarantined.</param>
    /// <param name="now">The moment of the decision.</param>
    public ScreeningVerdict Screen(ScreeningFacts facts, int spamThreshold, DateTimeOffset now)
    {
        var reasons = new List<HoldReason>();
        var inquiry = facts.Inquiry;
        var spam = SpamScore.Of(facts.PatientName, facts.Message, inquiry.IntakeFlags, facts.Copies);
        Add(HasEmergencyWords(facts.Message), HoldReason.Emergency);
        Add(spam.IsSpam(spamThreshold), HoldReason.SuspectedSpam);
        Add(facts.Duplicates.Any(d => d.Strong), HoldReason.PossibleDuplicate);
        Add(!facts.Consent.ShareWithClinics, HoldReason.NoConsentToShare);
        Add(inquiry.MayBeMinor(now), HoldReason.Minor);
        Add(inquiry is { Condition: "lupus", ConditionType: "neonatal" }, HoldReason.Neonatal);
        Add(inquiry is { Condition: "lupus", ConditionType: "drug-induced" }, HoldReason.DrugInduced);
        Add(inquiry.Condition == ReferenceLists.OtherCondition, HoldReason.ConditionNotListed);
        Add(facts.PatientUnreachable, HoldReason.PatientUnreachable);

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
        for (var at = 1; at < text.Length; at = text.IndexOf(' ', at) + 1)
        {
            if (BeginsPhrase(text, at) || (ArabicPrefixes.Contains(text[at], StringComparison.Ordinal) && BeginsPhrase(text, at + 1)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Does a phrase stand here, to its last word?</summary>
    private bool BeginsPhrase(string text, int at)
    {
        var rest = text.AsSpan(at);
        if (!_byFirstWord.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(rest[..rest.IndexOf(' ')], out var phrases))
        {
            return false;
        }

        foreach (var phrase in phrases)
        {
            if (rest.StartsWith(phrase, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    // Hundreds of phrases, searched for one by one, would cost more than all else that screening does.
    private static FrozenDictionary<string, string[]> Index(IEnumerable<string> phrases) => phrases
        .Where(phrase => phrase.Length > 2)
        .Select(phrase => phrase[1..])
        .GroupBy(phrase => phrase[..phrase.IndexOf(' ', StringComparison.Ordinal)], StringComparer.Ordinal)
        .ToFrozenDictionary(g => g.Key, g => g.Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
}
