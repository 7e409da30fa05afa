-- What the patient reads besides the language they are answered in, for clinics; codes with a space between them.
ALTER TABLE Inquiry ADD COLUMN AlsoReads TEXT NOT NULL DEFAULT '';

-- What a coordinator has sent the inquiry on for: a correction does not hold it for that again.
ALTER TABLE Inquiry ADD COLUMN Released TEXT NOT NULL DEFAULT '';
