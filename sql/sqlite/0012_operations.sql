-- Nothing stops for good: what is out of the way can be listed with its history, sent again, set aside and taken back; what stands still is found.

-- Which inquiry a message is about. Its body says so too, but cannot be asked for.
ALTER TABLE Outbox ADD COLUMN InquiryId BLOB NULL;

-- How often the clock has sent it again because nobody had handled it.
ALTER TABLE Outbox ADD COLUMN Resends INTEGER NOT NULL DEFAULT 0;

-- Why a person has put it away: state 3.
ALTER TABLE Outbox ADD COLUMN SetAsideReason TEXT NULL;

UPDATE Outbox SET InquiryId = unhex(replace(substr(Body, instr(Body, '"inquiryId":"') + 13, 36), '-', ''))
WHERE instr(Body, '"inquiryId":"') > 0;

CREATE INDEX IX_Outbox_Inquiry ON Outbox (InquiryId, Seq);
CREATE INDEX IX_Outbox_SetAside ON Outbox (Seq) WHERE State = 3;

-- What has become of a message that did not get through at once: one row for each thing that happened to it, however often it did.
CREATE TABLE OutboxHistory (
    MessageId BLOB NOT NULL,
    Action    TEXT NOT NULL,
    Who       TEXT NOT NULL,
    Detail    TEXT NOT NULL,
    Times     INTEGER NOT NULL,
    FirstAt   TEXT NOT NULL,
    LastAt    TEXT NOT NULL,
    PRIMARY KEY (MessageId, Action, Who, Detail)
) WITHOUT ROWID;
