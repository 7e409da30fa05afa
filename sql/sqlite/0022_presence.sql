-- Who looks at an inquiry in the console, or writes about it, at this moment. A row counts for half a minute after the page last said so.

CREATE TABLE Presence (
    Seq       INTEGER NOT NULL PRIMARY KEY,
    InquiryId BLOB NOT NULL,
    UserId    BLOB NOT NULL,
    SeenAt    TEXT NOT NULL,
    WritingAt TEXT NULL
);
CREATE UNIQUE INDEX UX_Presence_User ON Presence (InquiryId, UserId);
CREATE INDEX IX_Presence_Seen ON Presence (SeenAt);
