-- What the patient reads besides the language they are answered in, for clinics; codes with a space between them.
ALTER TABLE Inquiry ADD AlsoReads NVARCHAR(100) NOT NULL CONSTRAINT DF_Inquiry_AlsoReads DEFAULT '';

-- What a coordinator has sent the inquiry on for: a correction does not hold it for that again.
ALTER TABLE Inquiry ADD Released NVARCHAR(400) NOT NULL CONSTRAINT DF_Inquiry_Released DEFAULT '';
