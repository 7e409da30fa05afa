-- What patients and clinics do on their pages.

-- History has lines that change nothing the stages decide on (an addition, a choice): it is counted apart from the version, so that no message becomes stale.
ALTER TABLE Inquiry ADD COLUMN AuditCount INTEGER NOT NULL DEFAULT 0;
UPDATE Inquiry SET AuditCount = Version;

-- AcceptedAt: the clinic's yes, for as long as it stands. DisclosedAt: since when the clinic may see who the patient is.
ALTER TABLE Referral ADD COLUMN AcceptedAt TEXT NULL;
ALTER TABLE Referral ADD COLUMN DisclosedAt TEXT NULL;
UPDATE Referral SET AcceptedAt = AnsweredAt, DisclosedAt = AnsweredAt WHERE State IN ('Accepted', 'Quoted', 'Booked', 'Completed');
CREATE INDEX IX_Referral_Clinic ON Referral (ClinicCode, Seq);

-- The clinic's own pause: last day of it. No import changes it.
ALTER TABLE Clinic ADD COLUMN PausedUntil TEXT NULL;

-- Items and remark are sealed under the patient's key: they say what is treated. The newest of a referral counts.
CREATE TABLE Quote (
    Seq        INTEGER NOT NULL PRIMARY KEY,
    Id         BLOB NOT NULL,
    InquiryId  BLOB NOT NULL,
    ReferralId BLOB NOT NULL,
    N          INTEGER NOT NULL,
    ClinicCode TEXT NOT NULL,
    Total      REAL NOT NULL,
    Currency   TEXT NOT NULL,
    ValidUntil TEXT NOT NULL,
    At         TEXT NOT NULL,
    Sealed     BLOB NOT NULL
);
CREATE UNIQUE INDEX UX_Quote_Id ON Quote (Id);
CREATE UNIQUE INDEX UX_Quote_Referral ON Quote (ReferralId, N);
CREATE INDEX IX_Quote_Inquiry ON Quote (InquiryId, Seq);

-- What patient and clinic write to each other, sealed under the patient's key. ReferralId NULL: to us, and to every clinic that may see it.
CREATE TABLE Note (
    Seq        INTEGER NOT NULL PRIMARY KEY,
    Id         BLOB NOT NULL,
    InquiryId  BLOB NOT NULL,
    ReferralId BLOB NULL,
    Author     TEXT NOT NULL,
    Kind       TEXT NOT NULL,
    At         TEXT NOT NULL,
    Sealed     BLOB NOT NULL
);
CREATE UNIQUE INDEX UX_Note_Id ON Note (Id);
CREATE INDEX IX_Note_Inquiry ON Note (InquiryId, Seq);

-- The patient's own choice for one clinic; no row: what the consent says.
CREATE TABLE IdentityChoice (
    InquiryId  BLOB NOT NULL,
    ClinicCode TEXT NOT NULL,
    Allowed    INTEGER NOT NULL,
    At         TEXT NOT NULL,
    PRIMARY KEY (InquiryId, ClinicCode)
) WITHOUT ROWID;
