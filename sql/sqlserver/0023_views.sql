-- How each person likes to work in the console, what they look at often, and what they did with many pieces of work at once.

CREATE TABLE UserPreference (
    UserId     UNIQUEIDENTIFIER NOT NULL CONSTRAINT PK_UserPreference PRIMARY KEY,
    SingleKeys BIT NOT NULL,
    GoesOn     BIT NOT NULL,
    Version    INT NOT NULL
);

-- Filter: what goes behind the question mark of the inbox.
CREATE TABLE SavedView (
    Seq       BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_SavedView PRIMARY KEY,
    Id        UNIQUEIDENTIFIER NOT NULL,
    OwnerId   UNIQUEIDENTIFIER NOT NULL,
    Name      NVARCHAR(60) NOT NULL,
    Filter    NVARCHAR(400) NOT NULL,
    Shared    BIT NOT NULL,
    CreatedAt DATETIME2(3) NOT NULL
);
CREATE UNIQUE INDEX UX_SavedView_Id ON SavedView (Id);

-- Items: what each piece of work was before, and why some were left alone; ids, codes and moments as JSON. Kept for a week.
CREATE TABLE BulkAction (
    Seq      BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_BulkAction PRIMARY KEY,
    Id       UNIQUEIDENTIFIER NOT NULL,
    UserId   UNIQUEIDENTIFIER NOT NULL,
    Deed     NVARCHAR(40) NOT NULL,
    Items    NVARCHAR(MAX) NOT NULL,
    At       DATETIME2(3) NOT NULL,
    UndoneAt DATETIME2(3) NULL
);
CREATE UNIQUE INDEX UX_BulkAction_Id ON BulkAction (Id);
CREATE INDEX IX_BulkAction_At ON BulkAction (At);
