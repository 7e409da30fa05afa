-- Who has read a row of a reference file with its source, and said that it is right, or is so no more. RowHash: of the row without that word.
CREATE TABLE RuleReview (
    Seq      INTEGER NOT NULL PRIMARY KEY,
    FileName TEXT NOT NULL,
    RowHash  TEXT NOT NULL,
    Reviewed INTEGER NOT NULL,
    UserId   BLOB NOT NULL,
    Name     TEXT NOT NULL,
    Remark   TEXT NOT NULL,
    At       TEXT NOT NULL
);
CREATE INDEX IX_RuleReview_File ON RuleReview (FileName, Seq);
