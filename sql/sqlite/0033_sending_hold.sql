-- While its one row is here nothing is sent and nothing goes on by itself: the database was restored, and a person is to see first what would be sent.
CREATE TABLE SendingHold (
    Id       INTEGER NOT NULL PRIMARY KEY,
    Since    TEXT NOT NULL,
    BackupAt TEXT NULL,
    Who      TEXT NOT NULL
);
