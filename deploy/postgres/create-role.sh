#!/usr/bin/env bash
# Roles for Parley that have no other right, also none to make roles or databases. For an administrator's psql, or as an init script of the image
# `postgres`. The two extensions that migrations bring are trusted: the owner of a database may create them.
#
# With PARLEY_OWNER_PASSWORD there are two: parley_owner owns the database and is for migrations, backups and restores; parley_app, for web processes and
# workers, reads and writes rows and owns nothing, so whatever is done through it changes no table. Without it parley_app does both.
set -euo pipefail

: "${PARLEY_DATABASE_PASSWORD:?Set PARLEY_DATABASE_PASSWORD to the password that the role shall have.}"
administer() {
  psql -v ON_ERROR_STOP=1 -v password="$PARLEY_DATABASE_PASSWORD" -v owner_password="${PARLEY_OWNER_PASSWORD:-}" \
    --username "${POSTGRES_USER:-postgres}" --dbname postgres
}

if [ -z "${PARLEY_OWNER_PASSWORD:-}" ]; then
  administer <<'SQL'
CREATE ROLE parley_app LOGIN PASSWORD :'password' NOSUPERUSER NOCREATEDB NOCREATEROLE;
CREATE DATABASE parley OWNER parley_app;
REVOKE ALL ON DATABASE parley FROM PUBLIC;
SQL
  exit
fi

administer <<'SQL'
CREATE ROLE parley_owner LOGIN PASSWORD :'owner_password' NOSUPERUSER NOCREATEDB NOCREATEROLE;
CREATE ROLE parley_app LOGIN PASSWORD :'password' NOSUPERUSER NOCREATEDB NOCREATEROLE;
CREATE DATABASE parley OWNER parley_owner;
REVOKE ALL ON DATABASE parley FROM PUBLIC;
GRANT CONNECT ON DATABASE parley TO parley_app;
\connect parley
ALTER DEFAULT PRIVILEGES FOR ROLE parley_owner GRANT USAGE ON SCHEMAS TO parley_app;
ALTER DEFAULT PRIVILEGES FOR ROLE parley_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO parley_app;
ALTER DEFAULT PRIVILEGES FOR ROLE parley_owner GRANT SELECT, USAGE ON SEQUENCES TO parley_app;
SQL
