-- Finding the same person again without storing who they are, and what was decided about it.

-- One row for each thing an inquiry can be found by; Token is a keyed hash. The key leads with the token: that is what is asked for.
CREATE TABLE SearchToken (
    Token     BLOB NOT NULL,
    InquiryId BLOB NOT NULL,
    Kind      TEXT NOT NULL,
    At        TEXT NOT NULL,
    PRIMARY KEY (Token, InquiryId)
) WITHOUT ROWID;
CREATE INDEX IX_SearchToken_Inquiry ON SearchToken (InquiryId);

-- InquiryId is the one that came later (and waits, when Strong), OtherId the one it resembles.
CREATE TABLE InquiryLink (
    Seq       INTEGER NOT NULL PRIMARY KEY,
    InquiryId BLOB NOT NULL,
    OtherId   BLOB NOT NULL,
    Reasons   TEXT NOT NULL,
    Score     INTEGER NOT NULL,
    Strong    INTEGER NOT NULL,
    State     TEXT NOT NULL,
    CreatedAt TEXT NOT NULL,
    DecidedAt TEXT NULL,
    DecidedBy TEXT NULL
);
CREATE UNIQUE INDEX UX_InquiryLink_Pair ON InquiryLink (InquiryId, OtherId);
CREATE INDEX IX_InquiryLink_Other ON InquiryLink (OtherId);
CREATE INDEX IX_InquiryLink_State ON InquiryLink (State, Seq);

-- Only of inquiries that have a score: nearly all have none.
CREATE TABLE SpamScore (
    InquiryId BLOB NOT NULL PRIMARY KEY,
    Score     INTEGER NOT NULL,
    Reasons   TEXT NOT NULL,
    At        TEXT NOT NULL
) WITHOUT ROWID;
