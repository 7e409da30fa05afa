-- What the clock does and when it last did: a row for each job, of whichever worker was last. For the page of the operations.
CREATE TABLE ClockRun (
    Name     NVARCHAR(60) NOT NULL CONSTRAINT PK_ClockRun PRIMARY KEY,
    BeganAt  DATETIME2(3) NOT NULL,
    EndedAt  DATETIME2(3) NOT NULL,
    NextAt   DATETIME2(3) NULL,
    FailedAt DATETIME2(3) NULL,
    Failure  NVARCHAR(100) NULL
);
