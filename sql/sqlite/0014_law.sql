-- A credential counts for the conditions, treatments and cells it names; what an authority has suspended is a fact of its own; how cells are given
-- and how many transplants a centre does are shown. What was stored before names nothing in particular, and says nothing of the rest.

ALTER TABLE Credential ADD COLUMN Conditions TEXT NOT NULL DEFAULT '';
ALTER TABLE Credential ADD COLUMN Treatments TEXT NOT NULL DEFAULT '';
ALTER TABLE Credential ADD COLUMN CellSources TEXT NOT NULL DEFAULT '';
ALTER TABLE ClinicTreatment ADD COLUMN Route TEXT NULL;
ALTER TABLE Clinic ADD COLUMN TransplantsPerYear INTEGER NULL;

CREATE TABLE ClinicSuspension (
    ClinicSeq     INTEGER NOT NULL,
    N             INTEGER NOT NULL,
    SuspendedPart TEXT NOT NULL,
    Authority     TEXT NOT NULL,
    FromDay       TEXT NOT NULL,
    UntilDay      TEXT NULL,
    Source        TEXT NOT NULL,
    PRIMARY KEY (ClinicSeq, N)
) WITHOUT ROWID;
