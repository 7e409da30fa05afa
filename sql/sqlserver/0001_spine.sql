-- The spine: intake, screening, matching, referral, follow-up, mail, and delivery between them.
-- Moments are UTC DATETIME2(3). A clustered key that grows, a GUID beside it for the outside. See sql/README.md.

CREATE TABLE KeyRing (
    Purpose     NVARCHAR(40) NOT NULL CONSTRAINT PK_KeyRing PRIMARY KEY,
    MasterKeyId NVARCHAR(40) NOT NULL,
    WrappedKey  VARBINARY(200) NOT NULL,
    CreatedAt   DATETIME2(3) NOT NULL
);

CREATE TABLE Inquiry (
    Seq            BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_Inquiry PRIMARY KEY,
    Id             UNIQUEIDENTIFIER NOT NULL,
    Reference      NVARCHAR(12) NOT NULL,
    State          NVARCHAR(20) NOT NULL,
    Version        INT NOT NULL,
    ReceivedAt     DATETIME2(3) NOT NULL,
    ChangedAt      DATETIME2(3) NOT NULL,
    Relation       NVARCHAR(10) NOT NULL,
    Country        NVARCHAR(2) NOT NULL,
    Language       NVARCHAR(2) NOT NULL,
    TimeZone       NVARCHAR(64) NOT NULL,
    BirthYear      INT NOT NULL,
    ConditionCode  NVARCHAR(40) NOT NULL,
    ConditionType  NVARCHAR(40) NULL,
    TreatmentCode  NVARCHAR(40) NOT NULL,
    CellSource     NVARCHAR(40) NOT NULL,
    Destinations   NVARCHAR(400) NOT NULL,
    BudgetAmount   DECIMAL(18,2) NULL,
    BudgetCurrency NVARCHAR(3) NULL,
    Timeframe      NVARCHAR(30) NOT NULL,
    SourcePage     NVARCHAR(500) NULL,
    SourceCampaign NVARCHAR(200) NULL,
    IntakeFlags    NVARCHAR(200) NOT NULL,
    HoldReasons    NVARCHAR(400) NOT NULL,
    Urgent         BIT NOT NULL,
    AuditHash      VARBINARY(32) NOT NULL
);
CREATE UNIQUE INDEX UX_Inquiry_Id ON Inquiry (Id);
CREATE UNIQUE INDEX UX_Inquiry_Reference ON Inquiry (Reference);
CREATE INDEX IX_Inquiry_State ON Inquiry (State, Seq);

CREATE TABLE InquiryPatient (
    Seq         BIGINT IDENTITY(1,1) NOT NULL,
    InquiryId   UNIQUEIDENTIFIER NOT NULL CONSTRAINT PK_InquiryPatient PRIMARY KEY NONCLUSTERED,
    MasterKeyId NVARCHAR(40) NOT NULL,
    WrappedKey  VARBINARY(200) NOT NULL,
    Sealed      VARBINARY(MAX) NOT NULL
);
CREATE UNIQUE CLUSTERED INDEX CX_InquiryPatient ON InquiryPatient (Seq);

CREATE TABLE Consent (
    Seq              BIGINT IDENTITY(1,1) NOT NULL,
    InquiryId        UNIQUEIDENTIFIER NOT NULL,
    N                INT NOT NULL,
    ShareWithClinics BIT NOT NULL,
    Contact          BIT NOT NULL,
    Marketing        BIT NOT NULL,
    TextVersion      NVARCHAR(40) NOT NULL,
    Source           NVARCHAR(200) NOT NULL,
    At               DATETIME2(3) NOT NULL,
    CONSTRAINT PK_Consent PRIMARY KEY NONCLUSTERED (InquiryId, N)
);
CREATE UNIQUE CLUSTERED INDEX CX_Consent ON Consent (Seq);

CREATE TABLE IdempotencyKey (
    Seq       BIGINT IDENTITY(1,1) NOT NULL,
    KeyHash   VARBINARY(32) NOT NULL CONSTRAINT PK_IdempotencyKey PRIMARY KEY NONCLUSTERED,
    BodyHash  VARBINARY(32) NOT NULL,
    InquiryId UNIQUEIDENTIFIER NOT NULL,
    At        DATETIME2(3) NOT NULL
);
CREATE UNIQUE CLUSTERED INDEX CX_IdempotencyKey ON IdempotencyKey (Seq);
CREATE INDEX IX_IdempotencyKey_At ON IdempotencyKey (At);

CREATE TABLE AuditEntry (
    Seq       BIGINT IDENTITY(1,1) NOT NULL,
    InquiryId UNIQUEIDENTIFIER NOT NULL,
    Version   INT NOT NULL,
    At        DATETIME2(3) NOT NULL,
    Action    NVARCHAR(40) NOT NULL,
    ActorKind NVARCHAR(20) NOT NULL,
    ActorName NVARCHAR(100) NOT NULL,
    Detail    NVARCHAR(400) NULL,
    Hash      VARBINARY(32) NOT NULL,
    CONSTRAINT PK_AuditEntry PRIMARY KEY NONCLUSTERED (InquiryId, Version)
);
CREATE UNIQUE CLUSTERED INDEX CX_AuditEntry ON AuditEntry (Seq);

CREATE TABLE AccessLink (
    Seq       BIGINT IDENTITY(1,1) NOT NULL,
    TokenHash VARBINARY(32) NOT NULL CONSTRAINT PK_AccessLink PRIMARY KEY NONCLUSTERED,
    Purpose   NVARCHAR(40) NOT NULL,
    SubjectId UNIQUEIDENTIFIER NOT NULL,
    CreatedAt DATETIME2(3) NOT NULL,
    ExpiresAt DATETIME2(3) NOT NULL,
    RevokedAt DATETIME2(3) NULL
);
CREATE UNIQUE CLUSTERED INDEX CX_AccessLink ON AccessLink (Seq);

CREATE TABLE Network (
    Version    BIGINT NOT NULL CONSTRAINT PK_Network PRIMARY KEY,
    ImportedAt DATETIME2(3) NOT NULL,
    Source     NVARCHAR(200) NOT NULL
);

CREATE TABLE Clinic (
    Seq         BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_Clinic PRIMARY KEY,
    Code        NVARCHAR(40) NOT NULL,
    Name        NVARCHAR(200) NOT NULL,
    Active      BIT NOT NULL,
    Country     NVARCHAR(2) NOT NULL,
    City        NVARCHAR(100) NOT NULL,
    TimeZone    NVARCHAR(64) NOT NULL,
    Email       NVARCHAR(254) NOT NULL,
    ContactName NVARCHAR(200) NOT NULL,
    Languages   NVARCHAR(200) NOT NULL,
    AgeGroups   NVARCHAR(40) NOT NULL,
    WeeklyCap   INT NOT NULL,
    Opens       NVARCHAR(5) NOT NULL,
    Closes      NVARCHAR(5) NOT NULL,
    WorkDays    NVARCHAR(40) NOT NULL
);
CREATE UNIQUE INDEX UX_Clinic_Code ON Clinic (Code);

CREATE TABLE ClinicTreatment (
    ClinicCode    NVARCHAR(40) NOT NULL,
    N             INT NOT NULL,
    ConditionCode NVARCHAR(40) NOT NULL,
    ConditionType NVARCHAR(40) NULL,
    TreatmentCode NVARCHAR(40) NOT NULL,
    CellSources   NVARCHAR(200) NOT NULL,
    PriceAmount   DECIMAL(18,2) NULL,
    PriceCurrency NVARCHAR(3) NULL,
    Includes      NVARCHAR(1000) NOT NULL,
    CONSTRAINT PK_ClinicTreatment PRIMARY KEY (ClinicCode, N)
);

CREATE TABLE Credential (
    ClinicCode NVARCHAR(40) NOT NULL,
    N          INT NOT NULL,
    Body       NVARCHAR(40) NOT NULL,
    Scope      NVARCHAR(400) NOT NULL,
    Number     NVARCHAR(100) NOT NULL,
    ValidFrom  DATE NOT NULL,
    ValidTo    DATE NOT NULL,
    Status     NVARCHAR(20) NOT NULL,
    VerifiedBy NVARCHAR(100) NULL,
    VerifiedAt DATE NULL,
    SourceUrl  NVARCHAR(500) NULL,
    CONSTRAINT PK_Credential PRIMARY KEY (ClinicCode, N)
);

CREATE TABLE ClinicLoad (
    ClinicCode NVARCHAR(40) NOT NULL,
    Week       DATE NOT NULL,
    Offered    INT NOT NULL,
    Cap        INT NOT NULL,
    CONSTRAINT PK_ClinicLoad PRIMARY KEY (ClinicCode, Week)
);
CREATE INDEX IX_ClinicLoad_Full ON ClinicLoad (Week, ClinicCode);

CREATE TABLE InquiryMatch (
    Seq            BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_InquiryMatch PRIMARY KEY,
    Id             UNIQUEIDENTIFIER NOT NULL,
    InquiryId      UNIQUEIDENTIFIER NOT NULL,
    InquiryVersion INT NOT NULL,
    NetworkVersion BIGINT NOT NULL,
    PolicyVersion  INT NOT NULL,
    At             DATETIME2(3) NOT NULL,
    FullClinics    NVARCHAR(MAX) NOT NULL,
    TriedClinics   NVARCHAR(MAX) NOT NULL,
    Candidates     NVARCHAR(MAX) NOT NULL,
    Ranked         NVARCHAR(MAX) NOT NULL,
    Rejected       NVARCHAR(MAX) NOT NULL
);
CREATE UNIQUE INDEX UX_InquiryMatch_Id ON InquiryMatch (Id);
CREATE INDEX IX_InquiryMatch_Inquiry ON InquiryMatch (InquiryId, Seq);

CREATE TABLE Referral (
    Seq        BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_Referral PRIMARY KEY,
    Id         UNIQUEIDENTIFIER NOT NULL,
    InquiryId  UNIQUEIDENTIFIER NOT NULL,
    N          INT NOT NULL,
    ClinicCode NVARCHAR(40) NOT NULL,
    MatchId    UNIQUEIDENTIFIER NOT NULL,
    State      NVARCHAR(20) NOT NULL,
    Version    INT NOT NULL,
    OfferedAt  DATETIME2(3) NOT NULL,
    OfferUntil DATETIME2(3) NOT NULL,
    CapWeek    DATE NOT NULL,
    AnsweredAt DATETIME2(3) NULL,
    Reason     NVARCHAR(100) NULL
);
CREATE UNIQUE INDEX UX_Referral_Id ON Referral (Id);
CREATE UNIQUE INDEX UX_Referral_Inquiry ON Referral (InquiryId, ClinicCode);

CREATE TABLE FollowUp (
    Seq       BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_FollowUp PRIMARY KEY,
    Id        UNIQUEIDENTIFIER NOT NULL,
    InquiryId UNIQUEIDENTIFIER NOT NULL,
    Kind      NVARCHAR(40) NOT NULL,
    N         INT NOT NULL,
    AboutId   UNIQUEIDENTIFIER NOT NULL,
    DueAt     DATETIME2(3) NOT NULL,
    State     SMALLINT NOT NULL,
    FiredAt   DATETIME2(3) NULL
);
CREATE UNIQUE INDEX UX_FollowUp_Id ON FollowUp (Id);
CREATE UNIQUE INDEX UX_FollowUp_Inquiry ON FollowUp (InquiryId, Kind, N);
CREATE INDEX IX_FollowUp_Due ON FollowUp (DueAt, Seq) WHERE State = 0;

CREATE TABLE Mail (
    Seq        BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_Mail PRIMARY KEY,
    Id         UNIQUEIDENTIFIER NOT NULL,
    InquiryId  UNIQUEIDENTIFIER NOT NULL,
    AboutId    UNIQUEIDENTIFIER NOT NULL,
    Kind       NVARCHAR(40) NOT NULL,
    State      SMALLINT NOT NULL,
    NextAt     DATETIME2(3) NOT NULL,
    LeaseOwner UNIQUEIDENTIFIER NULL,
    Attempts   INT NOT NULL,
    Unknowns   INT NOT NULL,
    CreatedAt  DATETIME2(3) NOT NULL,
    SentAt     DATETIME2(3) NULL,
    LastError  NVARCHAR(200) NULL
);
CREATE UNIQUE INDEX UX_Mail_Id ON Mail (Id);
CREATE UNIQUE INDEX UX_Mail_About ON Mail (AboutId, Kind);
CREATE INDEX IX_Mail_Due ON Mail (NextAt, Seq) WHERE State < 2;

-- Apart from Mail, whose rows change often: a long row would be written anew each time.
CREATE TABLE MailBody (
    Seq    BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_MailBody PRIMARY KEY,
    MailId UNIQUEIDENTIFIER NOT NULL,
    Sealed VARBINARY(MAX) NOT NULL
);
CREATE UNIQUE INDEX UX_MailBody_MailId ON MailBody (MailId);

CREATE TABLE Suppression (
    Seq         BIGINT IDENTITY(1,1) NOT NULL,
    AddressHash VARBINARY(32) NOT NULL CONSTRAINT PK_Suppression PRIMARY KEY NONCLUSTERED,
    Reason      NVARCHAR(100) NOT NULL,
    At          DATETIME2(3) NOT NULL
);
CREATE UNIQUE CLUSTERED INDEX CX_Suppression ON Suppression (Seq);

CREATE TABLE Outbox (
    Seq         BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_Outbox PRIMARY KEY,
    MessageId   UNIQUEIDENTIFIER NOT NULL,
    Destination NVARCHAR(100) NOT NULL,
    Type        NVARCHAR(100) NOT NULL,
    Body        NVARCHAR(MAX) NOT NULL,
    State       SMALLINT NOT NULL,
    NextAt      DATETIME2(3) NOT NULL,
    LeaseOwner  UNIQUEIDENTIFIER NULL,
    LeaseUntil  DATETIME2(3) NULL,
    Attempts    INT NOT NULL,
    CreatedAt   DATETIME2(3) NOT NULL,
    SentAt      DATETIME2(3) NULL,
    LastError   NVARCHAR(200) NULL
);
CREATE UNIQUE INDEX UX_Outbox_MessageId ON Outbox (MessageId);
CREATE INDEX IX_Outbox_Due ON Outbox (NextAt, Seq) WHERE State = 0;
CREATE INDEX IX_Outbox_Parked ON Outbox (Seq) WHERE State = 2;

CREATE TABLE Inbox (
    Seq       BIGINT IDENTITY(1,1) NOT NULL,
    Consumer  NVARCHAR(100) NOT NULL,
    MessageId UNIQUEIDENTIFIER NOT NULL,
    At        DATETIME2(3) NOT NULL,
    CONSTRAINT PK_Inbox PRIMARY KEY NONCLUSTERED (Consumer, MessageId)
);
CREATE UNIQUE CLUSTERED INDEX CX_Inbox ON Inbox (Seq);
CREATE INDEX IX_Inbox_At ON Inbox (At);
