-- Who makes us write to an address that nobody has shown to be theirs, and how often: hashes, for two days.
CREATE TABLE MailRequest (
    Seq       BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_MailRequest PRIMARY KEY CLUSTERED,
    InquiryId UNIQUEIDENTIFIER NULL,
    Kind      NVARCHAR(40) NOT NULL,
    Address   VARBINARY(32) NOT NULL,
    Asker     VARBINARY(32) NULL,
    Withheld  BIT NOT NULL,
    At        DATETIME2(3) NOT NULL
);
CREATE INDEX IX_MailRequest_Address ON MailRequest (Address, Kind, At);
CREATE INDEX IX_MailRequest_Asker ON MailRequest (Asker, Kind, At) WHERE Asker IS NOT NULL;
CREATE INDEX IX_MailRequest_Inquiry ON MailRequest (InquiryId);
CREATE INDEX IX_MailRequest_At ON MailRequest (At);

-- Whom at a clinic a link was sent to: it opens nothing any more when they are no longer in the clinic's record. Null: from before this was kept.
ALTER TABLE AccessLink ADD Person VARBINARY(32) NULL;
