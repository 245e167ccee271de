import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/**
 * Limits of providers, which all processes count together, and how providers were found. The limits change with every call and are worth
 * nothing after a crash, so they are not logged. And whose free time is to be published anew, where one change concerns many.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    CREATE UNLOGGED TABLE parley.provider_limits (
      bucket text PRIMARY KEY,
      next_at timestamptz NOT NULL
    ) WITH (fillfactor = 50);
    CREATE TABLE parley.provider_health (
      provider text PRIMARY KEY,
      last_success_at timestamptz,
      last_failure_at timestamptz,
      failing_since timestamptz,
      last_error text,
      refused_until timestamptz
    ) WITH (fillfactor = 50);
    CREATE TABLE parley.publication_wishes (
      consultant_id uuid PRIMARY KEY,
      wished_at timestamptz NOT NULL DEFAULT now()
    );
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    DROP TABLE parley.publication_wishes;
    DROP TABLE parley.provider_health;
    DROP TABLE parley.provider_limits;
  `)
}
