-- Matching in depth: policies, decisions kept whole, fair shares, who waits for a place, how clinics answered.

CREATE TABLE Policy (
    Version     INTEGER NOT NULL PRIMARY KEY,
    Name        TEXT NOT NULL,
    Body        TEXT NOT NULL,
    ActivatedAt TEXT NOT NULL,
    ActivatedBy TEXT NOT NULL
);

-- Decision: everything it was made from and came to, compressed; NULL for those made before this script.
CREATE TABLE MatchDecision (
    Seq            INTEGER NOT NULL PRIMARY KEY,
    Id             BLOB NOT NULL,
    InquiryId      BLOB NOT NULL,
    InquiryVersion INTEGER NOT NULL,
    NetworkVersion INTEGER NOT NULL,
    PolicyVersion  INTEGER NOT NULL,
    At             TEXT NOT NULL,
    Tied           INTEGER NOT NULL,
    Candidates     TEXT NOT NULL,
    Decision       BLOB NULL
);
CREATE UNIQUE INDEX UX_MatchDecision_Id ON MatchDecision (Id);
CREATE INDEX IX_MatchDecision_Inquiry ON MatchDecision (InquiryId, Seq);
CREATE INDEX IX_MatchDecision_At ON MatchDecision (At, Seq);

INSERT INTO MatchDecision (Id, InquiryId, InquiryVersion, NetworkVersion, PolicyVersion, At, Tied, Candidates, Decision)
SELECT Id, InquiryId, InquiryVersion, NetworkVersion, PolicyVersion, At, 1, Candidates, NULL FROM InquiryMatch ORDER BY Seq;

DROP TABLE InquiryMatch;

CREATE TABLE ClinicDay (
    ClinicCode TEXT NOT NULL,
    Day        TEXT NOT NULL,
    Offered    INTEGER NOT NULL,
    PRIMARY KEY (ClinicCode, Day)
) WITHOUT ROWID;
CREATE INDEX IX_ClinicDay_Day ON ClinicDay (Day);

CREATE TABLE ClinicShare (
    ClinicCode TEXT NOT NULL,
    Week       TEXT NOT NULL,
    Owed       INTEGER NOT NULL,
    PRIMARY KEY (ClinicCode, Week)
) WITHOUT ROWID;
CREATE INDEX IX_ClinicShare_Week ON ClinicShare (Week);

CREATE TABLE ClinicRecord (
    ClinicCode      TEXT NOT NULL PRIMARY KEY,
    ResponseMinutes INTEGER NULL,
    Answered        INTEGER NOT NULL,
    Accepted        INTEGER NOT NULL,
    At              TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE Waiting (
    InquiryId  BLOB NOT NULL,
    ClinicCode TEXT NOT NULL,
    Since      TEXT NOT NULL,
    PRIMARY KEY (InquiryId, ClinicCode)
) WITHOUT ROWID;
CREATE INDEX IX_Waiting_Since ON Waiting (Since, InquiryId);
CREATE INDEX IX_Referral_OfferedAt ON Referral (OfferedAt);

-- Who is full is asked with the cap the clinic has now; the row keeps the one it had at its first offer of the week.
DROP INDEX IX_ClinicLoad_Full;
