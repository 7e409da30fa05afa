-- The spine: intake, screening, matching, referral, follow-up, mail, and delivery between them.
-- Moments are UTC text 'yyyy-MM-dd HH:mm:ss.fff', days 'yyyy-MM-dd', ids 16 bytes big-endian. See sql/README.md.

CREATE TABLE KeyRing (
    Purpose     TEXT NOT NULL PRIMARY KEY,
    MasterKeyId TEXT NOT NULL,
    WrappedKey  BLOB NOT NULL,
    CreatedAt   TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE Inquiry (
    Seq            INTEGER NOT NULL PRIMARY KEY,
    Id             BLOB NOT NULL,
    Reference      TEXT NOT NULL,
    State          TEXT NOT NULL,
    Version        INTEGER NOT NULL,
    ReceivedAt     TEXT NOT NULL,
    ChangedAt      TEXT NOT NULL,
    Relation       TEXT NOT NULL,
    Country        TEXT NOT NULL,
    Language       TEXT NOT NULL,
    TimeZone       TEXT NOT NULL,
    BirthYear      INTEGER NOT NULL,
    ConditionCode  TEXT NOT NULL,
    ConditionType  TEXT NULL,
    TreatmentCode  TEXT NOT NULL,
    CellSource     TEXT NOT NULL,
    Destinations   TEXT NOT NULL,
    BudgetAmount   REAL NULL,
    BudgetCurrency TEXT NULL,
    Timeframe      TEXT NOT NULL,
    SourcePage     TEXT NULL,
    SourceCampaign TEXT NULL,
    IntakeFlags    TEXT NOT NULL,
    HoldReasons    TEXT NOT NULL,
    Urgent         INTEGER NOT NULL,
    AuditHash      BLOB NOT NULL
);
CREATE UNIQUE INDEX UX_Inquiry_Id ON Inquiry (Id);
CREATE UNIQUE INDEX UX_Inquiry_Reference ON Inquiry (Reference);
CREATE INDEX IX_Inquiry_State ON Inquiry (State, Seq) WHERE State IN ('Held', 'AwaitingPatient', 'Quarantined');

CREATE TABLE InquiryPatient (
    InquiryId   BLOB NOT NULL PRIMARY KEY,
    MasterKeyId TEXT NOT NULL,
    WrappedKey  BLOB NOT NULL,
    Sealed      BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE Consent (
    InquiryId        BLOB NOT NULL,
    N                INTEGER NOT NULL,
    ShareWithClinics INTEGER NOT NULL,
    Contact          INTEGER NOT NULL,
    Marketing        INTEGER NOT NULL,
    TextVersion      TEXT NOT NULL,
    Source           TEXT NOT NULL,
    At               TEXT NOT NULL,
    PRIMARY KEY (InquiryId, N)
) WITHOUT ROWID;

CREATE TABLE IdempotencyKey (
    KeyHash   BLOB NOT NULL PRIMARY KEY,
    BodyHash  BLOB NOT NULL,
    InquiryId BLOB NOT NULL,
    At        TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IX_IdempotencyKey_At ON IdempotencyKey (At);

CREATE TABLE AuditEntry (
    InquiryId BLOB NOT NULL,
    Version   INTEGER NOT NULL,
    At        TEXT NOT NULL,
    Action    TEXT NOT NULL,
    ActorKind TEXT NOT NULL,
    ActorName TEXT NOT NULL,
    Detail    TEXT NULL,
    Hash      BLOB NOT NULL,
    PRIMARY KEY (InquiryId, Version)
) WITHOUT ROWID;

CREATE TABLE AccessLink (
    TokenHash BLOB NOT NULL PRIMARY KEY,
    Purpose   TEXT NOT NULL,
    SubjectId BLOB NOT NULL,
    CreatedAt TEXT NOT NULL,
    ExpiresAt TEXT NOT NULL,
    RevokedAt TEXT NULL
) WITHOUT ROWID;

CREATE TABLE Network (
    Version    INTEGER NOT NULL PRIMARY KEY,
    ImportedAt TEXT NOT NULL,
    Source     TEXT NOT NULL
);

CREATE TABLE Clinic (
    Seq         INTEGER NOT NULL PRIMARY KEY,
    Code        TEXT NOT NULL,
    Name        TEXT NOT NULL,
    Active      INTEGER NOT NULL,
    Country     TEXT NOT NULL,
    City        TEXT NOT NULL,
    TimeZone    TEXT NOT NULL,
    Email       TEXT NOT NULL,
    ContactName TEXT NOT NULL,
    Languages   TEXT NOT NULL,
    AgeGroups   TEXT NOT NULL,
    WeeklyCap   INTEGER NOT NULL,
    Opens       TEXT NOT NULL,
    Closes      TEXT NOT NULL,
    WorkDays    TEXT NOT NULL
);
CREATE UNIQUE INDEX UX_Clinic_Code ON Clinic (Code);

CREATE TABLE ClinicTreatment (
    ClinicCode    TEXT NOT NULL,
    N             INTEGER NOT NULL,
    ConditionCode TEXT NOT NULL,
    ConditionType TEXT NULL,
    TreatmentCode TEXT NOT NULL,
    CellSources   TEXT NOT NULL,
    PriceAmount   REAL NULL,
    PriceCurrency TEXT NULL,
    Includes      TEXT NOT NULL,
    PRIMARY KEY (ClinicCode, N)
) WITHOUT ROWID;

CREATE TABLE Credential (
    ClinicCode TEXT NOT NULL,
    N          INTEGER NOT NULL,
    Body       TEXT NOT NULL,
    Scope      TEXT NOT NULL,
    Number     TEXT NOT NULL,
    ValidFrom  TEXT NOT NULL,
    ValidTo    TEXT NOT NULL,
    Status     TEXT NOT NULL,
    VerifiedBy TEXT NULL,
    VerifiedAt TEXT NULL,
    SourceUrl  TEXT NULL,
    PRIMARY KEY (ClinicCode, N)
) WITHOUT ROWID;

CREATE TABLE ClinicLoad (
    ClinicCode TEXT NOT NULL,
    Week       TEXT NOT NULL,
    Offered    INTEGER NOT NULL,
    Cap        INTEGER NOT NULL,
    PRIMARY KEY (ClinicCode, Week)
) WITHOUT ROWID;
CREATE INDEX IX_ClinicLoad_Full ON ClinicLoad (Week, ClinicCode) WHERE Offered >= Cap;

CREATE TABLE InquiryMatch (
    Seq            INTEGER NOT NULL PRIMARY KEY,
    Id             BLOB NOT NULL,
    InquiryId      BLOB NOT NULL,
    InquiryVersion INTEGER NOT NULL,
    NetworkVersion INTEGER NOT NULL,
    PolicyVersion  INTEGER NOT NULL,
    At             TEXT NOT NULL,
    FullClinics    TEXT NOT NULL,
    TriedClinics   TEXT NOT NULL,
    Candidates     TEXT NOT NULL,
    Ranked         TEXT NOT NULL,
    Rejected       TEXT NOT NULL
);
CREATE UNIQUE INDEX UX_InquiryMatch_Id ON InquiryMatch (Id);
CREATE INDEX IX_InquiryMatch_Inquiry ON InquiryMatch (InquiryId, Seq);

CREATE TABLE Referral (
    Seq        INTEGER NOT NULL PRIMARY KEY,
    Id         BLOB NOT NULL,
    InquiryId  BLOB NOT NULL,
    N          INTEGER NOT NULL,
    ClinicCode TEXT NOT NULL,
    MatchId    BLOB NOT NULL,
    State      TEXT NOT NULL,
    Version    INTEGER NOT NULL,
    OfferedAt  TEXT NOT NULL,
    OfferUntil TEXT NOT NULL,
    CapWeek    TEXT NOT NULL,
    AnsweredAt TEXT NULL,
    Reason     TEXT NULL
);
CREATE UNIQUE INDEX UX_Referral_Id ON Referral (Id);
CREATE UNIQUE INDEX UX_Referral_Inquiry ON Referral (InquiryId, ClinicCode);

CREATE TABLE FollowUp (
    Seq       INTEGER NOT NULL PRIMARY KEY,
    Id        BLOB NOT NULL,
    InquiryId BLOB NOT NULL,
    Kind      TEXT NOT NULL,
    N         INTEGER NOT NULL,
    AboutId   BLOB NOT NULL,
    DueAt     TEXT NOT NULL,
    State     INTEGER NOT NULL,
    FiredAt   TEXT NULL
);
CREATE UNIQUE INDEX UX_FollowUp_Id ON FollowUp (Id);
CREATE UNIQUE INDEX UX_FollowUp_Inquiry ON FollowUp (InquiryId, Kind, N);
CREATE INDEX IX_FollowUp_Due ON FollowUp (DueAt, Seq) WHERE State = 0;

CREATE TABLE Mail (
    Seq        INTEGER NOT NULL PRIMARY KEY,
    Id         BLOB NOT NULL,
    InquiryId  BLOB NOT NULL,
    AboutId    BLOB NOT NULL,
    Kind       TEXT NOT NULL,
    State      INTEGER NOT NULL,
    NextAt     TEXT NOT NULL,
    LeaseOwner BLOB NULL,
    Attempts   INTEGER NOT NULL,
    Unknowns   INTEGER NOT NULL,
    CreatedAt  TEXT NOT NULL,
    SentAt     TEXT NULL,
    LastError  TEXT NULL
);
CREATE UNIQUE INDEX UX_Mail_Id ON Mail (Id);
CREATE UNIQUE INDEX UX_Mail_About ON Mail (AboutId, Kind);
CREATE INDEX IX_Mail_Due ON Mail (NextAt, Seq) WHERE State < 2;

-- Apart from Mail, whose rows change often: a long row would be written anew each time.
CREATE TABLE MailBody (
    Seq    INTEGER NOT NULL PRIMARY KEY,
    MailId BLOB NOT NULL,
    Sealed BLOB NOT NULL
);
CREATE UNIQUE INDEX UX_MailBody_MailId ON MailBody (MailId);

CREATE TABLE Suppression (
    AddressHash BLOB NOT NULL PRIMARY KEY,
    Reason      TEXT NOT NULL,
    At          TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE Outbox (
    Seq         INTEGER NOT NULL PRIMARY KEY,
    MessageId   BLOB NOT NULL,
    Destination TEXT NOT NULL,
    Type        TEXT NOT NULL,
    Body        TEXT NOT NULL,
    State       INTEGER NOT NULL,
    NextAt      TEXT NOT NULL,
    LeaseOwner  BLOB NULL,
    LeaseUntil  TEXT NULL,
    Attempts    INTEGER NOT NULL,
    CreatedAt   TEXT NOT NULL,
    SentAt      TEXT NULL,
    LastError   TEXT NULL
);
CREATE UNIQUE INDEX UX_Outbox_MessageId ON Outbox (MessageId);
CREATE INDEX IX_Outbox_Due ON Outbox (NextAt, Seq) WHERE State = 0;
CREATE INDEX IX_Outbox_Parked ON Outbox (Seq) WHERE State = 2;

CREATE TABLE Inbox (
    Consumer  TEXT NOT NULL,
    MessageId BLOB NOT NULL,
    At        TEXT NOT NULL,
    PRIMARY KEY (Consumer, MessageId)
) WITHOUT ROWID;
CREATE INDEX IX_Inbox_At ON Inbox (At);
