import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/**
 * What has happened and is still to be followed. A row is written with the change and its job, and goes with what follows, so there are as
 * many as there is work. Of one key (the same thing again, where only the latest counts) there is one.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    CREATE TABLE parley.errands (
      id uuid PRIMARY KEY,
      key text UNIQUE,
      task text NOT NULL,
      facts jsonb NOT NULL,
      job_id bigint NOT NULL,
      happened_at timestamptz NOT NULL DEFAULT now(),
      taken_at timestamptz
    );
    CREATE INDEX errands_task_happened_at_idx ON parley.errands (task, happened_at);
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`DROP TABLE parley.errands;`)
}
