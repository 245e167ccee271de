import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/**
 * What callers have taken of their limits, over all web processes. Unlogged: it is written without waiting for the disk, and what is lost
 * with a crash is a minute of counting. Room is left in each page for the next version of a row.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    CREATE UNLOGGED TABLE parley.rate_limits (
      key text COLLATE "C" PRIMARY KEY,
      most integer NOT NULL,
      taken integer NOT NULL,
      granted integer NOT NULL,
      ends_at timestamptz NOT NULL
    ) WITH (fillfactor = 50)`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`DROP TABLE parley.rate_limits`)
}
