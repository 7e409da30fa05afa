-- What needs a person, one row for each thing: the list that coordinators work from. The rows of what stood open before this script are written by
-- the clock, right after the first start (Application/Coordination/ReckonWork).

-- SubjectId: the inquiry, the mail or the message it is about; of a clinic, what its code makes. Mark: the newest thing it is about, so that who
-- closes it has read up to there.
CREATE TABLE Work (
    Seq          BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_Work PRIMARY KEY,
    Kind         NVARCHAR(40) NOT NULL,
    SubjectId    UNIQUEIDENTIFIER NOT NULL,
    InquiryId    UNIQUEIDENTIFIER NULL,
    ClinicCode   NVARCHAR(40) NULL,
    MailId       UNIQUEIDENTIFIER NULL,
    MessageId    UNIQUEIDENTIFIER NULL,
    Reason       NVARCHAR(400) NOT NULL,
    Urgent       BIT NOT NULL,
    Mark         BIGINT NOT NULL,
    Since        DATETIME2(3) NOT NULL,
    DueAt        DATETIME2(3) NOT NULL,
    OwnerId      UNIQUEIDENTIFIER NULL,
    OwnedAt      DATETIME2(3) NULL,
    SnoozedUntil DATETIME2(3) NULL,
    Version      INT NOT NULL,
    ToldAt       DATETIME2(3) NULL,
    ClosedAt     DATETIME2(3) NULL,
    ClosedBy     NVARCHAR(200) NULL
);
CREATE UNIQUE INDEX UX_Work_Open ON Work (SubjectId, Kind) WHERE ClosedAt IS NULL;
CREATE INDEX IX_Work_Due ON Work (Urgent, DueAt, Seq) WHERE ClosedAt IS NULL;
CREATE INDEX IX_Work_Inquiry ON Work (InquiryId, Seq) WHERE InquiryId IS NOT NULL;

-- What a person must hear of a note without opening it: emergency-words, or the answer to a check-in that asks for one.
ALTER TABLE Note ADD Signal NVARCHAR(40) NULL;
GO
UPDATE Note SET Signal = 'no-contact'
WHERE Kind = 'CheckIn' AND InquiryId IN (SELECT InquiryId FROM AuditEntry WHERE Action = 'check-in' AND Detail IN ('no-contact', 'stop'));
