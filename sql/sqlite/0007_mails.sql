-- What mails need beside the text: what they are checked against, keys that outlive a patient's, and who wants no questions.

-- What is looked at before it is sent, when AboutId is made of several things: the referral.
ALTER TABLE Mail ADD COLUMN SubjectId BLOB NULL;

-- The key of a mail that has no patient's key when it is sent (the confirmation of an erasure); deleted when the mail is done with.
CREATE TABLE MailKey (
    MailId      BLOB NOT NULL PRIMARY KEY,
    MasterKeyId TEXT NOT NULL,
    WrappedKey  BLOB NOT NULL
) WITHOUT ROWID;

-- Addresses (keyed hashes) that want no check-ins and no marketing; what is purely transactional still goes there.
CREATE TABLE Unsubscription (
    AddressHash BLOB NOT NULL PRIMARY KEY,
    At          TEXT NOT NULL
) WITHOUT ROWID;
