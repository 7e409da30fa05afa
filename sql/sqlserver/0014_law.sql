-- A credential counts for the conditions, treatments and cells it names; what an authority has suspended is a fact of its own; how cells are given
-- and how many transplants a centre does are shown. What was stored before names nothing in particular, and says nothing of the rest.

ALTER TABLE Credential ADD
    Conditions  NVARCHAR(1000) NOT NULL CONSTRAINT DF_Credential_Conditions DEFAULT N'',
    Treatments  NVARCHAR(1000) NOT NULL CONSTRAINT DF_Credential_Treatments DEFAULT N'',
    CellSources NVARCHAR(1000) NOT NULL CONSTRAINT DF_Credential_CellSources DEFAULT N'';
ALTER TABLE ClinicTreatment ADD Route NVARCHAR(40) NULL;
ALTER TABLE Clinic ADD TransplantsPerYear INT NULL;

CREATE TABLE ClinicSuspension (
    ClinicSeq     BIGINT NOT NULL,
    N             INT NOT NULL,
    SuspendedPart NVARCHAR(20) NOT NULL,
    Authority     NVARCHAR(200) NOT NULL,
    FromDay       DATE NOT NULL,
    UntilDay      DATE NULL,
    Source        NVARCHAR(500) NOT NULL,
    CONSTRAINT PK_ClinicSuspension PRIMARY KEY (ClinicSeq, N)
);
