-- Finding an inquiry by a name, and by the end of a phone number, without storing either.

-- One row for each word of the names, and one for the last digits of the phone: Token is a keyed hash of 8 bytes, Seq the inquiry's.
-- Clustered by exactly what is asked: a word, newest first. The index is for forgetting what an inquiry was found by.
CREATE TABLE NameToken (
    Token BLOB NOT NULL,
    Seq   INTEGER NOT NULL,
    PRIMARY KEY (Token, Seq)
) WITHOUT ROWID;
CREATE INDEX IX_NameToken_Seq ON NameToken (Seq);

-- Work that opens each old row once, and how far it has come; a row that is gone is work that is done.
CREATE TABLE Backfill (
    Name TEXT NOT NULL PRIMARY KEY,
    Seq  INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO Backfill (Name, Seq) VALUES ('name-tokens', 0);
