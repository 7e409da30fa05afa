-- A policy that one person proposes: another one puts it in force. AuthorName and DecidedBy are names, as histories say them.
CREATE TABLE PolicyProposal (
    Seq        BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_PolicyProposal PRIMARY KEY CLUSTERED,
    Id         UNIQUEIDENTIFIER NOT NULL,
    Name       NVARCHAR(80) NOT NULL,
    Body       NVARCHAR(MAX) NOT NULL,
    BasedOn    INT NOT NULL,
    AuthorId   UNIQUEIDENTIFIER NOT NULL,
    AuthorName NVARCHAR(200) NOT NULL,
    Remark     NVARCHAR(1000) NOT NULL,
    At         DATETIME2(3) NOT NULL,
    State      NVARCHAR(20) NOT NULL,
    DecidedBy  NVARCHAR(200) NULL,
    DecidedAt  DATETIME2(3) NULL
);
CREATE UNIQUE INDEX UX_PolicyProposal_Id ON PolicyProposal (Id);
CREATE INDEX IX_PolicyProposal_Open ON PolicyProposal (Seq) WHERE State = 'Open';

-- Past decisions made again under a proposed policy: how far it is, and what it came to (JSON).
CREATE TABLE PolicyTrial (
    Seq        BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_PolicyTrial PRIMARY KEY CLUSTERED,
    Id         UNIQUEIDENTIFIER NOT NULL,
    ProposalId UNIQUEIDENTIFIER NOT NULL,
    Since      DATETIME2(3) NOT NULL,
    StartedBy  NVARCHAR(200) NOT NULL,
    StartedAt  DATETIME2(3) NOT NULL,
    BeatAt     DATETIME2(3) NOT NULL,
    Looked     INT NOT NULL,
    Share      INT NOT NULL,
    State      NVARCHAR(20) NOT NULL,
    Result     NVARCHAR(MAX) NULL
);
CREATE UNIQUE INDEX UX_PolicyTrial_Id ON PolicyTrial (Id);
CREATE INDEX IX_PolicyTrial_Proposal ON PolicyTrial (ProposalId, Seq);
