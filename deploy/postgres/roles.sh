#!/bin/bash
# Run once, by the image of PostgreSQL when its folder is new: the two roles of docs/postgresql.md and their database.
set -euo pipefail

psql --username "$POSTGRES_USER" --set ON_ERROR_STOP=1 \
  --set owner="$(cat /run/secrets/stockledger-owner-password)" \
  --set service="$(cat /run/secrets/stockledger-password)" <<'SQL'
CREATE ROLE stockledger_owner LOGIN PASSWORD :'owner';
CREATE ROLE stockledger LOGIN PASSWORD :'service';
CREATE DATABASE stockledger OWNER stockledger_owner;
GRANT CREATE ON DATABASE stockledger TO stockledger;
\connect stockledger
GRANT CREATE ON SCHEMA public TO stockledger;
SQL
