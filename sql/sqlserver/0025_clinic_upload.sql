-- A file of clinics that somebody is looking at in the console before it is imported: gzip, for a day.
CREATE TABLE ClinicUpload (
    Seq    BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_ClinicUpload PRIMARY KEY CLUSTERED,
    Id     UNIQUEIDENTIFIER NOT NULL,
    UserId UNIQUEIDENTIFIER NOT NULL,
    Name   NVARCHAR(200) NOT NULL,
    Body   VARBINARY(MAX) NOT NULL,
    At     DATETIME2(3) NOT NULL
);
CREATE UNIQUE INDEX UX_ClinicUpload_Id ON ClinicUpload (Id);
CREATE INDEX IX_ClinicUpload_At ON ClinicUpload (At);
