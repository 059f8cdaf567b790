-- Shows that a row is the service's (Seal); null where it never was, and no such row is good.
ALTER TABLE api_key ADD COLUMN seal bytea;
ALTER TABLE enrolment_code ADD COLUMN seal bytea;
