-- In which trace it was written, as the W3C writes a traceparent: what takes it from here goes on in the same one. Empty while nobody watches.
ALTER TABLE Outbox ADD COLUMN Trace TEXT NULL;
ALTER TABLE Mail ADD COLUMN Trace TEXT NULL;
