-- A policy that one person proposes: another one puts it in force. AuthorName and DecidedBy are names, as histories say them.
CREATE TABLE PolicyProposal (
    Seq        INTEGER NOT NULL PRIMARY KEY,
    Id         BLOB NOT NULL,
    Name       TEXT NOT NULL,
    Body       TEXT NOT NULL,
    BasedOn    INTEGER NOT NULL,
    AuthorId   BLOB NOT NULL,
    AuthorName TEXT NOT NULL,
    Remark     TEXT NOT NULL,
    At         TEXT NOT NULL,
    State      TEXT NOT NULL,
    DecidedBy  TEXT NULL,
    DecidedAt  TEXT NULL
);
CREATE UNIQUE INDEX UX_PolicyProposal_Id ON PolicyProposal (Id);
CREATE INDEX IX_PolicyProposal_Open ON PolicyProposal (Seq) WHERE State = 'Open';

-- Past decisions made again under a proposed policy: how far it is, and what it came to (JSON).
CREATE TABLE PolicyTrial (
    Seq        INTEGER NOT NULL PRIMARY KEY,
    Id         BLOB NOT NULL,
    ProposalId BLOB NOT NULL,
    Since      TEXT NOT NULL,
    StartedBy  TEXT NOT NULL,
    StartedAt  TEXT NOT NULL,
    BeatAt     TEXT NOT NULL,
    Looked     INTEGER NOT NULL,
    Share      INTEGER NOT NULL,
    State      TEXT NOT NULL,
    Result     TEXT NULL
);
CREATE UNIQUE INDEX UX_PolicyTrial_Id ON PolicyTrial (Id);
CREATE INDEX IX_PolicyTrial_Proposal ON PolicyTrial (ProposalId, Seq);
