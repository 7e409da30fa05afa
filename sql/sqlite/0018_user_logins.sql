-- Who the operator's people are at an identity provider: bound by an invitation. The hash is of issuer and subject.
CREATE TABLE UserLogin (
    Seq       INTEGER NOT NULL PRIMARY KEY,
    UserId    BLOB NOT NULL,
    LoginHash BLOB NOT NULL,
    Issuer    TEXT NOT NULL,
    CreatedAt TEXT NOT NULL
);
CREATE UNIQUE INDEX UX_UserLogin_Login ON UserLogin (LoginHash);
CREATE UNIQUE INDEX UX_UserLogin_User ON UserLogin (UserId);
