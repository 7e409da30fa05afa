-- Finding an inquiry by a name, and by the end of a phone number, without storing either.

-- One row for each word of the names, and one for the last digits of the phone: Token is a keyed hash of 8 bytes, Seq the inquiry's.
-- Clustered by exactly what is asked: a word, newest first. The index is for forgetting what an inquiry was found by.
CREATE TABLE NameToken (
    Token VARBINARY(8) NOT NULL,
    Seq   BIGINT NOT NULL,
    CONSTRAINT PK_NameToken PRIMARY KEY CLUSTERED (Token, Seq)
);
CREATE INDEX IX_NameToken_Seq ON NameToken (Seq);

-- Work that opens each old row once, and how far it has come; a row that is gone is work that is done.
CREATE TABLE Backfill (
    Name NVARCHAR(40) NOT NULL CONSTRAINT PK_Backfill PRIMARY KEY,
    Seq  BIGINT NOT NULL
);
INSERT INTO Backfill (Name, Seq) VALUES ('name-tokens', 0);
