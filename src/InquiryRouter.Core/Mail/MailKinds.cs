namespace InquiryRouter.Core.Mail;

/// <summary>Who reads a mail.</summary>
public enum MailAudience
{
    Patient,
    Clinic,
    Coordinators,

    /// <summary>One of the operator's people, about their own account.</summary>
    User,
}

/// <summary>What is true of every mail of a kind.</summary>
public static class MailKinds
{
    public static MailAudience Audience(MailKind kind) => kind switch
    {
        MailKind.Acknowledgement or MailKind.AcknowledgementHeld or MailKind.ClinicAccepted or MailKind.AskPatient or MailKind.NoClinicFits
            or MailKind.MovedOn or MailKind.GivenBack
            or MailKind.AcceptanceUndone or MailKind.QuoteReceived or MailKind.NeedsInformation or MailKind.ClinicReply or MailKind.CheckIn or MailKind.Withdrawn
            or MailKind.Erased or MailKind.StatusLink or MailKind.AddressChanged or MailKind.AddressConfirmed
            or MailKind.CoordinatorQuestion or MailKind.InquiryClosed or MailKind.TakenBack => MailAudience.Patient,
        MailKind.ReferralOffer or MailKind.OfferWithdrawn or MailKind.OfferPlaced or MailKind.OfferReminder or MailKind.OfferResumed
            or MailKind.OfferExpired
            or MailKind.AcceptanceConfirmed or MailKind.InformationAdded or MailKind.IdentityShown or MailKind.ClinicLink
            or MailKind.ForwardedReferral or MailKind.DeleteRequest or MailKind.CoordinatorMessage or MailKind.PatientQuestion => MailAudience.Clinic,
        MailKind.CoordinatorAlert or MailKind.RecallNotice or MailKind.AcceptedLapse or MailKind.CheckInAnswered or MailKind.OperationsAlert
            or MailKind.WorkDigest => MailAudience.Coordinators,
        MailKind.AccountChanged => MailAudience.User,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>Not purely transactional: who unsubscribed does not get it, and it says how to unsubscribe (RFC 8058).</summary>
    public static bool MayBeUnsubscribed(MailKind kind) => kind == MailKind.CheckIn;

    /// <summary>Sealed under the patient's key, or under one of its own when the patient is erased by what it tells of.</summary>
    public static bool MayHaveOwnKey(MailKind kind) => HasOwnKey(kind) || kind == MailKind.OfferWithdrawn;

    /// <summary>Sealed under a key of its own, because there is no patient's key when it is sent; the key is destroyed afterwards.</summary>
    public static bool HasOwnKey(MailKind kind) => kind is MailKind.Erased or MailKind.ClinicLink or MailKind.DeleteRequest or MailKind.OperationsAlert
        or MailKind.WorkDigest or MailKind.AccountChanged;

    /// <summary>The text under its own key is kept while it is not known to have arrived, so that it can be sent again; else it goes with the first end.</summary>
    public static bool KeepsTextWhileStuck(MailKind kind) => kind is MailKind.DeleteRequest or MailKind.OfferWithdrawn or MailKind.OperationsAlert;
}
