-- Nothing stops for good: what is out of the way can be listed with its history, sent again, set aside and taken back; what stands still is found.

-- Which inquiry a message is about. Its body says so too, but cannot be asked for.
ALTER TABLE Outbox ADD InquiryId UNIQUEIDENTIFIER NULL;

-- How often the clock has sent it again because nobody had handled it.
ALTER TABLE Outbox ADD Resends INT NOT NULL CONSTRAINT DF_Outbox_Resends DEFAULT 0;

-- Why a person has put it away: state 3.
ALTER TABLE Outbox ADD SetAsideReason NVARCHAR(200) NULL;
GO

UPDATE Outbox SET InquiryId = CAST(SUBSTRING(Body, CHARINDEX('"inquiryId":"', Body) + 13, 36) AS UNIQUEIDENTIFIER)
WHERE CHARINDEX('"inquiryId":"', Body) > 0;

CREATE INDEX IX_Outbox_Inquiry ON Outbox (InquiryId, Seq);
CREATE INDEX IX_Outbox_SetAside ON Outbox (Seq) WHERE State = 3;

-- What has become of a message that did not get through at once: one row for each thing that happened to it, however often it did.
CREATE TABLE OutboxHistory (
    Seq       BIGINT IDENTITY(1,1) NOT NULL,
    MessageId UNIQUEIDENTIFIER NOT NULL,
    Action    NVARCHAR(20) NOT NULL,
    Who       NVARCHAR(100) NOT NULL,
    Detail    NVARCHAR(200) NOT NULL,
    Times     INT NOT NULL,
    FirstAt   DATETIME2(3) NOT NULL,
    LastAt    DATETIME2(3) NOT NULL,
    CONSTRAINT PK_OutboxHistory PRIMARY KEY NONCLUSTERED (MessageId, Action, Who, Detail)
);
CREATE UNIQUE CLUSTERED INDEX CX_OutboxHistory ON OutboxHistory (Seq);
