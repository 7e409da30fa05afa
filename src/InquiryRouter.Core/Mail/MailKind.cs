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

    /// <summary>To the coordinators: something about an inquiry cannot wait for the digest. No health data.</summary>
    CoordinatorAlert,

    /// <summary>To a clinic: an offer was taken back. No health data.</summary>
    OfferWithdrawn,

    /// <summary>To a clinic that was asked beside others: another one was first. No health data.</summary>
    OfferPlaced,

    /// <summary>To the coordinators: an offer was taken back because the clinic no longer meets a requirement.</summary>
    RecallNotice,

    /// <summary>To the coordinators: a clinic that has accepted an inquiry no longer meets a requirement. No health data.</summary>
    AcceptedLapse,

    /// <summary>To the coordinators: the patient says that nobody has been in touch, or asks for no more check-ins. No health data.</summary>
    CheckInAnswered,

    /// <summary>To the patient: no clinic that was asked could take the inquiry; what could be different?</summary>
    AskPatient,

    /// <summary>To the patient: no clinic fits everything they ask for; which one wish would open a way.</summary>
    NoClinicFits,

    /// <summary>To a clinic, once: half of its time to answer is over. No health data.</summary>
    OfferReminder,

    /// <summary>To the clinic: the inquiry was held and goes on; it can answer again, and its time begins anew.</summary>
    OfferResumed,

    /// <summary>To a clinic: its time to answer is over. No health data.</summary>
    OfferExpired,

    /// <summary>To a clinic, after its yes: the link again, and how to undo it. No health data.</summary>
    AcceptanceConfirmed,

    /// <summary>To the patient: a clinic could not take the inquiry, the next one is asked.</summary>
    MovedOn,

    /// <summary>To the patient: the clinic that had accepted has given the inquiry back, and a coordinator looks at it.</summary>
    GivenBack,

    /// <summary>To the patient: a clinic has taken its yes back within the hour.</summary>
    AcceptanceUndone,

    /// <summary>To the patient: a quote can be seen behind the link. No amounts.</summary>
    QuoteReceived,

    /// <summary>To the patient: a clinic asks for more, behind the link.</summary>
    NeedsInformation,

    /// <summary>To a clinic: the patient has added something, behind the link. No health data.</summary>
    InformationAdded,

    /// <summary>To a clinic: the patient asks it something, behind the link. No health data.</summary>
    PatientQuestion,

    /// <summary>To the patient: a clinic has answered what they asked, behind the link.</summary>
    ClinicReply,

    /// <summary>To a clinic: the patient has chosen to show who they are, behind the link. No health data.</summary>
    IdentityShown,

    /// <summary>To the patient: how is it going?</summary>
    CheckIn,

    /// <summary>To the patient: the inquiry was withdrawn as they asked.</summary>
    Withdrawn,

    /// <summary>To the patient: what identifies them was erased as they asked. No link; sealed under a key of its own.</summary>
    Erased,

    /// <summary>To the patient: the link to the status page, asked for again.</summary>
    StatusLink,

    /// <summary>To the address that was the patient's: we write to another one now, and the link it was sent opens nothing any more.</summary>
    AddressChanged,

    /// <summary>To the patient: we write to this address now; the new link.</summary>
    AddressConfirmed,

    /// <summary>To a clinic whose referral ended after it had seen who the patient is: what it keeps of them is to be deleted. No health data.</summary>
    DeleteRequest,

    /// <summary>To a clinic: the link to the list of its referrals. About no inquiry; sealed under a key of its own.</summary>
    ClinicLink,

    /// <summary>To a colleague inside the clinic: a referral was forwarded to them. No health data.</summary>
    ForwardedReferral,

    /// <summary>To the coordinators: something keeps mails from arriving. It may name an inquiry that is erased: sealed under a key of its own.</summary>
    OperationsAlert,

    /// <summary>To the patient: a coordinator asks for something, behind the link.</summary>
    CoordinatorQuestion,

    /// <summary>To a clinic: a coordinator has written to it, behind the link. No health data.</summary>
    CoordinatorMessage,

    /// <summary>To the patient: a coordinator has closed the inquiry, and why.</summary>
    InquiryClosed,

    /// <summary>To the patient: a coordinator has taken the inquiry back from a clinic that had accepted it.</summary>
    TakenBack,

    /// <summary>To the coordinators: what needs a person, by reference and kind. About no inquiry; sealed under a key of its own.</summary>
    WorkDigest,

    /// <summary>To one of the operator's people: how they sign in has changed. No link; about no inquiry; sealed under a key of its own.</summary>
    AccountChanged,
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

    /// <summary>A person has put it away; it can be taken back to where it stood.</summary>
    SetAside = 8,
}
