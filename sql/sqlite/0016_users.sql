-- Who signs in to the console. Staff only; patients and clinics come by links.
CREATE TABLE AppUser (
    Seq          INTEGER NOT NULL PRIMARY KEY,
    Id           BLOB NOT NULL,
    Mail         TEXT NOT NULL,
    MailKey      TEXT NOT NULL,
    Name         TEXT NOT NULL,
    Roles        TEXT NOT NULL,
    PasswordHash TEXT NULL,
    SealedTotp   BLOB NULL,
    LastTotpStep INTEGER NOT NULL,
    Active       INTEGER NOT NULL,
    AwayFrom     TEXT NULL,
    AwayUntil    TEXT NULL,
    LastSeenAt   TEXT NULL,
    CreatedAt    TEXT NOT NULL,
    Version      INTEGER NOT NULL
);
CREATE UNIQUE INDEX UX_AppUser_Id ON AppUser (Id);
CREATE UNIQUE INDEX UX_AppUser_MailKey ON AppUser (MailKey);

CREATE TABLE UserPasskey (
    Seq            INTEGER NOT NULL PRIMARY KEY,
    UserId         BLOB NOT NULL,
    CredentialHash BLOB NOT NULL,
    CredentialId   BLOB NOT NULL,
    PublicKey      BLOB NOT NULL,
    Name           TEXT NULL,
    SignCount      INTEGER NOT NULL,
    Transports     TEXT NULL,
    Verified       INTEGER NOT NULL,
    BackupEligible INTEGER NOT NULL,
    BackedUp       INTEGER NOT NULL,
    Attestation    BLOB NOT NULL,
    ClientData     BLOB NOT NULL,
    CreatedAt      TEXT NOT NULL
);
CREATE UNIQUE INDEX UX_UserPasskey_Credential ON UserPasskey (CredentialHash);
CREATE INDEX IX_UserPasskey_User ON UserPasskey (UserId);

CREATE TABLE UserRecoveryCode (
    Seq      INTEGER NOT NULL PRIMARY KEY,
    UserId   BLOB NOT NULL,
    CodeHash BLOB NOT NULL,
    UsedAt   TEXT NULL
);
CREATE UNIQUE INDEX UX_UserRecoveryCode_Code ON UserRecoveryCode (UserId, CodeHash);

-- A browser that is signed in: the cookie holds 256 random bits, the row their hash.
CREATE TABLE UserSession (
    Seq       INTEGER NOT NULL PRIMARY KEY,
    KeyHash   BLOB NOT NULL,
    UserId    BLOB NOT NULL,
    Factors   TEXT NOT NULL,
    Device    TEXT NOT NULL,
    CreatedAt TEXT NOT NULL,
    ProvedAt  TEXT NOT NULL,
    SeenAt    TEXT NOT NULL,
    EndedAt   TEXT NULL,
    EndReason TEXT NULL
);
CREATE UNIQUE INDEX UX_UserSession_Key ON UserSession (KeyHash);
CREATE INDEX IX_UserSession_User ON UserSession (UserId, CreatedAt);
CREATE INDEX IX_UserSession_Created ON UserSession (CreatedAt);

-- A passkey's question that waits for its answer: used once, for minutes.
CREATE TABLE UserChallenge (
    KeyHash   BLOB NOT NULL PRIMARY KEY,
    State     TEXT NOT NULL,
    ExpiresAt TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IX_UserChallenge_Expires ON UserChallenge (ExpiresAt);

-- Sign-ins that failed lately: of a user on an unknown device, on a known one, and of an address. Hashes, for a day.
CREATE TABLE SignInFailure (
    Seq     INTEGER NOT NULL PRIMARY KEY,
    Subject BLOB NOT NULL,
    At      TEXT NOT NULL
);
CREATE INDEX IX_SignInFailure_Subject ON SignInFailure (Subject, At);
CREATE INDEX IX_SignInFailure_At ON SignInFailure (At);

-- What people did that is not of one inquiry: each line's hash covers the one before, and the head keeps the newest.
CREATE TABLE SystemAudit (
    Seq       INTEGER NOT NULL PRIMARY KEY,
    Line      INTEGER NOT NULL,
    At        TEXT NOT NULL,
    Action    TEXT NOT NULL,
    ActorKind TEXT NOT NULL,
    ActorName TEXT NOT NULL,
    Detail    TEXT NULL,
    Hash      BLOB NOT NULL
);
CREATE UNIQUE INDEX UX_SystemAudit_Line ON SystemAudit (Line);

CREATE TABLE SystemAuditHead (
    Id    INTEGER NOT NULL PRIMARY KEY,
    Lines INTEGER NOT NULL,
    Hash  BLOB NOT NULL
);
