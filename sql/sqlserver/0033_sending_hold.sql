-- While its one row is here nothing is sent and nothing goes on by itself: the database was restored, and a person is to see first what would be sent.
CREATE TABLE SendingHold (
    Id       BIGINT NOT NULL CONSTRAINT PK_SendingHold PRIMARY KEY,
    Since    DATETIME2(3) NOT NULL,
    BackupAt DATETIME2(3) NULL,
    Who      NVARCHAR(100) NOT NULL
);
