-- Who has read a row of a reference file with its source, and said that it is right, or is so no more. RowHash: of the row without that word.
CREATE TABLE RuleReview (
    Seq      BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_RuleReview PRIMARY KEY CLUSTERED,
    FileName NVARCHAR(40) NOT NULL,
    RowHash  NVARCHAR(64) NOT NULL,
    Reviewed BIT NOT NULL,
    UserId   UNIQUEIDENTIFIER NOT NULL,
    Name     NVARCHAR(200) NOT NULL,
    Remark   NVARCHAR(1000) NOT NULL,
    At       DATETIME2(3) NOT NULL
);
CREATE INDEX IX_RuleReview_File ON RuleReview (FileName, Seq);
