-- A few rows that every unit of work changes: found by the clustered key they are asked for by, so that nobody reads, and waits for, the rows of others.

ALTER TABLE ClinicDay DROP CONSTRAINT PK_ClinicDay;
DROP INDEX CX_ClinicDay ON ClinicDay;
ALTER TABLE ClinicDay DROP COLUMN Seq;
ALTER TABLE ClinicDay ADD CONSTRAINT PK_ClinicDay PRIMARY KEY CLUSTERED (ClinicCode, Day);

ALTER TABLE ClinicShare DROP CONSTRAINT PK_ClinicShare;
DROP INDEX CX_ClinicShare ON ClinicShare;
ALTER TABLE ClinicShare DROP COLUMN Seq;
ALTER TABLE ClinicShare ADD CONSTRAINT PK_ClinicShare PRIMARY KEY CLUSTERED (ClinicCode, Week);

ALTER TABLE ClinicRecord DROP CONSTRAINT PK_ClinicRecord;
DROP INDEX CX_ClinicRecord ON ClinicRecord;
ALTER TABLE ClinicRecord DROP COLUMN Seq;
ALTER TABLE ClinicRecord ADD CONSTRAINT PK_ClinicRecord PRIMARY KEY CLUSTERED (ClinicCode);

ALTER TABLE Waiting DROP CONSTRAINT PK_Waiting;
DROP INDEX CX_Waiting ON Waiting;
ALTER TABLE Waiting DROP COLUMN Seq;
ALTER TABLE Waiting ADD CONSTRAINT PK_Waiting PRIMARY KEY CLUSTERED (InquiryId, ClinicCode);
