-- The network at every version, and the whole of what a clinic is. A row of Clinic is in force from FromVersion up to, not including, ToVersion
-- (NULL: still); what belongs to it is never changed. What is there becomes the clinics of the newest version: how they were before was not kept.

ALTER TABLE Clinic ADD COLUMN FromVersion INTEGER NOT NULL DEFAULT 0;
ALTER TABLE Clinic ADD COLUMN ToVersion INTEGER NULL;
ALTER TABLE Clinic ADD COLUMN DailyPace INTEGER NULL;
ALTER TABLE Clinic ADD COLUMN Holidays TEXT NOT NULL DEFAULT '';
ALTER TABLE Clinic ADD COLUMN LeavePeriods TEXT NOT NULL DEFAULT '';
ALTER TABLE Clinic ADD COLUMN OfferWindowHours INTEGER NULL;
UPDATE Clinic SET FromVersion = (SELECT COALESCE(MAX(Version), 0) FROM Network);
DROP INDEX UX_Clinic_Code;
CREATE UNIQUE INDEX UX_Clinic_Code ON Clinic (Code, FromVersion);
CREATE UNIQUE INDEX UX_Clinic_InForce ON Clinic (Code) WHERE ToVersion IS NULL;

CREATE TABLE ClinicSite (
    ClinicSeq INTEGER NOT NULL,
    N         INTEGER NOT NULL,
    Code      TEXT NOT NULL,
    Name      TEXT NOT NULL,
    City      TEXT NOT NULL,
    PRIMARY KEY (ClinicSeq, N)
) WITHOUT ROWID;

CREATE TABLE ClinicContact (
    ClinicSeq INTEGER NOT NULL,
    N         INTEGER NOT NULL,
    Name      TEXT NOT NULL,
    Role      TEXT NOT NULL,
    Email     TEXT NOT NULL,
    PRIMARY KEY (ClinicSeq, N)
) WITHOUT ROWID;

CREATE TABLE Package (
    ClinicSeq     INTEGER NOT NULL,
    N             INTEGER NOT NULL,
    Name          TEXT NOT NULL,
    TreatmentCode TEXT NOT NULL,
    ConditionCode TEXT NULL,
    PriceAmount   REAL NOT NULL,
    PriceCurrency TEXT NOT NULL,
    Includes      TEXT NOT NULL,
    ValidFrom     TEXT NOT NULL,
    ValidTo       TEXT NOT NULL,
    PRIMARY KEY (ClinicSeq, N)
) WITHOUT ROWID;

-- A price stood beside a treatment, without saying how long it holds: its name says where it comes from.
INSERT INTO Package (ClinicSeq, N, Name, TreatmentCode, ConditionCode, PriceAmount, PriceCurrency, Includes, ValidFrom, ValidTo)
SELECT c.Seq, t.N, t.TreatmentCode || ' for ' || t.ConditionCode || COALESCE(' ' || t.ConditionType, '') || ' (price from before packages were kept)',
       t.TreatmentCode, t.ConditionCode, t.PriceAmount, t.PriceCurrency, t.Includes, '2000-01-01', '2099-12-31'
FROM ClinicTreatment t INNER JOIN Clinic c ON c.Code = t.ClinicCode
WHERE t.PriceAmount IS NOT NULL AND t.PriceCurrency IS NOT NULL;

CREATE TABLE NewTreatment (
    ClinicSeq     INTEGER NOT NULL,
    N             INTEGER NOT NULL,
    ConditionCode TEXT NOT NULL,
    ConditionType TEXT NULL,
    TreatmentCode TEXT NOT NULL,
    CellSources   TEXT NOT NULL,
    Site          TEXT NULL,
    PRIMARY KEY (ClinicSeq, N)
) WITHOUT ROWID;
INSERT INTO NewTreatment (ClinicSeq, N, ConditionCode, ConditionType, TreatmentCode, CellSources)
SELECT c.Seq, t.N, t.ConditionCode, t.ConditionType, t.TreatmentCode, t.CellSources
FROM ClinicTreatment t INNER JOIN Clinic c ON c.Code = t.ClinicCode;
DROP TABLE ClinicTreatment;
ALTER TABLE NewTreatment RENAME TO ClinicTreatment;

CREATE TABLE Physician (
    ClinicSeq           INTEGER NOT NULL,
    N                   INTEGER NOT NULL,
    Name                TEXT NOT NULL,
    Active              INTEGER NOT NULL,
    Specialties         TEXT NOT NULL,
    Memberships         TEXT NOT NULL,
    Experience          TEXT NOT NULL,
    ReferencesCheckedAt TEXT NULL,
    PRIMARY KEY (ClinicSeq, N)
) WITHOUT ROWID;

CREATE TABLE PhysicianCertification (
    ClinicSeq  INTEGER NOT NULL,
    PhysicianN INTEGER NOT NULL,
    N          INTEGER NOT NULL,
    Board      TEXT NOT NULL,
    ValidTo    TEXT NULL,
    VerifiedBy TEXT NULL,
    VerifiedAt TEXT NULL,
    PRIMARY KEY (ClinicSeq, PhysicianN, N)
) WITHOUT ROWID;

CREATE TABLE NewCredential (
    ClinicSeq          INTEGER NOT NULL,
    N                  INTEGER NOT NULL,
    Body               TEXT NOT NULL,
    IssuerRecognisedBy TEXT NULL,
    Programme          TEXT NULL,
    Scope              TEXT NOT NULL,
    Site               TEXT NULL,
    Number             TEXT NOT NULL,
    ValidFrom          TEXT NOT NULL,
    ValidTo            TEXT NOT NULL,
    Status             TEXT NOT NULL,
    VerifiedBy         TEXT NULL,
    VerifiedAt         TEXT NULL,
    NextCheck          TEXT NULL,
    SourceUrl          TEXT NULL,
    EvidenceHash       TEXT NULL,
    PRIMARY KEY (ClinicSeq, N)
) WITHOUT ROWID;
INSERT INTO NewCredential (ClinicSeq, N, Body, Scope, Number, ValidFrom, ValidTo, Status, VerifiedBy, VerifiedAt, SourceUrl)
SELECT c.Seq, d.N, d.Body, d.Scope, d.Number, d.ValidFrom, d.ValidTo, d.Status, d.VerifiedBy, d.VerifiedAt, d.SourceUrl
FROM Credential d INNER JOIN Clinic c ON c.Code = d.ClinicCode;
DROP TABLE Credential;
ALTER TABLE NewCredential RENAME TO Credential;
