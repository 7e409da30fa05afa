-- The time zone in which somebody reads moments in the console; NULL: the installation's.
ALTER TABLE AppUser ADD COLUMN TimeZone TEXT NULL;
