#!/usr/bin/env bash
# For a database whose role parley_app owns everything, as create-role.sh makes it without PARLEY_OWNER_PASSWORD: everything becomes that of parley_owner,
# and parley_app keeps what web processes and workers need. Takes a moment; stop both meanwhile. For an administrator's psql.
set -euo pipefail

: "${PARLEY_OWNER_PASSWORD:?Set PARLEY_OWNER_PASSWORD to the password that the new role shall have.}"
psql -v ON_ERROR_STOP=1 -v owner_password="$PARLEY_OWNER_PASSWORD" --username "${POSTGRES_USER:-postgres}" --dbname parley <<'SQL'
CREATE ROLE parley_owner LOGIN PASSWORD :'owner_password' NOSUPERUSER NOCREATEDB NOCREATEROLE;
REASSIGN OWNED BY parley_app TO parley_owner;
ALTER DATABASE parley OWNER TO parley_owner;
REVOKE ALL ON DATABASE parley FROM PUBLIC;
GRANT CONNECT ON DATABASE parley TO parley_app;
ALTER DEFAULT PRIVILEGES FOR ROLE parley_owner GRANT USAGE ON SCHEMAS TO parley_app;
ALTER DEFAULT PRIVILEGES FOR ROLE parley_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO parley_app;
ALTER DEFAULT PRIVILEGES FOR ROLE parley_owner GRANT SELECT, USAGE ON SEQUENCES TO parley_app;
GRANT USAGE ON SCHEMA public, parley, graphile_worker TO parley_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public, parley, graphile_worker TO parley_app;
GRANT SELECT, USAGE ON ALL SEQUENCES IN SCHEMA public, parley, graphile_worker TO parley_app;
SQL
