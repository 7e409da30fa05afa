namespace InquiryRouter.Core.Intake;

/// <summary>Where an inquiry is in its life. Names are stored and shown; see sql/README.md for the 360X and BSeR words.</summary>
public enum InquiryState
{
    /// <summary>Screening has not looked at it yet, or has to look again: the patient has corrected it.</summary>
    Received,

    /// <summary>It may go on: matching is next, for the first time or anew.</summary>
    Screened,

    /// <summary>A coordinator must look; the reason codes are stored beside it.</summary>
    Held,

    AwaitingPatient,

    /// <summary>Suspected spam: kept, listed for a coordinator, never dropped.</summary>
    Quarantined,

    Matched,
    Referred,
    Accepted,
    Booked,
    Closed,
    Erased,
}

/// <summary>What moves an inquiry from one state to another.</summary>
public enum InquiryTrigger
{
    Clear,
    Hold,
    AskPatient,
    Quarantine,
    Release,
    Match,

    /// <summary>A coordinator agreed to a decision that waited for it.</summary>
    Approve,
    Offer,
    Accept,

    /// <summary>The clinic took its yes back within the hour; it may answer again.</summary>
    Undo,

    /// <summary>The patient changed what is asked for: it is screened and matched as if it had just come.</summary>
    Correct,

    /// <summary>The clinic it was offered to said no, or the patient to its quote; the next one is asked.</summary>
    Decline,

    /// <summary>An offer was recalled: the inquiry is matched again with the network as it is now.</summary>
    Rematch,

    /// <summary>The accepting clinic gave the patient back.</summary>
    Return,

    Book,
    Close,

    /// <summary>It was closed, and a coordinator takes that back: a person looks at it first.</summary>
    Reopen,

    /// <summary>A coordinator opens again what was closed, and nothing in it waits for a person: matching is next.</summary>
    Resume,

    /// <summary>The clinic that has accepted it no longer meets a requirement: a coordinator decides what follows, nothing changes by itself.</summary>
    ClinicLapse,

    /// <summary>It meets them again.</summary>
    ClinicRecovery,

    Erase,
}

/// <summary>The one transition table of an inquiry. A step that is not in it is an outcome, not an exception.</summary>
public static class InquiryTransitions
{
    /// <summary>The state after <paramref name="trigger"/>, or null when the step is not allowed from <paramref name="from"/>.</summary>
    public static InquiryState? Next(InquiryState from, InquiryTrigger trigger) => (from, trigger) switch
    {
        (InquiryState.Erased, _) => null,
        (_, InquiryTrigger.Erase) => InquiryState.Erased,
        (InquiryState.Closed, InquiryTrigger.Reopen) => InquiryState.Held,
        (InquiryState.Closed, InquiryTrigger.Resume) => InquiryState.Screened,
        (InquiryState.Closed, _) => null,
        (_, InquiryTrigger.Close) => InquiryState.Closed,

        (InquiryState.Received, InquiryTrigger.Clear) => InquiryState.Screened,
        (InquiryState.Received, InquiryTrigger.Quarantine) => InquiryState.Quarantined,
        (InquiryState.Screened, InquiryTrigger.Match) => InquiryState.Matched,
        (InquiryState.Received or InquiryState.Screened or InquiryState.Held or InquiryState.Matched or InquiryState.Referred,
            InquiryTrigger.AskPatient) => InquiryState.AwaitingPatient,

        // From Held: for other reasons than before. From Quarantined: what the patient adds is an emergency, which is never among the spam.
        (InquiryState.Received or InquiryState.Screened or InquiryState.Held or InquiryState.Quarantined or InquiryState.Matched or InquiryState.Referred
            or InquiryState.AwaitingPatient or InquiryState.Accepted or InquiryState.Booked, InquiryTrigger.Hold) => InquiryState.Held,
        (InquiryState.Received or InquiryState.Screened or InquiryState.Held or InquiryState.Quarantined or InquiryState.AwaitingPatient or InquiryState.Matched
            or InquiryState.Referred, InquiryTrigger.Correct) => InquiryState.Received,
        (InquiryState.Held or InquiryState.Quarantined or InquiryState.AwaitingPatient,
            InquiryTrigger.Release) => InquiryState.Screened,

        // From AwaitingPatient: it waited for a yes, and the patient was asked something meanwhile.
        (InquiryState.Held or InquiryState.AwaitingPatient, InquiryTrigger.Approve) => InquiryState.Matched,

        // From Held and AwaitingPatient: a coordinator has read it and offers it to a clinic of their choice.
        (InquiryState.Matched or InquiryState.Referred or InquiryState.Held or InquiryState.AwaitingPatient, InquiryTrigger.Offer) => InquiryState.Referred,

        // From Accepted: the patient says no to the quote of the clinic that had accepted.
        (InquiryState.Referred or InquiryState.Accepted, InquiryTrigger.Decline) => InquiryState.Referred,
        (InquiryState.Referred, InquiryTrigger.Rematch) => InquiryState.Screened,
        (InquiryState.Referred, InquiryTrigger.Accept) => InquiryState.Accepted,
        (InquiryState.Accepted, InquiryTrigger.Undo) => InquiryState.Referred,
        (InquiryState.Accepted or InquiryState.Booked, InquiryTrigger.Return) => InquiryState.Matched,
        (InquiryState.Accepted or InquiryState.Booked, InquiryTrigger.ClinicLapse or InquiryTrigger.ClinicRecovery) => from,
        (InquiryState.Accepted, InquiryTrigger.Book) => InquiryState.Booked,
        _ => null,
    };
}
