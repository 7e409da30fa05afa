-- Who the operator's people are at an identity provider: bound by an invitation. The hash is of issuer and subject.
CREATE TABLE UserLogin (
    Seq       BIGINT IDENTITY(1,1) NOT NULL CONSTRAINT PK_UserLogin PRIMARY KEY CLUSTERED,
    UserId    UNIQUEIDENTIFIER NOT NULL,
    LoginHash VARBINARY(32) NOT NULL,
    Issuer    NVARCHAR(400) NOT NULL,
    CreatedAt DATETIME2(3) NOT NULL
);
CREATE UNIQUE INDEX UX_UserLogin_Login ON UserLogin (LoginHash);
CREATE UNIQUE INDEX UX_UserLogin_User ON UserLogin (UserId);
