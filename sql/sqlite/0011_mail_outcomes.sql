-- What became of mails: how often they were tried, what stands still until a person looks, and whom no mail reaches.

-- Since when the server has been saying "not now" to this mail; what no server has refused is never given up on.
ALTER TABLE Mail ADD COLUMN DeferredSince TEXT NULL;
CREATE INDEX IX_Mail_Stuck ON Mail (LastError, Seq) WHERE State > 2 AND State <> 7;

-- The tries of a mail that were no success, the newest of them: codes only.
CREATE TABLE MailTry (
    Seq     INTEGER NOT NULL PRIMARY KEY,
    MailId  BLOB NOT NULL,
    At      TEXT NOT NULL,
    Outcome TEXT NOT NULL
);
CREATE INDEX IX_MailTry_Mail ON MailTry (MailId, Seq);
CREATE INDEX IX_MailTry_At ON MailTry (At);

-- A stuck mail that a person has put away: where it stood, and why.
CREATE TABLE MailAside (
    MailId BLOB NOT NULL PRIMARY KEY,
    State  INTEGER NOT NULL,
    Reason TEXT NOT NULL,
    At     TEXT NOT NULL
) WITHOUT ROWID;

-- Since when mail to the clinic's address fails for good. No import changes it but one with another address.
ALTER TABLE Clinic ADD COLUMN MailFailsSince TEXT NULL;

-- Patients whose address takes no mail, as coordinators have been told; no row once the address is corrected.
CREATE TABLE UnreachablePatient (
    InquiryId BLOB NOT NULL PRIMARY KEY,
    Since     TEXT NOT NULL
) WITHOUT ROWID;
