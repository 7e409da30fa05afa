-- Finding the same person again without storing who they are, and what was decided about it.

-- One row for each thing an inquiry can be found by; Token is a keyed hash. The key leads with the token: that is what is asked for.
CREATE TABLE SearchToken (
    Seq       BIGINT IDENTITY(1,1) NOT NULL,
    Token     VARBINARY(16) NOT NULL,
    InquiryId UNIQUEIDENTIFIER NOT NULL,
    Kind      NVARCHAR(10) NOT NULL,
    At        DATETIME2(3) NOT NULL,
    CONSTRAINT PK_SearchToken PRIMARY KEY NONCLUSTERED (Token, InquiryId)
);
CREATE UNIQUE CLUSTERED INDEX CX_SearchToken ON SearchToken (Seq);
CREATE INDEX IX_SearchToken_Inquiry ON SearchToken (InquiryId);

-- InquiryId is the one that came later (and waits, when Strong), OtherId the one it resembles.
CREATE TABLE InquiryLink (
    Seq       BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_InquiryLink PRIMARY KEY,
    InquiryId UNIQUEIDENTIFIER NOT NULL,
    OtherId   UNIQUEIDENTIFIER NOT NULL,
    Reasons   NVARCHAR(200) NOT NULL,
    Score     INT NOT NULL,
    Strong    BIT NOT NULL,
    State     NVARCHAR(10) NOT NULL,
    CreatedAt DATETIME2(3) NOT NULL,
    DecidedAt DATETIME2(3) NULL,
    DecidedBy NVARCHAR(100) NULL
);
CREATE UNIQUE INDEX UX_InquiryLink_Pair ON InquiryLink (InquiryId, OtherId);
CREATE INDEX IX_InquiryLink_Other ON InquiryLink (OtherId);
CREATE INDEX IX_InquiryLink_State ON InquiryLink (State, Seq);

-- Only of inquiries that have a score: nearly all have none.
CREATE TABLE SpamScore (
    Seq       BIGINT IDENTITY(1,1) NOT NULL,
    InquiryId UNIQUEIDENTIFIER NOT NULL CONSTRAINT PK_SpamScore PRIMARY KEY NONCLUSTERED,
    Score     INT NOT NULL,
    Reasons   NVARCHAR(400) NOT NULL,
    At        DATETIME2(3) NOT NULL
);
CREATE UNIQUE CLUSTERED INDEX CX_SpamScore ON SpamScore (Seq);
