using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Referral;

namespace InquiryRouter.Core.Coordination;

/// <summary>What a coordinator does with an inquiry.</summary>
public enum CoordinatorAction
{
    /// <summary>Write something down for colleagues.</summary>
    Note,

    /// <summary>Send it on: what was held, quarantined, or waited for a yes.</summary>
    Release,

    /// <summary>Offer it to a clinic of their choice.</summary>
    Offer,

    /// <summary>Take it back from a clinic that is asked, or has it.</summary>
    TakeBack,

    /// <summary>Ask the patient something.</summary>
    AskPatient,

    /// <summary>Write to a clinic that is asked, or has it.</summary>
    WriteToClinic,

    /// <summary>Correct names and addresses on the patient's behalf.</summary>
    CorrectContact,

    /// <summary>Correct what is asked for on the patient's behalf.</summary>
    CorrectRequest,

    Close,

    /// <summary>Open again what was closed.</summary>
    Reopen,

    /// <summary>Hand out the patient's own copy.</summary>
    Export,

    Erase,
}

/// <summary>Why a coordinator cannot do something now.</summary>
public enum CoordinatorRefusal
{
    /// <summary>It was done before.</summary>
    AlreadyDone,

    /// <summary>Nothing is known of an erased inquiry any more.</summary>
    Erased,

    /// <summary>It is closed: open it again first.</summary>
    Closed,

    /// <summary>It is not closed.</summary>
    NotClosed,

    /// <summary>Nothing about it waits for a person.</summary>
    NotWaiting,

    /// <summary>The patient does not agree that clinics see it.</summary>
    NoConsent,

    /// <summary>A clinic has it in hand.</summary>
    InHand,

    /// <summary>It may be a program's: read it and release it first, before anybody is written to.</summary>
    Quarantined,

    /// <summary>No clinic, or not this one, is asked or has it.</summary>
    NotThere,

    /// <summary>It was not matched yet: release it, and it is.</summary>
    NotMatched,

    /// <summary>Something was begun a moment ago, and can still be undone.</summary>
    Begun,
}

/// <summary>What decides on what a coordinator can do.</summary>
public sealed record CoordinatorFacts
{
    public required InquiryState State { get; init; }

    /// <summary>The patient agrees that clinics see the inquiry.</summary>
    public required bool Shares { get; init; }

    /// <summary>Clinics were chosen for it at least once.</summary>
    public required bool WasMatched { get; init; }

    /// <summary>Where it stands with each clinic, by its code.</summary>
    public required IReadOnlyDictionary<string, ReferralState> Referrals { get; init; }

    /// <summary>Something was begun that can still be undone: until it is done, nothing else is.</summary>
    public bool HasBegun { get; init; }

    /// <summary>The clinic is asked, or has it in hand; null: any of them.</summary>
    public bool IsAt(string? clinic) => clinic is null
        ? Referrals.Values.Any(IsCurrent)
        : Referrals.TryGetValue(clinic, out var state) && IsCurrent(state);

    private static bool IsCurrent(ReferralState state) => ReferralTransitions.IsOpen(state) || ReferralTransitions.IsInHand(state);
}

/// <summary>
/// What a coordinator can do with an inquiry now: the closed list, asked by the page that shows the buttons and by each use case behind one. Two
/// inquiries are paired elsewhere, and who works on one is no action on it.
/// </summary>
public static class CoordinatorActions
{
    private static readonly CoordinatorAction[] s_all = Enum.GetValues<CoordinatorAction>();

    /// <summary>The buttons a coordinator is shown.</summary>
    public static IReadOnlySet<CoordinatorAction> Possible(CoordinatorFacts facts) =>
        s_all.Where(action => WhyNot(action, facts) is null).ToHashSet();

    /// <summary>Why a coordinator cannot do something now; null: they can.</summary>
    /// <param name="action">What they want to do.</param>
    /// <param name="facts">How things stand.</param>
    /// <param name="clinic">Of which clinic, for what is done about one; null: of any.</param>
    public static CoordinatorRefusal? WhyNot(CoordinatorAction action, CoordinatorFacts facts, string? clinic = null) => facts.State switch
    {
        InquiryState.Erased => action == CoordinatorAction.Erase ? CoordinatorRefusal.AlreadyDone : CoordinatorRefusal.Erased,
        InquiryState.Closed => action switch
        {
            CoordinatorAction.Note or CoordinatorAction.Export or CoordinatorAction.Erase or CoordinatorAction.Reopen => null,
            CoordinatorAction.Close => CoordinatorRefusal.AlreadyDone,
            _ => CoordinatorRefusal.Closed,
        },
        _ => WhyNotWhileOpen(action, facts, clinic),
    };

    /// <summary>Whether a line of the history makes an action stale that was decided on before it; what is only noted beside it does not.</summary>
    public static bool MakesStale(HistoryEvent said) => said
        is not (HistoryEvent.Noted or HistoryEvent.MailsDecided or HistoryEvent.MailWithheld or HistoryEvent.Forwarded or HistoryEvent.LinkReplaced
            or HistoryEvent.Begun or HistoryEvent.Undone or HistoryEvent.Dropped);

    private static CoordinatorRefusal? WhyNotWhileOpen(CoordinatorAction action, CoordinatorFacts facts, string? clinic) => action switch
    {
        CoordinatorAction.Note or CoordinatorAction.Export or CoordinatorAction.Erase => null,
        _ when facts.HasBegun => CoordinatorRefusal.Begun,
        CoordinatorAction.Close or CoordinatorAction.CorrectContact => null,
        CoordinatorAction.Reopen => CoordinatorRefusal.NotClosed,
        CoordinatorAction.Release =>
            InquiryTransitions.Next(facts.State, InquiryTrigger.Release) is null ? CoordinatorRefusal.NotWaiting
            : !facts.Shares ? CoordinatorRefusal.NoConsent
            : null,
        CoordinatorAction.AskPatient => facts.State == InquiryState.Quarantined ? CoordinatorRefusal.Quarantined : null,
        CoordinatorAction.CorrectRequest => facts.Referrals.Values.Any(ReferralTransitions.IsInHand) ? CoordinatorRefusal.InHand : null,
        CoordinatorAction.TakeBack => facts.IsAt(clinic) ? null : CoordinatorRefusal.NotThere,
        CoordinatorAction.WriteToClinic =>
            !facts.IsAt(clinic) ? CoordinatorRefusal.NotThere
            : !facts.Shares ? CoordinatorRefusal.NoConsent
            : null,
        CoordinatorAction.Offer =>
            facts.State is InquiryState.Accepted or InquiryState.Booked ? CoordinatorRefusal.InHand
            : facts.State == InquiryState.Quarantined ? CoordinatorRefusal.Quarantined
            : !facts.Shares ? CoordinatorRefusal.NoConsent
            : !facts.WasMatched || InquiryTransitions.Next(facts.State, InquiryTrigger.Offer) is null ? CoordinatorRefusal.NotMatched
            : null,
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
    };
}
