namespace InquiryRouter.Infrastructure.Data.Sqlite.Lives;

/// <summary>By what the rows of a table belong to an inquiry.</summary>
public enum LifeKey
{
    Inquiry,

    /// <summary>The inquiry, or one of its referrals.</summary>
    Subject,

    Mail,

    Message,
}

/// <summary>A table with rows about inquiries.</summary>
/// <param name="Name">Of the table.</param>
/// <param name="Column">What names whose a row is.</param>
/// <param name="Key">What that is.</param>
public sealed record LifeTable(string Name, string Column, LifeKey Key = LifeKey.Inquiry);

/// <summary>Every table of the database, by what becomes of it when invented inquiries are brought into another one.</summary>
public static class LifeTables
{
    /// <summary>What an inquiry consists of, in the order it is written.</summary>
    public static readonly IReadOnlyList<LifeTable> OfInquiries =
    [
        new("Inquiry", "Id"), new("InquiryPatient", "InquiryId"), new("Consent", "InquiryId"), new("AuditEntry", "InquiryId"),
        new("SearchToken", "InquiryId"), new("SpamScore", "InquiryId"), new("InquiryLink", "InquiryId"), new("MatchDecision", "InquiryId"),
        new("Waiting", "InquiryId"), new("Referral", "InquiryId"), new("Quote", "InquiryId"), new("Note", "InquiryId"),
        new("IdentityChoice", "InquiryId"), new("FollowUp", "InquiryId"), new("Mail", "InquiryId"), new("MailBody", "MailId", LifeKey.Mail),
        new("MailKey", "MailId", LifeKey.Mail), new("MailTry", "MailId", LifeKey.Mail), new("MailAside", "MailId", LifeKey.Mail),
        new("UnreachablePatient", "InquiryId"), new("MailRequest", "InquiryId"), new("AccessLink", "SubjectId", LifeKey.Subject),
        new("Outbox", "InquiryId"), new("OutboxHistory", "MessageId", LifeKey.Message), new("Inbox", "MessageId", LifeKey.Message),
        new("Work", "InquiryId"), new("PendingAction", "InquiryId"),
    ];

    /// <summary>What adds up over inquiries: the columns of its key, and the one that is counted.</summary>
    public static readonly IReadOnlyList<(string Name, string Key, string Counts)> Counted =
    [
        ("ClinicLoad", "ClinicCode, Week", "Offered"), ("ClinicDay", "ClinicCode, Day", "Offered"),
            ("ClinicShare", "ClinicCode, Week", "Owed"),
    ];

    /// <summary>What is about addresses.</summary>
    public static readonly IReadOnlyList<string> OfAddresses = ["Suppression", "Unsubscription"];

    /// <summary>What must be there before an inquiry can be: keys, clinics, rules.</summary>
    public static readonly IReadOnlyList<string> World =
    [
        "KeyRing", "Network", "Clinic", "ClinicSuspension", "ClinicSite", "ClinicContact", "ClinicTreatment", "Package", "Physician",
        "PhysicianCertification", "Credential", "ReferenceFile", "Policy",
    ];

    /// <summary>What belongs to the installation, and is counted anew by it.</summary>
    public static readonly IReadOnlyList<string> Left =
    [
        "SchemaVersion", "ClinicRecord", "IdempotencyKey", "AppUser", "UserPasskey", "UserRecoveryCode", "UserSession", "UserChallenge",
        "SignInFailure", "SystemAudit", "SystemAuditHead", "UserLogin", "UserPreference", "WorkTold", "SavedView", "BulkAction", "Draft", "Presence", "Backfill",
        "NameToken", "ClockRun", "ClinicUpload", "PolicyProposal", "PolicyTrial", "RuleReview", "StatWeek",
        "StatTime", "StatClinicMonth", "StatRun", "KeptPage", "SendingHold",
    ];
}
