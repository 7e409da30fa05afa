-- How each person likes to work in the console, what they look at often, and what they did with many pieces of work at once.

CREATE TABLE UserPreference (
    UserId     BLOB NOT NULL PRIMARY KEY,
    SingleKeys INTEGER NOT NULL,
    GoesOn     INTEGER NOT NULL,
    Version    INTEGER NOT NULL
) WITHOUT ROWID;

-- Filter: what goes behind the question mark of the inbox.
CREATE TABLE SavedView (
    Seq       INTEGER NOT NULL PRIMARY KEY,
    Id        BLOB NOT NULL,
    OwnerId   BLOB NOT NULL,
    Name      TEXT NOT NULL,
    Filter    TEXT NOT NULL,
    Shared    INTEGER NOT NULL,
    CreatedAt TEXT NOT NULL
);
CREATE UNIQUE INDEX UX_SavedView_Id ON SavedView (Id);

-- Items: what each piece of work was before, and why some were left alone; ids, codes and moments as JSON. Kept for a week.
CREATE TABLE BulkAction (
    Seq      INTEGER NOT NULL PRIMARY KEY,
    Id       BLOB NOT NULL,
    UserId   BLOB NOT NULL,
    Deed     TEXT NOT NULL,
    Items    TEXT NOT NULL,
    At       TEXT NOT NULL,
    UndoneAt TEXT NULL
);
CREATE UNIQUE INDEX UX_BulkAction_Id ON BulkAction (Id);
CREATE INDEX IX_BulkAction_At ON BulkAction (At);
