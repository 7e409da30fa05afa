-- Numbers for the reports, counted by the clock from everything else, week by week of receipt; and of clinics, month by month of offer. A week is
-- counted anew as a whole, so that nothing is counted twice.

-- Kept 1: of inquiries that were erased since, which cannot be counted again; nothing in them tells of one person.
CREATE TABLE StatWeek (
    Dimension TEXT NOT NULL,
    Week      TEXT NOT NULL,
    Value     TEXT NOT NULL,
    Measure   TEXT NOT NULL,
    Kept      INTEGER NOT NULL,
    N         INTEGER NOT NULL,
    PRIMARY KEY (Dimension, Week, Value, Measure, Kept)
) WITHOUT ROWID;

-- How long steps took, in buckets that are 2 % wide: they can be added up, percentiles cannot.
CREATE TABLE StatTime (
    Step   TEXT NOT NULL,
    Week   TEXT NOT NULL,
    Bucket INTEGER NOT NULL,
    Kept   INTEGER NOT NULL,
    N      INTEGER NOT NULL,
    PRIMARY KEY (Step, Week, Bucket, Kept)
) WITHOUT ROWID;

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

-- Which week or month was counted when. Version: whoever counts writes only over what they have seen; an erasure makes another one.
CREATE TABLE StatRun (
    Kind      TEXT NOT NULL,
    Start     TEXT NOT NULL,
    Version   INTEGER NOT NULL,
    CountedAt TEXT NULL,
    PRIMARY KEY (Kind, Start)
) WITHOUT ROWID;
