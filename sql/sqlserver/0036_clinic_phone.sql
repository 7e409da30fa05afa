-- Where a patient whom a clinic has accepted can call it.

ALTER TABLE Clinic ADD Phone NVARCHAR(40) NULL;
