-- What the clock does and when it last did: a row for each job, of whichever worker was last. For the page of the operations.
CREATE TABLE ClockRun (
    Name     TEXT NOT NULL PRIMARY KEY,
    BeganAt  TEXT NOT NULL,
    EndedAt  TEXT NOT NULL,
    NextAt   TEXT NULL,
    FailedAt TEXT NULL,
    Failure  TEXT NULL
) WITHOUT ROWID;
