-- Who makes us write to an address that nobody has shown to be theirs, and how often: hashes, for two days.
CREATE TABLE MailRequest (
    Seq       INTEGER NOT NULL PRIMARY KEY,
    InquiryId BLOB NULL,
    Kind      TEXT NOT NULL,
    Address   BLOB NOT NULL,
    Asker     BLOB NULL,
    Withheld  INTEGER NOT NULL,
    At        TEXT NOT NULL
);
CREATE INDEX IX_MailRequest_Address ON MailRequest (Address, Kind, At);
CREATE INDEX IX_MailRequest_Asker ON MailRequest (Asker, Kind, At) WHERE Asker IS NOT NULL;
CREATE INDEX IX_MailRequest_Inquiry ON MailRequest (InquiryId);
CREATE INDEX IX_MailRequest_At ON MailRequest (At);

-- Whom at a clinic a link was sent to: it opens nothing any more when they are no longer in the clinic's record. Null: from before this was kept.
ALTER TABLE AccessLink ADD COLUMN Person BLOB NULL;
