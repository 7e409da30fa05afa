-- What a coordinator has begun to write in a form about an inquiry: sealed under the patient's key, deleted when it is sent.

-- Version: of one draft it only grows, and no number comes back once the draft is gone.
CREATE TABLE Draft (
    Seq       BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_Draft PRIMARY KEY,
    UserId    UNIQUEIDENTIFIER NOT NULL,
    InquiryId UNIQUEIDENTIFIER NOT NULL,
    Form      NVARCHAR(40) NOT NULL,
    Sealed    VARBINARY(MAX) NOT NULL,
    At        DATETIME2(3) NOT NULL,
    Version   BIGINT NOT NULL
);
CREATE UNIQUE INDEX UX_Draft_Form ON Draft (InquiryId, UserId, Form);
