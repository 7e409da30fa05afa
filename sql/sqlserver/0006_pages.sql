-- What patients and clinics do on their pages.

-- History has lines that change nothing the stages decide on (an addition, a choice): it is counted apart from the version, so that no message becomes stale.
ALTER TABLE Inquiry ADD AuditCount INT NOT NULL CONSTRAINT DF_Inquiry_AuditCount DEFAULT 0;

-- AcceptedAt: the clinic's yes, for as long as it stands. DisclosedAt: since when the clinic may see who the patient is.
ALTER TABLE Referral ADD AcceptedAt DATETIME2(3) NULL, DisclosedAt DATETIME2(3) NULL;

-- The clinic's own pause: last day of it. No import changes it.
ALTER TABLE Clinic ADD PausedUntil DATE NULL;
GO

UPDATE Inquiry SET AuditCount = Version;
UPDATE Referral SET AcceptedAt = AnsweredAt, DisclosedAt = AnsweredAt WHERE State IN ('Accepted', 'Quoted', 'Booked', 'Completed');
CREATE INDEX IX_Referral_Clinic ON Referral (ClinicCode, Seq);

-- Items and remark are sealed under the patient's key: they say what is treated. The newest of a referral counts.
CREATE TABLE Quote (
    Seq        BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_Quote PRIMARY KEY,
    Id         UNIQUEIDENTIFIER NOT NULL,
    InquiryId  UNIQUEIDENTIFIER NOT NULL,
    ReferralId UNIQUEIDENTIFIER NOT NULL,
    N          INT NOT NULL,
    ClinicCode NVARCHAR(40) NOT NULL,
    Total      DECIMAL(18,2) NOT NULL,
    Currency   NVARCHAR(3) NOT NULL,
    ValidUntil DATE NOT NULL,
    At         DATETIME2(3) NOT NULL,
    Sealed     VARBINARY(MAX) NOT NULL
);
CREATE UNIQUE INDEX UX_Quote_Id ON Quote (Id);
CREATE UNIQUE INDEX UX_Quote_Referral ON Quote (ReferralId, N);
CREATE INDEX IX_Quote_Inquiry ON Quote (InquiryId, Seq);

-- What patient and clinic write to each other, sealed under the patient's key. ReferralId NULL: to us, and to every clinic that may see it.
CREATE TABLE Note (
    Seq        BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_Note PRIMARY KEY,
    Id         UNIQUEIDENTIFIER NOT NULL,
    InquiryId  UNIQUEIDENTIFIER NOT NULL,
    ReferralId UNIQUEIDENTIFIER NULL,
    Author     NVARCHAR(20) NOT NULL,
    Kind       NVARCHAR(20) NOT NULL,
    At         DATETIME2(3) NOT NULL,
    Sealed     VARBINARY(MAX) NOT NULL
);
CREATE UNIQUE INDEX UX_Note_Id ON Note (Id);
CREATE INDEX IX_Note_Inquiry ON Note (InquiryId, Seq);

-- The patient's own choice for one clinic; no row: what the consent says.
CREATE TABLE IdentityChoice (
    Seq        BIGINT IDENTITY(1,1) NOT NULL,
    InquiryId  UNIQUEIDENTIFIER NOT NULL,
    ClinicCode NVARCHAR(40) NOT NULL,
    Allowed    BIT NOT NULL,
    At         DATETIME2(3) NOT NULL,
    CONSTRAINT PK_IdentityChoice PRIMARY KEY NONCLUSTERED (InquiryId, ClinicCode)
);
CREATE UNIQUE CLUSTERED INDEX CX_IdentityChoice ON IdentityChoice (Seq);
