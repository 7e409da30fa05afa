-- A digest for each person of the console, and what a coordinator has begun and can still undo.

ALTER TABLE UserPreference ADD Digest BIT NOT NULL CONSTRAINT DF_UserPreference_Digest DEFAULT 1;

-- Which open work somebody has been told of by mail, and when last.
CREATE TABLE WorkTold (
    UserId  UNIQUEIDENTIFIER NOT NULL,
    WorkSeq BIGINT NOT NULL,
    At      DATETIME2(3) NOT NULL,
    CONSTRAINT PK_WorkTold PRIMARY KEY (UserId, WorkSeq)
);

-- Line: the last line of the history it was decided on. Sealed: what was typed, under the patient's key. ActorName: who does it.
CREATE TABLE PendingAction (
    Seq       BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_PendingAction PRIMARY KEY,
    Id        UNIQUEIDENTIFIER NOT NULL,
    InquiryId UNIQUEIDENTIFIER NOT NULL,
    Form      NVARCHAR(20) NOT NULL,
    Line      INT NOT NULL,
    ActorName NVARCHAR(200) NOT NULL,
    UserId    UNIQUEIDENTIFIER NULL,
    Sealed    VARBINARY(MAX) NOT NULL,
    DueAt     DATETIME2(3) NOT NULL
);
CREATE UNIQUE INDEX UX_PendingAction_Id ON PendingAction (Id);
CREATE UNIQUE INDEX UX_PendingAction_Inquiry ON PendingAction (InquiryId);
