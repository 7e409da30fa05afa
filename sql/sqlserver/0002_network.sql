-- The network at every version, and the whole of what a clinic is. A row of Clinic is in force from FromVersion up to, not including, ToVersion
-- (NULL: still); what belongs to it is never changed. What is there becomes the clinics of the newest version: how they were before was not kept.

ALTER TABLE Clinic ADD
    FromVersion      BIGINT NOT NULL CONSTRAINT DF_Clinic_FromVersion DEFAULT 0,
    ToVersion        BIGINT NULL,
    DailyPace        INT NULL,
    Holidays         NVARCHAR(4000) NOT NULL CONSTRAINT DF_Clinic_Holidays DEFAULT N'',
    LeavePeriods     NVARCHAR(4000) NOT NULL CONSTRAINT DF_Clinic_LeavePeriods DEFAULT N'',
    OfferWindowHours INT NULL;
DROP INDEX UX_Clinic_Code ON Clinic;

CREATE TABLE ClinicSite (
    ClinicSeq BIGINT NOT NULL,
    N         INT NOT NULL,
    Code      NVARCHAR(40) NOT NULL,
    Name      NVARCHAR(200) NOT NULL,
    City      NVARCHAR(100) NOT NULL,
    CONSTRAINT PK_ClinicSite PRIMARY KEY (ClinicSeq, N)
);

CREATE TABLE ClinicContact (
    ClinicSeq BIGINT NOT NULL,
    N         INT NOT NULL,
    Name      NVARCHAR(200) NOT NULL,
    Role      NVARCHAR(20) NOT NULL,
    Email     NVARCHAR(254) NOT NULL,
    CONSTRAINT PK_ClinicContact PRIMARY KEY (ClinicSeq, N)
);

CREATE TABLE Package (
    ClinicSeq     BIGINT NOT NULL,
    N             INT NOT NULL,
    Name          NVARCHAR(200) NOT NULL,
    TreatmentCode NVARCHAR(40) NOT NULL,
    ConditionCode NVARCHAR(40) NULL,
    PriceAmount   DECIMAL(18,2) NOT NULL,
    PriceCurrency NVARCHAR(3) NOT NULL,
    Includes      NVARCHAR(1000) NOT NULL,
    ValidFrom     DATE NOT NULL,
    ValidTo       DATE NOT NULL,
    CONSTRAINT PK_Package PRIMARY KEY (ClinicSeq, N)
);

-- A price stood beside a treatment, without saying how long it holds: its name says where it comes from.
INSERT INTO Package (ClinicSeq, N, Name, TreatmentCode, ConditionCode, PriceAmount, PriceCurrency, Includes, ValidFrom, ValidTo)
SELECT c.Seq, t.N, t.TreatmentCode + N' for ' + t.ConditionCode + COALESCE(N' ' + t.ConditionType, N'') + N' (price from before packages were kept)',
       t.TreatmentCode, t.ConditionCode, t.PriceAmount, t.PriceCurrency, t.Includes, '2000-01-01', '2099-12-31'
FROM ClinicTreatment t INNER JOIN Clinic c ON c.Code = t.ClinicCode
WHERE t.PriceAmount IS NOT NULL AND t.PriceCurrency IS NOT NULL;

CREATE TABLE Physician (
    ClinicSeq           BIGINT NOT NULL,
    N                   INT NOT NULL,
    Name                NVARCHAR(200) NOT NULL,
    Active              BIT NOT NULL,
    Specialties         NVARCHAR(400) NOT NULL,
    Memberships         NVARCHAR(2000) NOT NULL,
    Experience          NVARCHAR(4000) NOT NULL,
    ReferencesCheckedAt DATE NULL,
    CONSTRAINT PK_Physician PRIMARY KEY (ClinicSeq, N)
);

CREATE TABLE PhysicianCertification (
    ClinicSeq  BIGINT NOT NULL,
    PhysicianN INT NOT NULL,
    N          INT NOT NULL,
    Board      NVARCHAR(200) NOT NULL,
    ValidTo    DATE NULL,
    VerifiedBy NVARCHAR(100) NULL,
    VerifiedAt DATE NULL,
    CONSTRAINT PK_PhysicianCertification PRIMARY KEY (ClinicSeq, PhysicianN, N)
);

ALTER TABLE ClinicTreatment ADD
    ClinicSeq BIGINT NOT NULL CONSTRAINT DF_ClinicTreatment_ClinicSeq DEFAULT 0,
    Site      NVARCHAR(40) NULL;

ALTER TABLE Credential ADD
    ClinicSeq          BIGINT NOT NULL CONSTRAINT DF_Credential_ClinicSeq DEFAULT 0,
    IssuerRecognisedBy NVARCHAR(200) NULL,
    Programme          NVARCHAR(200) NULL,
    Site               NVARCHAR(40) NULL,
    NextCheck          DATE NULL,
    EvidenceHash       NVARCHAR(64) NULL;

-- A statement that names a new column is not understood in the batch that adds it.
GO

UPDATE Clinic SET FromVersion = (SELECT COALESCE(MAX(Version), 0) FROM Network);
UPDATE ClinicTreatment SET ClinicSeq = (SELECT c.Seq FROM Clinic c WHERE c.Code = ClinicTreatment.ClinicCode);
UPDATE Credential SET ClinicSeq = (SELECT c.Seq FROM Clinic c WHERE c.Code = Credential.ClinicCode);

GO

CREATE UNIQUE INDEX UX_Clinic_Code ON Clinic (Code, FromVersion);
CREATE UNIQUE INDEX UX_Clinic_InForce ON Clinic (Code) WHERE ToVersion IS NULL;

ALTER TABLE ClinicTreatment DROP CONSTRAINT PK_ClinicTreatment;
ALTER TABLE ClinicTreatment DROP CONSTRAINT DF_ClinicTreatment_ClinicSeq;
ALTER TABLE ClinicTreatment DROP COLUMN ClinicCode;
ALTER TABLE ClinicTreatment DROP COLUMN PriceAmount;
ALTER TABLE ClinicTreatment DROP COLUMN PriceCurrency;
ALTER TABLE ClinicTreatment DROP COLUMN Includes;
ALTER TABLE ClinicTreatment ADD CONSTRAINT PK_ClinicTreatment PRIMARY KEY (ClinicSeq, N);

ALTER TABLE Credential DROP CONSTRAINT PK_Credential;
ALTER TABLE Credential DROP CONSTRAINT DF_Credential_ClinicSeq;
ALTER TABLE Credential DROP COLUMN ClinicCode;
ALTER TABLE Credential ADD CONSTRAINT PK_Credential PRIMARY KEY (ClinicSeq, N);
