using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening.Duplicates;
using InquiryRouter.Core.Screening.Emergencies;
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

    /// <summary>What the patient has told of their health; null: nothing.</summary>
    public HealthAnswers? Health { get; init; }

    /// <summary>How many other inquiries had the same long message lately.</summary>
    public int Copies { get; init; }

    /// <summary>Mail to the patient did not arrive, and the address has not been corrected since.</summary>
    public bool PatientUnreachable { get; init; }

    /// <summary>What a coordinator has read and sent on: it is not held for that again.</summary>
    public IReadOnlyList<HoldReason> Released { get; init; } = [];

    /// <summary>Inquiries that may be of the same patient.</summary>
    public IReadOnlyList<DuplicateFinding> Duplicates { get; init; } = [];
}

/// <summary>What screening decided, and every reason for it (not only the first).</summary>
public sealed record ScreeningVerdict(ScreeningOutcome Outcome, IReadOnlyList<HoldReason> Reasons, SpamVerdict Spam);

/// <summary>
/// Decides whether an inquiry may go on by itself. Rules and their sources: PlacidWay's page on lupus for
/// drug-induced and neonatal lupus; minors need a parent or guardian and a clinic that treats children.
/// </summary>
/// <param name="emergencies">Finds words of an emergency.</param>
public sealed class Screener(EmergencyFinder emergencies)
{
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
        foreach (var reason in HealthRules.Reasons(facts.Health, inquiry))
        {
            Add(holds: true, reason);
        }

        Add(inquiry.Condition == ReferenceLists.OtherCondition, HoldReason.ConditionNotListed);
        Add(facts.PatientUnreachable, HoldReason.PatientUnreachable);

        // An emergency is never put among the spam.
        var outcome = reasons.Count == 0 ? ScreeningOutcome.Cleared
            : reasons.Contains(HoldReason.SuspectedSpam) && !reasons.Contains(HoldReason.Emergency) ? ScreeningOutcome.Quarantined
            : ScreeningOutcome.Held;
        return new ScreeningVerdict(outcome, reasons, spam);

        void Add(bool holds, HoldReason reason)
        {
            if (holds && !facts.Released.Contains(reason))
            {
                reasons.Add(reason);
            }
        }
    }

    /// <summary>Whether a text has words of an emergency.</summary>
    public bool HasEmergencyWords(string? text) => Emergencies(text).Count > 0;

    /// <summary>Whether a text has words of an emergency in a sentence that did not stand in the one before it: that one was read.</summary>
    public bool HasNewEmergencyWords(string? text, string? before) => HasEmergencyWords(EmergencyText.Added(text ?? string.Empty, before ?? string.Empty));

    /// <summary>The kinds of emergency a text speaks of, as codes of <see cref="EmergencyGroup"/>.</summary>
    public IReadOnlyList<string> Emergencies(string? text) => emergencies.Find(text);
}
