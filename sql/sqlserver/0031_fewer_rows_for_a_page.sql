-- The numbers of a month lie together: it is read and written as a whole.
CREATE TABLE StatClinicMonth (
    Month      DATE NOT NULL,
    ClinicCode NVARCHAR(40) NOT NULL,
    Offered    INT NOT NULL,
    Accepted   INT NOT NULL,
    Declined   INT NOT NULL,
    Expired    INT NOT NULL,
    Withdrawn  INT NOT NULL,
    Booked     INT NOT NULL,
    Treated    INT NOT NULL,
    InHour     INT NOT NULL,
    InHalfDay  INT NOT NULL,
    InDay      INT NOT NULL,
    InTwoDays  INT NOT NULL,
    Later      INT NOT NULL,
    SaidWell   INT NOT NULL,
    SaidBadly  INT NOT NULL,
    CONSTRAINT PK_StatClinicMonth PRIMARY KEY (Month, ClinicCode)
);

INSERT INTO StatClinicMonth (Month, ClinicCode, Offered, Accepted, Declined, Expired, Withdrawn, Booked, Treated, InHour, InHalfDay, InDay,
    InTwoDays, Later, SaidWell, SaidBadly)
SELECT Month, ClinicCode, Offered, Accepted, Declined, Expired, Withdrawn, Booked, Treated, InHour, InHalfDay, InDay,
    InTwoDays, Later, SaidWell, SaidBadly
FROM StatClinic;

DROP TABLE StatClinic;

-- In the order of the list, so that a page reads its rows and no others.
DROP INDEX IX_Work_Due ON Work;
CREATE INDEX IX_Work_Due ON Work (Urgent DESC, DueAt, Seq) WHERE ClosedAt IS NULL;
