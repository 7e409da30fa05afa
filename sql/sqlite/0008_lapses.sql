-- Which requirement a clinic no longer meets that has already accepted an inquiry: the coordinators are told once for each lapse.

ALTER TABLE Referral ADD COLUMN Lapse TEXT NULL;
CREATE INDEX IX_Referral_Accepted ON Referral (Id) WHERE State IN ('Accepted', 'Quoted', 'Booked');
