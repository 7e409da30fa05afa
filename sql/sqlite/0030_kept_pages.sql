-- What a page of the console keeps for one person for a short time: a form that could not be sent, what a search found, what is shown once.

CREATE TABLE KeptPage (
    Seq       INTEGER NOT NULL PRIMARY KEY,
    Id        BLOB NOT NULL,
    UserId    BLOB NOT NULL,
    Kind      TEXT NOT NULL,
    InquiryId BLOB NULL,
    Sealed    BLOB NULL,
    At        TEXT NOT NULL,
    EndsAt    TEXT NOT NULL
);
CREATE UNIQUE INDEX UX_KeptPage_Id ON KeptPage (Id);
CREATE INDEX IX_KeptPage_User ON KeptPage (UserId, Kind, At);
CREATE INDEX IX_KeptPage_Inquiry ON KeptPage (InquiryId);
CREATE INDEX IX_KeptPage_Ends ON KeptPage (EndsAt);
