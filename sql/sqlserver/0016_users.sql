-- Who signs in to the console. Staff only; patients and clinics come by links.
CREATE TABLE AppUser (
    Seq          BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_AppUser PRIMARY KEY CLUSTERED,
    Id           UNIQUEIDENTIFIER NOT NULL,
    Mail         NVARCHAR(254) NOT NULL,
    MailKey      NVARCHAR(254) NOT NULL,
    Name         NVARCHAR(100) NOT NULL,
    Roles        NVARCHAR(100) NOT NULL,
    PasswordHash NVARCHAR(200) NULL,
    SealedTotp   VARBINARY(200) NULL,
    LastTotpStep BIGINT NOT NULL,
    Active       BIT NOT NULL,
    AwayFrom     DATE NULL,
    AwayUntil    DATE NULL,
    LastSeenAt   DATETIME2(3) NULL,
    CreatedAt    DATETIME2(3) NOT NULL,
    Version      INT NOT NULL
);
CREATE UNIQUE INDEX UX_AppUser_Id ON AppUser (Id);
CREATE UNIQUE INDEX UX_AppUser_MailKey ON AppUser (MailKey);

CREATE TABLE UserPasskey (
    Seq            BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_UserPasskey PRIMARY KEY CLUSTERED,
    UserId         UNIQUEIDENTIFIER NOT NULL,
    CredentialHash VARBINARY(32) NOT NULL,
    CredentialId   VARBINARY(1024) NOT NULL,
    PublicKey      VARBINARY(MAX) NOT NULL,
    Name           NVARCHAR(100) NULL,
    SignCount      BIGINT NOT NULL,
    Transports     NVARCHAR(200) NULL,
    Verified       BIT NOT NULL,
    BackupEligible BIT NOT NULL,
    BackedUp       BIT NOT NULL,
    Attestation    VARBINARY(MAX) NOT NULL,
    ClientData     VARBINARY(MAX) NOT NULL,
    CreatedAt      DATETIME2(3) NOT NULL
);
CREATE UNIQUE INDEX UX_UserPasskey_Credential ON UserPasskey (CredentialHash);
CREATE INDEX IX_UserPasskey_User ON UserPasskey (UserId);

CREATE TABLE UserRecoveryCode (
    Seq      BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_UserRecoveryCode PRIMARY KEY CLUSTERED,
    UserId   UNIQUEIDENTIFIER NOT NULL,
    CodeHash VARBINARY(32) NOT NULL,
    UsedAt   DATETIME2(3) NULL
);
CREATE UNIQUE INDEX UX_UserRecoveryCode_Code ON UserRecoveryCode (UserId, CodeHash);

-- A browser that is signed in: the cookie holds 256 random bits, the row their hash.
CREATE TABLE UserSession (
    Seq       BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_UserSession PRIMARY KEY CLUSTERED,
    KeyHash   VARBINARY(32) NOT NULL,
    UserId    UNIQUEIDENTIFIER NOT NULL,
    Factors   NVARCHAR(100) NOT NULL,
    Device    NVARCHAR(100) NOT NULL,
    CreatedAt DATETIME2(3) NOT NULL,
    ProvedAt  DATETIME2(3) NOT NULL,
    SeenAt    DATETIME2(3) NOT NULL,
    EndedAt   DATETIME2(3) NULL,
    EndReason NVARCHAR(40) NULL
);
CREATE UNIQUE INDEX UX_UserSession_Key ON UserSession (KeyHash);
CREATE INDEX IX_UserSession_User ON UserSession (UserId, CreatedAt);
CREATE INDEX IX_UserSession_Created ON UserSession (CreatedAt);

-- A passkey's question that waits for its answer: used once, for minutes.
CREATE TABLE UserChallenge (
    KeyHash   VARBINARY(32) NOT NULL CONSTRAINT PK_UserChallenge PRIMARY KEY CLUSTERED,
    State     NVARCHAR(MAX) NOT NULL,
    ExpiresAt DATETIME2(3) NOT NULL
);
CREATE INDEX IX_UserChallenge_Expires ON UserChallenge (ExpiresAt);

-- Sign-ins that failed lately: of a user on an unknown device, on a known one, and of an address. Hashes, for a day.
CREATE TABLE SignInFailure (
    Seq     BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_SignInFailure PRIMARY KEY CLUSTERED,
    Subject VARBINARY(32) NOT NULL,
    At      DATETIME2(3) NOT NULL
);
CREATE INDEX IX_SignInFailure_Subject ON SignInFailure (Subject, At);
CREATE INDEX IX_SignInFailure_At ON SignInFailure (At);

-- What people did that is not of one inquiry: each line's hash covers the one before, and the head keeps the newest.
CREATE TABLE SystemAudit (
    Seq       BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_SystemAudit PRIMARY KEY CLUSTERED,
    Line      INT NOT NULL,
    At        DATETIME2(3) NOT NULL,
    Action    NVARCHAR(60) NOT NULL,
    ActorKind NVARCHAR(20) NOT NULL,
    ActorName NVARCHAR(100) NOT NULL,
    Detail    NVARCHAR(1000) NULL,
    Hash      VARBINARY(32) NOT NULL
);
CREATE UNIQUE INDEX UX_SystemAudit_Line ON SystemAudit (Line);

CREATE TABLE SystemAuditHead (
    Id    INT NOT NULL CONSTRAINT PK_SystemAuditHead PRIMARY KEY CLUSTERED,
    Lines INT NOT NULL,
    Hash  VARBINARY(32) NOT NULL
);
