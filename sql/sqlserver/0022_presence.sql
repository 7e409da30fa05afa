-- Who looks at an inquiry in the console, or writes about it, at this moment. A row counts for half a minute after the page last said so.

CREATE TABLE Presence (
    Seq       BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_Presence PRIMARY KEY,
    InquiryId UNIQUEIDENTIFIER NOT NULL,
    UserId    UNIQUEIDENTIFIER NOT NULL,
    SeenAt    DATETIME2(3) NOT NULL,
    WritingAt DATETIME2(3) NULL
);
CREATE UNIQUE INDEX UX_Presence_User ON Presence (InquiryId, UserId);
CREATE INDEX IX_Presence_Seen ON Presence (SeenAt);
