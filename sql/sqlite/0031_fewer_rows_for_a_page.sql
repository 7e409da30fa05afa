-- The numbers of a month lie together: it is read and written as a whole.
CREATE TABLE StatClinicMonth (
    Month      TEXT NOT NULL,
    ClinicCode TEXT NOT NULL,
    Offered    INTEGER NOT NULL,
    Accepted   INTEGER NOT NULL,
    Declined   INTEGER NOT NULL,
    Expired    INTEGER NOT NULL,
    Withdrawn  INTEGER NOT NULL,
    Booked     INTEGER NOT NULL,
    Treated    INTEGER NOT NULL,
    InHour     INTEGER NOT NULL,
    InHalfDay  INTEGER NOT NULL,
    InDay      INTEGER NOT NULL,
    InTwoDays  INTEGER NOT NULL,
    Later      INTEGER NOT NULL,
    SaidWell   INTEGER NOT NULL,
    SaidBadly  INTEGER NOT NULL,
    PRIMARY KEY (Month, ClinicCode)
) WITHOUT ROWID;

INSERT INTO StatClinicMonth (Month, ClinicCode, Offered, Accepted, Declined, Expired, Withdrawn, Booked, Treated, InHour, InHalfDay, InDay,
    InTwoDays, Later, SaidWell, SaidBadly)
SELECT Month, ClinicCode, Offered, Accepted, Declined, Expired, Withdrawn, Booked, Treated, InHour, InHalfDay, InDay,
    InTwoDays, Later, SaidWell, SaidBadly
FROM StatClinic;

DROP TABLE StatClinic;

-- In the order of the list, so that a page reads its rows and no others.
DROP INDEX IX_Work_Due;
CREATE INDEX IX_Work_Due ON Work (Urgent DESC, DueAt, Seq) WHERE ClosedAt IS NULL;
