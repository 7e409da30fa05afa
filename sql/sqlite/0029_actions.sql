-- A digest for each person of the console, and what a coordinator has begun and can still undo.

ALTER TABLE UserPreference ADD COLUMN Digest INTEGER NOT NULL DEFAULT 1;

-- Which open work somebody has been told of by mail, and when last.
CREATE TABLE WorkTold (
    UserId  BLOB NOT NULL,
    WorkSeq INTEGER NOT NULL,
    At      TEXT NOT NULL,
    PRIMARY KEY (UserId, WorkSeq)
) WITHOUT ROWID;

-- Line: the last line of the history it was decided on. Sealed: what was typed, under the patient's key. ActorName: who does it.
CREATE TABLE PendingAction (
    Seq       INTEGER NOT NULL PRIMARY KEY,
    Id        BLOB NOT NULL,
    InquiryId BLOB NOT NULL,
    Form      TEXT NOT NULL,
    Line      INTEGER NOT NULL,
    ActorName TEXT NOT NULL,
    UserId    BLOB NULL,
    Sealed    BLOB NOT NULL,
    DueAt     TEXT NOT NULL
);
CREATE UNIQUE INDEX UX_PendingAction_Id ON PendingAction (Id);
CREATE UNIQUE INDEX UX_PendingAction_Inquiry ON PendingAction (InquiryId);
