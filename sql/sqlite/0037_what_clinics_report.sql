-- What a clinic says of a booking and a treatment, who of the clinic answered, and since when the patient says that it is not so.
ALTER TABLE Referral ADD COLUMN AnsweredBy BLOB NULL;
ALTER TABLE Referral ADD COLUMN BookedOn TEXT NULL;
ALTER TABLE Referral ADD COLUMN TreatedOn TEXT NULL;
ALTER TABLE Referral ADD COLUMN PaidAmount REAL NULL;
ALTER TABLE Referral ADD COLUMN PaidCurrency TEXT NULL;
ALTER TABLE Referral ADD COLUMN DisputedAt TEXT NULL;
