-- Reference files as they were in force from one network version to the next: a decision made at a version can be made again with its rules.

CREATE TABLE ReferenceFile (
    Seq         BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_ReferenceFile PRIMARY KEY,
    Name        NVARCHAR(40) NOT NULL,
    FromVersion BIGINT NOT NULL,
    ToVersion   BIGINT NULL,
    Origin      NVARCHAR(10) NOT NULL,
    Hash        NVARCHAR(64) NOT NULL,
    Source      NVARCHAR(200) NOT NULL,
    ImportedAt  DATETIME2(3) NOT NULL,
    Body        NVARCHAR(MAX) NOT NULL
);
CREATE UNIQUE INDEX UX_ReferenceFile_Name ON ReferenceFile (Name, FromVersion);
