-- Matching in depth: policies, decisions kept whole, fair shares, who waits for a place, how clinics answered.

CREATE TABLE Policy (
    Version     INT NOT NULL CONSTRAINT PK_Policy PRIMARY KEY,
    Name        NVARCHAR(80) NOT NULL,
    Body        NVARCHAR(MAX) NOT NULL,
    ActivatedAt DATETIME2(3) NOT NULL,
    ActivatedBy NVARCHAR(100) NOT NULL
);

-- Decision: everything it was made from and came to, compressed; NULL for those made before this script.
CREATE TABLE MatchDecision (
    Seq            BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_MatchDecision PRIMARY KEY,
    Id             UNIQUEIDENTIFIER NOT NULL,
    InquiryId      UNIQUEIDENTIFIER NOT NULL,
    InquiryVersion INT NOT NULL,
    NetworkVersion BIGINT NOT NULL,
    PolicyVersion  INT NOT NULL,
    At             DATETIME2(3) NOT NULL,
    Tied           INT NOT NULL,
    Candidates     NVARCHAR(MAX) NOT NULL,
    Decision       VARBINARY(MAX) NULL
);
CREATE UNIQUE INDEX UX_MatchDecision_Id ON MatchDecision (Id);
CREATE INDEX IX_MatchDecision_Inquiry ON MatchDecision (InquiryId, Seq);
CREATE INDEX IX_MatchDecision_At ON MatchDecision (At, Seq);

INSERT INTO MatchDecision (Id, InquiryId, InquiryVersion, NetworkVersion, PolicyVersion, At, Tied, Candidates, Decision)
SELECT Id, InquiryId, InquiryVersion, NetworkVersion, PolicyVersion, At, 1, Candidates, NULL FROM InquiryMatch ORDER BY Seq;

DROP TABLE InquiryMatch;

CREATE TABLE ClinicDay (
    Seq        BIGINT IDENTITY(1,1) NOT NULL,
    ClinicCode NVARCHAR(40) NOT NULL,
    Day        DATE NOT NULL,
    Offered    INT NOT NULL,
    CONSTRAINT PK_ClinicDay PRIMARY KEY NONCLUSTERED (ClinicCode, Day)
);
CREATE UNIQUE CLUSTERED INDEX CX_ClinicDay ON ClinicDay (Seq);
CREATE INDEX IX_ClinicDay_Day ON ClinicDay (Day);

CREATE TABLE ClinicShare (
    Seq        BIGINT IDENTITY(1,1) NOT NULL,
    ClinicCode NVARCHAR(40) NOT NULL,
    Week       DATE NOT NULL,
    Owed       BIGINT NOT NULL,
    CONSTRAINT PK_ClinicShare PRIMARY KEY NONCLUSTERED (ClinicCode, Week)
);
CREATE UNIQUE CLUSTERED INDEX CX_ClinicShare ON ClinicShare (Seq);
CREATE INDEX IX_ClinicShare_Week ON ClinicShare (Week);

CREATE TABLE ClinicRecord (
    Seq             BIGINT IDENTITY(1,1) NOT NULL,
    ClinicCode      NVARCHAR(40) NOT NULL CONSTRAINT PK_ClinicRecord PRIMARY KEY NONCLUSTERED,
    ResponseMinutes INT NULL,
    Answered        INT NOT NULL,
    Accepted        INT NOT NULL,
    At              DATETIME2(3) NOT NULL
);
CREATE UNIQUE CLUSTERED INDEX CX_ClinicRecord ON ClinicRecord (Seq);

CREATE TABLE Waiting (
    Seq        BIGINT IDENTITY(1,1) NOT NULL,
    InquiryId  UNIQUEIDENTIFIER NOT NULL,
    ClinicCode NVARCHAR(40) NOT NULL,
    Since      DATETIME2(3) NOT NULL,
    CONSTRAINT PK_Waiting PRIMARY KEY NONCLUSTERED (InquiryId, ClinicCode)
);
CREATE UNIQUE CLUSTERED INDEX CX_Waiting ON Waiting (Seq);
CREATE INDEX IX_Waiting_Since ON Waiting (Since, InquiryId);
CREATE INDEX IX_Referral_OfferedAt ON Referral (OfferedAt);

-- Who is full is asked with the cap the clinic has now; the row keeps the one it had at its first offer of the week.
DROP INDEX IX_ClinicLoad_Full ON ClinicLoad;
