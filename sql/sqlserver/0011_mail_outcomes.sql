-- What became of mails: how often they were tried, what stands still until a person looks, and whom no mail reaches.

-- Since when the server has been saying "not now" to this mail; what no server has refused is never given up on.
ALTER TABLE Mail ADD DeferredSince DATETIME2(3) NULL;
CREATE INDEX IX_Mail_Stuck ON Mail (LastError, Seq) WHERE State > 2 AND State <> 7;

-- The tries of a mail that were no success, the newest of them: codes only.
CREATE TABLE MailTry (
    Seq     BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_MailTry PRIMARY KEY,
    MailId  UNIQUEIDENTIFIER NOT NULL,
    At      DATETIME2(3) NOT NULL,
    Outcome NVARCHAR(100) NOT NULL
);
CREATE INDEX IX_MailTry_Mail ON MailTry (MailId, Seq);
CREATE INDEX IX_MailTry_At ON MailTry (At);

-- A stuck mail that a person has put away: where it stood, and why.
CREATE TABLE MailAside (
    Seq    BIGINT IDENTITY(1,1) NOT NULL,
    MailId UNIQUEIDENTIFIER NOT NULL CONSTRAINT PK_MailAside PRIMARY KEY NONCLUSTERED,
    State  SMALLINT NOT NULL,
    Reason NVARCHAR(200) NOT NULL,
    At     DATETIME2(3) NOT NULL
);
CREATE UNIQUE CLUSTERED INDEX CX_MailAside ON MailAside (Seq);

-- Since when mail to the clinic's address fails for good. No import changes it but one with another address.
ALTER TABLE Clinic ADD MailFailsSince DATETIME2(3) NULL;

-- Patients whose address takes no mail, as coordinators have been told; no row once the address is corrected.
CREATE TABLE UnreachablePatient (
    Seq       BIGINT IDENTITY(1,1) NOT NULL,
    InquiryId UNIQUEIDENTIFIER NOT NULL CONSTRAINT PK_UnreachablePatient PRIMARY KEY NONCLUSTERED,
    Since     DATETIME2(3) NOT NULL
);
CREATE UNIQUE CLUSTERED INDEX CX_UnreachablePatient ON UnreachablePatient (Seq);
