-- When a clinic was first shown who the patient is. A yes that is taken back ends what it may see, not what it has seen: it is asked to delete it.

ALTER TABLE Referral ADD COLUMN FirstDisclosedAt TEXT NULL;
