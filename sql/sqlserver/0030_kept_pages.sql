-- What a page of the console keeps for one person for a short time: a form that could not be sent, what a search found, what is shown once.

CREATE TABLE KeptPage (
    Seq       BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_KeptPage PRIMARY KEY,
    Id        UNIQUEIDENTIFIER NOT NULL,
    UserId    UNIQUEIDENTIFIER NOT NULL,
    Kind      NVARCHAR(20) NOT NULL,
    InquiryId UNIQUEIDENTIFIER NULL,
    Sealed    VARBINARY(MAX) NULL,
    At        DATETIME2(3) NOT NULL,
    EndsAt    DATETIME2(3) NOT NULL
);
CREATE UNIQUE INDEX UX_KeptPage_Id ON KeptPage (Id);
CREATE INDEX IX_KeptPage_User ON KeptPage (UserId, Kind, At);
CREATE INDEX IX_KeptPage_Inquiry ON KeptPage (InquiryId);
CREATE INDEX IX_KeptPage_Ends ON KeptPage (EndsAt);
