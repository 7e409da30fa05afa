-- The empty database and the login of the program:  sqlcmd … -v Password=… -i new-database.sql   Safe to run again.
IF DB_ID(N'InquiryRouter') IS NULL CREATE DATABASE InquiryRouter;
GO
-- Who reads sees what was committed last, and does not wait for who writes.
IF (SELECT is_read_committed_snapshot_on FROM sys.databases WHERE name = N'InquiryRouter') = 0
  ALTER DATABASE InquiryRouter SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
GO
IF SUSER_ID(N'inquiryrouter') IS NULL CREATE LOGIN inquiryrouter WITH PASSWORD = N'$(Password)', DEFAULT_DATABASE = InquiryRouter;
ELSE ALTER LOGIN inquiryrouter WITH PASSWORD = N'$(Password)';
GO
USE InquiryRouter;
IF USER_ID(N'inquiryrouter') IS NULL CREATE USER inquiryrouter FOR LOGIN inquiryrouter;
ALTER ROLE db_owner ADD MEMBER inquiryrouter;
GO
