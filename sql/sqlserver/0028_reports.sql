-- Numbers for the reports, counted by the clock from everything else, week by week of receipt; and of clinics, month by month of offer. A week is
-- counted anew as a whole, so that nothing is counted twice.

-- Kept 1: of inquiries that were erased since, which cannot be counted again; nothing in them tells of one person.
CREATE TABLE StatWeek (
    Dimension NVARCHAR(20) NOT NULL,
    Week      DATE NOT NULL,
    Value     NVARCHAR(300) COLLATE Latin1_General_BIN2 NOT NULL,
    Measure   NVARCHAR(40) NOT NULL,
    Kept      BIT NOT NULL,
    N         INT NOT NULL,
    CONSTRAINT PK_StatWeek PRIMARY KEY (Dimension, Week, Value, Measure, Kept)
);

-- How long steps took, in buckets that are 2 % wide: they can be added up, percentiles cannot.
CREATE TABLE StatTime (
    Step   NVARCHAR(20) NOT NULL,
    Week   DATE NOT NULL,
    Bucket INT NOT NULL,
    Kept   BIT NOT NULL,
    N      INT NOT NULL,
    CONSTRAINT PK_StatTime PRIMARY KEY (Step, Week, Bucket, Kept)
);

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

-- Which week or month was counted when. Version: whoever counts writes only over what they have seen; an erasure makes another one.
CREATE TABLE StatRun (
    Kind      NVARCHAR(10) NOT NULL,
    Start     DATE NOT NULL,
    Version   INT NOT NULL,
    CountedAt DATETIME2(3) NULL,
    CONSTRAINT PK_StatRun PRIMARY KEY (Kind, Start)
);
