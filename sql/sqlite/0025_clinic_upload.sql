-- A file of clinics that somebody is looking at in the console before it is imported: gzip, for a day.
CREATE TABLE ClinicUpload (
    Seq    INTEGER NOT NULL PRIMARY KEY,
    Id     BLOB NOT NULL,
    UserId BLOB NOT NULL,
    Name   TEXT NOT NULL,
    Body   BLOB NOT NULL,
    At     TEXT NOT NULL
);
CREATE UNIQUE INDEX UX_ClinicUpload_Id ON ClinicUpload (Id);
CREATE INDEX IX_ClinicUpload_At ON ClinicUpload (At);
