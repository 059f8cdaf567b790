-- Beginnings of document ids that are this key's, and of others that have them too; empty: it has none of its own.
ALTER TABLE api_key ADD COLUMN number_ranges text[] NOT NULL DEFAULT '{}';
