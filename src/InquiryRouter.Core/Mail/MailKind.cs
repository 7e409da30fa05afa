namespace InquiryRouter.Core.Mail;

/// <summary>Which mail it is. Stored by name; the template bears the same name.</summary>
public enum MailKind
{
    /// <summary>To the patient: we have it, and what happens next.</summary>
    Acknowledgement,

    /// <summary>To the patient: we have it, and a coordinator looks at it first.</summary>
    AcknowledgementHeld,

    /// <summary>To a clinic: a referral waits behind a link. No health data.</summary>
    ReferralOffer,

    /// <summary>To the patient: a clinic has accepted.</summary>
    ClinicAccepted,

    /// <summary>To the coordinators: an inquiry waits for them. No health data.</summary>
    CoordinatorAlert,

    /// <summary>To a clinic: an offer was taken back. No health data.</summary>
    OfferWithdrawn,

    /// <summary>To a clinic that was asked beside others: another one was first. No health data.</summary>
    OfferPlaced,

    /// <summary>To the coordinators: an offer was taken back because the clinic no longer meets a requirement.</summary>
    RecallNotice,

    /// <summary>To the patient: no clinic that was asked could take the inquiry; what could be different?</summary>
    AskPatient,
}

/// <summary>The life of one mail. Stored as the number: claims filter on it.</summary>
public enum MailState
{
    Queued = 0,

    /// <summary>A worker has committed to sending it; with a dead lease its outcome is unknown.</summary>
    Sending = 1,

    Sent = 2,

    /// <summary>The address does not exist; it was suppressed.</summary>
    Failed = 3,

    /// <summary>Refused for another reason: a coordinator must look.</summary>
    Parked = 4,

    /// <summary>Both outcomes were unknown: it may have arrived.</summary>
    Unconfirmed = 5,

    /// <summary>The address is on the suppression list.</summary>
    Suppressed = 6,

    /// <summary>No longer relevant when its turn came.</summary>
    Cancelled = 7,
}
