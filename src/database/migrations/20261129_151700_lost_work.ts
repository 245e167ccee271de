import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/**
 * What is needed to find work whose job was lost.
 *
 * - `errands`: what has happened and is still to be followed. A row is written with the change and its job, and goes with what follows, so
 *   there are as many as there is work. Of one key (the same thing again, where only the latest counts) there is one.
 * - `directory`: of when the published time of a consultant is, and by which rules. What is published now counts as up to date.
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
    ALTER TABLE parley.directory ADD COLUMN published_at timestamptz, ADD COLUMN published_rules_version numeric;
    UPDATE parley.directory d SET published_at = now(), published_rules_version = coalesce(c.rules_version, 0)
      FROM consultant_profiles c WHERE c.id = d.consultant_id;
    CREATE INDEX availability_slots_claims_changed_idx ON availability_slots (updated_at) WHERE (status <> 'available');
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    DROP INDEX availability_slots_claims_changed_idx;
    ALTER TABLE parley.directory DROP COLUMN published_at, DROP COLUMN published_rules_version;
    DROP TABLE parley.errands;
  `)
}
