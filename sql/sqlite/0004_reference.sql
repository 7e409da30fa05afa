-- Reference files as they were in force from one network version to the next: a decision made at a version can be made again with its rules.

CREATE TABLE ReferenceFile (
    Seq         INTEGER NOT NULL PRIMARY KEY,
    Name        TEXT NOT NULL,
    FromVersion INTEGER NOT NULL,
    ToVersion   INTEGER NULL,
    Origin      TEXT NOT NULL,
    Hash        TEXT NOT NULL,
    Source      TEXT NOT NULL,
    ImportedAt  TEXT NOT NULL,
    Body        TEXT NOT NULL
);
CREATE UNIQUE INDEX UX_ReferenceFile_Name ON ReferenceFile (Name, FromVersion);
