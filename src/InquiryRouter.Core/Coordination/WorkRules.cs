using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Screening;

namespace InquiryRouter.Core.Coordination;

/// <summary>What decides which work an inquiry makes. Numbers of notes and quotes are those of their rows: they only grow.</summary>
public sealed record InquiryNeeds
{
    public required InquiryState State { get; init; }

    public IReadOnlyList<HoldReason> Reasons { get; init; } = [];

    /// <summary>When it came to where it is.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>When it first waited for a person since the last clinic's yes; null: it never has.</summary>
    public DateTimeOffset? WaitsSince { get; init; }

    /// <summary>How many clinics have let their time pass.</summary>
    public int Expired { get; init; }

    /// <summary>A clinic has the patient in hand.</summary>
    public bool InHand { get; init; }

    /// <summary>The requirement that a clinic which has said yes no longer meets; null: all are met.</summary>
    public string? Lapse { get; init; }

    /// <summary>Other inquiries that may be of the same patient, undecided.</summary>
    public int Pairs { get; init; }

    /// <summary>Since when mail to the patient does not arrive; null: it does, as far as is known.</summary>
    public DateTimeOffset? UnreachableSince { get; init; }

    /// <summary>The newest note of anybody; 0: there is none.</summary>
    public long Note { get; init; }

    /// <summary>The newest note that the patient has added.</summary>
    public long PatientNote { get; init; }

    /// <summary>The newest one with words of an emergency, for which nothing was held.</summary>
    public long EmergencyNote { get; init; }

    public long ClinicNote { get; init; }

    /// <summary>The newest answer to a check-in that a person must hear of.</summary>
    public long CheckIn { get; init; }

    /// <summary>The newest time the patient has said that what a clinic reports is not so.</summary>
    public long Dispute { get; init; }

    /// <summary>The newest quote of a referral on which the patient has not decided.</summary>
    public long Quote { get; init; }
}

/// <summary>Work of an inquiry that was closed by a person.</summary>
/// <param name="Mark">Up to what they had read.</param>
public sealed record WorkRead(WorkKind Kind, long Mark);

/// <summary>Work that must stand open.</summary>
/// <param name="Reason">Codes, or empty.</param>
/// <param name="Since">Since when it waits; null: since it was found.</param>
/// <param name="Mark">The newest thing it is about: who closes it has read up to there.</param>
/// <param name="SleepsUntil">Nobody need look before.</param>
public sealed record NeededWork(
    WorkKind Kind, string Reason = "", bool Urgent = false, DateTimeOffset? Since = null, long Mark = 0, DateTimeOffset? SleepsUntil = null)
{
    /// <summary>By when it is to be answered, when it is found now.</summary>
    public DateTimeOffset DueAt(DateTimeOffset now) => (SleepsUntil ?? Since ?? now) + WorkKinds.TimeFor(Kind);
}

/// <summary>
/// Which work stands open for an inquiry: the one rule that the stages keep to, that fills the table after an upgrade, and that the reckoning asks.
/// </summary>
public static class WorkRules
{
    /// <param name="facts">As they are now.</param>
    /// <param name="read">What persons have closed before.</param>
    public static IReadOnlyList<NeededWork> Of(InquiryNeeds facts, IReadOnlyCollection<WorkRead> read)
    {
        if (facts.State is InquiryState.Closed or InquiryState.Erased)
        {
            // Of what has ended, only that it has not: the patient says so afterwards.
            var disputed = read.Where(r => r.Kind == WorkKind.BadCheckIn).Select(r => r.Mark).DefaultIfEmpty(0).Max() < facts.Dispute;
            return disputed && facts.State == InquiryState.Closed ? [new NeededWork(WorkKind.BadCheckIn, Mark: facts.Dispute)] : [];
        }

        var needed = new List<NeededWork>();
        var emergencyNote = facts.EmergencyNote > ReadUpTo(WorkKind.EmergencyWords);
        var held = facts.State == InquiryState.Held;
        var urgent = facts.Reasons.Any(r => r.Urgent);

        // To ask a patient in an emergency is not to have reached them: it stays until a person says so.
        var asked = facts.State == InquiryState.AwaitingPatient && urgent
            && !read.Any(r => r.Kind == WorkKind.EmergencyWords && r.Mark >= facts.Note);
        if ((held && urgent) || asked || emergencyNote)
        {
            needed.Add(new NeededWork(
                WorkKind.EmergencyWords, held || asked ? Codes() : HoldReason.Emergency.Code, Urgent: true,
                held || asked ? facts.WaitsSince ?? facts.ChangedAt : null, facts.Note));
        }

        if (held && !urgent)
        {
            needed.Add(Waits(WorkKind.Held) with { Reason = Codes() });
        }

        if (facts.State == InquiryState.Quarantined)
        {
            needed.Add(Waits(WorkKind.Quarantined) with { Reason = Codes() });
        }

        if (facts.State == InquiryState.AwaitingPatient)
        {
            needed.Add(Waits(WorkKind.AwaitingPatient) with { Reason = Codes(), SleepsUntil = facts.ChangedAt + WorkKinds.LongestSilence });
        }

        Add(WorkKind.SecondExpiry, facts.Expired > 1 && IsInRouting(facts.State) ? facts.Expired : 0);
        Add(WorkKind.PatientWrote, facts.PatientNote);
        Add(WorkKind.ClinicWrote, facts.ClinicNote);
        Add(WorkKind.QuoteToLookAt, facts.Quote);
        Add(WorkKind.BadCheckIn, facts.CheckIn);
        if (facts.InHand && !(held && facts.Reasons.Contains(HoldReason.PatientUnreachable)))
        {
            Add(WorkKind.PatientUnreachable, facts.UnreachableSince?.ToUnixTimeMilliseconds() ?? 0);
        }

        if (facts.Lapse is { } lapse && facts.State is InquiryState.Accepted or InquiryState.Booked)
        {
            needed.Add(new NeededWork(WorkKind.Lapse, lapse));
        }

        if (facts.Pairs > 0 && facts.State != InquiryState.Quarantined && !(held && facts.Reasons.Contains(HoldReason.PossibleDuplicate)))
        {
            needed.Add(new NeededWork(WorkKind.PossibleDuplicate));
        }

        return needed;

        void Add(WorkKind kind, long newest)
        {
            if (newest > ReadUpTo(kind))
            {
                needed.Add(new NeededWork(kind, Mark: newest));
            }
        }

        NeededWork Waits(WorkKind kind) => new(kind, Since: facts.WaitsSince ?? facts.ChangedAt, Mark: facts.Note);

        string Codes() => string.Join(' ', facts.Reasons.Select(r => r.Code));

        // Who sends an inquiry on has read what was written up to then.
        long ReadUpTo(WorkKind kind) => read.Where(r => r.Kind == kind || (IsWritten(kind) && WorkKinds.KeepsPatientWaiting(r.Kind)))
            .Select(r => r.Mark).DefaultIfEmpty(0).Max();
    }

    /// <summary>A move between two of these neither opens nor closes work: nearly every inquiry makes no others, and costs nothing.</summary>
    public static bool IsInRouting(InquiryState state) =>
        state is InquiryState.Received or InquiryState.Screened or InquiryState.Matched or InquiryState.Referred;

    private static bool IsWritten(WorkKind kind) =>
        kind is WorkKind.EmergencyWords or WorkKind.PatientWrote or WorkKind.ClinicWrote or WorkKind.BadCheckIn;
}
