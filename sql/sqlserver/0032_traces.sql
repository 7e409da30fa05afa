-- In which trace it was written, as the W3C writes a traceparent: what takes it from here goes on in the same one. Empty while nobody watches.
ALTER TABLE Outbox ADD Trace VARCHAR(55) NULL;
ALTER TABLE Mail ADD Trace VARCHAR(55) NULL;
