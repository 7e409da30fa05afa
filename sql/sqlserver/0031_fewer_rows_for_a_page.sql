-- In the order of the list, so that a page reads its rows and no others.
DROP INDEX IX_Work_Due ON Work;
CREATE INDEX IX_Work_Due ON Work (Urgent DESC, DueAt, Seq) WHERE ClosedAt IS NULL;
