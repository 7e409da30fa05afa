-- What mails need beside the text: what they are checked against, keys that outlive a patient's, and who wants no questions.

-- What is looked at before it is sent, when AboutId is made of several things: the referral.
ALTER TABLE Mail ADD SubjectId UNIQUEIDENTIFIER NULL;

-- The key of a mail that has no patient's key when it is sent (the confirmation of an erasure); deleted when the mail is done with.
CREATE TABLE MailKey (
    Seq         BIGINT IDENTITY(1,1) NOT NULL,
    MailId      UNIQUEIDENTIFIER NOT NULL CONSTRAINT PK_MailKey PRIMARY KEY NONCLUSTERED,
    MasterKeyId NVARCHAR(40) NOT NULL,
    WrappedKey  VARBINARY(200) NOT NULL
);
CREATE UNIQUE CLUSTERED INDEX CX_MailKey ON MailKey (Seq);

-- Addresses (keyed hashes) that want no check-ins and no marketing; what is purely transactional still goes there.
CREATE TABLE Unsubscription (
    Seq         BIGINT IDENTITY(1,1) NOT NULL,
    AddressHash VARBINARY(32) NOT NULL CONSTRAINT PK_Unsubscription PRIMARY KEY NONCLUSTERED,
    At          DATETIME2(3) NOT NULL
);
CREATE UNIQUE CLUSTERED INDEX CX_Unsubscription ON Unsubscription (Seq);
