-- What needs a person, one row for each thing: the list that coordinators work from. The rows of what stood open before this script are written by
-- the clock, right after the first start (Application/Coordination/ReckonWork).

-- SubjectId: the inquiry, the mail or the message it is about; of a clinic, what its code makes. Mark: the newest thing it is about, so that who
-- closes it has read up to there.
CREATE TABLE Work (
    Seq          INTEGER NOT NULL PRIMARY KEY,
    Kind         TEXT NOT NULL,
    SubjectId    BLOB NOT NULL,
    InquiryId    BLOB NULL,
    ClinicCode   TEXT NULL,
    MailId       BLOB NULL,
    MessageId    BLOB NULL,
    Reason       TEXT NOT NULL,
    Urgent       INTEGER NOT NULL,
    Mark         INTEGER NOT NULL,
    Since        TEXT NOT NULL,
    DueAt        TEXT NOT NULL,
    OwnerId      BLOB NULL,
    OwnedAt      TEXT NULL,
    SnoozedUntil TEXT NULL,
    Version      INTEGER NOT NULL,
    ToldAt       TEXT NULL,
    ClosedAt     TEXT NULL,
    ClosedBy     TEXT NULL
);
CREATE UNIQUE INDEX UX_Work_Open ON Work (SubjectId, Kind) WHERE ClosedAt IS NULL;
CREATE INDEX IX_Work_Due ON Work (Urgent, DueAt, Seq) WHERE ClosedAt IS NULL;
CREATE INDEX IX_Work_Inquiry ON Work (InquiryId, Seq) WHERE InquiryId IS NOT NULL;

-- What a person must hear of a note without opening it: emergency-words, or the answer to a check-in that asks for one.
ALTER TABLE Note ADD COLUMN Signal TEXT NULL;
UPDATE Note SET Signal = 'no-contact'
WHERE Kind = 'CheckIn' AND InquiryId IN (SELECT InquiryId FROM AuditEntry WHERE Action = 'check-in' AND Detail IN ('no-contact', 'stop'));
