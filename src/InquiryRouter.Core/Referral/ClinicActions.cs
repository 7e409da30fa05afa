using InquiryRouter.Core.Intake;

namespace InquiryRouter.Core.Referral;

/// <summary>What a clinic does with a referral.</summary>
public enum ClinicAction
{
    Accept,
    Decline,

    /// <summary>Take its yes back.</summary>
    Undo,

    /// <summary>Have its offer open again: it said no by mistake, or nothing in time, and still would.</summary>
    Reopen,

    /// <summary>Name the patient a price.</summary>
    Quote,

    /// <summary>Ask the patient something.</summary>
    Ask,

    /// <summary>The patient has booked with it.</summary>
    Book,

    /// <summary>It has treated the patient.</summary>
    Complete,

    /// <summary>Give the patient back.</summary>
    Return,

    /// <summary>Send a colleague a link of their own.</summary>
    Forward,

    /// <summary>Answer what a coordinator has written to it.</summary>
    AnswerCoordinator,

    /// <summary>Answer what the patient asks.</summary>
    Reply,
}

/// <summary>What decides on what a clinic can do with a referral.</summary>
public sealed record ClinicFacts
{
    public required InquiryState Inquiry { get; init; }

    public required ReferralState Referral { get; init; }

    public required DateTimeOffset OfferUntil { get; init; }

    /// <summary>Since when the clinic's yes stands; null: there is none.</summary>
    public required DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>When it first answered, or its time was over; null: neither.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>No clinic has the patient, and nothing but clinics is waited for.</summary>
    public bool IsUnplaced { get; init; }

    /// <summary>The patient agrees that clinics see the inquiry.</summary>
    public required bool Shares { get; init; }

    /// <summary>The clinic no longer meets a requirement: it may not treat this patient at this moment.</summary>
    public required bool Lapsed { get; init; }

    /// <summary>The clinic's record names somebody else there.</summary>
    public required bool HasColleagues { get; init; }

    /// <summary>A coordinator has written to it.</summary>
    public bool WasWrittenTo { get; init; }

    /// <summary>The patient has asked it something that it has not answered.</summary>
    public bool WasAsked { get; init; }

    /// <summary>The clinic may still answer. The clock that ends an offer is a little late: the promise to the patient counts.</summary>
    public bool IsOpen(DateTimeOffset now) => ReferralTransitions.IsOpen(Referral) && Inquiry == InquiryState.Referred && now < OfferUntil;

    /// <summary>It could answer, if the inquiry were not with a person.</summary>
    public bool IsPaused => ReferralTransitions.IsPaused(Referral, Inquiry);

    /// <summary>The clinic has said yes, or given a quote on which the patient has not decided.</summary>
    public bool IsInHand => ReferralTransitions.IsInHand(Referral) && Inquiry is not (InquiryState.Closed or InquiryState.Erased);
}

/// <summary>What a clinic can do with a referral now: asked by the page that shows the buttons, and by each use case behind one.</summary>
public static class ClinicActions
{
    /// <summary>How long a yes or a no may be taken back: it was a slip of the finger.</summary>
    public static readonly TimeSpan UndoTime = TimeSpan.FromHours(1);

    private static readonly ClinicAction[] s_all = Enum.GetValues<ClinicAction>();

    /// <summary>The buttons a clinic is shown.</summary>
    public static IReadOnlySet<ClinicAction> Possible(ClinicFacts facts, DateTimeOffset now) =>
        s_all.Where(action => WhyNot(action, facts, now) is null).ToHashSet();

    /// <summary>Why a clinic cannot do something now; null: it can.</summary>
    public static Refusal? WhyNot(ClinicAction action, ClinicFacts facts, DateTimeOffset now)
    {
        var (open, inHand, accepted) = (facts.IsOpen(now), facts.IsInHand, facts.AcceptedAt is not null);
        return action switch
        {
            // Who the patient is, is shown only to a clinic that may treat them at this moment; the recall takes the offer back.
            ClinicAction.Accept => accepted && ReferralTransitions.IsInHand(facts.Referral) ? Refusal.AlreadyDone
                : !open ? Refusal.Ended
                : !facts.Shares ? Refusal.NoConsent
                : OnlyIf(!facts.Lapsed),
            ClinicAction.Decline => facts.Referral == ReferralState.Declined ? Refusal.AlreadyDone : OnlyIf(open),
            ClinicAction.Undo => facts.Referral == ReferralState.Viewed ? Refusal.AlreadyDone
                : OnlyIf(inHand && facts.Referral == ReferralState.Accepted && now - facts.AcceptedAt < UndoTime),

            // After a no, its place is soon another clinic's; after silence the patient is glad of it as long as nobody has them.
            ClinicAction.Reopen => facts.Referral == ReferralState.Viewed ? Refusal.AlreadyDone
                : !facts.IsUnplaced || !(facts.Referral == ReferralState.Expired
                    || (facts.Referral == ReferralState.Declined && now - facts.AnsweredAt < UndoTime)) ? Refusal.Ended
                : !facts.Shares ? Refusal.NoConsent
                : OnlyIf(!facts.Lapsed),

            // The same of a price on the summary; one that has accepted is watched, and a coordinator decides.
            ClinicAction.Quote => !(open || inHand) || facts.Referral == ReferralState.Booked ? Refusal.Ended
                : !facts.Shares ? Refusal.NoConsent
                : OnlyIf(accepted || !facts.Lapsed),
            ClinicAction.Ask => !(open || inHand) ? Refusal.Ended
                : !facts.Shares ? Refusal.NoConsent
                : null,

            // Only a clinic that was shown who the patient is, or may be when they choose so, can have treated them.
            ClinicAction.Book => facts.Referral == ReferralState.Booked ? Refusal.AlreadyDone : OnlyIf(inHand && accepted),
            ClinicAction.Complete => facts.Referral == ReferralState.Completed ? Refusal.AlreadyDone : OnlyIf(inHand && accepted),
            ClinicAction.Return => facts.Referral == ReferralState.Returned ? Refusal.AlreadyDone : OnlyIf(inHand),
            ClinicAction.Forward => OnlyIf((open || inHand) && facts.HasColleagues),
            ClinicAction.Reply => !(open || inHand) ? Refusal.Ended
                : !facts.Shares ? Refusal.NoConsent
                : OnlyIf(facts.WasAsked),
            ClinicAction.AnswerCoordinator => OnlyIf((open || inHand || facts.IsPaused) && facts.WasWrittenTo),
        };
    }

    private static Refusal? OnlyIf(bool possible) => possible ? null : Refusal.Ended;
}
