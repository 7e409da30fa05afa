-- What a clinic says of a booking and a treatment, who of the clinic answered, and since when the patient says that it is not so.
ALTER TABLE Referral ADD AnsweredBy VARBINARY(32) NULL, BookedOn DATE NULL, TreatedOn DATE NULL, PaidAmount DECIMAL(18,2) NULL,
    PaidCurrency NVARCHAR(3) NULL, DisputedAt DATETIME2(3) NULL;
