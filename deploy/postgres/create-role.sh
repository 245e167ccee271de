#!/usr/bin/env bash
# A role for Parley that owns its database and has no other right, also none to make roles or databases. For an administrator's psql, or as an
# init script of the image `postgres`. The two extensions that migrations bring are trusted: the owner of a database may create them.
set -euo pipefail

: "${PARLEY_DATABASE_PASSWORD:?Set PARLEY_DATABASE_PASSWORD to the password that the role shall have.}"
psql -v ON_ERROR_STOP=1 -v password="$PARLEY_DATABASE_PASSWORD" --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
CREATE ROLE parley_app LOGIN PASSWORD :'password' NOSUPERUSER NOCREATEDB NOCREATEROLE;
CREATE DATABASE parley OWNER parley_app;
REVOKE ALL ON DATABASE parley FROM PUBLIC;
SQL
